"""Orders for the sandbox's tests: bodies from the catalogue's samples, entries as the ledger would give them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from console.catalogue import methods
from console.domain.fields.bank import BankCode
from console.domain.fields.phone import Phone
from console.domain.method import Method
from console.domain.money import Money
from console.domain.text import mark
from console.sandbox.entries import Entry, accept
from console.sandbox.outcomes import by_code
from tests.sandbox.stepped import NOON

PAYOUT = "payment_card_sbp_rub"
PAYMENT = "payment_card_number_card"
UUID = "10a55730-27c8-4745-820c-92220354e6f9"
ACCOUNT = "47dcb243-4d6f-4815-b7a2-471630c52d80"


def body(code: str = PAYOUT, **changes: object) -> dict[str, object]:
    """Return a body made of the samples of a method, with some fields changed; None takes one out."""
    method = methods.by_code(code)
    whole: dict[str, object] = {**method.body(method.sample()), **changes}
    return {name: value for name, value in whole.items() if value is not None}


def entry(code: str = PAYOUT, outcome: str = "paid", *, at: datetime = NOON, number: int = 100_000_536,
          order_id: str = "PO-1", kopecks: int = 300_000, uuid: str = UUID) -> Entry:  # fmt: skip
    """Return an accepted order."""
    return accept(
        methods.by_code(code).kind,
        by_code(outcome),
        at,
        service=code,
        account=ACCOUNT,
        order_id=order_id,
        amount=Money(kopecks),
        uuid=uuid,
    ).numbered(number)


def ninth() -> Method:
    """Return a method that the catalogue does not have, declared as a tenth line of it would be."""
    return Method(
        "payment_card_rub",
        methods.by_code(PAYOUT).kind,
        title=mark("catalogue", "By phone number, SBP"),
        short=mark("catalogue", "SBP"),
        sentence=mark("catalogue", "The money arrives by the phone number at the chosen bank."),
        icon="smartphone",
        party="phone",
        fields=(
            *methods.by_code(PAYOUT).fields[:3],
            Phone(name="phone", sample="79031112233", bad=("", "8903")),
            *(replace(each, required=False) for each in methods.by_code(PAYOUT).fields if isinstance(each, BankCode)),
        ),
    )
