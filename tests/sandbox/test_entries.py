"""An accepted order: when it is final and what it does to the balance."""

from datetime import timedelta

import pytest

from tests.sandbox.orders import PAYMENT, PAYOUT, entry
from tests.sandbox.stepped import NOON


@pytest.mark.parametrize(
    ("outcome", "word"), [("paid", "paid"), ("part", "paid"), ("fail", "fail"), ("cancel", "cancel")]
)
def test_it_waits_for_five_seconds(outcome: str, word: str) -> None:
    order = entry(outcome=outcome)
    before, after = NOON + timedelta(seconds=4.999), NOON + timedelta(seconds=5)
    assert (order.status(NOON), order.status(before), order.status(after)) == ("wait", "wait", word)


def test_a_late_one_is_accepted_after_ninety_seconds() -> None:
    order = entry(outcome="late")
    assert (order.accepted_at - order.sent_at, order.final_at - order.accepted_at) == (
        timedelta(seconds=90), timedelta(seconds=5),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("code", "outcome", "paid", "fee", "change"),
    [
        (PAYOUT, "paid", 300_000, 4_500, -300_000),
        (PAYOUT, "part", 150_000, 2_250, -150_000),
        (PAYOUT, "fail", 0, 0, 0),
        (PAYMENT, "paid", 300_000, 10_500, 289_500),
        (PAYMENT, "part", 150_000, 5_250, 144_750),
        (PAYMENT, "cancel", 0, 0, 0),
    ],
)
def test_what_is_paid_and_what_the_balance_gains(code: str, outcome: str, paid: int, fee: int, change: int) -> None:
    order = entry(code, outcome)
    assert (order.paid, order.fee, order.change) == (paid, fee, change)


def test_fees_are_rounded_to_kopecks() -> None:
    assert entry(kopecks=33).fee == 0
    assert entry(kopecks=34).fee == 1


def test_digits_depend_on_order_and_purpose_alone() -> None:
    one, same, other = entry(), entry(order_id="PO-2"), entry(uuid="a")
    assert one.digits("x", 12) == same.digits("x", 12)
    assert len({one.digits("x", 12), one.digits("y", 12), other.digits("x", 12)}) == 3
    assert one.digits("x", 12).isdigit()
