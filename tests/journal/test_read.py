"""Reading: pages by keyset, sums, look-ups, and a file that is not there."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.domain.endpoint import Kind
from console.domain.moment import Moment
from console.domain.money import Money
from console.domain.states import State
from console.domain.trouble import Unavailable
from console.journal import connect
from console.journal.append import Change
from console.journal.entry import Entry, EventKind
from console.journal.filters import Filter
from console.journal.layout import OPERATION_COLUMNS
from console.journal.read import Counts, DayFlow, Reader
from console.journal.rows import OperationRow
from tests.journal.making import START, Desk, behind, moment, new

FIND = "ab" * 32


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """Seven orders: three states, two kinds, two numbers."""
    desk.send("PO-1", number_find=FIND, basis="Счёт 1", bank="100000000111", number_masked="40817 •••• 9310")
    desk.send("PO-2", number_find=FIND, amount=12_345_67, recipient="Пётр Смирнов", bank="100000000004")
    desk.intend("PO-3", number_find=FIND, basis="Счёт 1", bank="100000000111")
    desk.send("PA-1", kind="payment", service="payment_card_rub", number_find="cd" * 32, recipient=None, basis=None)
    for order_id, state in (("PO-4", State.UNKNOWN), ("PO-5", State.REJECTED), ("PO-6", State.UNKNOWN)):
        desk.intend(order_id)
        desk.move(State.INTENDED, State.SENDING, EventKind.SENDING, order_id)
        desk.move(State.SENDING, state, order_id=order_id)
    desk.move(State.UNKNOWN, State.ABSENT, EventKind.RESOLVED, "PO-6", resolved_at=moment(99).iso())
    return desk


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


def test_orders_of_one_instant_are_paged_by_their_id(desk: Desk) -> None:
    for n in range(5):
        desk.journal.append(Entry(EventKind.INTENDED, moment(1), f"PO-{n}", "acc", attempt=1), new=new())
    first = desk.reader.operations(Filter(), limit=3)
    assert ids(first) + ids(desk.reader.operations(Filter(), first[-1].key)) == [f"PO-{n}" for n in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(states=frozenset({State.WAIT})), {"PO-1", "PO-2", "PA-1"}),
        (Filter(kind=Kind.PAYMENT), {"PA-1"}),
        (Filter(services=frozenset({"payment_card_rub", "other"})), {"PA-1"}),
        (Filter(account="other"), set()),
        (Filter(since=START + timedelta(seconds=8)), {"PA-1", "PO-4", "PO-5", "PO-6"}),
        (Filter(until=START + timedelta(seconds=4)), {"PO-1"}),
        (Filter(unclear_only=True), {"PO-4", "PO-6"}),
        (Filter(text="петр"), {"PO-2"}),
        (Filter(text="смир п"), {"PO-2"}),
        (Filter(text="СЧЕТ 1", states=frozenset({State.WAIT, State.INTENDED})), {"PO-1", "PO-2", "PO-3"}),
        (Filter(text="g-po-1"), {"PO-1"}),
        (Filter(text="PO"), {"PO-1", "PO-2", "PO-3", "PO-4", "PO-5", "PO-6"}),
        (Filter(text="+7903"), set()),
        (Filter(tail="9310"), {"PO-1"}),
        (Filter(tail="%"), set()),
        (Filter(number_find=FIND), {"PO-1", "PO-2", "PO-3"}),
        (Filter(order_id="PA-1"), {"PA-1"}),
        (Filter(gateway_id="g-PO-2"), {"PO-2"}),
        (Filter(amount=12_345_67), {"PO-2"}),
        (Filter(amount=12_345_67, order_id="PA-1", text="nothing"), {"PO-2", "PA-1"}),
    ],
)
def test_filters_find(filled: Desk, wanted: Filter, found: set[str]) -> None:
    assert set(ids(filled.reader.operations(wanted))) == found
    totals = filled.reader.totals(wanted)
    assert sum(count for count, _ in totals.values()) == len(found)


def test_no_digit_beyond_the_mask_is_in_the_search(filled: Desk) -> None:
    with behind(filled.path, unguarded=False) as other:
        other.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, search, row)")
        words = {word for (word,) in other.execute("SELECT term FROM temp.words")}
    assert not any(word.isdigit() and len(word) > 4 for word in words)
    assert "смирнов" in words


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text())
def test_no_text_is_bad_syntax(desk: Desk, text: str) -> None:
    desk.reader.operations(Filter(text=text.encode(errors="replace").decode()))


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


def test_a_journal_that_is_not_there_yet_is_empty(home: Path) -> None:
    reader = Reader(home / "journal.db")
    assert reader.operations(Filter()) == []
    assert (reader.counts(), reader.head(), reader.totals(Filter())) == (Counts(0, 0), None, {})
    assert not (home / "journal.db").exists()
    (home / "journal.db").write_bytes(b"")
    assert reader.get("x") is None
    desk = Desk(home)
    assert reader.head() == desk.journal.head()
    reader.close()
    reader.close()
    assert reader.head() == desk.journal.head()
    reader.close()
    desk.close()


def test_reading_writes_nothing_and_recovers_nothing(filled: Desk, tmp_path: Path) -> None:
    for name in ("journal.db", "journal.db-wal"):
        (tmp_path / name).write_bytes((filled.home / name).read_bytes())
    before = (tmp_path / "journal.db").read_bytes(), (tmp_path / "journal.db-wal").read_bytes()
    reader = Reader(tmp_path / "journal.db")
    assert reader.head() == filled.journal.head()
    row = reader.get("PO-3")
    reader.close()
    assert row is not None and row.state is State.INTENDED
    assert ((tmp_path / "journal.db").read_bytes(), (tmp_path / "journal.db-wal").read_bytes()) == before


def test_a_state_nobody_knows_is_damage(filled: Desk) -> None:
    with behind(filled.path, unguarded=False) as other:
        other.execute("UPDATE operation SET state = 'gone' WHERE order_id = 'PO-1'")
    with pytest.raises(Unavailable) as told:
        filled.reader.get("PO-1")
    assert told.value.code == "E-CORRUPT"


def test_a_file_that_cannot_be_read_is_trouble(home: Path) -> None:
    (home / "journal.db").write_bytes(b"no database" * 1000)
    with pytest.raises(Unavailable) as told:
        Reader(home / "journal.db").counts()
    assert told.value.code == "E-CORRUPT"


def test_a_long_question_can_be_ended(filled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    filled.reader.interrupt()  # nothing runs
    Reader(filled.path).interrupt()  # nothing is open
    started = threading.Event()
    real = connect.reader

    def tell() -> int:
        started.set()
        return 1

    def slow(path: Path) -> connect.Connection:
        connection = real(path)
        connection.create_function("tell", 0, tell)
        return connection

    monkeypatch.setattr(connect, "reader", slow)
    reader = Reader(filled.path)
    endless = "WITH RECURSIVE n(x) AS (SELECT tell() UNION ALL SELECT x FROM n) SELECT count(*) FROM n"
    ended: list[Exception] = []

    def ask() -> None:
        try:
            reader._rows(endless)
        except Unavailable as error:
            ended.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    assert started.wait(10)
    reader.interrupt()
    thread.join(10)
    reader.close()
    assert [str(error) for error in ended] == ["E-INTERRUPTED"]


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
