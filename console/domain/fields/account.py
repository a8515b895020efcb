"""A payment account in a Russian bank, the bank's BIK, and the control key that ties them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from console.domain.characters import named
from console.domain.doubt import Doubt
from console.domain.fields.field import DOT, Field, Look, Value
from console.domain.text import mark
from console.domain.trouble import Invalid

_STRANGE = mark("form", "These characters are not digits: {chars}")
_COUNT = mark("form", "The number has {n} digit and needs {need}.", "The number has {n} digits and needs {need}.")
_CURRENCY_TITLE = mark("form", "This is not a rouble account")
_CURRENCY = mark(
    "form", "Digits 6 to 8 are {currency}; rouble accounts have 810 there. The bank may send the money back."
)
_BIK_FIRST = mark("form", "A BIK begins with 0, 1 or 2.")
_BIK_TITLE = mark("form", "This BIK is not a bank's")
_BIK_DETAIL = mark("form", "Banks' BIKs begin with 04; this one may belong to a treasury body.")
_WEIGHTS = (7, 1, 3)
_ROUBLES = frozenset({"810", "643"})
"""810 in bank accounts; treasury accounts, which begin with 0, have 643."""
_IN_CENTRAL_BANK = ("301", "40102")
"""Correspondent accounts and the single treasury account: opened in the Bank of Russia whatever the BIK."""


def _digits(text: str, need: int) -> str:
    plain = re.sub(r"[ \u00a0\u2007\u2009\u202f\-.\u2010-\u2015]", "", text)
    strange = [char for char in plain if char not in "0123456789"]
    if strange:
        raise Invalid(_STRANGE.with_(chars=named(strange)))
    if len(plain) != need:
        raise Invalid(_COUNT.of(len(plain)).with_(need=need))
    return plain


@dataclass(frozen=True, kw_only=True)
class Account(Field):
    """20 digits; the ninth is the control key, checked against the BIK by a rule of the method."""

    look: ClassVar[Look] = Look.MONO
    limit: ClassVar[int] = 20
    counted: ClassVar[bool] = True

    def understand(self, text: str) -> str:
        return _digits(text, 20)

    def show(self, value: Value, language: str) -> str:
        del language
        return grouped_account(str(value))

    def mask(self, value: Value) -> str:
        text = str(value)
        return f"{text[:5]}{DOT * 11}{text[-4:]}"

    def short(self, value: Value) -> str:
        return short_account(str(value))

    def doubts(self, value: Value) -> tuple[Doubt, ...]:
        currency = str(value)[5:8]
        if currency in _ROUBLES:
            return ()
        return (Doubt("currency", _CURRENCY_TITLE, _CURRENCY.with_(currency=currency), field=self.name),)

    def understood(self, text: str, value: Value) -> str | None:
        shown = grouped_account(str(value))
        return None if text.strip() in {shown, str(value)} else shown


@dataclass(frozen=True, kw_only=True)
class Bik(Field):
    """9 digits; the first is 0, 1 or 2, and banks' begin with 04 (API reference 8)."""

    look: ClassVar[Look] = Look.MONO
    limit: ClassVar[int] = 9

    def understand(self, text: str) -> str:
        digits = _digits(text, 9)
        if digits[0] > "2":
            raise Invalid(_BIK_FIRST)
        return digits

    def mask(self, value: Value) -> str:
        return str(value)

    def doubts(self, value: Value) -> tuple[Doubt, ...]:
        if str(value).startswith("04"):
            return ()
        return (Doubt("bik", _BIK_TITLE, _BIK_DETAIL, field=self.name),)


def grouped_account(digits: str) -> str:
    """Return `40817 810 1 5600 3706312` for 20 digits, and anything else as it is."""
    if len(digits) != 20 or not digits.isascii() or not digits.isdigit():
        return digits
    return f"{digits[:5]} {digits[5:8]} {digits[8]} {digits[9:13]} {digits[13:]}"


def short_account(digits: str) -> str:
    """Return `40817 ••• 9310` for 20 digits."""
    return f"{digits[:5]} {DOT * 3} {digits[-4:]}"


def control_key_fits(account: str, bik: str) -> bool:
    """Tell whether the control key of a 20-digit account fits a 9-digit BIK (Bank of Russia order 515 of 1997-09-08).

    Accounts that begin with 0 carry no key. Correspondent accounts (301…), the treasury's (40102…) and accounts in a
    Bank of Russia office (BIK digits 7 to 9 are 000, 001 or 002) take the prefix 0 and BIK digits 5 and 6; others BIK
    digits 7 to 9.
    """
    if account.startswith("0"):
        return True
    in_office = bik[6:] in {"000", "001", "002"} or account.startswith(_IN_CENTRAL_BANK)
    prefix = "0" + bik[4:6] if in_office else bik[6:]
    total = sum(int(digit) * _WEIGHTS[place % 3] % 10 for place, digit in enumerate(prefix + account))
    return total % 10 == 0
