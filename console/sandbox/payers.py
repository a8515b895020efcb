"""What a payer is shown by an answer, made up from the order alone: a link, a card, a phone, an account, a holder."""

from __future__ import annotations

from console.domain.method import Form, Method
from console.sandbox.entries import Entry

PAGE = "https://pay.sandbox.invalid/"
"""A host that cannot exist (RFC 2606): nobody lands anywhere by a link of the sandbox."""
TEST_CARDS = "220070"
ACCOUNTS = "40817810"
NAMES = (
    "Мария Ивановна К.",
    "Сергей Петрович Л.",
    "Анна Дмитриевна С.",
    "Игорь Олегович В.",
    "Ольга Николаевна Б.",
    "Павел Андреевич Т.",
    "Елена Сергеевна М.",
    "Руслан Маратович Х.",
)


def shown(method: Method, entry: Entry) -> dict[str, object]:
    """Return the fields of a payment's answer that its method declares (API reference 6.0).

    Where no link is shown `url` is null, and absent where an account is.
    """
    values: dict[str, object] = {} if _has(method, Form.ACCOUNT) else {"url": None}
    return values | {one.name: value(one.form, entry) for one in method.shows}


def value(form: Form, entry: Entry) -> str:
    """Return a value of that form, always the same for one order."""
    match form:
        case Form.LINK:
            return PAGE + entry.uuid
        case Form.CARD:
            return card(entry)
        case Form.PHONE:
            return "79" + entry.digits("phone", 9)
        case Form.ACCOUNT:
            return ACCOUNTS + entry.digits("account", 12)
        case _:
            return NAMES[int(entry.digits("holder", 6)) % len(NAMES)]


def card(entry: Entry, purpose: str = "card") -> str:
    """Return a card number of 16 digits whose last one fits (ISO/IEC 7812-1)."""
    front = TEST_CARDS + entry.digits(purpose, 9)
    return front + str(luhn(front))


def luhn(front: str) -> int:
    """Return the check digit for the digits before it."""
    total = 0
    for place, digit in enumerate(reversed(front)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return -total % 10


def card_mask(method: Method, entry: Entry) -> str | None:
    """Return the mask of the card a payment came from, where it came from one."""
    if not (_has(method, Form.CARD) or [one.form for one in method.shows] == [Form.LINK]):
        return None
    number = card(entry, "payer")
    return f"{number[:6]}******{number[-4:]}"


def _has(method: Method, form: Form) -> bool:
    return any(one.form is form for one in method.shows)
