"""Trouble, always in three parts: what happened, what about the money, what to do.

The look follows the money and not the fault: where nothing was sent nothing is red.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.text import mark
from console.ui.controls import paint
from console.ui.controls.button import Button
from console.ui.controls.label import Label
from console.ui.controls.picture import Picture
from console.ui.i18n import Words
from console.ui.theme import tokens

WHAT = mark("controls", "What happened")
MONEY = mark("controls", "What about the money")
DO = mark("controls", "What to do")


@dataclass(frozen=True, slots=True)
class _Look:
    fill: str
    border: str
    icon: str
    colour: str
    title: str


_LOOKS = {
    "nothing": _Look("surface", "edge", "circle-slash", "ink2", "ink"),
    "refused": _Look("red_t", "red", "octagon-x", "red", "red"),
    "failed": _Look("red_t", "red", "circle-x", "red", "red"),
    "unknown": _Look("amber_t", "amber_e", "circle-question-mark", "amber", "amber"),
    "warning": _Look("amber_t", "amber_e", "triangle-alert", "amber", "amber"),
    "disputed": _Look("violet_t", "violet", "equal-not", "violet", "violet"),
    "good": _Look("green_t", "green", "circle-check", "green", "green"),
}


class _Frame(QFrame):
    def __init__(self, tone: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.look = _LOOKS[tone]

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint.box(painter, QRectF(self.rect()), self.look.fill, self.look.border, tokens.RADIUS_CARD)


class ErrorBanner(_Frame):
    """A banner with a title, the three rows, and small buttons.

    `tone` says what became of the money: nothing (sent), refused, failed, unknown or disputed; a warning
    is about no money, and never has the icon of an unknown outcome. Over a form, give only a
    title and `what`: one line, the problems stand at their fields. A part that is not given has no row.
    """

    def __init__(
        self,
        tone: str,
        title: Words,
        what: Words = "",
        money: Words = "",
        do: Words = "",
        *,
        buttons: tuple[Button, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tone, parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(17, 14, 17, 14)
        row.setSpacing(12)
        row.addWidget(Picture(self.look.icon, self.look.colour, 22), 0, paint.Align.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(Label(title, "lead_strong", self.look.title, wrap=True))
        row.addLayout(column, 1)
        if money or do:
            column.addLayout(_rows(what, money, do))
            if buttons:
                column.addSpacing(8)
                column.addLayout(_buttons(buttons))
        else:
            column.addWidget(Label(what, "second", "ink", wrap=True))
            for button in buttons:
                row.addWidget(button)


class TroubleBlock(_Frame):
    """The same three parts as a block of a result page, with larger text and no buttons; `do` is the label of the last."""

    def __init__(self, tone: str, what: Words, money: Words, do: Words, parent: QWidget | None = None) -> None:
        super().__init__(tone, parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(22, 20, 22, 20)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(1)
        parts = (("circle-alert", WHAT, what), ("wallet", MONEY, money), ("refresh-cw", DO, do))
        for number, (icon, caption, words) in enumerate(parts):
            top = number * 3
            grid.addWidget(Picture(icon, self.look.colour, 18), top, 0, paint.Align.AlignTop)
            ink = "ink2" if self.look.title == "ink" else self.look.title
            grid.addWidget(Label(caption, "second_strong", ink), top, 1)
            self.do = Label(words, "lead", "ink", wrap=True, select=True)
            grid.addWidget(self.do, top + 1, 1)
            if number < 2:
                grid.setRowMinimumHeight(top + 2, 14)
        grid.setColumnStretch(1, 1)


def _rows(what: Words, money: Words, do: Words) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(5)
    grid.setColumnMinimumWidth(0, 112)
    grid.setColumnStretch(1, 1)
    parts = ((caption, words) for caption, words in ((WHAT, what), (MONEY, money), (DO, do)) if words)
    for number, (caption, words) in enumerate(parts):
        grid.addWidget(Label(caption, "second_medium", "ink2"), number, 0, paint.Align.AlignTop)
        grid.addWidget(Label(words, "second", "ink", wrap=True, select=True), number, 1)
    return grid


def _buttons(buttons: tuple[Button, ...]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
