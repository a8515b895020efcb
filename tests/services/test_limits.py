"""Limits: what counts, when they warn, when they block, and that a change is an event."""

from __future__ import annotations

import pytest

from console.domain.money import Money
from console.domain.trouble import Invalid
from console.services.limits import Limit, Scope
from console.services.settle import Resolution, Word
from console.settings.settings import LIMITS
from tests.services.bench import Answer, Bench, acknowledge, answered, lost, unreachable

ACCEPTED = answered(200, {"id": 5, "payment_status": "wait"})


def put(bench: Bench, scope: Scope, warn: int | None, block: int | None) -> None:
    levels = (None if level is None else Money(level * 100) for level in (warn, block))
    bench.limits.change(Limit("acc", scope, *levels))


def codes(bench: Bench, **changed: str) -> list[str]:
    return [doubt.code for doubt in bench.review(order_id="next", **changed).doubts if doubt.is_strong]


def test_there_are_none_at_first(bench: Bench) -> None:
    assert bench.limits.of("acc") == tuple(Limit("acc", scope) for scope in Scope)
    assert codes(bench) == []


def test_one_payout(bench: Bench) -> None:
    put(bench, Scope.PAYOUT, 3000, 5000)
    assert codes(bench, amount="2999.99") == []
    assert codes(bench, amount="3000") == ["limit-payout"]
    assert bench.review(amount="5000").blocked is None
    assert bench.review(amount="5000.01").blocked is not None


def test_a_day_counts_what_may_have_left_whoever_got_it(bench: Bench) -> None:
    put(bench, Scope.DAY, 5000, 7000)
    bench.send(ACCEPTED, order_id="a", amount="2000", number="79031112200")
    bench.send(unreachable(), order_id="b", amount="2000", number="79031112201")
    assert codes(bench, amount="2999.99") == []
    assert codes(bench, amount="3000") == ["limit-day"]
    assert bench.review(order_id="c", amount="5000.01").blocked is not None
    bench.clock.advance(24 * 3600)
    assert bench.review(order_id="c", amount="5000.01").blocked is None


def test_a_day_counts_what_nobody_knows_of(bench: Bench) -> None:
    put(bench, Scope.DAY, None, 3000)
    bench.send(lost(), order_id="a", amount="2000", number="79031112200")
    assert bench.review(order_id="c", amount="1000.01").blocked is not None
    assert bench.review(order_id="c", amount="1000").blocked is None


def test_the_day_begins_at_midnight_in_moscow(bench: Bench) -> None:
    put(bench, Scope.DAY, None, 3000)
    bench.send(ACCEPTED, order_id="a", amount="2000", number="79031112200")
    bench.clock.advance(12 * 3600 - 1)
    assert bench.review(order_id="c", amount="1500").blocked is not None
    bench.clock.advance(1)
    assert bench.review(order_id="c", amount="1500").blocked is None


def test_a_recipient_and_day(bench: Bench) -> None:
    put(bench, Scope.RECIPIENT, 3000, None)
    bench.send(ACCEPTED, order_id="a", amount="2000")
    assert codes(bench, amount="1000") == ["limit-recipient"]
    assert codes(bench, amount="1000", number="79031112200") == []


def test_payments_have_none(bench: Bench) -> None:
    put(bench, Scope.PAYOUT, 1, 1)
    review = bench.review("payment_card_sbp_rub_card")
    assert review.blocked is None
    assert not any(doubt.code.startswith("limit") for doubt in review.doubts)


def test_a_blocked_payout_is_not_sent_even_when_the_limit_came_later(bench: Bench) -> None:
    review = bench.review()
    put(bench, Scope.PAYOUT, None, 100)
    with pytest.raises(Invalid):
        bench.submit.send(review)
    assert bench.transport.sent == []


def test_a_change_is_an_event_and_the_same_again_is_not(bench: Bench) -> None:
    put(bench, Scope.DAY, 1, 2)
    put(bench, Scope.DAY, 1, 3)
    put(bench, Scope.DAY, 1, 3)
    put(bench, Scope.PAYOUT, 5, None)
    events = [event.facts for event in bench.reader.event_page(None, 10) if event.kind == "changed"]
    assert [each["after"] for each in events] == [[500, None], [100, 300], [100, 200]]
    assert events[1]["before"] == [100, 200]
    assert bench.limits.of("acc")[1] == Limit("acc", Scope.DAY, Money(100), Money(300))
    assert len(bench.settings.get(LIMITS)) == 2


def test_a_limit_that_blocks_before_it_warns_makes_no_sense(bench: Bench) -> None:
    with pytest.raises(Invalid):
        put(bench, Scope.DAY, 2, 1)


def test_settings_written_by_hand_do_no_harm(bench: Bench) -> None:
    record: dict[str, object] = {"account": "acc", "scope": "day", "warn": "1", "block": True}
    bench.settings.set(LIMITS, (record,))
    assert bench.limits.of("acc")[1] == Limit("acc", Scope.DAY)


class TestSendingAgain:
    """An order may be sent on another day than it was made."""

    def test_counts_on_the_day_on_which_it_left(self, bench: Bench) -> None:
        put(bench, Scope.DAY, None, 3000)
        for name in ("a", "b"):
            bench.send(unreachable(), order_id=name, amount="2000", number=f"7903111220{ord(name) % 10}")
        bench.clock.advance(24 * 3600)
        again(bench, "a", ACCEPTED)
        assert bench.submit.resend_review("b").blocked is not None
        assert bench.review(order_id="c", amount="1000.01").blocked is not None
        assert bench.review(order_id="c", amount="1000").blocked is None
        bench.clock.advance(24 * 3600)
        assert bench.submit.resend_review("b").blocked is None

    def test_counts_for_its_recipient_too(self, bench: Bench) -> None:
        put(bench, Scope.RECIPIENT, None, 3000)
        bench.send(unreachable(), order_id="a", amount="2000")
        bench.clock.advance(24 * 3600)
        again(bench, "a", lost())
        assert bench.review(order_id="c", amount="1000.01").blocked is not None
        assert bench.review(order_id="c", amount="1000.01", number="79031112299").blocked is None

    def test_does_not_count_an_order_twice(self, bench: Bench) -> None:
        put(bench, Scope.DAY, None, 3000)
        absent(bench, "a", amount="2000")
        assert bench.submit.resend_review("a").blocked is None
        assert bench.review(order_id="c", amount="1000.01").blocked is not None

    def test_of_what_the_support_called_absent_counts_until_it_is_closed(self, bench: Bench) -> None:
        put(bench, Scope.DAY, None, 3000)
        absent(bench, "a", amount="2000")
        again(bench, "a", unreachable())
        assert bench.review(order_id="c", amount="1000.01").blocked is not None
        bench.settle.close("a", "a")
        assert bench.review(order_id="c", amount="1000.01").blocked is None


def test_what_is_disputed_counts_whatever_its_state(bench: Bench) -> None:
    put(bench, Scope.DAY, None, 3000)
    bench.send(answered(200, {"id": 5, "payment_status": "fail"}), order_id="a", amount="2000", number="79031112200")
    assert bench.review(order_id="c", amount="3000").blocked is None
    bench.transport.asks.append(answered(200, {"id": 5, "order_id": "a", "payment_status": "paid"}))
    assert bench.follow.ask("a").is_disputed
    assert bench.review(order_id="c", amount="1000.01").blocked is not None


def again(bench: Bench, order_id: str, answer: Answer) -> None:
    bench.transport.creates.append(answer)
    review = bench.submit.resend_review(order_id)
    bench.submit.send(review, acknowledge(review))


def absent(bench: Bench, order_id: str, **changed: str) -> None:
    """Send an order, hear nothing of it, and record that the support never had it."""
    bench.send(lost(), order_id=order_id, **changed)
    for _ in range(3):
        bench.transport.asks.append(answered(500, b""))
        bench.follow.ask(order_id)
        bench.clock.advance(1)
    bench.journal.flush(bench.clock())
    bench.clock.advance(15 * 60)
    bench.settle.resolve(order_id, Resolution(Word.NEVER, "T-1", "Анна", order_id[-4:]))
