"""Unchanged questions: each a row, sealed once, at most one flush a second."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import Any

import pytest

from console.domain.states import State
from console.journal.append import Change, NotStored
from console.journal.change import Value
from console.journal.entry import Entry, Event, EventKind, Parts
from tests.journal.faulty import Fault, Faulty
from tests.journal.making import Desk, moment


def asked(desk: Desk, order_id: str = "PO-1") -> list[Event]:
    return [event for event in desk.reader.events(order_id) if event.kind == EventKind.ASKED]


def test_the_first_question_is_written_whole_and_at_once(desk: Desk) -> None:
    desk.send()
    desk.ask()
    (event,) = asked(desk)
    assert set(event.facts) == {"question", "answer", "operation"}
    assert desk.journal.open_parts(event.seq).body == b'{"order_id":"x"}'


def test_the_same_answer_is_a_small_row_that_points_to_the_first(desk: Desk) -> None:
    desk.send()
    for _ in range(3):
        desk.ask(note="x")
    first, second, third = asked(desk)
    for event in (second, third):
        assert event.facts["same_as"] == first.seq
        assert event.facts["answer"] == first.facts["answer"]
        assert event.facts["note"] == "x"
        assert desk.journal.open_parts(event.seq) == Parts()


def test_rows_that_wait_are_flushed_together_once_a_second(desk: Desk) -> None:
    desk.send()
    desk.ask(at=moment(10))
    for tenth in range(12):
        desk.ask(at=moment(11 + tenth / 10))
    assert len(asked(desk)) == 1 + 11  # the first of them at 11.0, those up to 12.0 with the one at 12.0
    desk.journal.flush(moment(12.9))
    assert len(asked(desk)) == 12
    desk.journal.flush(moment(13.0))
    assert len(asked(desk)) == 13
    desk.journal.flush(moment(20))
    assert [event.at for event in asked(desk)] == sorted(event.at for event in asked(desk))


def test_another_event_takes_the_waiting_rows_with_it(desk: Desk) -> None:
    desk.send()
    for second in (10, 11, 11.5):
        desk.ask(at=moment(second))
    assert len(asked(desk)) == 2
    desk.journal.append(Entry(EventKind.CHANGED, moment(11.6)))
    assert [event.kind for event in desk.reader.event_page(limit=2)] == ["changed", "asked"]


def test_closing_writes_what_waits(desk: Desk) -> None:
    desk.send()
    for second in (10, 11, 11.5):
        desk.ask(at=moment(second))
    desk.journal.close()
    assert len(asked(desk)) == 3


@pytest.mark.parametrize(
    "other",
    [
        {"parts": Parts(b"POST /v1/payout/status HTTP/1.1\r\n\r\n", b'{"order_id":"x"}', b"s", b"", b"changed")},
        {"parts": Parts(b"POST /v1/payout/status HTTP/1.1\r\n\r\n", b'{"id":"1"}', b"s", b"", b"{}")},
        {"parts": Parts(b"POST /v1/payout/status HTTP/1.1\r\n\r\n", b'{"order_id":"x"}', b"t", b"", b"{}")},
        {"parts": Parts(b"other", b'{"order_id":"x"}', b"s", b"", b"{}")},
        {"status": 500},
        {"endpoint": "/v1/payment/status"},
        {"order_id": "PO-2"},
    ],
)
def test_what_is_not_the_same_is_written_whole(desk: Desk, other: dict[str, Any]) -> None:
    desk.send()
    desk.ask()
    parts = Parts(b"POST /v1/payout/status HTTP/1.1\r\n\r\n", b'{"order_id":"x"}', b"s", b"", b"{}")
    entry = Entry(EventKind.ASKED, moment(9), "PO-1", endpoint="/v1/payout/status", status=200, parts=parts)
    desk.journal.append_quiet(replace(entry, **other))
    assert "same_as" not in desk.reader.event_page(limit=1)[0].facts


def test_a_question_is_recognised_after_a_restart(desk: Desk) -> None:
    desk.send()
    desk.ask()
    desk.ask(answer=b"other")
    desk.reopen()
    desk.ask()
    desk.ask(answer=b"other", at=moment(99))
    first, other, again, more = asked(desk)
    assert again.facts["same_as"] == first.seq
    assert more.facts["same_as"] == other.seq


def test_a_row_is_written_though_its_change_loses(desk: Desk) -> None:
    desk.send()
    for second in (10, 11, 11.5):
        desk.ask(at=moment(second))
    desk.move(State.WAIT, State.PAID)
    *_, last = asked(desk)
    desk.ask(at=moment(30))
    assert "operation" in last.facts
    assert "operation" not in asked(desk)[-1].facts


def test_only_questions_about_an_order_are_repeated(desk: Desk) -> None:
    for entry in (Entry(EventKind.HEARD, moment(1), "PO-1"), Entry(EventKind.ASKED, moment(1))):
        with pytest.raises(ValueError):
            desk.journal.append_quiet(entry)


def test_rows_wait_on_where_they_could_not_be_written(desk: Desk) -> None:
    desk.reopen(kind=Faulty)
    desk.send()
    desk.ask(at=moment(10))
    Faulty.plan.append(Fault("INSERT INTO event", sqlite3.SQLITE_IOERR))
    with pytest.raises(NotStored):
        desk.ask(at=moment(11))
    assert len(asked(desk)) == 1
    desk.journal.flush(moment(12))
    assert len(asked(desk)) == 2


def test_closing_closes_though_what_waits_cannot_be_written(desk: Desk) -> None:
    desk.reopen(kind=Faulty)
    desk.send()
    for second in (10, 11, 11.5):
        desk.ask(at=moment(second))
    Faulty.plan.append(Fault("INSERT INTO event", sqlite3.SQLITE_IOERR))
    with pytest.raises(NotStored):
        desk.journal.close()
    desk.reopen()


def test_a_question_without_a_change_waits_too(desk: Desk) -> None:
    desk.send()
    desk.ask()
    parts = Parts(b"POST /v1/payout/status HTTP/1.1\r\n\r\n", b'{"order_id":"x"}', b"s", b"", b"{}")
    entry = Entry(EventKind.ASKED, moment(9), "PO-1", endpoint="/v1/payout/status", status=200, parts=parts)
    desk.journal.append_quiet(entry, None)
    assert asked(desk)[-1].facts["same_as"] == asked(desk)[0].seq


def test_an_ordinary_append_of_a_question_can_be_pointed_to(desk: Desk) -> None:
    desk.send()
    parts = Parts(b"POST /v1/payout/status HTTP/1.1\r\n\r\n", b'{"order_id":"x"}', b"s", b"", b"{}")
    entry = Entry(EventKind.ASKED, moment(9), "PO-1", endpoint="/v1/payout/status", status=200, parts=parts)
    first = desk.journal.append(entry, change=Change("PO-1", frozenset({State.WAIT}), None, {"asks": 1}))
    desk.ask(at=moment(11))
    assert asked(desk)[-1].facts["same_as"] == first.seq


def test_a_repetition_changes_nothing_but_that_it_was_asked(desk: Desk) -> None:
    desk.send()
    before = desk.reader.get("PO-1")
    parts = Parts(b"POST /v1/payout/status HTTP/1.1\r\n\r\n", b'{"order_id":"x"}', b"s", b"", b"{}")
    for n, second in enumerate((10, 12), 1):
        entry = Entry(EventKind.ASKED, moment(second), "PO-1", endpoint="/v1/payout/status", status=200, parts=parts)
        updates: dict[str, Value] = {"gateway_state": "wait", "asks": n, "asked_at": moment(second).iso()}
        desk.journal.append_quiet(entry, Change("PO-1", frozenset({State.WAIT}), 1, updates))
    row = desk.reader.get("PO-1")
    assert before is not None and row is not None
    assert (row.asks, row.asked, row.changed_at, row.gateway_state) == (2, moment(12).utc, before.changed_at, None)


def test_a_change_of_nothing_is_none() -> None:
    assert Change("PO-1", frozenset({State.WAIT}), 1, {"gateway_state": "wait"}).as_quiet() is None


@pytest.mark.parametrize(
    ("masked", "order_id", "mistake"),
    [({"x": float("nan")}, "PO-1", ValueError), ({"x": object()}, "PO-1", TypeError), ({}, "PO-2", ValueError),
     ({"same_as": 1}, "PO-1", ValueError)],
)  # fmt: skip
def test_what_cannot_be_written_does_not_wait(
    desk: Desk, masked: dict[str, object], order_id: str, mistake: type[Exception]
) -> None:
    """It would keep every outcome after it from being stored."""
    desk.send()
    desk.ask()
    parts = Parts(b"POST /v1/payout/status HTTP/1.1\r\n\r\n", b'{"order_id":"x"}', b"s", b"", b"{}")
    entry = Entry(EventKind.ASKED, moment(9), "PO-1", None, "/v1/payout/status", None, 200, masked=masked, parts=parts)
    with pytest.raises(mistake):
        desk.journal.append_quiet(entry, Change(order_id, frozenset({State.WAIT}), None, {"asks": 1}))
    desk.move(State.WAIT, State.PAID)
