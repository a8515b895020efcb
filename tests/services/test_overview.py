"""The overview: sums by the Moscow day, what needs a person and in which order, and the health of the console."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from console.domain.endpoint import Kind
from console.domain.money import Money, Sum
from console.domain.states import State
from console.domain.trouble import Unavailable
from console.services.overview import DAYS, LATEST, MOST, Flow, Overviews, midnight
from tests.services.bench import Bench, answered, lost, unreachable

CARD = "payment_card_number_card"


@pytest.fixture
def overviews(bench: Bench) -> Overviews:
    return Overviews(bench.journal, bench.reader, bench.accounts, bench.balances, bench.follow, bench.clock)


def pay(bench: Bench, order_id: str, amount: str, status: str = "paid", code: str = "payment_card_sbp_rub") -> None:
    body = {"id": order_id, "payment_status": status}
    bench.send(answered(200, body), code, order_id=order_id, amount=amount)


def test_an_empty_journal_has_an_overview_too(overviews: Overviews, bench: Bench) -> None:
    seen = overviews.now()
    nothing = Flow(0, Money(0))
    assert (seen.paid_out, seen.received, seen.processing) == (nothing, nothing, nothing)
    assert (seen.attention, seen.more, seen.latest, seen.checks) == ((), 0, (), {})
    assert len(seen.days) == DAYS
    assert seen.account == bench.account
    assert seen.balance is None
    assert seen.health.gateway is None
    assert seen.health.fault is None
    assert seen.health.paused is None
    assert seen.health.records == 1
    assert seen.health.keys == frozenset(Kind)


def test_the_sums_of_today_are_of_what_was_paid(overviews: Overviews, bench: Bench) -> None:
    pay(bench, "PO-1", "10.50")
    pay(bench, "PO-2", "20.00")
    pay(bench, "PO-3", "40.00", "wait")
    pay(bench, "PO-4", "80.00", "fail")
    pay(bench, "PM-1", "100.00", "paid", CARD)
    seen = overviews.now()
    assert seen.paid_out == Flow(2, Money(3050))
    assert seen.received == Flow(1, Money(10000))
    assert seen.processing == Flow(1, Money(4000))
    assert [row.order_id for row in seen.latest] == ["PO-4", "PO-3", "PO-2", "PO-1", "PM-1"]


def test_of_a_payment_paid_in_part_only_what_came_counts(overviews: Overviews, bench: Bench) -> None:
    pay(bench, "PM-1", "100.00", "wait", CARD)
    pay(bench, "PM-2", "50.00", "paid", CARD)
    answer = {
        "order_id": "PM-1",
        "payment_status": "paid",
        "payment_amount": "60.250000000",
        "is_partial_payment": True,
    }
    bench.transport.asks.append(answered(200, answer))
    bench.follow.ask("PM-1")
    assert overviews.now().received == Flow(2, Sum("110.250000000"))


def test_a_partial_payment_without_its_sum_counts_as_nothing_less(overviews: Overviews, bench: Bench) -> None:
    pay(bench, "PM-1", "100.00", "wait", CARD)
    bench.transport.asks.append(
        answered(200, {"order_id": "PM-1", "payment_status": "paid", "is_partial_payment": True})
    )
    bench.follow.ask("PM-1")
    assert overviews.now().received == Flow(1, Money(10000))


def test_days_begin_at_moscow_midnight(overviews: Overviews, bench: Bench) -> None:
    bench.clock.utc = datetime(2026, 11, 24, 20, 59, 59, tzinfo=timezone.utc)
    pay(bench, "PO-1", "10.00")
    bench.clock.advance(2)
    pay(bench, "PO-2", "20.00")
    seen = overviews.now()
    assert seen.paid_out == Flow(1, Money(2000))
    assert [day.paid.kopecks for day in seen.days] == [0, 0, 0, 0, 0, 1000, 2000]
    assert [day.is_today for day in seen.days] == [False] * 6 + [True]
    assert seen.days[-1].at == midnight(bench.clock.utc)
    assert seen.days[-1].at.isoformat() == "2026-11-24T21:00:00+00:00"


def test_what_is_older_than_seven_days_is_no_bar(overviews: Overviews, bench: Bench) -> None:
    pay(bench, "PO-1", "10.00")
    bench.clock.utc += timedelta(days=DAYS)
    assert sum(day.paid.kopecks for day in overviews.now().days) == 0


def test_what_needs_a_person_stands_in_order(overviews: Overviews, bench: Bench) -> None:
    refusal = answered(400, {"errors": {"number": ["is wrong"]}})
    bench.send(refusal, order_id="PO-refused", amount="1.00")
    bench.send(unreachable(), order_id="PO-not-sent", amount="2.00")
    pay(bench, "PO-disputed", "3.00")
    bench.transport.asks.append(answered(200, {"order_id": "PO-disputed", "payment_status": "cancel"}))
    bench.follow.ask("PO-disputed")
    bench.send(lost(), order_id="PO-unknown", amount="4.00")
    bench.follow.watch(bench.reader.get("PO-unknown"), bench.clock())  # type: ignore[arg-type]  # it is there
    seen = overviews.now()
    assert [each.row.order_id for each in seen.attention] == ["PO-unknown", "PO-disputed", "PO-not-sent"]
    assert [each.sentence.code for each in seen.attention] == ["E-UNKNOWN", "E-DISPUTED", "E-NOTSENT"]
    assert seen.checks["PO-unknown"] == 5.0
    assert seen.checks["PO-not-sent"] is None
    assert seen.more == 1
    bench.settle.close("PO-not-sent", "sent")
    seen = overviews.now()
    assert [each.row.order_id for each in seen.attention] == ["PO-unknown", "PO-disputed", "PO-refused"]
    assert seen.attention[-1].sentence.code == "E-REJECTED"
    bench.clock.utc += timedelta(days=1)
    assert [each.row.order_id for each in overviews.now().attention] == ["PO-unknown", "PO-disputed"]


def test_many_that_need_a_person_become_a_number(overviews: Overviews, bench: Bench) -> None:
    for number in range(MOST + 3):
        bench.send(lost(), order_id=f"PO-{number}", amount=f"{number + 1}.00")
    seen = overviews.now()
    assert len(seen.attention) == MOST
    assert seen.more == 3
    assert len(seen.latest) == min(LATEST, MOST + 3)


def test_an_unsettled_refusal_that_is_disputed_stands_once(overviews: Overviews, bench: Bench) -> None:
    for order_id, state in (("PO-a", State.NOT_SENT), ("PO-b", State.REJECTED)):
        answer = unreachable() if state is State.NOT_SENT else answered(400, {"errors": {"number": ["no"]}})
        bench.send(answer, order_id=order_id, amount="5.00" if state is State.NOT_SENT else "6.00")
        from console.journal.change import Change
        from console.journal.entry import Entry, EventKind

        updates = {"disputed_at": bench.clock().iso(), "disputed_reason": "came-late"}
        entry = Entry(EventKind.DISPUTED, bench.clock(), order_id, "acc", attempt=1)
        bench.journal.append(entry, change=Change(order_id, frozenset({state}), 1, updates))
    assert sorted(each.row.order_id for each in overviews.now().attention) == ["PO-a", "PO-b"]


def test_health_says_how_the_gateway_and_the_keys_are(overviews: Overviews, bench: Bench) -> None:
    bench.transport.asks.append(answered(200, {"currency": "RUB", "balance": "10.00"}))
    held = bench.balances.refresh("acc")
    bench.accounts.prove(bench.accounts.open("acc"), Kind.PAYOUT, None)
    bench.journal.block(Unavailable("E-TAMPER", n=3))
    seen = overviews.now()
    assert seen.balance == held
    assert seen.health.gateway == held.seconds
    assert seen.health.keys == {Kind.PAYMENT}
    assert seen.health.fault is not None
    assert seen.health.fault.code == "E-TAMPER"


def test_without_an_account_there_is_no_key_and_no_balance(
    overviews: Overviews, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.accounts._known.clear()
    monkeypatch.setattr(bench.reader, "head", lambda: None)
    seen = overviews.now()
    assert (seen.account, seen.balance, seen.health.keys, seen.health.records) == (None, None, frozenset(), 0)
    assert seen.health.paused is None
