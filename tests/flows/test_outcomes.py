"""Each outcome of the sandbox's table ends in the right state, and the ledger holds one order or none."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from console.domain.exchange import Reason
from console.domain.states import State
from console.sandbox import clock as sandbox_clock
from tests.flows.bench import SBP, Works

CARD = "payment_card_number_card"


class _Ahead:
    """Moves the sandbox's clock, so that nobody waits for a payout to settle."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.by = timedelta(0)
        now = sandbox_clock.Clock.now
        monkeypatch.setattr(sandbox_clock.Clock, "now", lambda clock: now(clock) + self.by)

    def move(self, seconds: float) -> None:
        self.by += timedelta(seconds=seconds)


@pytest.fixture
def ahead(monkeypatch: pytest.MonkeyPatch) -> _Ahead:
    return _Ahead(monkeypatch)


@pytest.mark.parametrize(
    ("kopecks", "code", "first", "last", "orders"),
    [
        ("00", SBP, State.WAIT, State.PAID, 1),
        ("11", SBP, State.WAIT, State.FAIL, 1),
        ("12", SBP, State.WAIT, State.CANCEL, 1),
        ("13", CARD, State.WAIT, State.PAID, 1),
        ("21", SBP, State.REJECTED, State.REJECTED, 0),
        ("21", CARD, State.REJECTED, State.REJECTED, 0),
        ("22", SBP, State.UNKNOWN, State.UNKNOWN, 0),
        ("23", SBP, State.UNKNOWN, State.PAID, 1),
        ("24", SBP, State.UNKNOWN, State.PAID, 1),
        ("25", SBP, State.UNKNOWN, State.PAID, 1),
        ("26", SBP, State.WAIT, State.PAID, 1),
        ("32", SBP, State.UNKNOWN, State.UNKNOWN, 0),
        ("33", SBP, State.UNKNOWN, State.PAID, 1),
        ("34", SBP, State.UNKNOWN, State.PAID, 1),
    ],
)
def test_the_table(
    works: Works, ahead: _Ahead, kopecks: str, code: str, first: State, last: State, orders: int
) -> None:
    sent = works.send("order-1", f"1500.{kopecks}", code)
    assert sent.row.state is first
    ahead.move(200)
    row = works.services.follow.ask("order-1") if sent.row.state.is_asked else sent.row
    assert row.state is last
    assert len(works.accepted()) == orders
    assert row.is_disputed is False


def test_a_payment_that_was_paid_in_part_says_so(works: Works, ahead: _Ahead) -> None:
    works.send("order-1", "1500.13", CARD)
    ahead.move(10)
    row = works.services.follow.ask("order-1")
    assert (row.partial, row.paid_amount is not None) == (True, True)
    assert row.paid_amount is not None
    assert float(row.paid_amount) < 1500


def test_a_payout_that_was_paid_in_part_contradicts_itself(works: Works, ahead: _Ahead) -> None:
    works.send("order-1", "1500.13")
    ahead.move(10)
    row = works.services.follow.ask("order-1")
    assert (row.state, row.disputed_reason) == (State.WAIT, "partial-payout")


def test_a_refusal_names_the_field_of_its_method(works: Works) -> None:
    assert list(works.send("a", "1500.21").verdict.errors) == ["number"]
    assert list(works.send("b", "1500.21", CARD).verdict.errors) == ["customer_ip"]


def test_an_unknown_order_is_not_settled_by_a_question_that_finds_nothing(works: Works, ahead: _Ahead) -> None:
    works.send("order-1", "1500.34")
    assert works.services.follow.ask("order-1").state is State.UNKNOWN
    ahead.move(91)
    assert works.services.follow.ask("order-1").state is State.WAIT


def test_waiting_for_a_slow_answer_can_be_stopped_and_the_gateway_still_has_it(works: Works, ahead: _Ahead) -> None:
    wait = sandbox_clock.Clock.wait

    def stop(*arguments: object) -> None:
        works.services.submit.stop_waiting()
        wait(*arguments)  # type: ignore[arg-type]  # passed on as they came

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sandbox_clock.Clock, "wait", stop)
        sent = works.send("order-1", "1500.31")
    assert (sent.row.state, sent.exchange.reason) == (State.UNKNOWN, Reason.DEADLINE)
    ahead.move(60)
    assert works.services.follow.ask("order-1").state is State.PAID
    assert len(works.accepted()) == 1


def test_the_gateway_that_is_down_gets_nothing_and_the_same_bytes_go_later(works: Works, home: object) -> None:
    assert works.engine.sandbox is not None
    works.engine.sandbox.close()
    sent = works.send("order-1", "1500.00")
    assert sent.row.state is State.NOT_SENT
    body = works.services.submit.resend_review("order-1").body
    assert works.accepted() == []
    works.close()
    works.engine = Works.start(works.home).engine
    review = works.services.submit.resend_review("order-1")
    assert review.body == body
    assert works.services.submit.send(review).row.state is State.WAIT
    (entry,) = works.accepted()
    assert entry["body"] == body


def test_times_of_the_ledger_are_of_the_sandbox(works: Works, ahead: _Ahead) -> None:
    ahead.move(3600)
    works.send("order-1", "1500.00")
    (entry,) = works.accepted()
    at = datetime.fromisoformat(entry["accepted_at"])
    assert at.tzinfo is not None
