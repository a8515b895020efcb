"""Panels beside and above a form: hint, warning, strong warning, good news, and the bar of a lost connection."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.text import mark
from console.ui.controls import paint
from console.ui.controls.button import Button
from console.ui.controls.check import CheckBox
from console.ui.controls.field import FieldFrame
from console.ui.controls.inputs import TextInput
from console.ui.controls.label import Label
from console.ui.controls.picture import Picture
from console.ui.i18n import Words
from console.ui.theme import tokens

_REASON = mark("controls", "Reason")
_CHECK_CONNECTION = mark("controls", "Check connection")


@dataclass(frozen=True, slots=True)
class _Look:
    fill: str
    border: str
    icon: str
    colour: str
    title: str


_LOOKS = {
    "hint": _Look("surface", "line", "info", "blue", "ink"),
    "warning": _Look("amber_t", "", "triangle-alert", "amber", "amber"),
    "strong": _Look("amber_t", "amber_e", "triangle-alert", "amber", "amber"),
    "good": _Look("green_t", "", "shield-check", "green", "green"),
}


class WarningPanel(QFrame):
    """A title and a sentence; `weight` is hint, warning, strong or good. `column` takes more below, `row` at the right."""

    def __init__(self, weight: str, title: Words, detail: Words = "", *, icon: str = "", parent: QWidget | None = None):
        super().__init__(parent)
        self._look = _LOOKS[weight]
        self.title = Label(title, "body_strong", self._look.title, wrap=True)
        self.detail = Label(detail, "second", "ink", wrap=True)
        if not detail:
            self.detail.hide()
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.title)
        words.addWidget(self.detail)
        self.row = QHBoxLayout()
        self.row.setSpacing(12)
        self.row.addWidget(Picture(icon or self._look.icon, self._look.colour, 20), 0, paint.Align.AlignTop)
        self.row.addLayout(words, 1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(15, 13, 15, 13)
        self.column.setSpacing(12)
        self.column.addLayout(self.row)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint.box(painter, QRectF(self.rect()), self._look.fill, self._look.border, tokens.RADIUS_CARD)


class StrongWarning(WarningPanel):
    """A strong warning of the review: a box to tick and a reason to give; `changed` comes with each change of either.

    The names are `review/acknowledge/<number>` and `review/reason/<number>`.
    """

    changed = Signal()

    def __init__(
        self, number: int, title: Words, detail: Words, acknowledge: Words, parent: QWidget | None = None
    ) -> None:
        super().__init__("strong", title, detail, parent=parent)
        self.box = CheckBox(acknowledge, name=f"review/acknowledge/{number}")
        self.reason = TextInput()
        self.field = FieldFrame(f"review/reason/{number}", _REASON, self.reason)
        self.column.addWidget(self.box)
        self.column.addWidget(self.field)
        self.box.toggled.connect(self._on_changed)
        self.reason.edited.connect(self._on_changed)

    def is_acknowledged(self) -> bool:
        """Tell whether the box is ticked and a reason is given."""
        return self.box.isChecked() and bool(self.reason.text().strip())

    def _on_changed(self) -> None:
        self.changed.emit()


class OfflineBar(QFrame):
    """One line on top of the sheet while there is no connection; `checked` asks to look again."""

    checked = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(40)
        self.words = Label(words, "second_medium", "amber", elide="right")
        button = Button(_CHECK_CONNECTION, "quiet", size="row")
        button.clicked.connect(self.checked)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 6, 0)
        row.setSpacing(10)
        row.addWidget(Picture("cloud-off", "amber", 18))
        row.addWidget(self.words, 1)
        row.addWidget(button)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint.box(painter, QRectF(self.rect()), "amber_t", "", tokens.RADIUS_CONTROL)
