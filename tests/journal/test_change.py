"""Compare-and-set on operations: one row or none, known moves only, and everything in the event."""

from __future__ import annotations

from typing import Any

import pytest

from console.domain.endpoint import Kind
from console.domain.states import State, may_move
from console.journal import change
from console.journal.append import Change, Lost
from console.journal.entry import Entry, EventKind
from console.journal.layout import FIXED, OPERATION_COLUMNS
from tests.journal.making import Desk, moment, new, rows

INTENDED = frozenset({State.INTENDED})


def test_a_new_order_has_its_row_and_its_event(desk: Desk) -> None:
    event = desk.intend(kind=Kind.PAYOUT, partial=True)
    row = desk.reader.get("PO-1")
    assert row is not None
    assert (row.state, row.attempt, row.account, row.kind) == (State.INTENDED, 1, "acc", Kind.PAYOUT)
    assert (row.created_at, row.changed_at, row.intended_seq) == (event.time, event.time, event.seq)
    assert row.partial is True
    assert event.facts["operation"] == {
        "order_id": "PO-1", "account": "acc", "attempt": 1, "asks": 0, "kind": "payout", "state": "intended",
        "service": "payment_card_sbp_rub", "amount": 300_000, "currency": "RUB", "recipient": "Иванов Иван",
        "basis": "Счёт 17", "number_masked": "+7 903 •••-••-33", "partial": 1, "intended_seq": event.seq,
        "created_at": event.time, "changed_at": event.time,
    }  # fmt: skip


def test_an_order_is_there_once(desk: Desk) -> None:
    desk.intend()
    with pytest.raises(Lost) as told:
        desk.intend(amount=5)
    assert told.value.order_id == "PO-1"
    assert rows(desk.path, "SELECT count(*), min(amount) FROM operation") == [(1, 300_000)]
    assert desk.journal.head().seq == 2


@pytest.mark.parametrize("columns", [{"unknown": 1}, {"id": 7}, {"state": "wait"}, {"state": "draft"}, {"state": None}])
def test_what_is_no_new_order_is_a_mistake(desk: Desk, columns: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        desk.intend(**columns)
    assert desk.journal.head().seq == 1


def test_a_new_order_is_its_entrys(desk: Desk) -> None:
    with pytest.raises(ValueError):
        desk.journal.append(Entry(EventKind.INTENDED, moment(1), "PO-1", "acc", attempt=1), new=new(order_id="PO-2"))


def test_a_new_order_that_is_not_intended_names_no_intent(desk: Desk) -> None:
    entry = Entry(EventKind.CHANGED, moment(1), "PO-1", "acc", attempt=1)
    desk.journal.append(entry, new=new())
    row = desk.reader.get("PO-1")
    assert row is not None and row.intended_seq is None


def test_a_move_changes_one_row_and_tells_its_event(desk: Desk) -> None:
    desk.intend()
    desk.intend("PO-2")
    event = desk.move(State.INTENDED, State.SENDING, EventKind.SENDING)
    assert event.facts["operation"] == {"state": "sending", "changed_at": event.time}
    assert rows(desk.path, "SELECT order_id, state FROM operation ORDER BY 1") == [
        ("PO-1", "sending"),
        ("PO-2", "intended"),
    ]


@pytest.mark.parametrize(
    ("order_id", "states", "attempt"),
    [("PO-1", {State.SENDING}, 1), ("PO-1", {State.INTENDED}, 2), ("PO-9", {State.INTENDED}, 1)],
)
def test_another_state_attempt_or_order_loses(desk: Desk, order_id: str, states: set[State], attempt: int) -> None:
    desk.intend()
    before = rows(desk.path, "SELECT * FROM operation")
    updates: dict[str, change.Value] = {"state": State.NOT_SENT}
    with pytest.raises(Lost):
        desk.journal.append(
            Entry(EventKind.ENDED, moment(5), order_id), change=Change(order_id, frozenset(states), attempt, updates)
        )
    assert rows(desk.path, "SELECT * FROM operation") == before
    assert desk.journal.head().seq == 2


def test_a_worker_of_an_old_attempt_cannot_take_the_mark_of_a_new_one(desk: Desk) -> None:
    desk.intend()
    desk.move(State.INTENDED, State.NOT_SENT, EventKind.ENDED)
    again = Change("PO-1", frozenset({State.NOT_SENT}), 1, {"state": State.INTENDED, "attempt": 2})
    event = desk.journal.append(Entry(EventKind.INTENDED, moment(9), "PO-1", attempt=2), change=again)
    row = desk.reader.get("PO-1")
    assert row is not None and (row.attempt, row.intended_seq) == (2, event.seq)
    with pytest.raises(Lost):
        desk.move(State.INTENDED, State.SENDING, EventKind.SENDING)


def test_without_an_attempt_any_will_do(desk: Desk) -> None:
    desk.intend()
    both = Change("PO-1", frozenset({State.INTENDED, State.SENDING}), None, {"state": State.NOT_SENT})
    desk.journal.append(Entry(EventKind.RECOVERED, moment(9), "PO-1"), change=both)
    row = desk.reader.get("PO-1")
    assert row is not None and row.state is State.NOT_SENT


@pytest.mark.parametrize("before", State)
@pytest.mark.parametrize("after", State)
def test_only_moves_of_the_machine_are_made(before: State, after: State) -> None:
    try:
        Change("PO-1", frozenset({before}), 1, {"state": after})
    except ValueError:
        assert before is not after and not may_move(before, after)
    else:
        assert before is after or may_move(before, after)


def test_a_move_must_be_known_from_each_of_the_states() -> None:
    with pytest.raises(ValueError):
        Change("PO-1", frozenset({State.SENDING, State.PAID}), 1, {"state": State.UNKNOWN})
    with pytest.raises(ValueError):
        Change("PO-1", frozenset(), 1, {"asks": 1})


@pytest.mark.parametrize("column", sorted(FIXED | {"id", "nothing"}))
def test_what_was_signed_never_changes(column: str) -> None:
    with pytest.raises(ValueError):
        Change("PO-1", INTENDED, 1, {column: "x"})


def test_a_change_is_of_its_entrys_order(desk: Desk) -> None:
    desk.intend()
    with pytest.raises(ValueError):
        desk.journal.append(
            Entry(EventKind.HEARD, moment(5), "PO-2"), change=Change("PO-1", INTENDED, 1, {"gateway_id": "1"})
        )


def test_a_mere_question_does_not_count_as_a_change(desk: Desk) -> None:
    desk.intend()
    quiet = Change("PO-1", INTENDED, 1, {"asks": 1, "asked_at": moment(5).iso()})
    desk.journal.append(Entry(EventKind.ASKED, moment(5), "PO-1"), change=quiet)
    row = desk.reader.get("PO-1")
    assert row is not None and (row.changed, row.asked, row.asks) == (moment(1).utc, moment(5).utc, 1)


def test_the_search_follows_what_changes(desk: Desk) -> None:
    desk.send(recipient="Семёнов")
    words = "SELECT rowid FROM search WHERE search MATCH ?"
    assert rows(desk.path, words, '"семенов"') == rows(desk.path, words, '"PO-1"') == rows(desk.path, words, '"g-PO-1"')
    assert len(rows(desk.path, words, '"g"')) == 1
    desk.move(State.WAIT, State.WAIT, gateway_id="other")
    assert rows(desk.path, words, '"g"') == []
    assert len(rows(desk.path, words, '"other"')) == 1
    rows(desk.path, "INSERT INTO search (search) VALUES ('integrity-check')")


def test_a_row_is_folded_from_its_events() -> None:
    first = change.fold(None, {"order_id": "PO-1", "state": "intended"})
    assert set(first) == set(OPERATION_COLUMNS)
    assert (first["asks"], first["bank"], first["state"]) == (0, None, "intended")
    assert change.fold(first, {"state": "wait"}) == {**first, "state": "wait"}
