"""The rules: what becomes of an order, and what is answered to every question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from console.catalogue import methods
from console.domain.endpoint import Endpoint, Kind
from console.sandbox.entries import Entry
from console.sandbox.outcomes import OUTCOMES, Delivery, by_code
from console.sandbox.rules import LARGEST_PAGE, PAGE_SIZE, Period, Question, Ruling, rule
from tests.sandbox.orders import ACCOUNT, PAYMENT, PAYOUT, UUID, body, entry, ninth
from tests.sandbox.stepped import NOON


class Known:
    """A ledger that knows some orders."""

    def __init__(self, *entries: Entry, choice: str | None = None) -> None:
        self.entries = entries
        self.choice = choice
        self.asked: list[tuple[Period, int, int]] = []

    def next_id(self) -> int:
        return 100_000_600

    def chosen(self) -> str | None:
        return self.choice

    def find(self, kind: Kind, *, order_id: str | None = None, number: int | None = None) -> Entry | None:
        for one in self.entries:
            if one.kind is kind and order_id in {None, one.order_id} and number in {None, one.id}:
                return one
        return None

    def balance(self, now: datetime) -> int:
        return 100 if now == NOON else 0

    def balance_before(self, entry: Entry) -> int:
        return 7_000_000 if entry in self.entries else 0

    def pending(self, now: datetime) -> int:
        return 200 if now == NOON else 0

    def payments(self, period: Period, page: int, size: int) -> tuple[int, Sequence[Entry]]:
        self.asked.append((period, page, size))
        return len(self.entries), self.entries


def ask(endpoint: Endpoint, content: dict[str, object], *entries: Entry, choice: str | None = None) -> Ruling:
    return rule(Question(endpoint, content, ACCOUNT, NOON, UUID), Known(*entries, choice=choice))


def errors(ruling: Ruling) -> dict[str, list[str]]:
    found = ruling.answer["errors"]
    assert (ruling.status, ruling.answer["message"], ruling.entry) == (400, "The given data was invalid.", None)
    assert isinstance(found, dict)
    return found


def test_an_order_is_accepted_with_the_next_id() -> None:
    ruling = ask(Endpoint.PAYOUT, body())
    assert (ruling.status, ruling.answer) == (200, {"id": 100_000_600, "payment_status": "wait"})
    expected = entry(number=100_000_600, order_id=str(body()["order_id"]))
    assert ruling.entry == replace(expected, sent_at=NOON)
    assert (ruling.outcome, ruling.late) == (by_code("paid"), False)


def test_a_payment_repeats_where_the_payer_is_sent_after_success() -> None:
    form = body("payment_card_number_rub_hpp")
    assert ask(Endpoint.PAYMENT, form).answer["success_redirect_url"] == form["success_redirect_url"]
    assert ask(Endpoint.PAYMENT, body(PAYMENT)).answer["success_redirect_url"] is None


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: outcome.code)
def test_kopecks_or_a_choice_lead_to_the_same(outcome: object) -> None:
    code, kopecks = getattr(outcome, "code", ""), getattr(outcome, "kopecks", None) or 0
    by_amount = ask(Endpoint.PAYOUT, body(amount=f"3000.{kopecks:02d}"))
    by_choice = ask(Endpoint.PAYOUT, body(amount=f"3000.{kopecks:02d}"), choice=code)
    assert by_amount == by_choice
    assert by_amount.outcome is outcome


def test_a_choice_overrides_the_kopecks() -> None:
    assert ask(Endpoint.PAYOUT, body(amount="3000.22"), choice="paid").status == 200


@pytest.mark.parametrize(("code", "field"), [(PAYOUT, "number"), (PAYMENT, "customer_ip")])
def test_a_refusal_is_at_the_documented_field(code: str, field: str) -> None:
    ruling = ask(methods.by_code(code).kind.create, body(code, amount="10.21"))
    assert list(errors(ruling)) == [field]
    assert ruling.outcome is by_code("refused")


def test_a_refusal_of_another_method_is_at_its_party(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(methods.BY_CODE, ninth().code, ninth())
    assert list(errors(ask(Endpoint.PAYOUT, body(ninth().code, amount="10.21")))) == ["phone"]


def test_a_fault_accepts_nothing() -> None:
    ruling = ask(Endpoint.PAYOUT, body(amount="10.22"))
    assert (ruling.status, ruling.answer, ruling.entry) == (500, {"message": "Server Error"}, None)
    assert ask(Endpoint.PAYOUT, body(amount="10.32")).entry is None


def test_a_late_order_is_dropped_now_and_accepted_in_ninety_seconds() -> None:
    ruling = ask(Endpoint.PAYMENT, body(PAYMENT, amount="10.34"))
    assert ruling.entry is not None
    assert (ruling.late, ruling.delivery, ruling.entry.id) == (True, Delivery.DROPPED, 0)
    assert ruling.entry.accepted_at == NOON + timedelta(seconds=90)


def test_wrong_bodies_use_no_outcome() -> None:
    ruling = ask(Endpoint.PAYOUT, body(number="12"), choice="fail")
    assert list(errors(ruling)) == ["number"]
    assert ruling.outcome is None
    assert list(errors(ask(Endpoint.PAYOUT, {}))) == ["service"]


@pytest.mark.parametrize("order_id", ["PO-1", " PO-1 "])
def test_a_repeated_order_id_pays_nothing(order_id: str) -> None:
    ruling = ask(Endpoint.PAYOUT, body(order_id=order_id), entry(), choice="paid")
    assert errors(ruling) == {"order_id": ["The order id has already been taken."]}
    assert ruling.outcome is None


def test_an_order_id_is_of_its_kind() -> None:
    assert ask(Endpoint.PAYMENT, body(PAYMENT, order_id="PO-1"), entry()).status == 200


@pytest.mark.parametrize(
    "content",
    [{"order_id": "PO-1"}, {"id": 100_000_536}, {"id": "100000536"}, {"order_id": "PO-1", "id": 100_000_536, "x": 1}],
)
def test_a_status_is_asked_by_either_id(content: dict[str, object]) -> None:
    ruling = ask(Endpoint.PAYOUT_STATUS, content, entry())
    assert (ruling.status, ruling.answer["order_id"], ruling.answer["payment_status"]) == (200, "PO-1", "wait")


def test_a_status_knows_the_balance_from_before() -> None:
    order = entry(at=NOON - timedelta(minutes=1), number=100_000_536)
    assert ask(Endpoint.PAYOUT_STATUS, {"order_id": "PO-1"}, order).answer["account_old_balance"] == "70000.00000000"


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"order_id": "PO-2"}, "order_id"), ({"order_id": "x" * 129}, "order_id"), ({"order_id": ["PO-1"]}, "order_id"),
        ({"order_id": "\ud800"}, "order_id"), ({"id": 7}, "id"), ({"id": "seven"}, "id"), ({"id": "9" * 19}, "id"),
        ({"id": True}, "id"), ({"order_id": "PO-1", "id": 7}, "order_id"), ({"order_id": "PO-1", "id": {}}, "order_id"),
    ],
)  # fmt: skip
def test_an_order_nobody_sent(content: dict[str, object], field: str) -> None:
    found = errors(ask(Endpoint.PAYOUT_STATUS, content, entry()))
    assert found == {field: [f"The selected {field.replace('_', ' ')} is invalid."]}


def test_a_payment_is_no_payout() -> None:
    assert list(errors(ask(Endpoint.PAYMENT_STATUS, {"order_id": "PO-1"}, entry()))) == ["order_id"]


@pytest.mark.parametrize("content", [{}, {"order_id": ""}, {"id": None}])
def test_a_status_question_without_an_id(content: dict[str, object]) -> None:
    assert errors(ask(Endpoint.PAYOUT_STATUS, content, entry())) == {"order_id": ["The order id field is required."]}


def test_the_balance() -> None:
    answer = ask(Endpoint.BALANCE, {}).answer
    assert (answer["balance"], answer["pending_payouts"]) == ("1.00000000", "2.00000000")


def test_the_account_has_every_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(methods.BY_CODE, ninth().code, ninth())
    answer = ask(Endpoint.INFO, {}).answer
    codes = {
        name: [row["service_code"] for row in rows]
        for name in ("payments", "payouts")
        if isinstance(rows := answer[name], list)
    }
    assert codes["payouts"] == [method.code for method in methods.every(Kind.PAYOUT)]
    assert codes["payments"] == [*(method.code for method in methods.every(Kind.PAYMENT)), "payment_card_rub_hpp"]
    assert ninth().code in codes["payouts"]


@pytest.mark.parametrize(
    ("content", "asked"),
    [
        ({}, (Period(None, None), 1, PAGE_SIZE)),
        ({"date_from": "2026-11-01", "date_to": "2026-11-30", "page": "2", "paginate": 1},
         (Period(date(2026, 11, 1), date(2026, 11, 30)), 2, 1)),
        ({"date_from": "", "paginate": LARGEST_PAGE}, (Period(None, None), 1, LARGEST_PAGE)),
    ],
)  # fmt: skip
def test_the_list_of_payments(content: dict[str, object], asked: tuple[Period, int, int]) -> None:
    view = Known(entry(PAYMENT))
    ruling = rule(Question(Endpoint.PAYMENT_HISTORY, content, ACCOUNT, NOON, UUID), view)
    assert view.asked == [asked]
    assert (ruling.status, ruling.answer["data"] != []) == (200, True)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("date_from", value) for value in ("24.11.2026", "2026-02-30", "2026-1-1", 20261124, ["x"], "9999-12-31")),
        *(("page", value) for value in (0, -1, "x", 1.5, 10**7)),
        *(("paginate", value) for value in (0, LARGEST_PAGE + 1, "many", True)),
    ],
)
def test_a_list_that_cannot_be_made(name: str, value: object) -> None:
    assert list(errors(ask(Endpoint.PAYMENT_HISTORY, {name: value}))) == [name]
