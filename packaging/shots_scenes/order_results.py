"""Results: accepted, paid, not sent, unknown, and what a payer is shown."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from console.catalogue.methods import by_code
from console.domain.endpoint import Kind
from console.domain.moment import Moment
from console.domain.sentences import sentence
from console.domain.states import State
from console.domain.text import Text
from console.services.operations import Card, deeds_of
from console.services.receipt import ShownValue, payer_text
from console.services.timeline import Step
from console.settings.translations import Translator
from console.ui.pages.result import ResultPage
from console.ui.pages.result_block import Outcome
from shots_scenes.frame import framed
from shots_scenes.samples import (
    ASKED,
    HALF,
    INTENT,
    LARGE,
    NOW,
    PAID,
    PAYMENT,
    SBP,
    SCALES,
    SENT,
    SILENT,
    TAKEN,
    account,
    row,
    steps,
)
from shots_stage import Stage, scene


def outcome(
    stage: Stage, code: str, texts: Mapping[str, str], state: State, told: tuple[Step, ...], **changed: object
) -> Outcome:
    """What a result shows."""
    method = by_code(code)
    values, _ = method.parse(texts)
    amount = method.amount(values)
    found = row(state, amount.kopecks, NOW, code, order_id=texts["order_id"], **changed)
    card = Card(found, method, account(stage), None, told, deeds_of(found))
    return Outcome(card, method, values, next_check=12.0 if state.is_open else None)


def result(shown: Outcome) -> ResultPage:
    page = ResultPage()
    page.show_outcome(shown)
    return page


@scene("06-result-accepted", LARGE, SCALES)
def accepted(stage: Stage) -> QWidget:
    told = steps(stage, INTENT, SENT, TAKEN)
    name = stage.say("Громова Елена Андреевна", "Gromova Elena Andreevna")
    page = result(outcome(stage, "payment_card_sbp_rub", SBP, State.WAIT, told, gateway_id="100001524", recipient=name))
    return framed(stage, "payout", lambda: page)


@scene("06-result-paid", LARGE)
def paid(stage: Stage) -> QWidget:
    told = steps(stage, INTENT, SENT, TAKEN, PAID)
    page = result(outcome(stage, "payment_card_sbp_rub", SBP, State.PAID, told, gateway_id="100001524"))
    return framed(stage, "payout", lambda: page)


def told_outcome(
    stage: Stage,
    state: State,
    code: str,
    told: tuple[Step, ...],
    values: dict[str, object],
    next_check: float | None,
    **changed: object,
) -> Outcome:
    from dataclasses import replace

    made = outcome(stage, "payment_card_sbp_rub", SBP, state, told, **changed)
    notice = sentence(code, Kind.PAYOUT).with_({"order": SBP["order_id"], **values})
    return replace(made, card=replace(made.card, notice=notice), next_check=next_check)


@scene("06-result-not-sent", LARGE, SCALES, codes=("E-NOTSENT",))
def not_sent(stage: Stage) -> QWidget:
    reason = Text(
        "", stage.say("имя api-merchant.alikassa.com не нашлось в сети", "api-merchant.alikassa.com was not found")
    )
    page = result(told_outcome(stage, State.NOT_SENT, "E-NOTSENT", steps(stage, INTENT), {"reason": reason}, None))
    return framed(stage, "payout", lambda: page, "live")


@scene("07-result-unknown", LARGE, SCALES, codes=("E-UNKNOWN",))
def unknown(stage: Stage) -> QWidget:
    reason = Text("", stage.say("ответа не было 30 с, связь оборвалась", "no answer for 30 s, the connection dropped"))
    asked = Moment(NOW, 0.0, "").iso()
    page = result(
        told_outcome(
            stage,
            State.UNKNOWN,
            "E-UNKNOWN",
            steps(stage, INTENT, SENT, SILENT, ASKED),
            {"reason": reason},
            42.0,
            asks=3,
            asked_at=asked,
        )
    )
    return framed(stage, "payout", lambda: page, "live")


@scene("07-result-unknown-960x540", HALF, (200,))
def unknown_half(stage: Stage) -> QWidget:
    reason = Text("", stage.say("ответа не было 30 с, связь оборвалась", "no answer for 30 s, the connection dropped"))
    page = result(
        told_outcome(stage, State.UNKNOWN, "E-UNKNOWN", steps(stage, INTENT, SENT, SILENT), {"reason": reason}, 42.0)
    )
    page.set_narrow(True)
    return framed(stage, "payout", lambda: page, "live")


def payer_result(stage: Stage, code: str, texts: Mapping[str, str], values: Mapping[str, str]) -> Outcome:
    from dataclasses import replace

    made = outcome(stage, code, texts, State.WAIT, steps(stage, INTENT, SENT, TAKEN), gateway_id="100000536")
    shown = tuple(ShownValue(each, values[each.name]) for each in made.method.shows if each.name in values)
    text = payer_text(made.card.row, made.method, shown, Translator(stage.language))
    return replace(made, card=replace(made.card, shown=shown), payer_text=text)


@scene("08-payment-card", LARGE, SCALES)
def payment_card(stage: Stage) -> QWidget:
    values = {"cardNumber": "2200701553017648", "cardHolderName": "Иван Петрович С."}
    page = result(payer_result(stage, "payment_card_number_card", {**PAYMENT, "order_id": "PM-20261124-0031"}, values))
    return framed(stage, "payment", lambda: page)


@scene("08-payment-link", LARGE, SCALES)
def payment_link(stage: Stage) -> QWidget:
    texts = {**PAYMENT, "amount": "15000", "order_id": "PM-20261124-0032"}
    page = result(payer_result(stage, "payment_card_number_rub_hpp", texts, {"url": "https://pay.example/p/7f3c9a52"}))
    return framed(stage, "payment", lambda: page)


@scene("08-payment-sberpay", LARGE)
def payment_sberpay(stage: Stage) -> QWidget:
    values = {
        "url": "https://pay.example/p/7f3c9a52",
        "cardNumber": "79031112233",
        "cardHolderName": "Иван Петрович С.",
    }
    texts = {**PAYMENT, "amount": "15000", "order_id": "PM-20261124-0033"}
    page = result(payer_result(stage, "payment_card_sberpay_rub_card", texts, values))
    return framed(stage, "payment", lambda: page)


@scene("08-payment-card-960x540", HALF, (200,))
def payment_card_half(stage: Stage) -> QWidget:
    values = {"cardNumber": "2200701553017648", "cardHolderName": "Иван Петрович С."}
    page = result(payer_result(stage, "payment_card_number_card", {**PAYMENT, "order_id": "PM-20261124-0031"}, values))
    page.set_narrow(True)
    return framed(stage, "payment", lambda: page)


@scene("08-payment-link-960x900", (960, 900), ())
def payment_link_half(stage: Stage) -> QWidget:
    texts = {**PAYMENT, "amount": "15000", "order_id": "PM-20261124-0032"}
    page = result(payer_result(stage, "payment_card_number_rub_hpp", texts, {"url": "https://pay.example/p/7f3c9a52"}))
    page.set_narrow(True)
    return framed(stage, "payment", lambda: page)


@scene("06-result-not-sent-960x900", (960, 900), ())
def not_sent_half(stage: Stage) -> QWidget:
    reason = Text(
        "", stage.say("имя api-merchant.alikassa.com не нашлось в сети", "api-merchant.alikassa.com was not found")
    )
    page = result(told_outcome(stage, State.NOT_SENT, "E-NOTSENT", steps(stage, INTENT), {"reason": reason}, None))
    page.set_narrow(True)
    return framed(stage, "payout", lambda: page, "live")
