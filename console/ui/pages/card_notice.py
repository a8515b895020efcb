"""The notice of an operation's card: a sentence in its three parts, one below the other, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from console.domain.sentence import Sentence, Tone
from console.domain.text import mark
from console.domain.wording import duration
from console.ui import i18n
from console.ui.controls.banner import DO, MONEY, WHAT
from console.ui.controls.button import Button
from console.ui.controls.card import Card
from console.ui.controls.label import Label
from console.ui.controls.picture import Picture
from console.ui.i18n import Words
from console.ui.pages.card_buttons import ButtonRows

_LOOKS = {
    Tone.QUIET: ("surface", "edge", "circle-slash", "ink2", "ink"),
    Tone.REFUSED: ("red_t", "red", "octagon-x", "red", "red"),
    Tone.UNKNOWN: ("amber_t", "amber_e", "circle-question-mark", "amber", "amber"),
    Tone.CONTRADICTION: ("violet_t", "violet", "equal-not", "violet", "violet"),
    Tone.DAMAGE: ("red_t", "red", "circle-x", "red", "red"),
    Tone.WARNING: ("amber_t", "amber_e", "triangle-alert", "amber", "amber"),
    Tone.NOTE: ("surface", "line", "info", "blue", "ink"),
}
"""Tone: ground, border, icon, its colour, colour of the title. By the money, never by the fault."""

_NEVER = "—"
_SOON = mark("operations", "a moment")


class CardNotice(Card):
    """A sentence about an operation; `count_down` fills in when the gateway is asked next."""

    def __init__(
        self, told: Sentence, buttons: Sequence[Button], seconds: float | None, parent: QWidget | None = None
    ) -> None:
        fill, border, icon, colour, ink = _LOOKS[told.tone]
        super().__init__(fill=fill, border=border, padding=13, spacing=8, parent=parent)
        self.setObjectName("operations/notice")
        self._told = told
        self._lines: list[tuple[Label, str]] = []
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(9)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        grid.addWidget(Picture(icon, colour, 18), 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Label(told.title, "body_strong", ink, wrap=True), 0, 1)
        money: Words = "" if told.money is None else told.money.text
        parts: tuple[tuple[str, str, Words, Words], ...] = (
            ("what", "circle-alert", WHAT, told.what),
            ("money", "wallet", MONEY, money),
            ("do", "arrow-right", DO, told.do),
        )
        for part, sign, caption, words in parts:
            if words:
                self._add(grid, part, sign, caption, words)
        self.column.addLayout(grid)
        if buttons:
            self.column.addWidget(ButtonRows(buttons))
        self.count_down(seconds)

    def count_down(self, seconds: float | None) -> None:
        """Say when the gateway is asked next, where the sentence has a place for it."""
        if "t" not in self._told.needs:
            return
        span: Words = _NEVER if seconds is None else _SOON if seconds < 1 else duration(seconds)
        filled = self._told.with_({"t": span})
        for label, part in self._lines:
            words = getattr(filled, part, None)
            if words is not None and part != "money":
                label.say(words)

    def _add(self, grid: QGridLayout, part: str, sign: str, caption: Words, words: Words) -> None:
        number = grid.rowCount()
        grid.addWidget(Picture(sign, "ink2", 16, outer=18), number, 0, Qt.AlignmentFlag.AlignTop)
        role = "second_medium" if part == "money" else "second"
        label = Label(words, role, "ink", wrap=True, select=True)
        label.setAccessibleName(f"{i18n.tr(caption)}: {i18n.tr(words)}")
        label.setToolTip(i18n.tr(caption))
        self._lines.append((label, part))
        grid.addWidget(label, number, 1)
