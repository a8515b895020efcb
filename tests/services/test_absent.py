"""An order that left once and that the support never had: what it takes to send it again, and what it still closes."""

from __future__ import annotations

import pytest

from console.domain.endpoint import Kind
from console.domain.states import State
from console.domain.trouble import Invalid, Unavailable
from console.services.settle import Resolution, Word
from tests.services.bench import Bench, acknowledge, answered, lost, unreachable
from tests.services.test_settle import ORDER, WORD, ask, never

ACCEPTED = answered(200, {"id": 5, "payment_status": "wait"})


@pytest.fixture
def absent(bench: Bench) -> Bench:
    bench.send(lost())
    ask(bench, 3)
    bench.clock.advance(15 * 60)
    assert bench.settle.resolve(ORDER, never()).state is State.ABSENT
    return bench


class TestSendingItAgain:
    def test_takes_its_last_signs_typed(self, absent: Bench) -> None:
        review = absent.submit.resend_review(ORDER)
        assert [(doubt.code, doubt.typed) for doubt in review.doubts if doubt.is_strong] == [("absent", WORD)]
        with pytest.raises(Unavailable, match="E-UNACKNOWLEDGED"):
            absent.submit.send(review)
        assert absent.reader.get(ORDER).state is State.ABSENT  # type: ignore[union-attr]  # it is there: the fixture sent it
        absent.transport.creates.append(ACCEPTED)
        assert absent.submit.send(review, acknowledge(review)).row.state is State.WAIT

    def test_that_did_not_leave_this_time_takes_them_again(self, absent: Bench) -> None:
        not_sent(absent)
        review = absent.submit.resend_review(ORDER)
        assert [doubt.typed for doubt in review.doubts if doubt.is_strong] == [WORD]

    def test_is_as_easy_as_ever_for_what_never_left(self, bench: Bench) -> None:
        bench.send(unreachable())
        assert not any(doubt.is_strong for doubt in bench.submit.resend_review(ORDER).doubts)


class TestAnotherOrderToTheSameRecipient:
    """R6: support may be wrong, and a block lifts by *close* alone."""

    def test_is_blocked_also_when_it_did_not_leave_the_second_time(self, absent: Bench) -> None:
        assert absent.review(order_id="second").blocked is not None
        not_sent(absent)
        assert absent.review(order_id="second").blocked is not None
        absent.settle.close(ORDER, WORD)
        assert absent.review(order_id="second").blocked is None

    def test_is_not_blocked_by_one_that_never_left(self, bench: Bench) -> None:
        bench.send(unreachable())
        assert bench.review(order_id="second").blocked is None


class TestTheIdThatTheSupportNames:
    def test_is_not_that_of_another_order(self, bench: Bench) -> None:
        """Its answers would be taken for this order's: the same amount, and no order id in them."""
        bench.send(answered(200, {"id": 77, "payment_status": "wait"}), order_id="other", number="79031112200")
        bench.send(lost())
        ask(bench, 3)
        bench.clock.advance(15 * 60)
        with pytest.raises(Invalid) as told:
            bench.settle.resolve(ORDER, Resolution(Word.HAS, "T", "Анна", WORD, " 77 "))
        assert dict(told.value.text.arguments)["order"] == "other"
        assert bench.settle.resolve(ORDER, Resolution(Word.HAS, "T", "Анна", WORD, "78")).gateway_id == "78"
        assert bench.settle.resolve(ORDER, Resolution(Word.HAS, "T", "Анна", WORD, "78")).gateway_id == "78"

    def test_may_be_that_of_a_payment(self, bench: Bench) -> None:
        bench.send(answered(200, {"id": 77, "payment_status": "wait"}), "payment_card_sbp_rub_card", order_id="in")
        bench.send(lost())
        ask(bench, 3)
        bench.clock.advance(15 * 60)
        assert bench.settle.resolve(ORDER, Resolution(Word.HAS, "T", "Анна", WORD, "77")).gateway_id == "77"


def test_a_key_that_was_refused_after_the_review_signs_no_payout(bench: Bench) -> None:
    review = bench.review()
    assert review.proved
    bench.accounts.prove(bench.accounts.open("acc"), Kind.PAYOUT, None)
    with pytest.raises(Unavailable, match="E-CERT-UNPROVED"):
        bench.submit.send(review)
    assert (bench.transport.sent, bench.reader.get(ORDER)) == ([], None)


def not_sent(bench: Bench) -> None:
    """Send it again, and let nothing leave."""
    review = bench.submit.resend_review(ORDER)
    bench.transport.creates.append(unreachable())
    assert bench.submit.send(review, acknowledge(review)).row.state is State.NOT_SENT
