"""What an answer to a status question proves: every rule of failure model 2.5, last paragraph, R4 and R7."""

from dataclasses import replace

import pytest

from console.domain.answer import Fields, Number
from console.domain.endpoint import Kind
from console.domain.exchange import Exchange, Reason
from console.domain.inquiry import Reply, Subject, judge_reply, mask_agrees
from console.domain.money import Money
from console.domain.sentences import CODES
from console.domain.states import FINAL, State, may_move
from console.domain.verdicts import Errors

SUBJECT = Subject(Kind.PAYOUT, "PO-1", State.UNKNOWN, Money(300000), "79031112233")
KNOWN = replace(SUBJECT, state=State.WAIT, gateway_id="7")
ANSWER: Fields = {"order_id": "PO-1", "id": Number("7"), "payment_status": "wait"}
ORDER: Errors = {"order_id": ("The selected order id is invalid.",)}


def ask(subject: Subject, fields: Fields | None, status: int = 200, errors: Errors | None = None) -> Reply:
    return judge_reply(subject, Exchange(Reason.ANSWERED, True, status=status), fields, errors)


def facts(**changed: object) -> Fields:
    return {**ANSWER, **changed}


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason is not Reason.ANSWERED])
@pytest.mark.parametrize("passed", [True, False])
def test_a_question_that_was_not_answered_tells_nothing(reason: Reason, passed: bool) -> None:
    assert judge_reply(SUBJECT, Exchange(reason, passed), ANSWER, None) == Reply(offline=not passed)


def test_a_reply_tells_nothing_unless_it_says_so() -> None:
    reply = Reply()
    assert not (
        reply.informed or reply.not_found or reply.offline or reply.voids_proof or reply.state or reply.disputed
    )


def test_an_answer_without_a_status_tells_nothing() -> None:
    assert judge_reply(SUBJECT, Exchange(Reason.ANSWERED, True), ANSWER, None) == Reply()


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize("state", [State.UNKNOWN, State.WAIT])
def test_a_refused_signature_is_about_the_key_and_never_about_the_order(status: int, state: State) -> None:
    reply = ask(replace(SUBJECT, state=state), ANSWER, status, ORDER)
    assert reply == Reply(code="E-CERT-REFUSED", voids_proof=True)


@pytest.mark.parametrize("status", [400, 404, 422])
@pytest.mark.parametrize("state", [State.UNKNOWN, State.ABSENT, State.CLOSED])
def test_not_found_counts_for_nothing_by_itself(status: int, state: State) -> None:
    assert ask(replace(SUBJECT, state=state), {}, status, ORDER) == Reply(not_found=True)


@pytest.mark.parametrize("state", [State.WAIT, *sorted(FINAL)])
def test_not_found_after_an_acceptance_is_a_contradiction(state: State) -> None:
    assert ask(replace(KNOWN, state=state), {}, 404, ORDER) == Reply(not_found=True, disputed="not-found")


@pytest.mark.parametrize(
    ("status", "errors"),
    [(199, None), (300, None), (302, None), (400, None), (400, {}), (404, {"id": ("no",)}), (409, ORDER), (429, None),
     (500, ORDER), (503, None)],
)  # fmt: skip
def test_any_other_refusal_tells_nothing(status: int, errors: Errors | None) -> None:
    assert ask(SUBJECT, ANSWER, status, errors) == Reply()


@pytest.mark.parametrize(
    "fields",
    [
        None,
        {},
        {"payment_status": "paid"},
        {"payment_status": "paid", "order_id": "PO-2", "id": Number("7")},
        {"payment_status": "paid", "id": Number("7")},
        {"payment_status": "paid", "order_id": ""},
    ],
)
def test_an_answer_that_does_not_name_our_order_tells_nothing(fields: Fields | None) -> None:
    assert ask(SUBJECT, fields) == Reply()


def test_the_known_id_names_our_order_too() -> None:
    assert ask(KNOWN, {"id": "7", "payment_status": "paid"}).state is State.PAID
    assert ask(KNOWN, {"id": "8", "payment_status": "paid"}) == Reply()
    assert (
        ask(replace(KNOWN, order_id="1234"), {"order_id": Number("1234"), "payment_status": "paid"}).state is State.PAID
    )


@pytest.mark.parametrize("status", [200, 201, 299])
@pytest.mark.parametrize(
    ("word", "state"), [("wait", State.WAIT), ("paid", State.PAID), ("cancel", State.CANCEL), ("fail", State.FAIL)]
)
def test_an_unknown_outcome_is_settled_by_an_answer(status: int, word: str, state: State) -> None:
    reply = ask(SUBJECT, facts(payment_status=word), status)
    assert reply == Reply(state, learned={"gateway_id": "7", "gateway_state": None}, informed=True)


def test_an_unchanged_state_stays() -> None:
    assert ask(KNOWN, ANSWER) == Reply(learned={"gateway_id": "7", "gateway_state": None}, informed=True)


def test_an_answer_without_a_state_tells_only_what_it_tells() -> None:
    assert ask(SUBJECT, {"order_id": "PO-1", "id": "7"}) == Reply(learned={"gateway_id": "7"})


def test_what_an_answer_tells_is_kept_as_it_was_written() -> None:
    reply = ask(
        KNOWN,
        facts(
            payment_status="paid",
            uuid="u-1",
            amount="3000.00000000",
            payment_amount=Number("3000"),
            commission_amount="15.123456789",
            account_payment_amount="2984.88",
            is_partial_payment=False,
            card_mask="7903*****33",
            account_new_balance="much",
        ),
    )
    assert reply.learned == {
        "paid_amount": "3000",
        "fee": "15.123456789",
        "credited": "2984.88",
        "gateway_id": "7",
        "uuid": "u-1",
        "partial": 0,
        "gateway_state": None,
    }
    assert reply.disputed is None


CONTRADICTIONS: dict[str, Fields] = {
    "other-id": {"id": Number("8")},
    "other-amount": {"amount": "3000.01"},
    "other-number": {"card_mask": "7903*****34"},
    "partial-payout": {"is_partial_payment": True},
}


@pytest.mark.parametrize("reason", CONTRADICTIONS)
@pytest.mark.parametrize("state", [State.WAIT, State.UNKNOWN, State.PAID])
def test_an_answer_that_disagrees_is_not_applied(reason: str, state: State) -> None:
    fields = facts(payment_status="paid", **CONTRADICTIONS[reason])
    assert ask(replace(KNOWN, state=state), fields) == Reply(disputed=reason, informed=True)


@pytest.mark.parametrize("amount", ["3" * 30, f"3000.{'0' * 30}1", " 3000.01\t", "-" + "3" * 19, Number("3" * 40)])
def test_an_amount_that_is_none_of_ours_disagrees_however_long_it_is(amount: object) -> None:
    reply = ask(KNOWN, facts(payment_status="paid", amount=amount))
    assert (reply.state, reply.disputed) == (None, "other-amount")


@pytest.mark.parametrize(
    "fields",
    [
        {"amount": Number("3000")},
        {"amount": "3000.0"},
        {"amount": "3 000"},
        {"amount": None},
        {"card_mask": None},
        {"card_mask": "***"},
        {"card_mask": ""},
        {"is_partial_payment": "0"},
        {"is_partial_payment": None},
        {"id": None},
    ],
)
def test_the_same_said_in_another_way_agrees(fields: Fields) -> None:
    reply = ask(KNOWN, facts(payment_status="paid", **fields))
    assert (reply.state, reply.disputed) == (State.PAID, None)


def test_without_the_number_at_hand_a_mask_tells_nothing() -> None:
    assert ask(replace(KNOWN, number=""), facts(payment_status="paid", card_mask="1*1")).state is State.PAID


def test_a_payment_may_be_paid_in_part_and_has_no_recipient() -> None:
    payment = replace(KNOWN, kind=Kind.PAYMENT)
    reply = ask(payment, facts(payment_status="paid", is_partial_payment=True, card_mask="220070******1234"))
    assert (reply.state, reply.disputed, reply.learned["partial"]) == (State.PAID, None, 1)


@pytest.mark.parametrize("before", sorted(FINAL))
@pytest.mark.parametrize("word", ["wait", "paid", "cancel", "fail", "refund"])
def test_a_final_state_never_changes(before: State, word: str) -> None:
    reply = ask(replace(KNOWN, state=before), facts(payment_status=word, commission_amount="1.00"))
    assert reply.state is None
    assert reply.informed
    if word == before.value:
        assert (reply.disputed, reply.learned["fee"]) == (None, "1.00")
    else:
        assert (reply.disputed, reply.learned) == ("two-finals", {})


@pytest.mark.parametrize("before", [State.ABSENT, State.CLOSED])
@pytest.mark.parametrize(
    ("word", "state"),
    [("wait", State.WAIT), ("paid", State.PAID), ("cancel", State.CANCEL), ("fail", State.FAIL), ("hold", State.WAIT)],
)
def test_an_order_that_surfaces_late_is_disputed(before: State, word: str, state: State) -> None:
    reply = ask(replace(SUBJECT, state=before), facts(payment_status=word))
    assert (reply.state, reply.disputed) == (state, "came-late")


def test_an_unlisted_state_proves_that_the_gateway_knows_the_order_and_no_more() -> None:
    learned: dict[str, str | int | None] = {"gateway_id": "7", "gateway_state": "hold"}
    fields = facts(payment_status="hold")
    assert ask(SUBJECT, fields) == Reply(State.WAIT, learned=learned, code="E-STATE-NEW", informed=True)
    assert ask(KNOWN, fields) == Reply(learned=learned, code="E-STATE-NEW", informed=True)


@pytest.mark.parametrize("before", [State.UNKNOWN, State.WAIT, State.ABSENT, State.CLOSED, *sorted(FINAL)])
@pytest.mark.parametrize("word", ["wait", "paid", "cancel", "fail", "hold"])
def test_every_move_is_one_the_machine_knows(before: State, word: str) -> None:
    reply = ask(replace(SUBJECT, state=before), facts(payment_status=word))
    assert reply.state is None or may_move(before, reply.state)
    assert not reply.code or reply.code in CODES


@pytest.mark.parametrize(
    ("mask", "agrees"),
    [
        ("79031112233", True),
        ("+7 (903) 111-22-33", True),
        ("7903*****33", True),
        ("7903•••••33", True),
        ("+7 903 ***-**-33", True),
        ("*******2233", True),
        ("7903*******", True),
        ("***", True),
        ("79031112234", False),
        ("7904*****33", False),
        ("7903*****34", False),
        ("89031112233", False),
    ],
)
def test_the_digits_that_a_mask_shows_are_compared(mask: str, agrees: bool) -> None:
    assert mask_agrees(mask, "79031112233") is agrees
