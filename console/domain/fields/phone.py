"""A phone number of Russia's mobile range."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from console.domain.characters import named
from console.domain.fields.field import DOT, Field, Value
from console.domain.text import Text, mark
from console.domain.trouble import Invalid

_MISSING = mark("form", "Enter the recipient's phone number")
_STRANGE = mark("form", "These characters are not digits: {chars}")
_SHORT = mark(
    "form",
    "The number has {have} of 11 digits: {n} is missing.",
    "The number has {have} of 11 digits: {n} are missing.",
)
_LONG = mark(
    "form",
    "The number has {have} digits and needs 11: {n} too many.",
    "The number has {have} digits and needs 11: {n} too many.",
)
_NOT_MOBILE = mark("form", "A mobile number begins with +7 9.")


@dataclass(frozen=True, kw_only=True)
class Phone(Field):
    """11 digits, `79` and nine more, no plus (API reference 8); typed in any usual form."""

    limit: ClassVar[int] = 11

    def missing(self) -> Text:
        return _MISSING

    def understand(self, text: str) -> str:
        international = text.startswith("+")
        strange = re.sub(r"[0-9()\- \u00a0\u2007\u2009\u202f\u2010-\u2015.]", "", text.removeprefix("+"))
        if strange:
            raise Invalid(_STRANGE.with_(chars=named(strange)))
        digits = re.sub(r"\D", "", text, flags=re.ASCII)
        if not international:
            digits = _with_country(digits)
        if len(digits) < 11:
            raise Invalid(_SHORT.of(11 - len(digits)).with_(have=len(digits)))
        if len(digits) > 11:
            raise Invalid(_LONG.of(len(digits) - 11).with_(have=len(digits)))
        if not digits.startswith("79"):
            raise Invalid(_NOT_MOBILE)
        return digits

    def show(self, value: Value, language: str) -> str:
        del language
        return grouped_phone(str(value))

    def mask(self, value: Value) -> str:
        text = str(value)
        return f"{text[:4]}{DOT * 5}{text[-2:]}"

    def short(self, value: Value) -> str:
        return short_phone(str(value))

    def understood(self, text: str, value: Value) -> str | None:
        shown = grouped_phone(str(value))
        return None if text.strip().replace("\u00a0", " ") == shown else shown


def _with_country(digits: str) -> str:
    """Return 11 digits for a number as it is dialled inside the country; after a plus the country was given."""
    if len(digits) == 10 and digits[0] == "9":
        return "7" + digits
    return "7" + digits[1:] if len(digits) == 11 and digits[0] == "8" else digits


def grouped_phone(digits: str) -> str:
    """Return `+7 903 111-22-33` for 11 digits, and anything else as it is."""
    if len(digits) != 11 or not digits.isascii() or not digits.isdigit():
        return digits
    return f"+{digits[0]} {digits[1:4]} {digits[4:7]}-{digits[7:9]}-{digits[9:]}"


def short_phone(digits: str) -> str:
    """Return `+7 903 •••-••-33` for 11 digits."""
    return f"+{digits[0]} {digits[1:4]} {DOT * 3}-{DOT * 2}-{digits[-2:]}"
