"""Money: an integer of kopecks with a currency, read from any human form and printed once for the wire.

No float ever touches it. Sums in answers are kept as the gateway wrote them (`Sum`) and compared as exact decimals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from console.domain.text import Text, mark
from console.domain.trouble import Invalid

MAX_KOPECKS = 99_999_999_999
"""999999999.99: decimal (11.2) of API reference 6.0."""

_SPACES = dict.fromkeys(map(ord, " \t\u00a0\u202f\u2009'_"), None)
_NUMBER = re.compile(r"(\d+)(?:\.(\d*))?", re.ASCII)
_RANGE = mark("form", "From 0.01 to 999 999 999.99, at most 2 decimals")
_NOT_DIGITS = mark("form", "These characters are not digits: {chars}")
_DOUBTFUL = mark("form", "Is this {whole} or {cents}? Enter {whole_text} or {cents_text}.")
_EMPTY = mark("form", "Enter the amount")


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in kopecks (minor units) of one currency."""

    kopecks: int
    currency: str = "RUB"

    def wire(self) -> str:
        """Return the text the gateway gets: dot, two decimals, no grouping ("3000.00", API reference 6.0)."""
        return f"{self.kopecks // 100}.{self.kopecks % 100:02d}"

    @property
    def decimal(self) -> Decimal:
        """The amount in roubles, exactly."""
        return Decimal(self.kopecks).scaleb(-2)

    @classmethod
    def from_wire(cls, text: str) -> Money:
        """Read what `wire` wrote; anything else raises ValueError."""
        found = re.fullmatch(r"(\d{1,9})\.(\d{2})", text, re.ASCII)
        if found is None:
            raise ValueError("not an amount as the console writes it")
        return cls(int(found[1]) * 100 + int(found[2]))

    @classmethod
    def parse(cls, text: str) -> Money:
        """Read an amount a person typed: `12345,67`, `12 345.6`, `12 345,67 ₽`, `1.234.567,00`.

        Raises Invalid for three decimals, the doubtful `1,234`, look-alike digits and sums out of range.
        """
        plain = re.sub(r"(?i)(₽|rub|руб\.?|р\.)\s*$|^\s*(rub|₽)", "", text.strip()).translate(_SPACES)
        if not plain:
            raise Invalid(_EMPTY)
        strange = "".join(sorted({char for char in plain if char not in "0123456789.,"}))
        if strange:
            raise Invalid(_NOT_DIGITS.with_(chars=strange))
        found = _NUMBER.fullmatch(_one_point(plain))
        if found is None or len(found[2] or "") > 2:
            raise Invalid(_RANGE)
        kopecks = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
        if not 1 <= kopecks <= MAX_KOPECKS:
            raise Invalid(_RANGE)
        return cls(kopecks)


def _one_point(plain: str) -> str:
    """Return the digits with one point for the decimals; raises Invalid where grouping and decimals look alike."""
    marks = [char for char in plain if char in ".,"]
    if len(marks) == 1:
        whole, _, rest = plain.partition(marks[0])
        if len(rest) == 3 and 1 <= len(whole) <= 3 and whole != "0":
            raise Invalid(_doubtful(whole, rest))
        return f"{whole}.{rest}"
    if len(marks) > 1:
        groups = plain.replace(",", ".").split(".")
        alone = len(set(marks)) == 1  # `1.234.567`: grouping and no decimals
        if alone and _grouped(groups):
            return "".join(groups)
        if not alone and marks[-1] not in marks[:-1] and len(set(marks[:-1])) == 1 and _grouped(groups[:-1]):
            return "".join(groups[:-1]) + "." + groups[-1]
        raise Invalid(_RANGE)
    return plain


def _grouped(groups: list[str]) -> bool:
    return 1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])


def _doubtful(whole: str, rest: str) -> Text:
    return _DOUBTFUL.with_(
        whole=Money(int(whole + rest) * 100),
        cents=Money(int(whole) * 100 + int(rest[:2])),
        whole_text=whole + rest,
        cents_text=f"{whole}.{rest[:2]}",
    )


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum as the gateway wrote it: 2 to 9 decimals, a string or a bare number; never rounded."""

    text: str

    @property
    def decimal(self) -> Decimal:
        """The exact value."""
        return Decimal(self.text)

    @classmethod
    def read(cls, text: str) -> Sum | None:
        """Return the sum, or None where the text is no finite plain decimal number."""
        if re.fullmatch(r"-?\d{1,18}(\.\d{1,18})?", text, re.ASCII) is None:
            return None
        return cls(text)


def format_money(money: Money, language: str, *, sign: str = "") -> str:
    """Return `12 345,67 ₽` (no-break spaces) in Russian and `RUB 12,345.67` in English, always two decimals."""
    return _formatted(f"{money.kopecks // 100}", f"{money.kopecks % 100:02d}", money.currency, language, sign)


def format_sum(amount: Sum, currency: str, language: str) -> str:
    """Return a sum of an answer with as many decimals as it has, at least two; trailing zeros beyond them go."""
    whole, _, rest = amount.text.partition(".")
    decimals = rest.rstrip("0").ljust(2, "0")
    sign = "\u2212" if whole.startswith("-") else ""
    return _formatted(whole.removeprefix("-"), decimals, currency, language, sign)


def _formatted(whole: str, decimals: str, currency: str, language: str, sign: str) -> str:
    grouped = f"{int(whole):,}"
    if language == "ru":
        mark_ = "₽" if currency == "RUB" else currency
        return f"{sign}{grouped.replace(',', chr(0xA0))},{decimals}\u00a0{mark_}"
    return f"{sign}{currency}\u00a0{grouped}.{decimals}"
