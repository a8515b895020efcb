"""What the pictures of orders show. Names, sums and numbers are invented."""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone

from console.catalogue.methods import by_code
from console.domain.digest import Digest
from console.domain.doubt import Doubt, Weight
from console.domain.endpoint import Kind
from console.domain.environment import Environment
from console.domain.moment import Moment
from console.domain.money import Sum
from console.domain.states import State
from console.domain.text import Text
from console.gateway.wire import encode
from console.journal.papers import Payer
from console.journal.rows import OperationRow
from console.services.accounts import Account
from console.services.balances import Held
from console.services.drafts import Draft
from console.services.reviews import Review, SideInfo, read_body
from console.services.timeline import Step
from console.ui.pages.form import FormPage
from shots_stage import Stage

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
PAID = (
    "circle-check",
    "green",
    "Шлюз подтвердил: выплачено",
    "The gateway confirmed: paid out",
    "Ответ 200 за 142 мс",
    "Answer 200 in 142 ms",
    5.4,
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

PAYMENT = {
    "amount": "4900",
    "customer_ip": "95.24.17.8",
    "customer_user_id": "client-20418",
    "customer_code": "100000000111",
}
