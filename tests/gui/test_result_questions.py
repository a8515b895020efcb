"""The result says why questions wait, and tells those that did not get through from none."""

from __future__ import annotations

import pytest

from console.domain.exchange import Reason
from console.services.settle import Resolution, Word
from tests.gui.order_bench import Hands
from tests.services.bench import answered, lost, unreachable


def pay_out(hands: Hands) -> str:
    """Send a payout whose answer is lost; return its order id."""
    hands.bench.transport.creates.append(lost())
    hands.fill()
    order_id = hands.order_id()
    hands.review()
    hands.send()
    return order_id


def test_questions_that_wait_say_why(payout: Hands) -> None:
    order_id = pay_out(payout)
    payout.bench.transport.asks.append(answered(401, {}))
    payout.click("result/check")
    payout.rest()
    assert order_id in payout.text("result/order_id")
    assert "Questions to the gateway wait" in payout.told()


def test_questions_that_did_not_get_through_are_not_told_as_none(payout: Hands) -> None:
    pay_out(payout)
    assert "Not asked yet" in payout.told()
    payout.bench.transport.asks.append(unreachable(Reason.UNREACHABLE))
    payout.click("result/check")
    payout.rest()
    assert "Not asked yet" not in payout.told()
    assert "No question got through yet, last tried at " in payout.told()


def test_what_the_support_never_had_waits_for_a_person_and_not_for_the_gateway(
    payout: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.services.settle.ASKS", 0)
    order_id = pay_out(payout)
    assert "closed until the gateway answers" in payout.told()
    payout.bench.clock.advance(16 * 60)
    payout.bench.settle.resolve(order_id, Resolution(Word.NEVER, "T-1", "Анна", order_id[-4:]))
    payout.page.operations_changed((order_id,))
    payout.rest()
    assert payout.text("result/state") == "Not known to the gateway"
    assert "closed until this one is sent or closed" in payout.told()
    assert "closed until the gateway answers" not in payout.told()
