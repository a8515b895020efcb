"""The input of an amount: digits group while typing, the rouble sign stands at the right."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QWidget

from console.domain.money import Money
from console.domain.text import mark
from console.ui import i18n
from console.ui.controls.inputs import Input
from console.ui.controls.label import Label
from console.ui.i18n import Words

_SAMPLE = mark("controls", "0.00")
_PLAIN = re.compile(r"([\d\s\u00a0\u202f]*)([.,]\d*)?", re.ASCII)
NO_BREAK = "\u00a0"


def grouped(text: str) -> str:
    """Return `text` with its whole part in groups of three; a text of another shape is returned as it is.

    After a leading zero nothing is grouped: `Money.parse` reads 0001500, and in 0 001 500 it would ask what was meant.
    """
    found = _PLAIN.fullmatch(text)
    if found is None:
        return text
    digits = re.sub(r"\s", "", found[1])
    if not digits.isdigit():
        return text
    groups = digits if digits.startswith("0") else re.sub(r"(?<=\d)(?=(?:\d{3})+$)", NO_BREAK, digits)
    return groups + (found[2] or "")


def as_typed(money: Money) -> str:
    """Return an amount as a person types it in the language in use: `12 345,67`, in English with a point."""
    point = "," if i18n.current().code == "ru" else "."
    return grouped(f"{money.kopecks // 100}{point}{money.kopecks % 100:02d}")


def is_doubtful(text: str) -> bool:
    """Whether blanks stand where they part no thousands: `100 50` may be two sums, and `Money.parse` asks."""
    plain = re.sub(r"\s", NO_BREAK, text.strip())
    return NO_BREAK in plain and plain != grouped(plain)


class MoneyInput(Input):
    """An input for an amount in roubles, as the person types it; `Money.parse` reads it.

    What was pasted with blanks in odd places stays as it is, so that two sums never become one by being grouped.
    """

    def __init__(self, placeholder: Words = _SAMPLE, *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(placeholder, role="amount_input", name=name, parent=parent)
        self._grouping = False
        self._shown = ""
        self._is_pasted = False
        self.trail_with(Label("₽", "lead", "ink3"))

    def set_text(self, text: str) -> None:
        """Put an amount in; its digits are grouped."""
        self._is_pasted = is_doubtful(text)
        self._shown = text if self._is_pasted else grouped(text)
        self.edit.setText(self._shown)

    def _on_edited(self, text: str) -> None:
        if self._grouping:
            return
        self._is_pasted = is_doubtful(text) and (self._is_pasted or _brings_blanks(self._shown, text))
        self._shown = text if self._is_pasted else grouped(text)
        if self._shown != text:
            self._regroup(text, self._shown)
        self.edited.emit(self._shown)

    def _regroup(self, text: str, better: str) -> None:
        """Replace the text, keeping the caret behind the same digit and the steps of undo."""
        caret = self.edit.cursorPosition()
        before = len(re.sub(r"\s", "", text[:caret]))
        self._grouping = True
        self.edit.selectAll()
        self.edit.insert(better)
        self._grouping = False
        self.edit.setCursorPosition(_behind(better, before))


def _brings_blanks(before: str, now: str) -> bool:
    """Whether a change put digits and blanks in at once, which typing does not."""
    start = _common(before, now)
    end = _common(before[start:][::-1], now[start:][::-1])
    added = now[start : len(now) - end]
    return any(char.isspace() for char in added) and any(char.isdigit() for char in added)


def _common(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    same = (here == there for here, there in zip(one, other, strict=False))
    return next((place for place, alike in enumerate(same) if not alike), min(len(one), len(other)))


def _behind(text: str, signs: int) -> int:
    """Return the place behind the first `signs` characters of `text` that are no spaces."""
    seen = 0
    for place, char in enumerate(text):
        if seen == signs:
            return place
        seen += not char.isspace()
    return len(text)
