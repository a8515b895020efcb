"""The notice of a card: which sentence fits which row, and that every value in it is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from console.domain.answer import Number
from console.domain.exchange import Reason
from console.domain.sentence import MoneyLine, Sentence
from console.domain.states import State
from console.journal.rows import OperationRow
from console.services.notice import error_words, notice, reason
from console.services.opened import fields_of_answer, parts_of
from console.services.settle import Resolution, Word, confirmation_word
from console.settings.translations import Translator
from tests.services.bench import Answer, Bench, answered, lost, unreachable

say = Translator("en")
ACCEPTED = {"id": 100001524, "payment_status": "wait"}
PAYMENT = "payment_card_number_card"
SHOWN = {"id": 7, "payment_status": "wait", "cardNumber": "2200700012347648", "cardHolderName": "IVAN I."}


def told(bench: Bench, row: OperationRow) -> Sentence | None:
    events = bench.reader.events(row.order_id)
    return notice(
        row, events, bench.clock().utc, lambda event: fields_of_answer(parts_of(bench.journal, event.seq), event.status)
    )


def now(bench: Bench, row: OperationRow) -> OperationRow:
    fresh = bench.reader.get(row.order_id)
    assert fresh is not None
    return fresh


def parts(found: Sentence | None) -> tuple[str, str, MoneyLine | None, str]:
    assert found is not None
    return say(found.title), say(found.what), found.money, say(found.do)


@pytest.mark.parametrize(
    "state", [State.DRAFT, State.INTENDED, State.SENDING, State.CANCEL, State.CLOSED, State.DISCARDED]
)
def test_a_calm_state_has_no_notice(bench: Bench, state: State) -> None:
    row = bench.send(answered(200, ACCEPTED)).row
    assert told(bench, row) is None
    assert told(bench, replace(row, state=state)) is None


def test_an_unknown_outcome_says_why_and_leaves_the_next_check_to_the_screen(bench: Bench) -> None:
    row = bench.send(lost(Reason.DROPPED)).row
    found = told(bench, row)
    assert found is not None
    assert found.needs == {"t"}
    title, what, money, do = parts(found.with_({"t": "42 s"}))
    assert title == f"We do not know yet whether payout {row.order_id} went out"
    assert what.endswith("the connection was dropped.")
    assert money is MoneyLine.UNKNOWN
    assert "next check in 42 s" in do


def test_a_fault_of_the_gateway_is_named(bench: Bench) -> None:
    row = bench.send(answered(502, b"<html>")).row
    assert say(reason(row, bench.reader.events(row.order_id))) == "the gateway has a fault (502)"


def test_a_taken_order_id_is_no_refusal(bench: Bench) -> None:
    row = bench.send(answered(409, {"errors": {"order_id": ["has already been taken"]}})).row
    assert parts(told(bench, row))[0] == f"The gateway already has order {row.order_id}"


def test_after_a_day_the_support_is_to_be_asked(bench: Bench) -> None:
    row = bench.send(lost()).row
    bench.clock.advance(timedelta(hours=30).total_seconds())
    assert parts(told(bench, row))[0] == f"Payout {row.order_id} has been unknown for 30 h"
    cut = replace(row, ended_at=None)
    assert parts(told(bench, cut))[0] == f"Payout {row.order_id} has been unknown for 30 h"


def test_what_was_not_sent_says_so_and_can_be_sent_again(bench: Bench) -> None:
    row = bench.send(unreachable(Reason.REFUSED)).row
    title, what, money, do = parts(told(bench, row))
    assert title == f"Payout {row.order_id} was not sent"
    assert "the server refused the connection" in what
    assert money is MoneyLine.NOT_SENT
    assert do.startswith("Check the network. Payout")
    assert "cannot become two" in do


def test_a_certificate_that_is_not_trusted_is_no_reason_to_switch_checking_off(bench: Bench) -> None:
    row = bench.send(unreachable(Reason.TLS_ISSUER)).row
    assert parts(told(bench, row))[3].startswith("Do not switch checking off; ask your administrator. Payout")


def test_what_stayed_for_another_reason_has_no_advice_about_the_network(bench: Bench) -> None:
    row = bench.send(unreachable(Reason.BAD_URL)).row
    assert parts(told(bench, row))[3].startswith("Payout")


def test_what_a_restart_found_says_that_the_session_ended(bench: Bench) -> None:
    row = bench.send(unreachable()).row
    assert say(reason(row, [])) == "the last session ended while it was being sent"


def test_a_refusal_names_the_fields(bench: Bench) -> None:
    row = bench.send(answered(400, {"errors": {"number": ["is wrong"]}})).row
    assert parts(told(bench, row))[1] == "What did not fit: “Recipient's number”."
    assert parts(notice(row, [], bench.clock().utc, lambda _: None))[1] == "What did not fit: number: is wrong."
    bare = replace(row, error_text=None)
    assert parts(notice(bare, [], bench.clock().utc, lambda _: None))[1] == "What did not fit: —."


def test_an_absent_order_names_the_ticket_and_the_word(bench: Bench) -> None:
    row = bench.send(lost()).row
    bench.transport.asks += [lost(), lost(), lost()]
    for _ in range(3):
        bench.clock.advance(600)
        bench.follow.ask(row.order_id)
    bench.settle.resolve(row.order_id, Resolution(Word.NEVER, "T-17", "Anna", confirmation_word(row)))
    absent = now(bench, row)
    title, what, money, do = parts(told(bench, absent))
    assert title == f"AliKassa has no payout {row.order_id}"
    assert "(T-17)" in what
    assert money is MoneyLine.BY_SUPPORT
    assert confirmation_word(row) in do
    assert "(—)" in parts(notice(absent, [], bench.clock().utc, lambda _: None))[1]


def test_a_state_of_a_later_gateway_is_told(bench: Bench) -> None:
    row = bench.send(answered(200, {"id": 7, "payment_status": "frozen"})).row
    assert parts(told(bench, row))[1] == "The gateway reports “frozen”."


@pytest.mark.parametrize("code", ["payment_card_sbp_rub", PAYMENT])
def test_a_failed_order_says_that_it_is_over(bench: Bench, code: str) -> None:
    row = bench.send(answered(200, {"id": 7, "payment_status": "fail"}), code).row
    assert row.order_id in parts(told(bench, row))[0]


def test_a_payment_paid_in_part_says_how_much(bench: Bench) -> None:
    row = bench.send(answered(200, SHOWN), PAYMENT).row
    assert told(bench, replace(row, state=State.PAID)) is None
    part = replace(row, state=State.PAID, partial=True, paid_amount="100.50")
    assert parts(told(bench, part))[1] == "Of RUB\u00a04,900.00 the payer paid RUB\u00a0100.50."
    assert "paid —" in parts(told(bench, replace(part, paid_amount=None)))[1]


def ask(bench: Bench, row: OperationRow, answer: Answer) -> OperationRow:
    bench.clock.advance(60)
    bench.transport.asks.append(answer)
    return bench.follow.ask(row.order_id)


@pytest.mark.parametrize(
    ("before", "answer", "what"),
    [
        ("paid", {"payment_status": "cancel"}, "Before: “Paid out”, now: “Cancelled”."),
        ("paid", {"payment_status": "wait"}, "Before: “Paid out”, now: “Processing”."),
        ("wait", {"id": 9, "payment_status": "wait"}, "Another gateway id: 7 before, 9 now."),
        ("wait", {"amount": "1.00"}, "Another amount: RUB\u00a03,000.00 was sent, the gateway names RUB\u00a01.00."),
        ("wait", {"card_mask": "7999*****00"}, "Another recipient's number: the gateway names 7999*****00."),
        ("wait", {"is_partial_payment": True}, "The gateway calls the payout partial; a payout is whole or is not."),
    ],
)
def test_a_contradiction_names_both_sides(bench: Bench, before: str, answer: dict[str, object], what: str) -> None:
    row = bench.send(answered(200, {"id": 7, "payment_status": before})).row
    row = ask(bench, row, answered(200, {"id": 7, "order_id": row.order_id, "payment_status": "wait", **answer}))
    assert row.is_disputed
    assert parts(told(bench, row))[1] == what


def test_an_order_that_is_gone_at_the_gateway_is_a_contradiction(bench: Bench) -> None:
    row = bench.send(answered(200, ACCEPTED)).row
    row = ask(bench, row, answered(400, {"errors": {"order_id": ["not found"]}}))
    assert "no such order" in parts(told(bench, row))[1]


def test_an_id_of_another_order_says_nothing_about_ours(bench: Bench) -> None:
    bench.send(answered(200, ACCEPTED))
    row = bench.send(answered(200, ACCEPTED), order_id="PO-2", amount="7.00").row
    found = told(bench, row)
    assert found is not None
    assert found.money is MoneyLine.UNKNOWN


def test_what_cannot_be_opened_is_a_dash(bench: Bench) -> None:
    row = replace(bench.send(answered(200, ACCEPTED)).row, disputed_at="x", disputed_reason="of a later release")
    assert parts(told(bench, row))[1] == "Before: “Processing”, now: “—”."


@pytest.mark.parametrize(
    ("why", "fields", "named"),
    [
        ("other-id", {}, "—"),
        ("other-amount", {}, "—"),
        ("other-number", {}, "—"),
        ("other-order", {"order_id": "PO-9"}, "PO-9"),
        ("other-order", {}, "—"),
        ("two-finals", {"payment_status": "frozen"}, "frozen"),
        ("two-finals", {}, "—"),
        ("id-of-another", {"id": Number("5")}, "5"),
    ],
)
def test_what_contradicts_is_named_by_the_reason(bench: Bench, why: str, fields: dict[str, object], named: str) -> None:
    from console.services.notice import _named

    row = replace(bench.send(answered(200, ACCEPTED)).row, disputed_reason=why)
    assert _named(row, fields) == named


def test_after_a_lifted_mark_the_answer_itself_is_named(bench: Bench) -> None:
    bench.send(answered(200, ACCEPTED))
    row = bench.send(answered(200, ACCEPTED), order_id="PO-2", amount="7.00").row
    lifted = bench.settle.lift(row.order_id, "by letter", "Anna")
    assert lifted.state is State.UNKNOWN
    assert say(reason(lifted, bench.reader.events(row.order_id))) == "the gateway answered (200)"


def words(row: OperationRow) -> str | None:
    found = error_words(row)
    return None if found is None else found if isinstance(found, str) else say(found)


def test_the_table_says_what_went_wrong_in_a_few_words(bench: Bench) -> None:
    row = bench.send(answered(200, ACCEPTED)).row
    assert words(row) is None
    assert words(replace(row, state=State.UNKNOWN)) is None
    unknown = replace(row, state=State.UNKNOWN, error_code="E-UNKNOWN", error_text="dropped")
    assert words(unknown) == "the connection was dropped"
    assert words(replace(unknown, state=State.PAID)) is None
    assert words(replace(unknown, error_text="cut-short")) == "the last session ended while it was being sent"
    assert words(replace(unknown, error_code="E-GATEWAY-5XX", error_text="answered")) == "The gateway has a fault"
    assert words(replace(unknown, error_code="E-DUP-ID")) == f"The gateway already has order {row.order_id}"
    refused = replace(row, state=State.REJECTED, error_code="E-REJECTED", error_text="number: is wrong")
    assert words(refused) == "number: is wrong"
    assert words(replace(refused, error_text=None)) == f"The gateway refused payout {row.order_id}"
