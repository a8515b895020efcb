"""A bug on the way of a create: what its mark proves is kept, no other create begins, and the bug is raised."""

from __future__ import annotations

from typing import Any

import pytest

from console.domain.endpoint import Kind
from console.domain.states import State
from console.domain.trouble import Unavailable
from console.journal.store import NotStored
from console.services.recover import recover
from tests.services.bench import Bench, answered

ACCEPTED = {"id": 100001524, "payment_status": "wait"}
ORDER = "PO-20261124-0015"


def happens(bench: Bench) -> tuple[State, str | None]:
    with pytest.raises(ZeroDivisionError):
        bench.send(answered(200, ACCEPTED))
    row = bench.reader.get(ORDER)
    assert row is not None
    return row.state, row.error_text


def test_a_bug_before_the_gate_leaves_an_order_that_was_not_sent(bench: Bench) -> None:
    bench.transport.before_gate = lambda: 1 // 0
    assert happens(bench) == (State.NOT_SENT, "fault")
    assert bench.kinds(ORDER) == ["intended", "ended"]
    assert bench.submit.resend_review(ORDER).order_id == ORDER


def test_a_bug_after_the_gate_leaves_one_that_is_asked_about(bench: Bench) -> None:
    bench.transport.after_gate = lambda: 1 // 0
    assert happens(bench) == (State.UNKNOWN, "fault")
    assert bench.kinds(ORDER) == ["intended", "sending", "ended"]


def test_a_bug_in_judging_an_answer_proves_nothing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench.submit, "_judge", lambda *_: 1 // 0)
    assert happens(bench) == (State.UNKNOWN, "fault")


def test_a_bug_after_the_outcome_was_kept_changes_nothing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.services.submit.Sent", lambda *_: 1 // 0)
    assert happens(bench) == (State.WAIT, None)
    assert bench.kinds(ORDER) == ["intended", "sending", "heard"]


def test_a_bug_stops_creates_until_the_next_start(bench: Bench) -> None:
    bench.transport.before_gate = lambda: 1 // 0
    happens(bench)
    bench.transport.before_gate = lambda: None
    with pytest.raises(Unavailable) as caught:
        bench.send(answered(200, ACCEPTED), order_id="PO-other", amount="7.00")
    assert caught.value.code == "E-INTERNAL"
    assert bench.reader.get("PO-other") is None


def test_a_bug_that_the_disk_does_not_note_is_found_by_the_next_start(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = bench.journal.append

    def full(entry: Any, **changes: Any) -> Any:
        if entry.kind.value == "ended":
            raise NotStored("E-IO")
        return append(entry, **changes)

    monkeypatch.setattr(bench.journal, "append", full)
    bench.transport.after_gate = lambda: 1 // 0
    assert happens(bench) == (State.SENDING, None)
    monkeypatch.undo()
    assert recover(bench.journal, bench.reader, bench.clock()).unknown[Kind.PAYOUT]
