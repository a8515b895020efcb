"""Money: an integer of kopecks with a currency, read from any human form and printed once for the wire.

No float ever touches it. Sums in answers are kept as the gateway wrote them (`Sum`) and compared as exact decimals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from console.domain.characters import named
from console.domain.text import mark
from console.domain.trouble import Invalid

MAX_KOPECKS = 99_999_999_999
"""999999999.99: decimal (11.2) of API reference 6.0."""

MINUS = "\u2212"
_LONGEST = 60
_BLANKS = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f"), " ") | {ord("\u2019"): "'"}
_CURRENCY = re.compile(r"^(?:₽|RU[BR])\s*|\s*(?:₽|RU[BR][A-Z]*|РУБ[А-Я]*\.?|Р\.?)$", re.IGNORECASE)
_IN_WORDS = re.compile(r"(.+?)\s*(?:₽|РУБ[А-Я]*\.?|Р\.?)\s*([0-9]{1,2})\s*(?:КОП[А-Я]*\.?|К\.?)", re.IGNORECASE)
_NUMBER = re.compile(r"(?:([1-9]\d{0,2})((?:([ '.,])\d{3})(?:\3\d{3})*)|(\d+))(?:([.,])(\d{0,2}))?", re.ASCII)

_MISPLACED = re.compile(r"[0-9]+(?: [0-9]*){1,30}(?:[.,][0-9]{0,2}(?: [0-9]*)?)?")

_RANGE = mark("form", "From 0.01 to 999 999 999.99, at most 2 decimals")
_NOT_DIGITS = mark("form", "These characters are not digits: {chars}")
_BLANK = mark("form", "Blanks part thousands only, as in 12 345.67. What was meant?")
_DOUBTFUL = mark("form", "Is this {whole} or {cents}? Enter {whole_text} or {cents_text}.")
_DECIMAL = mark("form", "{roubles}.{kopecks}")
_EMPTY = mark("form", "Enter the amount")


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in kopecks (minor units) of one currency; may be negative as a difference, but is never sent so."""

    kopecks: int
    currency: str = "RUB"

    def __post_init__(self) -> None:
        if type(self.kopecks) is not int:
            raise TypeError("money is an integer of kopecks")

    def wire(self) -> str:
        """Return the text the gateway gets: dot, two decimals, no grouping ("3000.00", API reference 6.0).

        Raises ValueError for a sum that cannot be sent.
        """
        if not 1 <= self.kopecks <= MAX_KOPECKS:
            raise ValueError("not an amount that can be sent")
        return f"{self.kopecks // 100}.{self.kopecks % 100:02d}"

    @property
    def decimal(self) -> Decimal:
        """The amount in roubles, exactly."""
        return Decimal(self.kopecks).scaleb(-2)

    @classmethod
    def from_wire(cls, text: str) -> Money:
        """Read what `wire` wrote; anything else raises ValueError."""
        found = re.fullmatch(r"(0|[1-9]\d{0,8})\.(\d{2})", text, re.ASCII)
        if found is None or text == "0.00":
            raise ValueError("not an amount as the console writes it")
        return cls(int(found[1]) * 100 + int(found[2]))

    @classmethod
    def parse(cls, text: str) -> Money:
        """Read an amount a person typed: `12345,67`, `12 345.6`, `12 345,67 ₽`, `1.234.567,00`, `5 руб. 7 коп.`.

        Raises Invalid for three decimals, the doubtful `1,234`, blanks that part no thousands (`100 50` may be two
        sums), look-alike digits and sums out of range.
        """
        plain = _plain(text.strip())
        if not plain:
            raise Invalid(_EMPTY)
        strange = [char for char in plain if char not in "0123456789.,' "]
        if strange:
            raise Invalid(_NOT_DIGITS.with_(chars=named(strange)))
        found = _NUMBER.fullmatch(plain) if len(plain) <= _LONGEST else None
        kopecks = 0 if found is None else _kopecks(found)
        if not 1 <= kopecks <= MAX_KOPECKS:
            raise Invalid(_BLANK if found is None and _MISPLACED.fullmatch(plain) else _RANGE)
        return cls(kopecks)


def _plain(text: str) -> str:
    """Return the number without its currency, blanks and apostrophes as plain ones; kopecks in words as decimals."""
    if len(text) > _LONGEST:
        return text.translate(_BLANKS)
    in_words = _IN_WORDS.fullmatch(text)
    if in_words is not None:
        text = f"{in_words[1]},{int(in_words[2]):02d}"
    return _CURRENCY.sub("", text).translate(_BLANKS)


def _kopecks(found: re.Match[str]) -> int:
    """Return the kopecks of a number, 0 where it is none; raises Invalid where grouping and decimals look alike."""
    head, groups, parted_by, ungrouped, point, decimals = found.groups()
    if groups and parted_by in ".,":
        if len(groups) == 4 and point is None:
            raise _doubtful(head, groups[1:])
        if point == parted_by or decimals == "":
            return 0
    whole = ungrouped or head + groups.replace(parted_by, "")
    return int(whole) * 100 + int((decimals or "").ljust(2, "0"))


def _doubtful(whole: str, rest: str) -> Invalid:
    return Invalid(
        _DOUBTFUL.with_(
            whole=Money(int(whole + rest) * 100),
            cents=Money(int(whole) * 100 + int(rest[:2])),
            whole_text=whole + rest,
            cents_text=_DECIMAL.with_(roubles=whole, kopecks=rest[:2]),
        )
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
    """Return `12 345,67 ₽` (no-break spaces) in Russian and `RUB 12,345.67` in English, always two decimals.

    `sign` is put before a sum that has none of its own.
    """
    whole, kopecks = divmod(abs(money.kopecks), 100)
    return _formatted(f"{whole}", f"{kopecks:02d}", money.currency, language, MINUS if money.kopecks < 0 else sign)


def format_sum(amount: Sum, currency: str, language: str) -> str:
    """Return a sum of an answer with as many decimals as it has, at least two; trailing zeros beyond them go."""
    whole, _, rest = amount.text.partition(".")
    decimals = rest.rstrip("0").ljust(2, "0")
    sign = MINUS if whole.startswith("-") else ""
    return _formatted(whole.removeprefix("-"), decimals, currency, language, sign)


def _formatted(whole: str, decimals: str, currency: str, language: str, sign: str) -> str:
    grouped = f"{int(whole):,}"
    if language == "ru":
        mark_ = "₽" if currency == "RUB" else currency
        return f"{sign}{grouped.replace(',', chr(0xA0))},{decimals}\u00a0{mark_}"
    return f"{sign}{currency}\u00a0{grouped}.{decimals}"
