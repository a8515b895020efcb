"""T-STATE: no history that Hypothesis finds breaks an invariant, and a broken one is found."""

from __future__ import annotations

import pytest

from tests.faults.seeds import commit_seed
from tests.simulation import machine
from tests.simulation.machine import Drawn

EXAMPLES, STEPS = 200, 40


@pytest.mark.timeout(300)
def test_no_history_that_hypothesis_finds_breaks(capsys: pytest.CaptureFixture[str]) -> None:
    tally = machine.play(commit_seed(), EXAMPLES, STEPS)
    with capsys.disabled():
        print(f"\n{tally.line()}")
    assert tally.is_clean, tally.explain()
    assert tally.cases >= EXAMPLES
    assert tally.counts["creates"] >= EXAMPLES


def test_a_history_that_breaks_is_a_wrong_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise AssertionError("it is paid twice")

    monkeypatch.setattr(machine, "run_state_machine_as_test", broken)
    tally = machine.play(0, 5, 5)
    assert (tally.wrong, tally.notes, tally.is_clean) == (1, ["AssertionError: it is paid twice"], False)


def test_the_simplest_choice_is_that_nothing_happens() -> None:
    chance = Drawn()
    assert (chance.random(), chance.choice("ab"), chance.choices("ab", (1, 2))) == (0.99, "a", ["a"])
    assert chance.uniform(1, 601) == pytest.approx(7)
