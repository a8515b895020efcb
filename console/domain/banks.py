"""Banks of the fast payment system: found by name in two alphabets or by code, and what is doubtful about one.

Where the list comes from is the catalogue's; this module only searches it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

_LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_LATIN_LETTERS = "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya".replace("-", "").split(
    " "
)
_LATIN = dict(zip(_LETTERS, _LATIN_LETTERS, strict=True))


@dataclass(frozen=True, slots=True)
class Bank:
    """A bank: its 12-digit code, its names, and the lists it stands in."""

    code: str
    name: str
    name_en: str = ""
    lists: tuple[str, ...] = ()

    def title(self, language: str) -> str:
        """Return the name in `language`; a bank without an English name is transliterated."""
        if language == "ru":
            return self.name
        return self.name_en or transliterate(self.name)


class BankList:
    """The banks, searchable."""

    def __init__(self, banks: tuple[Bank, ...], aliases: dict[str, str]) -> None:
        self.banks = banks
        self._aliases = aliases

    @cached_property
    def _by_code(self) -> dict[str, Bank]:
        return {bank.code: bank for bank in self.banks}

    @cached_property
    def _folded(self) -> tuple[tuple[Bank, tuple[str, ...]], ...]:
        return tuple(
            (bank, tuple(fold(name) for name in (bank.name, bank.name_en, transliterate(bank.name)) if name))
            for bank in self.banks
        )

    def find(self, code: str) -> Bank | None:
        """Return the bank of a code; an alias code leads to its bank."""
        return self._by_code.get(self._aliases.get(code, code))

    def named(self, name: str) -> Bank | None:
        """Return the one bank of exactly this name, whatever the case, the alphabet or the punctuation."""
        wanted = fold(name)
        found = [bank for bank, names in self._folded if wanted in names]
        return found[0] if len(found) == 1 else None

    def search(self, text: str, limit: int = 50) -> tuple[Bank, ...]:
        """Return the banks that fit: a name that begins so first, then a word of one, then a part, then codes."""
        wanted = fold(text)
        if not wanted:
            return self.banks[:limit]
        ranked = [
            (rank, place, bank)
            for place, (bank, names) in enumerate(self._folded)
            if (rank := _rank(wanted, names, self._codes(bank))) is not None
        ]
        return tuple(bank for _, _, bank in sorted(ranked, key=lambda row: row[:2])[:limit])

    def _codes(self, bank: Bank) -> tuple[str, ...]:
        """Return the bank's code and those that stand for it."""
        return (bank.code, *(alias for alias, code in self._aliases.items() if code == bank.code))


def _rank(wanted: str, names: tuple[str, ...], codes: tuple[str, ...]) -> int | None:
    tight = wanted.replace(" ", "")
    if any(name.startswith(wanted) or name.replace(" ", "").startswith(tight) for name in names):
        return 0
    if any(f" {wanted}" in name for name in names):
        return 1
    if any(wanted in name for name in names):
        return 2
    return 3 if any(wanted in code for code in codes) else None


def fold(text: str) -> str:
    """Return `text` for comparison: lower case, ё as е, punctuation as blanks, blanks folded."""
    lower = text.casefold().replace("ё", "е")
    return " ".join("".join(char if char.isalnum() else " " for char in lower).split())


def transliterate(text: str) -> str:
    """Return Russian letters in Latin ones, as passports do it; the case of the first letter is kept."""
    out = []
    for char in text:
        latin = _LATIN.get(char.lower())
        out.append(char if latin is None else latin.capitalize() if char.isupper() else latin)
    return "".join(out)
