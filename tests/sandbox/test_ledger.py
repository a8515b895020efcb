"""The ledger: what is written can be read by anyone, survives, and adds up."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from console.domain.endpoint import Kind
from console.sandbox.entries import Entry
from console.sandbox.ledger import FIRST_ID, OPENING_BALANCE, Ledger, Lock, Proof, Seen, choose, utc
from console.sandbox.rules import Period
from tests.sandbox.orders import PAYMENT, PAYOUT, entry
from tests.sandbox.stepped import NOON

PROOF = Proof(b'{"a":1}', "c2ln", "sha1", "f" * 64)
LATER = NOON + timedelta(minutes=1)
COLUMNS = (
    "id order_id kind endpoint service account amount kopecks body signature digest fingerprint uuid outcome sent_at "
    "accepted_at final_at final paid fee change"
)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with closing(Ledger(tmp_path / "ledger.db")) as opened:
        yield opened


def look(ledger: Ledger, sql: str) -> list[tuple[object, ...]]:
    """What another program sees."""
    with closing(sqlite3.connect(f"file:{ledger.path}?mode=ro", uri=True)) as base:
        return base.execute(sql).fetchall()


def add(ledger: Ledger, *entries: Entry) -> None:
    for one in entries:
        with ledger.transaction():
            late = one.outcome == "late"
            ledger.accept(one if late else one.numbered(ledger.next_id()), PROOF, late=late)


def add_twice(ledger: Ledger) -> None:
    """Write the same order twice in one transaction: the second one fails."""
    with ledger.transaction():
        ledger.accept(entry(), PROOF)
        ledger.accept(entry(), PROOF)


def orders(ledger: Ledger) -> list[tuple[object, ...]]:
    return look(ledger, "SELECT id, order_id FROM accepted ORDER BY id")


def test_the_tables_are_the_documented_ones(ledger: Ledger) -> None:
    columns = [row[1] for row in look(ledger, "PRAGMA table_info (accepted)")]
    assert columns == COLUMNS.split()
    assert [row[1] for row in look(ledger, "PRAGMA table_info (late)")] == columns[1:]
    assert {row[0] for row in look(ledger, "SELECT name FROM sqlite_master WHERE type = 'table'")} >= {
        "accepted", "late", "request", "chosen",
    }  # fmt: skip


def test_an_order_is_there_for_others_once_its_transaction_ended(ledger: Ledger) -> None:
    with ledger.transaction():
        ledger.accept(entry(number=ledger.next_id()), PROOF)
        assert orders(ledger) == []
    row = look(ledger, "SELECT * FROM accepted")[0]
    assert dict(zip(COLUMNS.split(), row, strict=True)) | {"uuid": "", "account": ""} == {
        "id": FIRST_ID, "order_id": "PO-1", "kind": "payout", "endpoint": "/v1/payout", "service": PAYOUT, "account": "",
        "amount": "3000.00", "kopecks": 300_000, "body": b'{"a":1}', "signature": "c2ln", "digest": "sha1",
        "fingerprint": "f" * 64, "uuid": "", "outcome": "paid", "sent_at": "2026-11-24T09:00:00.000000Z",
        "accepted_at": "2026-11-24T09:00:00.000000Z", "final_at": "2026-11-24T09:00:05.000000Z", "final": "paid",
        "paid": 300_000, "fee": 4_500, "change": -300_000,
    }  # fmt: skip


def test_a_transaction_that_fails_leaves_nothing(ledger: Ledger) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        add_twice(ledger)
    assert orders(ledger) == []
    add(ledger, entry())
    assert orders(ledger) == [(FIRST_ID, "PO-1")]


def test_an_order_id_is_unique_within_its_kind(ledger: Ledger) -> None:
    add(ledger, entry(), entry(PAYMENT))
    with pytest.raises(sqlite3.IntegrityError):
        add(ledger, entry())
    assert orders(ledger) == [(FIRST_ID, "PO-1"), (FIRST_ID + 1, "PO-1")]


def test_what_was_written_is_found_as_it_was(ledger: Ledger) -> None:
    add(ledger, entry(), entry(PAYMENT, "part", order_id="IN-1"))
    assert ledger.find(Kind.PAYOUT, order_id="PO-1") == entry()
    payment = entry(PAYMENT, "part", order_id="IN-1", number=FIRST_ID + 1)
    assert ledger.find(Kind.PAYMENT, number=FIRST_ID + 1) == payment
    assert ledger.find(Kind.PAYMENT, order_id="IN-1", number=FIRST_ID + 1) == payment
    assert ledger.find(Kind.PAYMENT, order_id="IN-1", number=FIRST_ID) is None
    assert ledger.find(Kind.PAYMENT, order_id="PO-1") is None


def test_everything_survives_a_restart(ledger: Ledger) -> None:
    add(ledger, entry(), entry(order_id="PO-2", outcome="late"))
    ledger.close()
    with closing(Ledger(ledger.path)) as again:
        assert again.find(Kind.PAYOUT, order_id="PO-1") == entry()
        assert again.next_id() == FIRST_ID + 1
        assert again.next_late() == NOON + timedelta(seconds=90)


def test_closed_it_is_one_file(ledger: Ledger) -> None:
    add(ledger, entry())
    ledger.close()
    assert [path.name for path in ledger.path.parent.iterdir()] == ["ledger.db"]


def test_the_balance_moves_when_orders_become_final(ledger: Ledger) -> None:
    add(ledger, entry(), entry(order_id="PO-2", outcome="fail"), entry(PAYMENT))
    assert (ledger.balance(NOON), ledger.pending(NOON)) == (OPENING_BALANCE, 600_000)
    assert (ledger.balance(LATER), ledger.pending(LATER)) == (OPENING_BALANCE - 300_000 + 289_500, 0)


def test_the_balance_before_an_order_is_the_one_after_the_order_before_it(ledger: Ledger) -> None:
    early, late = entry(at=LATER, order_id="PO-1"), entry(at=NOON, order_id="PO-2")
    add(ledger, early, late, entry(at=NOON, order_id="PO-3"))
    before = {
        name: ledger.balance_before(found)
        for name in ("PO-1", "PO-2", "PO-3")
        if (found := ledger.find(Kind.PAYOUT, order_id=name))
    }
    assert before == {
        "PO-2": OPENING_BALANCE, "PO-3": OPENING_BALANCE - 300_000, "PO-1": OPENING_BALANCE - 600_000,
    }  # fmt: skip


def test_a_late_order_is_accepted_when_its_time_has_come(ledger: Ledger) -> None:
    assert ledger.next_late() is None
    add(ledger, entry(outcome="late"))
    ledger.surface(NOON + timedelta(seconds=89))
    assert (orders(ledger), ledger.next_late()) == ([], NOON + timedelta(seconds=90))
    ledger.surface(NOON + timedelta(seconds=90))
    assert (orders(ledger), ledger.next_late()) == ([(FIRST_ID, "PO-1")], None)
    assert look(ledger, "SELECT * FROM late") == []


def test_a_late_order_is_accepted_once(ledger: Ledger) -> None:
    add(ledger, entry(outcome="late"), entry(outcome="late"), entry(order_id="PO-2", outcome="late"))
    add(ledger, replace(entry(order_id="PO-2"), outcome="paid"))
    ledger.surface(NOON + timedelta(seconds=90))
    assert sorted(str(row[1]) for row in orders(ledger)) == ["PO-1", "PO-2"]


def test_payments_by_moscow_days_newest_first(ledger: Ledger) -> None:
    midnight = datetime(2026, 11, 24, 21, 0, tzinfo=timezone.utc)
    moments = [midnight - timedelta(days=1, microseconds=1), midnight - timedelta(microseconds=1), midnight]
    add(ledger, *(entry(PAYMENT, order_id=f"IN-{place}", at=at) for place, at in enumerate(moments)), entry())
    day = Period(date(2026, 11, 24), date(2026, 11, 24))
    total, rows = ledger.payments(day, 1, 12)
    assert (total, [row.order_id for row in rows]) == (1, ["IN-1"])
    total, rows = ledger.payments(Period(None, None), 1, 2)
    assert (total, [row.order_id for row in rows]) == (3, ["IN-2", "IN-1"])
    assert [row.order_id for row in ledger.payments(Period(None, None), 2, 2)[1]] == ["IN-0"]
    assert ledger.payments(Period(date(2026, 11, 25), None), 1, 12)[0] == 1


def test_a_choice_is_for_one_create(ledger: Ledger) -> None:
    assert ledger.chosen() is None
    choose(ledger.path, "fail")
    choose(ledger.path, "late")
    assert ledger.chosen() == "late"
    with ledger.transaction():
        ledger.spend_choice()
    assert ledger.chosen() is None
    choose(ledger.path, "fail")
    choose(ledger.path, None)
    assert ledger.chosen() is None


def test_requests_are_seen(ledger: Ledger) -> None:
    ledger.note(Seen(NOON, "/v1/payout", "account", b"{}", "c2ln", 200, authentic=True, outcome="paid", accepted_id=7))
    ledger.note(Seen(NOON, "/v1/payout", "account", b"secret", "x", 401))
    ledger.note(Seen(NOON, "/v1/payout", "account", b"{}", "c2ln", None, authentic=True, outcome="lost-before"))
    digest = hashlib.sha256(b"secret").hexdigest()
    assert look(ledger, "SELECT endpoint, size, body, status, outcome, accepted_id FROM request ORDER BY seq") == [
        ("/v1/payout", 2, b"{}", 200, "paid", 7),
        ("/v1/payout", 6, None, 401, None, None),
        ("/v1/payout", 2, b"{}", None, "lost-before", None),
    ]
    assert look(ledger, "SELECT sha256 FROM request WHERE status = 401") == [(digest,)]


def test_times_are_written_in_utc() -> None:
    assert utc(datetime(2026, 11, 24, 12, 0, tzinfo=timezone(timedelta(hours=3)))) == "2026-11-24T09:00:00.000000Z"


def test_a_lock_has_one_holder(tmp_path: Path) -> None:
    first, second = Lock(tmp_path / "lock"), Lock(tmp_path / "lock")
    assert first.take()
    assert not second.take()
    first.free()
    first.free()
    assert second.take()
    second.free()
