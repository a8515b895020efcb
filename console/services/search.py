"""What a person means by what stands in a search box: an id, a number, the end of one, an amount, or words.

Every reading that is possible is tried at once, and the box says which they are. Knows the kinds of fields and the keyed
marks; it asks no database.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from console.domain.fields.account import grouped_account
from console.domain.fields.phone import Phone, grouped_phone
from console.domain.money import MAX_KOPECKS, Money
from console.domain.text import Text, mark
from console.domain.trouble import Invalid
from console.journal.filters import Filter

Mark = Callable[[str, str], str]
"""Makes the keyed mark of a number ("number") or of a payer's id ("payer")."""

_PHONE = Phone(name="number")
_CURRENCY = re.compile(r"(?i)\s*(₽|rub|руб\.?|р\.)\s*$|^\s*(rub|₽)")
_SEPARATED = re.compile(r"\d[\d\s\u00a0\u202f]*[.,]\d{1,2}|\d{1,3}(?:[\s\u00a0\u202f]\d{3})+(?:[.,]\d{1,2})?", re.ASCII)
_TAIL = 4
"""The most digits of a number that its mask shows at the end."""

_ONE = mark("operations", "searched as {first}")
_TWO = mark("operations", "searched as {first} or {second}")
_THREE = mark("operations", "searched as {first}, {second} or {third}")
_AS_PHONE = mark("operations", "phone {number}")
_AS_ACCOUNT = mark("operations", "account {number}")
_AS_AMOUNT = mark("operations", "amount {amount}")
_AS_TAIL = mark("operations", "end of a number")
_AS_ID = mark("operations", "part of an id")
_AS_GATEWAY_ID = mark("operations", "gateway id")
_AS_ORDER_ID = mark("operations", "order id")
_AS_WORDS = mark("operations", "name, basis or payer")


@dataclass(frozen=True, slots=True)
class Understood:
    """The readings of a searched text as a filter, and the words that say them (None for an empty text)."""

    filter: Filter = field(default_factory=Filter)
    words: Text | None = None


@dataclass(frozen=True, slots=True)
class _Reading:
    """One meaning: what it adds to the filter, and its name."""

    filter: Filter
    name: Text


def understand(text: str, find: Mark | None) -> Understood:
    """Return the readings of `text`; without `find` (the journal's key is not here) whole numbers cannot be found."""
    plain = text.strip()
    if not plain:
        return Understood()
    readings = _readings(plain, find)
    wanted = Filter()
    for reading in readings:
        wanted = _both(wanted, reading.filter)
    return Understood(wanted, _said([reading.name for reading in readings]))


def narrowed(chosen: Filter, searched: Filter) -> Filter:
    """Return what was chosen by chips together with what was searched for."""
    return replace(
        chosen,
        text=searched.text,
        number_find=searched.number_find,
        order_id=searched.order_id,
        gateway_id=searched.gateway_id,
        amount=searched.amount,
        tail=searched.tail,
    )


def _both(one: Filter, other: Filter) -> Filter:
    return Filter(
        text=one.text or other.text,
        number_find=one.number_find or other.number_find,
        order_id=one.order_id or other.order_id,
        gateway_id=one.gateway_id or other.gateway_id,
        amount=one.amount or other.amount,
        tail=one.tail or other.tail,
    )


def _readings(plain: str, find: Mark | None) -> list[_Reading]:
    digits = re.sub(r"[\s\u00a0\u202f().+\-\u2010-\u2015]", "", plain)
    if digits.isascii() and digits.isdigit():
        exact = _number(plain, digits, find)
        if exact is not None:
            return [exact]
        if digits == plain:
            return _bare_digits(plain)
    amount = _amount(plain)
    if amount is not None:
        return [amount]
    return _words(plain, find)


def _number(plain: str, digits: str, find: Mark | None) -> _Reading | None:
    """Return a whole number by its keyed mark: 20 digits are an account, what reads as a phone is one."""
    if find is None:
        return None
    if len(digits) == 20:
        account = Filter(number_find=find("number", digits))
        return _Reading(account, _AS_ACCOUNT.with_(number=grouped_account(digits)))
    try:
        phone = str(_PHONE.parse(plain))
    except Invalid:
        return None
    found = Filter(number_find=find("number", phone), gateway_id=digits)
    return _Reading(found, _AS_PHONE.with_(number=grouped_phone(phone)))


def _bare_digits(plain: str) -> list[_Reading]:
    """Return what digits alone may be: the end of a number, an id or a part of one, an amount in roubles."""
    readings = []
    if len(plain) <= _TAIL:
        readings.append(_Reading(Filter(tail=plain), _AS_TAIL))
        readings.append(_Reading(Filter(text=plain), _AS_ID))
    else:
        readings.append(_Reading(Filter(gateway_id=plain), _AS_GATEWAY_ID))
        readings.append(_Reading(Filter(order_id=plain, text=plain), _AS_ORDER_ID))
    if not plain.startswith("0") and int(plain) * 100 <= MAX_KOPECKS:
        money = Money(int(plain) * 100)
        readings.append(_Reading(Filter(amount=money.kopecks), _AS_AMOUNT.with_(amount=money)))
    return readings


def _amount(plain: str) -> _Reading | None:
    """Return an amount that is written as one: with a currency, with kopecks, or in groups of three."""
    if not _CURRENCY.search(plain) and not _SEPARATED.fullmatch(plain):
        return None
    try:
        money = Money.parse(plain)
    except Invalid:
        return None
    return _Reading(Filter(amount=money.kopecks), _AS_AMOUNT.with_(amount=money))


def _words(plain: str, find: Mark | None) -> list[_Reading]:
    """Return a text as an id and as the beginning of words; a payer's id is found whole, too."""
    readings = []
    if " " not in plain and any(char.isdigit() or char in "-_" for char in plain):
        readings.append(_Reading(Filter(order_id=plain, gateway_id=plain), _AS_ORDER_ID))
    payer = None if find is None else find("payer", plain)
    readings.append(_Reading(Filter(text=plain, number_find=payer), _AS_WORDS))
    return readings


def _said(names: list[Text]) -> Text:
    parts = dict(zip(("first", "second", "third"), names, strict=False))
    return {1: _ONE, 2: _TWO, 3: _THREE}[len(parts)].with_(**parts)
