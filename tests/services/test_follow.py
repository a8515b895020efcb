"""Following: who is asked when, what an answer changes, and what holds the questions back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.domain.endpoint import Endpoint, Kind
from console.domain.exchange import Exchange, Reason
from console.domain.states import State
from console.domain.text import Text
from console.domain.trouble import Unavailable
from console.journal.change import Lost
from console.services.settle import Resolution, Word, confirmation_word
from console.settings.translations import Translator
from tests.services.bench import Bench, answered, lost, unreachable

ACCEPTED = answered(200, {"id": 5, "payment_status": "wait"})
ORDER = "PO-20261124-0015"


def status(word: str, **more: object) -> dict[str, object]:
    return {"order_id": ORDER, "id": 5, "payment_status": word, "amount": "3000.000000000", **more}


def accepted(bench: Bench) -> None:
    bench.follow.watch(bench.send(ACCEPTED).row, bench.clock())


def test_a_final_answer_ends_the_following(bench: Bench) -> None:
    accepted(bench)
    bench.clock.advance(6)
    assert bench.follow.claim() == (ORDER,)
    paid = status("paid", commission_amount="45.00", account_payment_amount=2955, is_partial_payment=False, uuid="u")
    bench.transport.asks.append(answered(200, paid))
    row = bench.follow.ask(ORDER)
    assert (row.state, row.fee, row.credited, row.partial, row.uuid) == (State.PAID, "45.00", "2955", False, "u")
    assert bench.follow.next_check(ORDER) is None
    assert bench.transport.asked[-1][0] is Endpoint.PAYOUT_STATUS
    assert bench.transport.asked[-1][1].body == b'{"order_id":"PO-20261124-0015"}'
    bench.clock.advance(9999)
    assert bench.follow.claim() == ()


def test_an_answer_that_changes_nothing_is_a_small_row_and_the_next_question_is_planned(bench: Bench) -> None:
    accepted(bench)
    for _ in range(3):
        bench.transport.asks.append(answered(200, status("wait")))
        bench.follow.ask(ORDER)
        bench.clock.advance(60)
    bench.journal.flush(bench.clock())
    row = bench.reader.get(ORDER)
    assert row is not None
    assert (row.state, row.asks) == (State.WAIT, 3)
    facts = [event.facts for event in bench.reader.events(ORDER) if event.kind == "asked"]
    assert [("same_as" in each) for each in facts] == [False, True, True]


def test_an_unknown_order_is_settled_by_the_gateway(bench: Bench) -> None:
    bench.follow.watch(bench.send(lost()).row, bench.clock())
    assert bench.follow.next_check(ORDER) == 5.0
    bench.transport.asks = [answered(500, b"oops"), answered(200, status("wait"))]
    assert bench.follow.ask(ORDER).state is State.UNKNOWN
    assert bench.follow.ask(ORDER).state is State.WAIT


def test_not_found_leaves_an_unknown_order_unknown_and_disputes_an_accepted_one(bench: Bench) -> None:
    gone = answered(400, {"message": "", "errors": {"order_id": ["not found"]}})
    bench.send(lost())
    bench.transport.asks = [gone, answered(200, status("wait")), gone]
    assert bench.follow.ask(ORDER).state is State.UNKNOWN
    bench.follow.ask(ORDER)
    row = bench.follow.ask(ORDER)
    assert (row.state, row.disputed_reason) == (State.WAIT, "not-found")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (status("paid", id=6), "other-id"),
        (status("paid", amount="3000.01"), "other-amount"),
        (status("paid", is_partial_payment=True), "partial-payout"),
        (status("paid", card_mask="7903***34"), "other-number"),
    ],
)
def test_a_contradiction_is_marked_and_not_applied(bench: Bench, answer: dict[str, object], reason: str) -> None:
    accepted(bench)
    bench.transport.asks.append(answered(200, answer))
    row = bench.follow.ask(ORDER)
    assert (row.state, row.disputed_reason) == (State.WAIT, reason)


def test_a_mask_that_agrees_is_no_contradiction(bench: Bench) -> None:
    accepted(bench)
    bench.transport.asks.append(answered(200, status("paid", card_mask="7903***33")))
    assert bench.follow.ask(ORDER).state is State.PAID


def test_a_final_state_is_never_overwritten(bench: Bench) -> None:
    accepted(bench)
    bench.transport.asks = [answered(200, status("paid")), answered(200, status("cancel"))]
    bench.follow.ask(ORDER)
    row = bench.follow.ask(ORDER)
    assert (row.state, row.disputed_reason) == (State.PAID, "two-finals")


def test_an_operation_that_moved_meanwhile_is_left_to_the_next_question(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    accepted(bench)

    def late(*_: object, **__: object) -> None:
        raise Lost(ORDER)

    monkeypatch.setattr(bench.journal, "append", late)
    bench.transport.asks.append(answered(200, status("paid")))
    assert bench.follow.ask(ORDER).state is State.WAIT
    assert bench.follow.next_check(ORDER) is not None


def test_a_gateway_out_of_reach_pauses_with_growing_steps_and_an_answer_ends_it(bench: Bench) -> None:
    accepted(bench)
    waits = []
    for _ in range(7):
        bench.transport.asks.append(unreachable(Reason.DNS))
        bench.follow.ask(ORDER)
        paused = bench.follow.paused("acc")
        assert paused is not None
        assert "No connection" in paused.source
        waits.append(round(bench.follow.next_check(ORDER) or 0.0))
        assert bench.follow.claim() == ()
    assert waits[-1] == 120
    assert waits == sorted(waits)
    bench.clock.advance(121)
    assert bench.follow.paused("acc") == paused, (
        "the next question goes out; there is no connection until it is answered"
    )
    assert bench.follow.claim() == (ORDER,)
    bench.transport.asks.append(answered(200, status("wait")))
    bench.follow.ask(ORDER)
    assert bench.follow.paused("acc") is None


def test_any_answer_of_the_gateway_ends_the_wait_for_it(bench: Bench) -> None:
    accepted(bench)
    bench.follow.answered("acc")
    bench.transport.asks = [unreachable(), answered(429, b"", retry_after="90")]
    bench.follow.ask(ORDER)
    since = bench.follow.paused("acc")
    bench.follow.answered("acc")
    assert since is not None
    assert bench.follow.paused("acc") is None
    bench.follow.ask(ORDER)
    bench.follow.answered("acc")
    assert "slow down" in (bench.follow.paused("acc") or Text("", "")).source


def test_a_loss_after_the_gateway_asked_to_slow_down_is_told_as_a_loss(bench: Bench) -> None:
    accepted(bench)
    bench.transport.asks = [answered(429, b"", retry_after="90"), unreachable(), unreachable()]
    bench.follow.ask(ORDER)
    bench.clock.advance(91)
    assert bench.follow.paused("acc") is None
    bench.follow.ask(ORDER)
    since = bench.follow.paused("acc")
    assert "No connection" in (since or Text("", "")).source
    bench.clock.advance(300)
    bench.follow.ask(ORDER)
    assert bench.follow.paused("acc") == since


def test_a_refused_signature_stops_the_questions_until_the_key_is_proved(bench: Bench) -> None:
    accepted(bench)
    bench.transport.asks.append(answered(401, {"message": "no"}))
    assert bench.follow.ask(ORDER).state is State.WAIT
    bench.clock.advance(99_999)
    assert bench.follow.claim() == ()
    paused = bench.follow.paused("acc")
    assert paused is not None
    assert "signature" in paused.source
    assert not bench.accounts.is_proved(bench.accounts.open("acc"), Kind.PAYOUT)
    bench.follow.resume("acc")
    assert bench.follow.claim() == (ORDER,)


def test_retry_after_is_obeyed(bench: Bench) -> None:
    accepted(bench)
    bench.transport.asks.append(answered(429, b"slow", retry_after="90"))
    bench.follow.ask(ORDER)
    assert bench.follow.next_check(ORDER) == pytest.approx(90, abs=1)


def test_keys_that_do_not_open_pause_the_questions(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    accepted(bench)

    def locked(_: str) -> None:
        raise Unavailable("E-KEYRING-LOCKED")

    monkeypatch.setattr(bench.accounts, "open", locked)
    with pytest.raises(Unavailable):
        bench.follow.ask(ORDER)
    paused = bench.follow.paused("acc")
    assert paused is not None
    words = Translator("en")(paused)
    assert words == "The password store is locked, 2026-11-24 12:00 MSK. Questions wait; nothing is lost."


def test_an_order_nobody_knows_is_not_asked_about(bench: Bench) -> None:
    with pytest.raises(Unavailable):
        bench.follow.ask("nobody")
    assert bench.follow.next_check("nobody") is None


def test_what_hangs_at_a_start_is_taken_up_and_unknown_ones_come_first(bench: Bench) -> None:
    bench.send(ACCEPTED, order_id="b-wait")
    bench.send(lost(), order_id="a-unknown", number="79031112244")
    bench.compose()
    bench.follow.start()
    bench.clock.advance(5)
    assert bench.follow.claim() == ("a-unknown", "b-wait")
    assert bench.follow.claim() == ()


def test_an_order_that_a_person_asks_about_is_not_asked_about_twice(bench: Bench) -> None:
    row = bench.send(ACCEPTED).row
    bench.follow.watch(row, bench.clock(), first=0.0)
    heard: list[tuple[str, ...]] = []

    def answer(_: object) -> Exchange:
        heard.append(bench.follow.claim())
        return answered(200, status("wait"))

    bench.transport.asks.append(answer)
    bench.follow.ask(ORDER)
    assert heard == [()]
    bench.clock.advance(60)
    assert bench.follow.claim() == (ORDER,)


def test_at_most_four_are_in_flight(bench: Bench) -> None:
    for number in range(6):
        row = bench.send(answered(200, {"id": number + 1, "payment_status": "wait"}), order_id=f"o-{number}",
                         number=f"7903111220{number}").row  # fmt: skip
        bench.follow.watch(row, bench.clock(), first=0.0)
    assert len(bench.follow.claim()) == 4


def test_an_answer_that_was_in_flight_does_not_lift_the_gateways_wish_to_slow_down(bench: Bench) -> None:
    accepted(bench)
    bench.transport.asks = [
        answered(429, b"", retry_after="60"),
        answered(200, status("wait")),
        unreachable(),
        answered(200, status("wait")),
    ]
    for left in (60, 50, 40):
        bench.follow.ask(ORDER)
        assert "slow down" in (bench.follow.paused("acc") or Text("", "")).source
        assert bench.follow.next_check(ORDER) == left
        bench.clock.advance(10)
    bench.clock.advance(31)
    assert bench.follow.paused("acc") is None
    assert bench.follow.claim() == (ORDER,)
    bench.follow.ask(ORDER)
    assert bench.follow._holds == {}


def test_an_account_that_is_held_keeps_no_other_from_being_asked_about(bench: Bench) -> None:
    row = bench.send(ACCEPTED).row
    bench.follow.watch(row, bench.clock(), first=0.0)
    bench.follow.watch(replace(row, order_id="other", account="held"), bench.clock(), first=0.0)
    bench.follow._hold("held", Text("", "held"), 60.0)
    assert bench.follow.claim() == (ORDER,)
    bench.clock.advance(61)
    assert bench.follow.claim() == ("other",)


def test_at_most_five_are_asked_in_a_second(bench: Bench) -> None:
    for number in range(8):
        row = bench.send(answered(200, {"id": number + 1, "payment_status": "wait"}), order_id=f"o-{number}",
                         number=f"7903111220{number}").row  # fmt: skip
        bench.follow.watch(row, bench.clock(), first=0.0)
    asked = 0
    for _ in range(4):
        for order_id in bench.follow.claim():
            bench.transport.asks.append(answered(500, b""))
            bench.follow.ask(order_id)
            asked += 1
    assert asked == 5


def test_orders_of_an_unknown_outcome_keep_no_other_from_being_asked_about(bench: Bench) -> None:
    """With more unknown ones than the budget has questions, every fifth question is for whoever waits longest."""
    wait = bench.send(ACCEPTED).row
    now = bench.clock()
    bench.follow.watch(wait, now, first=0.0)
    unknown = {f"u-{number}" for number in range(60)}
    for order_id in sorted(unknown):
        bench.follow.watch(replace(wait, order_id=order_id, state=State.UNKNOWN), now, first=1.0)
    asked: list[str] = []
    for _ in range(10):
        bench.clock.advance(1)
        for order_id in bench.follow.claim():
            asked.append(order_id)
            bench.follow._asking.discard(order_id)
            row = wait if order_id == ORDER else replace(wait, order_id=order_id, state=State.UNKNOWN)
            bench.follow.watch(row, bench.clock(), first=0.0)
    assert len(asked) == 40
    assert asked.index(ORDER) == 4
    assert len(set(asked) & unknown) >= 32


def test_an_order_that_support_closed_is_still_asked_about_and_disputed_when_it_surfaces(bench: Bench) -> None:
    row = bench.send(lost()).row
    for _ in range(3):
        bench.transport.asks.append(answered(500, b""))
        bench.follow.ask(ORDER)
        bench.clock.advance(1)
    bench.journal.flush(bench.clock())
    bench.clock.advance(16 * 60)
    word = confirmation_word(row)
    absent = bench.settle.resolve(ORDER, Resolution(Word.NEVER, "T-1", "Анна", word))
    bench.follow.watch(absent, bench.clock())
    assert bench.follow.next_check(ORDER) == 3600.0
    bench.settle.close(ORDER, word)
    bench.transport.asks.append(answered(200, status("paid")))
    late = bench.follow.ask(ORDER)
    assert (late.state, late.disputed_reason) == (State.PAID, "came-late")


def test_an_order_whose_id_support_named_is_asked_about_by_that_id(bench: Bench) -> None:
    row = bench.send(lost()).row
    for _ in range(3):
        bench.transport.asks.append(answered(500, b""))
        bench.follow.ask(ORDER)
        bench.clock.advance(1)
    bench.journal.flush(bench.clock())
    bench.clock.advance(16 * 60)
    bench.settle.resolve(ORDER, Resolution(Word.HAS, "T-1", "Анна", confirmation_word(row), "77"))
    bench.transport.asks.append(answered(200, {"id": 77, "payment_status": "paid"}))
    assert bench.follow.ask(ORDER).state is State.PAID
    assert bench.transport.asked[-1][1].body == b'{"id":"77"}'


def test_a_number_that_a_payer_is_shown_later_comes_into_the_table_masked(bench: Bench) -> None:
    bench.send(lost(), "payment_card_number_card", order_id="p-1")
    answer = {"order_id": "p-1", "id": 9, "payment_status": "wait", "cardNumber": "2200701553017648"}
    bench.transport.asks.append(answered(200, answer))
    row = bench.follow.ask("p-1")
    assert row.number_masked is not None
    assert row.number_masked.endswith("7648")
