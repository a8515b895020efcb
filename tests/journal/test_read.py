"""Reading: pages by keyset, sums, look-ups, and a file that is not there."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest

from console.domain.endpoint import Kind
from console.domain.moment import Moment
from console.domain.money import Money
from console.domain.states import State
from console.journal.append import Change
from console.journal.entry import Entry, EventKind
from console.journal.filters import Filter
from console.journal.layout import OPERATION_COLUMNS
from console.journal.read import Counts, DayFlow, Reader
from console.journal.rows import OperationRow
from tests.journal.making import FIND, START, Desk, moment, new


def ids(found: list[OperationRow]) -> list[str]:
    return [row.order_id for row in found]


def test_a_row_is_typed(filled: Desk) -> None:
    filled.move(
        State.WAIT, State.PAID, EventKind.HEARD, paid_amount="3000.000000000", fee="1.5", partial=0,
        ended_at=moment(50).iso(), ended_monotonic=1050.5, ended_boot="boot", disputed_at=moment(60).iso(),
    )  # fmt: skip
    row = filled.reader.get("PO-1")
    assert row is not None
    assert (row.kind, row.state, row.partial, row.paid_amount) == (Kind.PAYOUT, State.PAID, False, "3000.000000000")
    assert (row.money, row.created, row.ended) == (
        Money(300_000),
        moment(1).utc,
        Moment(moment(50).utc, 1050.5, "boot"),
    )
    assert (row.is_disputed, row.is_unclear, row.asked) == (True, True, None)
    assert row.key == (row.created_at, "PO-1")
    assert row.changed > row.created


def test_the_fields_of_a_row_are_the_columns() -> None:
    assert tuple(OperationRow.__dataclass_fields__) == OPERATION_COLUMNS


def test_an_attempt_that_did_not_end_has_no_end(filled: Desk) -> None:
    row = filled.reader.get("PO-3")
    assert row is not None
    assert (row.ended, row.is_disputed, row.is_unclear) == (None, False, False)


def test_an_end_of_another_boot_counts_on_the_wall_clock(filled: Desk) -> None:
    filled.move(State.WAIT, State.WAIT, ended_at=moment(50).iso())
    row = filled.reader.get("PO-1")
    assert row is not None and row.ended is not None
    assert moment(60).since(row.ended) == 10


def test_pages_go_back_in_time_without_gaps(filled: Desk) -> None:
    reader, seen, before = filled.reader, list[str](), None
    while page := reader.operations(Filter(), before, limit=2):
        seen += ids(page)
        before = page[-1].key
    assert seen == ["PO-6", "PO-5", "PO-4", "PA-1", "PO-3", "PO-2", "PO-1"]


def test_a_page_begins_at_any_place(filled: Desk) -> None:
    reader = filled.reader
    assert reader.key_at(Filter(), 0) == reader.operations(Filter())[0].key
    assert ids(reader.operations(Filter(), reader.key_at(Filter(), 4))) == ["PO-2", "PO-1"]
    assert reader.key_at(Filter(kind=Kind.PAYMENT), 1) is None


def test_orders_of_one_instant_are_paged_by_their_id(desk: Desk) -> None:
    for n in range(5):
        desk.journal.append(Entry(EventKind.INTENDED, moment(1), f"PO-{n}", "acc", attempt=1), new=new())
    first = desk.reader.operations(Filter(), limit=3)
    assert ids(first) + ids(desk.reader.operations(Filter(), first[-1].key)) == [f"PO-{n}" for n in (4, 3, 2, 1, 0)]


def test_sums_are_by_state(filled: Desk) -> None:
    assert filled.reader.totals(Filter()) == {
        State.WAIT: (3, 300_000 + 12_345_67 + 300_000),
        State.INTENDED: (1, 300_000),
        State.UNKNOWN: (1, 300_000),
        State.REJECTED: (1, 300_000),
        State.ABSENT: (1, 300_000),
    }


def test_a_disputed_one_is_counted_with_the_unclear(filled: Desk) -> None:
    assert filled.reader.counts() == Counts(open=4, unclear=2)
    filled.move(State.WAIT, State.WAIT, EventKind.DISPUTED, disputed_at=moment(99).iso(), disputed_reason="two finals")
    assert filled.reader.counts() == Counts(open=3, unclear=3)
    assert ids(filled.reader.operations(Filter(disputed_only=True))) == ["PO-1"]


@pytest.mark.parametrize(
    "ask",
    [
        Reader.counts,
        Reader.pending,
        lambda reader: reader.get("x"),
        lambda reader: reader.by_gateway_id("x"),
        lambda reader: reader.earlier("x"),
        lambda reader: reader.twins(Kind.PAYOUT, "x", 1),
        lambda reader: reader.names_for("x"),
        lambda reader: reader.same_basis("x"),
        lambda reader: reader.in_states(frozenset({State.SENDING})),
        lambda reader: reader.operations(Filter(unclear_only=True, text="x")),
        lambda reader: reader.operations(Filter(), ("2026", "x")),
        lambda reader: reader.day_flow(START),
        lambda reader: reader.left_since(START, "x", but="x"),
        lambda reader: reader.left_since(START, "x", but="x", number_find="x"),
        lambda reader: reader.events("x"),
        lambda reader: reader.event_page(9),
    ],
)
def test_no_look_up_reads_the_whole_table(
    filled: Desk, ask: Callable[[Reader], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, plans = Reader(filled.path), list[str]()

    def explain(sql: str, values: Sequence[str | int] = ()) -> list[tuple[object, ...]]:
        connection = reader._connected()
        assert connection is not None
        plans.extend(step[-1] for step in connection.execute(f"EXPLAIN QUERY PLAN {sql}", values))
        return []

    monkeypatch.setattr(reader, "_rows", explain)
    ask(reader)
    reader.close()
    scans = [step for step in plans if step.startswith("SCAN") and "VIRTUAL TABLE" not in step]
    assert plans and all("CONSTANT" in step or "USING INDEX operation_by_time" in step for step in scans)


def test_unknown_ones_are_asked_about_first(filled: Desk) -> None:
    assert ids(filled.reader.pending()) == ["PO-4", "PO-1", "PO-2", "PA-1", "PO-6"]
    assert ids(filled.reader.pending(limit=1)) == ["PO-4"]


def test_what_was_closed_after_supports_word_is_asked_about_too(filled: Desk) -> None:
    filled.move(State.ABSENT, State.CLOSED, EventKind.CLOSED, "PO-6")
    filled.move(State.INTENDED, State.NOT_SENT, EventKind.ENDED, "PO-3")
    filled.move(State.NOT_SENT, State.CLOSED, EventKind.CLOSED, "PO-3")
    assert ids(filled.reader.pending()) == ["PO-4", "PO-1", "PO-2", "PA-1", "PO-6"]


def test_a_start_finds_what_was_being_sent(filled: Desk) -> None:
    assert ids(filled.reader.in_states(frozenset({State.INTENDED, State.SENDING}))) == ["PO-3"]
    assert ids(filled.reader.in_states(frozenset({State.WAIT}))) == ["PO-1", "PO-2", "PA-1"]


def test_the_form_is_told_what_was_paid_before(filled: Desk) -> None:
    reader = filled.reader
    assert ids(reader.earlier(FIND)) == ["PO-3", "PO-2", "PO-1"]
    assert ids(reader.earlier(FIND, limit=1)) == ["PO-3"]
    assert ids(reader.twins(Kind.PAYOUT, FIND, 300_000)) == ["PO-3", "PO-1"]
    assert reader.twins(Kind.PAYMENT, FIND, 300_000) == []
    assert reader.names_for(FIND) == ["Иванов Иван", "Пётр Смирнов"]
    assert ids(reader.same_basis("Счёт 1")) == ["PO-3", "PO-1"]
    assert reader.recent_banks() == ["100000000111", "100000000004"]
    assert reader.recent_banks(limit=1) == ["100000000111"]
    assert ids(reader.by_gateway_id("g-PO-1")) == ["PO-1"]


def test_days_begin_at_moscow_midnight(desk: Desk) -> None:
    for n, hours in enumerate((10.9, 11.1)):  # 20:54 and 21:06 UTC
        at = moment(hours * 3600)
        desk.journal.append(Entry(EventKind.INTENDED, at, f"PO-{n}", "acc", attempt=1), new=new(amount=n + 1))
    intended = State.INTENDED
    assert desk.reader.day_flow(START) == [
        DayFlow("2026-11-24", Kind.PAYOUT, intended, 1, 1),
        DayFlow("2026-11-25", Kind.PAYOUT, intended, 1, 2),
    ]
    assert [flow.day for flow in desk.reader.day_flow(START + timedelta(hours=11))] == ["2026-11-25"]


def test_the_story_of_an_order_is_told_from_its_beginning(filled: Desk) -> None:
    assert [event.kind for event in filled.reader.events("PO-1")] == ["intended", "sending", "heard"]
    assert filled.reader.events("none") == []


def test_records_are_paged_and_searched(filled: Desk) -> None:
    reader = filled.reader
    assert [event.seq for event in reader.event_page(limit=2)] == [21, 20]
    assert [event.seq for event in reader.event_page(before_seq=3)] == [2, 1]
    assert {event.order_id for event in reader.event_page(search="PA-1")} == {"PA-1"}
    assert {event.kind for event in reader.event_page(search="resolv")} == {"resolved"}
    assert {event.order_id for event in reader.event_page(search="Смирнов")} == {"PO-2"}
    assert reader.event_page(search="%") == []
    assert reader.event_page(before_seq=9, search="sending")[0].seq == 6
    assert reader.event(99) is None


def test_reading_imports_nothing_heavy() -> None:
    """The first paint needs the standard library only."""
    code = "import sys; import console.journal.read; "
    code += "print(sorted({'cryptography', 'sqlite_utils', 'httpx', 'keyring', 'PySide6'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_change_is_seen_by_an_open_reader(desk: Desk) -> None:
    desk.intend()
    assert desk.reader.counts().open == 1
    change = Change("PO-1", frozenset({State.INTENDED}), 1, {"state": State.NOT_SENT})
    desk.journal.append(Entry(EventKind.ENDED, moment(5), "PO-1"), change=change)
    assert desk.reader.counts().open == 0


def test_a_bug_in_a_question_is_no_trouble(desk: Desk) -> None:
    with pytest.raises(sqlite3.OperationalError):
        desk.reader._rows("SELEC")


def test_a_file_says_whose_it_is(desk: Desk) -> None:
    assert desk.reader.meta()["journal_id"] == desk.journal.journal_id
    assert len(desk.reader.meta()["key_mark"]) == 64
