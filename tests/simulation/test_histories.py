"""T-SIM: nothing paid twice, nothing lost, no verdict that the gateway contradicts, every event met at every state."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from console.domain.exchange import Exchange, Reason
from console.domain.states import State
from console.domain.verdicts import Verdict, judge_create
from tests.simulation import many
from tests.simulation.world import play

SEEDS, STEPS = 500, 200


@pytest.mark.timeout(900)
def test_histories(capsys: pytest.CaptureFixture[str]) -> None:
    tally = many.pooled(0, SEEDS, STEPS)
    with capsys.disabled():
        print(f"\n{tally.line()}")
    assert tally.cases == SEEDS
    assert tally.is_clean, tally.explain()
    assert many.missing(tally.counts) == []


def test_one_seed_is_one_history() -> None:
    assert play(7, 80).history == play(7, 80).history != play(8, 80).history


def _by_the_exception(exchange: Exchange, *rest: Any, **named: Any) -> Verdict:
    return Verdict(State.NOT_SENT) if exchange.reason is Reason.DROPPED else judge_create(exchange, *rest, **named)


@pytest.mark.parametrize(
    ("name", "mistake", "told"),
    [
        ("console.services.submit.judge_create", _by_the_exception, "is not_sent, and the gateway has it"),
        ("console.services.submit.Submit._mark", lambda *_: None, "leaves without its mark"),
        ("console.services.recover.cut_short", lambda _: State.NOT_SENT, "o-"),
        ("console.services.settle.Settle._resolved", lambda *_: {"state": "absent"}, "absent"),
    ],
)
def test_a_console_with_a_mistake_breaks(
    monkeypatch: pytest.MonkeyPatch, name: str, mistake: Callable[..., Any], told: str
) -> None:
    monkeypatch.setattr(name, mistake)
    found = next((one for one in (many.one(seed, 150) for seed in range(30)) if not one.is_clean), None)
    assert found is not None
    assert found.notes[0].startswith(f"seed {found.first}, steps 150: ")
    assert told in found.notes[0]


def test_a_history_is_printed_again(capsys: pytest.CaptureFixture[str]) -> None:
    assert many.main(["7", "20"]) == 0
    assert capsys.readouterr().out.splitlines() == play(7, 20).history
