"""A journal that cannot be read once bytes have left: what left is told and kept, and never as "nothing was sent"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import NoReturn

import pytest

from console.domain.exchange import Exchange
from console.domain.states import State
from console.domain.trouble import Unavailable
from tests.services.bench import Bench, answered, lost, unreachable

ACCEPTED = {"id": 100001524, "payment_status": "wait"}
ORDER = "PO-20261124-0015"


def busy(*_: object) -> NoReturn:
    raise Unavailable("E-BUSY", who="another program")


@pytest.fixture
def cannot_read(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let one of the reader's questions fail from the moment on at which the gate was passed."""

    def fail(question: str) -> None:
        bench.transport.after_gate = lambda: monkeypatch.setattr(bench.reader, question, busy)

    return fail


def test_an_id_that_cannot_be_compared_proves_nothing_and_a_question_settles_it(
    bench: Bench, cannot_read: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    cannot_read("by_gateway_id")
    sent = bench.send(answered(200, ACCEPTED))
    assert (sent.stored, sent.row.state, sent.row.gateway_id) == (True, State.UNKNOWN, None)
    assert bench.kinds(ORDER) == ["intended", "sending", "heard"]
    monkeypatch.undo()
    bench.transport.asks.append(answered(200, {"order_id": ORDER, **ACCEPTED}))
    assert bench.follow.ask(ORDER).state is State.WAIT


@pytest.mark.parametrize(("answer", "state"), [(answered(200, ACCEPTED), State.WAIT), (lost(), State.UNKNOWN)])
def test_a_row_that_cannot_be_read_is_told_as_it_was_written(
    bench: Bench,
    cannot_read: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
    answer: Exchange,
    state: State,
) -> None:
    cannot_read("get")
    row = bench.send(answer).row
    monkeypatch.undo()
    assert row.state is state
    kept = bench.reader.get(ORDER)
    assert kept is not None
    assert row == replace(kept, intended_seq=None)


def test_what_did_not_leave_is_told_so_too(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_: object) -> Exchange:
        monkeypatch.setattr(bench.reader, "get", busy)
        return unreachable()

    assert bench.send(fails).row.state is State.NOT_SENT
