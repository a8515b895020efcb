"""Answers: every field of API reference 6.0 and 7.2 to 7.7, with sums as uneven as the real ones."""

from datetime import timedelta
from decimal import Decimal

import pytest

from console.catalogue import methods
from console.domain.endpoint import Kind
from console.sandbox import answers
from console.sandbox.documents import read, write
from console.sandbox.entries import Entry
from tests.sandbox.orders import PAYMENT, PAYOUT, UUID, entry
from tests.sandbox.stepped import NOON

LATER = NOON + timedelta(minutes=1)
PAYOUT_FIELDS = {
    "order_id", "id", "payment_status", "card_mask", "amount", "payment_amount", "is_partial_payment",
    "account_payment_amount", "commission_amount", "service_code", "RRN", "account_old_balance", "account_new_balance",
}  # fmt: skip
PAYMENT_FIELDS = (PAYOUT_FIELDS - {"RRN"}) | {"url", "hold_amount", "hold_at"}


def status(order: Entry, before: int = 100_000_000, *, final: bool = True) -> answers.Answer:
    return answers.status(order, methods.by_code(order.service), LATER if final else NOON, before)


def kopecks(value: object) -> int:
    return int(Decimal(str(value)) * 100)


def test_a_payout_s_answer_says_wait_and_its_id() -> None:
    assert answers.created(entry(), methods.by_code(PAYOUT), None) == {"id": 100_000_536, "payment_status": "wait"}


def test_a_payment_s_answer_has_what_the_payer_is_shown() -> None:
    answer = answers.created(entry(PAYMENT), methods.by_code(PAYMENT), "https://shop.example/done")
    assert answer.items() >= {
        "payment_status": "wait", "id": 100_000_536, "uuid": UUID, "success_redirect_url": "https://shop.example/done",
        "url": None,
    }.items()  # fmt: skip
    assert {"cardNumber", "cardHolderName"} < set(answer)


@pytest.mark.parametrize(
    ("code", "fields"), [(PAYOUT, PAYOUT_FIELDS), (PAYMENT, PAYMENT_FIELDS)], ids=["payout", "payment"]
)
@pytest.mark.parametrize("final", [False, True])
def test_a_status_has_every_field(code: str, fields: set[str], final: bool) -> None:
    assert set(status(entry(code), final=final)) == fields


def test_nothing_was_paid_while_it_waits() -> None:
    answer = status(entry(), final=False)
    assert answer["payment_status"] == "wait"
    assert {name for name, value in answer.items() if value is None} == {
        "payment_amount", "account_payment_amount", "commission_amount", "account_old_balance", "account_new_balance",
        "card_mask", "RRN",
    }  # fmt: skip


@pytest.mark.parametrize("code", [PAYOUT, PAYMENT])
def test_sums_of_a_paid_order_add_up(code: str) -> None:
    order = entry(code)
    answer = status(order)
    assert kopecks(answer["amount"]) == kopecks(answer["payment_amount"]) == 300_000
    assert kopecks(answer["account_payment_amount"]) == 300_000 - order.fee
    assert kopecks(answer["commission_amount"]) == order.fee
    assert kopecks(answer["account_old_balance"]) == 100_000_000
    assert kopecks(answer["account_new_balance"]) == 100_000_000 + order.change
    assert answer["is_partial_payment"] is False
    assert answer["service_code"] == code


@pytest.mark.parametrize("outcome", ["fail", "cancel"])
def test_a_failed_order_moved_nothing(outcome: str) -> None:
    answer = status(entry(outcome=outcome))
    assert answer["payment_status"] == outcome
    assert kopecks(answer["payment_amount"]) == 0
    assert answer["account_new_balance"] is answer["commission_amount"] is answer["RRN"] is None


@pytest.mark.parametrize("code", [PAYOUT, PAYMENT])
def test_paid_in_part(code: str) -> None:
    answer = status(entry(code, "part"))
    assert answer["payment_status"] == "paid"
    assert answer["is_partial_payment"] is True
    assert kopecks(answer["payment_amount"]) == 150_000


def test_a_payout_has_a_reference_and_a_card_payment_a_mask() -> None:
    assert len(str(status(entry())["RRN"])) == 12
    assert str(status(entry(PAYMENT))["card_mask"])[6:12] == "******"
    assert status(entry("virtual_account_rub_card"))["card_mask"] is None


def test_a_status_of_a_service_that_is_gone() -> None:
    assert answers.status(entry(PAYMENT), None, LATER, 0)["card_mask"] is None


def test_sums_come_in_four_forms() -> None:
    texts = {write({"a": status(entry(number=number))["amount"]}) for number in range(4)}
    assert texts == {
        b'{"a":"3000.00"}', b'{"a":"3000.000000000"}', b'{"a":3000.00}', b'{"a":"3000.00000000"}',
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kopecks", "places", "text"),
    [(0, 2, "0.00"), (5, 2, "0.05"), (-5, 2, "-0.05"), (128_456_000, 8, "1284560.00000000"), (-1, 9, "-0.010000000")],
)
def test_decimals(kopecks: int, places: int, text: str) -> None:
    assert answers.decimal(kopecks, places) == text


def test_the_balance_has_eight_decimals() -> None:
    assert answers.balance(128_456_000, 123_400) == {
        "currency": "RUB", "balance": "1284560.00000000", "hold": "0.00000000", "rolling_reserve": "0.00000000",
        "pending_payouts": "1234.00000000",
    }  # fmt: skip


def test_a_row_of_the_list() -> None:
    answer = answers.history([entry(PAYMENT), entry(PAYMENT, "fail")], 2, 1, 12, LATER)
    row = {
        "created_at": "2026-11-24 12:00:00", "id": 100_000_536, "order_id": "PO-1", "amount": "3000.000000000",
        "commission_amount": "105.000000000", "currency": "RUB", "status": "paid",
    }  # fmt: skip
    assert answer["data"] == [row, row | {"commission_amount": None, "status": "fail"}]


@pytest.mark.parametrize(
    ("page", "has_before", "has_after", "first", "last"),
    [(1, False, True, 1, 2), (2, True, True, 3, 4), (3, True, False, 5, 5)],
)
def test_pages(page: int, has_before: bool, has_after: bool, first: int, last: int) -> None:
    rows = [entry(PAYMENT)] * (last - first + 1)
    answer = read(write(answers.history(rows, 5, page, 2, LATER)))
    links, meta = answer["links"], answer["meta"]
    assert isinstance(links, dict)
    assert ((links["prev"] is not None), (links["next"] is not None)) == (has_before, has_after)
    assert meta == {"current_page": page, "from": first, "last_page": 3, "per_page": 2, "to": last, "total": 5}


def test_an_empty_list_has_one_page() -> None:
    answer = answers.history([], 0, 1, 12, LATER)
    assert answer["data"] == []
    assert answer["meta"] == {
        "current_page": 1, "from": None, "last_page": 1, "per_page": 12, "to": None, "total": 0,
    }  # fmt: skip


def test_the_account_names_its_services() -> None:
    answer = answers.info({Kind.PAYMENT: ("payment_card_rub_hpp",), Kind.PAYOUT: ("virtual_account_rub",)})
    common = {"currency": "RUB", "status": "active"}
    assert answer == {
        "is_allowed_payment": True,
        "is_allowed_payout": True,
        "payments": [{"method": "payment_card", "service_code": "payment_card_rub_hpp", **common}],
        "payouts": [{"method": "virtual_account", "service_code": "virtual_account_rub", **common}],
    }
