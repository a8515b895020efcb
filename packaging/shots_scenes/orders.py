"""The way of an order: form, review, result, as the design has them. Names, sums and numbers are invented."""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone

from PySide6.QtWidgets import QWidget

from console.catalogue.methods import by_code
from console.domain.digest import Digest
from console.domain.doubt import Doubt, Weight
from console.domain.endpoint import Kind
from console.domain.environment import Environment
from console.domain.moment import Moment
from console.domain.money import Sum
from console.domain.sentences import sentence
from console.domain.states import State
from console.domain.text import Text
from console.gateway.wire import encode
from console.journal.papers import Payer
from console.journal.rows import OperationRow
from console.services.accounts import Account
from console.services.balances import Held
from console.services.drafts import Draft
from console.services.operations import Card, deeds_of
from console.services.receipt import ShownValue, payer_text
from console.services.reviews import Review, SideInfo, read_body
from console.services.timeline import Step
from console.settings.translations import Translator
from console.ui.pages.fields import BankField
from console.ui.pages.form import FormPage
from console.ui.pages.order_banners import new_id_words, refusal_banner, refusal_words
from console.ui.pages.result import ResultPage
from console.ui.pages.result_block import Outcome
from console.ui.pages.review import ReviewPage
from shots_scenes.frame import framed
from shots_stage import Stage, scene

NOW = datetime(2026, 11, 24, 11, 3, tzinfo=timezone.utc)
SMALL, LARGE, HALF = (1280, 720), (1440, 900), (960, 540)
SCALES = (150, 200)
BANKS = ("100000000004", "100000000005", "100000000111")
FINGERPRINT = "9c417e" + "00" * 27 + "b208"


def held() -> Held:
    """A balance two minutes old."""
    at = Moment(NOW - timedelta(minutes=2), 0.0, "boot")
    return Held("RUB", Sum("1284560.00"), Sum("27500.00"), at, 0.2)


def account(stage: Stage, environment: Environment = Environment.SANDBOX) -> Account:
    return Account("a", stage.say("ООО «Вектор»", "Vector LLC"), "4f21", "127.0.0.1", environment)


def row(
    state: State, kopecks: int, at: datetime, service: str = "payment_card_sbp_rub", **changed: object
) -> OperationRow:
    """An operation's row."""
    values: dict[str, object] = {
        "order_id": "PO-20261124-0015",
        "account": "a",
        "kind": by_code(service).kind,
        "service": service,
        "state": state,
        "attempt": 1,
        "amount": kopecks,
        "currency": "RUB",
        "created_at": Moment(at, 0.0, "").iso(),
        "changed_at": Moment(at, 0.0, "").iso(),
        "asks": 0,
    }
    names = OperationRow.__dataclass_fields__
    return OperationRow(**{**dict.fromkeys(names), **values, **changed})  # type: ignore[arg-type]  # a row by names


EARLIER = (
    row(State.PAID, 1200000, datetime(2026, 11, 12, 9, tzinfo=timezone.utc)),
    row(State.PAID, 1234567, datetime(2026, 10, 27, 9, tzinfo=timezone.utc)),
    row(State.FAIL, 1234567, datetime(2026, 10, 27, 8, tzinfo=timezone.utc)),
)


def same_amount(stage: Stage) -> Doubt:
    title = stage.say("Такая же сумма уже уходила", "The same amount was sent before")
    detail = stage.say(
        "27.10.2026 этому получателю выплачено ровно 12\u00a0345,67\u00a0₽. Проверьте, что это новая выплата.",
        "On 2026-10-27 this recipient was paid exactly RUB\u00a012,345.67. Make sure that this is a new payout.",
    )
    return Doubt("same", Text("", title), Text("", detail), Weight.HINT)


def first(stage: Stage) -> Doubt:
    title = stage.say("Первая выплата этому получателю", "First payout to this recipient")
    return Doubt(
        "first", Text("", title), Text("", stage.say("Раньше консоль ему не платила.", "Not paid before.")), Weight.HINT
    )


def form(kind: Kind, method: str, info: SideInfo, recipient: str = "", basis: str = "", **texts: str) -> FormPage:
    """A form that was filled in, with what stands beside it."""
    page = FormPage(kind)
    page.offer(BANKS, (Payer("client-20418", "95.24.17.8"), Payer("client-20411", "178.34.12.5")))
    page.show_draft(Draft(kind, method, texts, recipient, basis))
    page.show_beside(info, NOW)
    page.show_saved("14:02")
    return page


def payout(stage: Stage, bank: str = "100000000004") -> FormPage:
    """The payout by phone of the pictures."""
    page = form(
        Kind.PAYOUT,
        "payment_card_sbp_rub",
        SideInfo(held(), EARLIER, (), (same_amount(stage),)),
        stage.say("Громова Елена Андреевна", "Gromova Elena Andreevna"),
        stage.say("Счёт 118 от 20.11.2026", "Invoice 118"),
        amount="12345,67",
        number="+7 903 111-22-33",
        customer_code=bank,
        order_id="PO-20261124-0015",
    )
    number = page._form.fields["number"] if page._form else None
    assert number is not None
    number.set_understood(
        stage.say(
            "Введено «8 (903) 111 22 33», прочитано как +7\u00a0903\u00a0111-22-33",
            "Typed “8 (903) 111 22 33”, read as +7\u00a0903\u00a0111-22-33",
        )
    )
    return page


@scene("03-payout-sbp", LARGE)
def payout_problem(stage: Stage) -> QWidget:
    page = payout(stage, "")
    page.check()
    stage.later(page.review.setFocus)
    return framed(stage, "payout", lambda: page)


@scene("03-payout-sbp-1280x720", SMALL, SCALES)
def payout_small(stage: Stage) -> QWidget:
    page = payout(stage, "")
    stage.later(page.check)
    return framed(stage, "payout", lambda: page)


@scene("03-payout-sbp-960x540", HALF, (200,))
def payout_half(stage: Stage) -> QWidget:
    page = payout(stage)
    page.set_narrow(True)
    return framed(stage, "payout", lambda: page)


@scene("03-payout-sbp-bank-list", LARGE)
def payout_banks(stage: Stage) -> QWidget:
    page = payout(stage, "")

    def open_list() -> None:
        bank = page._form.fields["customer_code"] if page._form else None
        assert isinstance(bank, BankField)
        bank.bank.edit.setFocus()
        bank.bank.edit.insert(stage.say("т", "t"))
        bank.bank._on_edited(stage.say("т", "t"))

    stage.later(open_list)
    return framed(stage, "payout", lambda: page)


@scene("03-payout-empty", LARGE)
def payout_empty(stage: Stage) -> QWidget:
    page = form(Kind.PAYOUT, "payment_card_sbp_rub", SideInfo(None), order_id="PO-20261124-3f9a1c5e07b2")
    page.show_saved("")
    stage.later(page.go_to_start)
    return framed(stage, "payout", lambda: page)


ACCOUNT = {
    "amount": "42000",
    "number": "40817 810 1 5600 3706312",
    "customer_code": "100000000004",
    "bik_bank": "044525974",
}


def account_form(stage: Stage) -> FormPage:
    method = by_code("virtual_account_rub")
    values, _ = method.parse({**ACCOUNT, "order_id": "x"})
    info = SideInfo(held(), (), (), method.doubts(values))
    return form(Kind.PAYOUT, method.code, info, "", "", order_id="PO-20261124-0016", **ACCOUNT)


@scene("04-payout-account", LARGE, SCALES)
def payout_account(stage: Stage) -> QWidget:
    page = account_form(stage)
    return framed(stage, "payout", lambda: page)


def review(
    stage: Stage, code: str, texts: Mapping[str, str], *more: Doubt, recipient: str = "", basis: str = ""
) -> Review:
    """A review of exact bytes, read back from them."""
    method = by_code(code)
    values, problems = method.parse(texts)
    assert not problems, problems
    body = encode(method.body(values))
    doubts = (*method.doubts(values), *more)
    return Review(
        body,
        method,
        read_body(method, body),
        recipient,
        basis,
        account(stage),
        FINGERPRINT,
        Digest.SHA1,
        doubts,
        None,
        True,
        held(),
        Moment(NOW, 0.0, "boot"),
    )


def reviewed(stage: Stage, shown: Review) -> ReviewPage:
    page = ReviewPage(shown.method.kind)
    page.show_review(shown)
    stage.later(page.go_back_first)
    return page


def account_review(stage: Stage) -> ReviewPage:
    texts = {**ACCOUNT, "amount": "12345.67", "order_id": "PO-20261124-0016"}
    name = stage.say("Громова Елена Андреевна", "Gromova Elena Andreevna")
    page = reviewed(
        stage,
        review(
            stage,
            "virtual_account_rub",
            texts,
            first(stage),
            recipient=name,
            basis=stage.say("Счёт 118 от 20.11.2026", "Invoice 118"),
        ),
    )

    def acknowledge() -> None:
        warnings = page._warnings
        assert warnings is not None
        strong = warnings._strong[0]
        strong.box.setChecked(True)
        strong.reason.set_text(stage.say("Реквизиты подтверждены письмом", "Confirmed by letter"))
        strong.changed.emit()

    stage.later(acknowledge)
    return page


@scene("05-review", LARGE, SCALES)
def review_account(stage: Stage) -> QWidget:
    page = account_review(stage)
    return framed(stage, "payout", lambda: page)


@scene("05-review-1280x720", SMALL)
def review_small(stage: Stage) -> QWidget:
    page = account_review(stage)
    return framed(stage, "payout", lambda: page)


@scene("05-review-960x540", HALF, (200,))
def review_half(stage: Stage) -> QWidget:
    page = account_review(stage)
    page.set_narrow(True)
    return framed(stage, "payout", lambda: page)


@scene("05-review-unproved", LARGE)
def review_unproved(stage: Stage) -> QWidget:
    from dataclasses import replace

    texts = {
        "amount": "12345.67",
        "order_id": "PO-20261124-0016",
        "number": "79031112233",
        "customer_code": "100000000111",
    }
    page = reviewed(stage, replace(review(stage, "payment_card_sbp_rub", texts), proved=False))
    return framed(stage, "payout", lambda: page)


@scene("05-review-payment", LARGE)
def review_payment(stage: Stage) -> QWidget:
    page = reviewed(stage, review(stage, "payment_card_number_card", {**PAYMENT, "order_id": "PM-20261124-0031"}))
    return framed(stage, "payment", lambda: page)


STEPS_AT = datetime(2026, 11, 24, 11, 3, 11, 204000, tzinfo=timezone.utc)


def steps(stage: Stage, *told: tuple[str, str, str, str, str, str, float]) -> tuple[Step, ...]:
    """Steps of a timeline: icon, tone, title and detail in both languages, seconds."""
    return tuple(
        Step(
            icon,
            tone,
            Text("", stage.say(ru, en)),
            Text("", stage.say(dru, den)) if den else None,
            STEPS_AT + timedelta(seconds=after),
        )
        for icon, tone, ru, en, dru, den, after in told
    )


INTENT = (
    "book-lock",
    "grey",
    "Намерение записано в журнал",
    "The intent is in the journal",
    "Запись 4\u00a0809",
    "Record 4,809",
    0.0,
)
SENT = (
    "send",
    "blue",
    "Запрос подписан и отправлен",
    "Signed and sent",
    "POST /v1/payout, 138 байт",
    "POST /v1/payout, 138 bytes",
    0.027,
)
TAKEN = (
    "check",
    "blue",
    "Шлюз принял выплату",
    "The gateway accepted the payout",
    "Ответ 200 за 181 мс",
    "Answer 200 in 181 ms",
    0.208,
)
SILENT = (
    "circle-question-mark",
    "amber",
    "Ответа нет 30 с, связь оборвалась",
    "No answer for 30 s, the connection dropped",
    "",
    "",
    30.0,
)
ASKED = (
    "refresh-cw",
    "grey",
    "Спросили о заказе в третий раз",
    "Asked a third time",
    "Шлюз: «временно недоступно» (503)",
    "The gateway: “unavailable” (503)",
    150.0,
)

SBP = {"amount": "12345.67", "order_id": "PO-20261124-0015", "number": "79031112233", "customer_code": "100000000004"}


def outcome(
    stage: Stage, code: str, texts: Mapping[str, str], state: State, told: tuple[Step, ...], **changed: object
) -> Outcome:
    """What a result shows."""
    method = by_code(code)
    values, _ = method.parse(texts)
    amount = method.amount(values)
    found = row(state, amount.kopecks, NOW, code, order_id=texts["order_id"], **changed)
    return Outcome(Card(found, method, account(stage), None, told, deeds_of(found)), method, values, next_check=12.0)


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
    told = steps(stage, INTENT, SENT, TAKEN)
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


@scene("06-result-not-sent", LARGE, SCALES)
def not_sent(stage: Stage) -> QWidget:
    reason = Text(
        "", stage.say("имя api-merchant.alikassa.com не нашлось в сети", "api-merchant.alikassa.com was not found")
    )
    page = result(told_outcome(stage, State.NOT_SENT, "E-NOTSENT", steps(stage, INTENT), {"reason": reason}, None))
    return framed(stage, "payout", lambda: page, "live")


@scene("07-result-unknown", LARGE, SCALES)
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


@scene("06-rejected-at-field", LARGE)
def rejected(stage: Stage) -> QWidget:
    texts = {**ACCOUNT, "amount": "7000.00", "order_id": "PO-20261124-0011", "bik_bank": "041351902"}
    shown = review(stage, "virtual_account_rub", texts)
    info = SideInfo(held(), EARLIER[:2], (), shown.doubts)
    page = form(Kind.PAYOUT, "virtual_account_rub", info, "", "", **{**texts, "order_id": "PO-20261124-0012"})
    errors = {"bik_bank": ("выбранное значение bik bank неверно",)}
    page.explain_order_id(new_id_words("PO-20261124-0011"))
    page.show_above(refusal_banner(shown, errors, shown.values))
    page.refuse(refusal_words(errors))
    return framed(stage, "payout", lambda: page, "live")


PAYMENT = {
    "amount": "4900",
    "customer_ip": "95.24.17.8",
    "customer_user_id": "client-20418",
    "customer_code": "100000000111",
}


@scene("08-payment-form", LARGE, SCALES)
def payment_form(stage: Stage) -> QWidget:
    earlier = (
        row(State.PAID, 490000, datetime(2026, 11, 18, 9, tzinfo=timezone.utc), "payment_card_number_card"),
        row(State.CANCEL, 250000, datetime(2026, 11, 2, 9, tzinfo=timezone.utc), "payment_card_number_card"),
    )
    texts = {**PAYMENT, "customer_ip": "", "order_id": "PM-20261124-0031"}
    page = form(Kind.PAYMENT, "payment_card_number_card", SideInfo(held(), earlier), **texts)
    ip = page._form.fields["customer_ip"] if page._form else None
    assert ip is not None
    stage.later(ip.input.edit.setFocus)
    return framed(stage, "payment", lambda: page)


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
