"""Texts to be copied: receipt, report and the text for the payer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

import pytest

from console.catalogue.methods import by_code
from console.domain.endpoint import Kind
from console.domain.states import State
from console.domain.text import Text
from console.journal.rows import OperationRow
from console.services.receipt import Facts, ShownValue, payer_text, receipt, report
from console.services.timeline import Step
from console.settings.translations import Translator

say = Translator("en")
NOW = datetime(2026, 11, 24, 11, 0, tzinfo=timezone.utc)
AT = "2026-11-24T09:00:00.000000Z"
ROW = OperationRow(
    order_id="PO-1", account="acc", kind=Kind.PAYOUT, service="payment_card_sbp_rub", state=State.PAID, attempt=1,
    disputed_at=None, disputed_reason=None, amount=1234567, currency="RUB", recipient="Ivanov I.", basis="Invoice 7",
    number_masked="+7 903 •••-••-33", number_find="mark", bank="100000000111", gateway_id="7", uuid="u-1",
    gateway_state=None, paid_amount=None, fee="61.500000000", credited="odd", partial=None, error_code=None,
    error_text=None, created_at=AT, changed_at=AT, ended_at=AT, ended_monotonic=1.0, ended_boot="b", asks=3,
    asked_at=AT, resolved_at=None, intended_seq=2,
)  # fmt: skip
FACTS = Facts(ROW, by_code(ROW.service), "OOO Vector", "4f21", (), ("ab12", "sha1"))


def test_a_receipt_says_what_was_ordered_and_what_became_of_it() -> None:
    assert receipt(FACTS, say, NOW).splitlines() == [
        "Payout: By phone number, SBP",
        "",
        "Amount: RUB\u00a012,345.67",
        "In words: Twelve thousand three hundred forty-five roubles 67 kopecks",
        "State: Paid out",
        "Recipient: Ivanov I.",
        "Number: +7 903 •••-••-33",
        "Bank: Sberbank, code 100000000111",
        "Basis: Invoice 7",
        "Fee: RUB\u00a061.50",
        "Credited: odd",
        "Order id: PO-1",
        "Gateway id: 7",
        "Account: OOO Vector, …4f21",
        "Created: 2026-11-24 12:00 MSK",
        "Last change: 2026-11-24 12:00 MSK",
        "",
        "Made by the console on 2026-11-24 14:00 MSK. Not a bank document.",
    ]


def test_what_is_not_known_is_left_out() -> None:
    bare = replace(ROW, kind=Kind.PAYMENT, recipient="client-1", number_masked=None, bank=None, basis=None, fee=None)
    text = receipt(Facts(replace(bare, credited=None, gateway_id=None), None, Text("", "Sandbox"), "1"), say, NOW)
    assert text.startswith("Payment\n\n")
    assert "Payer: client-1" in text
    assert not any(f"{name}:" in text for name in ("Number", "Bank", "Basis", "Fee", "Credited", "Gateway id"))


def test_a_contradiction_stands_before_the_state() -> None:
    assert "State: Contradiction" in receipt(replace(FACTS, row=replace(ROW, disputed_at=AT)), say, NOW)


@pytest.mark.parametrize("bank", ["some bank", "999999999999"])
def test_a_bank_that_is_on_no_list_is_its_own_name(bank: str) -> None:
    assert f"Bank: {bank}\n" in receipt(replace(FACTS, row=replace(ROW, bank=bank)), say, NOW)


def test_a_report_gives_the_support_every_id_and_the_history_in_utc() -> None:
    steps = (
        Step("send", "blue", Text("", "Sent"), Text("", "POST"), datetime(2026, 11, 24, 9, 0, 0, 18000, timezone.utc)),
        Step("send", "blue", Text("", "Heard"), None, datetime(2026, 11, 24, 9, 0, 1, tzinfo=timezone.utc)),
    )
    text = report(replace(FACTS, steps=steps), say, NOW)
    for line in ("Order id: PO-1", "Gateway id: 7", "Gateway uuid: u-1", "Account: …4f21", "Status questions: 3",
                 "Method: payment_card_sbp_rub", "Bank: 100000000111", "Key fingerprint: ab12",
                 "Digest of the signature: sha1", "2026-11-24 09:00:00.018  Sent (POST)",
                 "2026-11-24 09:00:01.000  Heard"):  # fmt: skip
        assert f"{line}\n" in text
    assert "OOO Vector" not in text
    assert "Key fingerprint" not in report(replace(FACTS, signed=None), say, NOW)


def values(code: str, **shown: str) -> list[ShownValue]:
    return [ShownValue(each, shown[each.name]) for each in by_code(code).shows if each.name in shown]


@pytest.mark.parametrize(
    ("code", "shown", "lines"),
    [
        (
            "payment_card_number_rub_hpp",
            {"url": "https://pay.example/1"},
            ["Please pay RUB\u00a012,345.67 by this link:", "https://pay.example/1"],
        ),
        (
            "payment_card_number_card",
            {"cardNumber": "2200700012347648", "cardHolderName": "IVAN I."},
            [
                "Please transfer RUB\u00a012,345.67 to the card:",
                "2200 7000 1234 7648",
                "Recipient: IVAN I.",
                "Transfer from the bank: Sberbank",
                "Please transfer exactly this amount in one transfer.",
            ],
        ),
        (
            "payment_card_sbp_rub_card",
            {"cardNumber": "79031112233"},
            [
                "Please transfer RUB\u00a012,345.67 by phone number (SBP):",
                "+7 903 111-22-33",
                "Please transfer exactly this amount in one transfer.",
            ],
        ),
        (
            "virtual_account_rub_card",
            {"cardNumber": "40817810156003706312"},
            [
                "Please transfer RUB\u00a012,345.67 to the account:",
                "40817 810 1 5600 3706312",
                "Please transfer exactly this amount in one transfer.",
            ],
        ),
    ],
)
def test_a_payer_gets_one_text_with_everything(code: str, shown: dict[str, str], lines: list[str]) -> None:
    method = by_code(code)
    bank = "100000000111" if code == "payment_card_number_card" else None
    row = replace(ROW, kind=Kind.PAYMENT, service=code, bank=bank)
    assert payer_text(row, method, values(code, **shown), say).splitlines() == lines


def test_a_payer_gets_nothing_where_the_gateway_named_nothing() -> None:
    assert payer_text(ROW, by_code("payment_card_number_card"), [], say) == ""


def test_a_value_is_masked_beside_an_operation_and_grouped_for_reading() -> None:
    (card, holder) = values("payment_card_number_card", cardNumber="2200700012347648", cardHolderName="IVAN I.")
    assert (card.masked, card.grouped) == ("220070••••••7648", "2200 7000 1234 7648")
    assert holder.masked == "IVAN I."
