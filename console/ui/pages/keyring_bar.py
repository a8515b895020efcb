"""Bars over the pages: why this window can only look, what was lost, and what mends it.

A bar is shown, and tells what was pressed or typed; it knows no vault and no journal.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.text import mark
from console.ui.controls.button import Button
from console.ui.controls.field import FieldFrame
from console.ui.controls.inputs import TextInput
from console.ui.controls.label import Label
from console.ui.controls.picture import Picture
from console.ui.i18n import Words
from console.ui.theme import theme

_ENTER = mark("keyring_page", "Enter the recovery code")
_AGAIN = mark("keyring_page", "Again")
_CODE = mark("keyring_page", "Recovery code")
_HINT = mark("keyring_page", "14 groups of four signs; dashes and spaces do not matter")
_RESTORE = mark("keyring_page", "Open the journal")
_OPENING = mark("keyring_page", "Opening…")


class StateBar(QWidget):
    """A title, a sentence and one button; `pressed` comes with it. `column` takes more below."""

    pressed = Signal()

    def __init__(
        self, title: Words, sentence: Words, button: Words, *, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("keyring/bar")
        self.button = Button(button, size="small", name=name)
        self.button.clicked.connect(self.pressed)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(Label(title, "second_strong", "amber", wrap=True))
        if sentence:
            words.addWidget(Label(sentence, "second", "ink", wrap=True, select=True))
        self.row = QHBoxLayout()
        self.row.setSpacing(12)
        self.row.addWidget(Picture("triangle-alert", "amber", 18))
        self.row.addLayout(words, 1)
        self.row.addWidget(self.button)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(18, 9, 12, 10)
        self.column.setSpacing(10)
        self.column.addLayout(self.row)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.colour("amber_t"))
            painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("amber_e"))


class CodeBar(StateBar):
    """A bar that takes the recovery code; `code_given(str)` comes with it, `pressed` wants another look at the store."""

    code_given = Signal(str)

    def __init__(self, title: Words, sentence: Words, parent: QWidget | None = None) -> None:
        super().__init__(title, sentence, _AGAIN, name="keyring/again", parent=parent)
        self._enter = Button(_ENTER, "primary", size="small", name="keyring/code")
        self._enter.clicked.connect(self._on_enter)
        self.row.addWidget(self._enter)
        self.field = FieldFrame("recovery/code", _CODE, TextInput(mono=True), note=_HINT)
        self.field.input.edited.connect(self._on_edited)
        self.field.input.edit.returnPressed.connect(self._on_given)
        self.restore = Button(_RESTORE, "primary", name="recovery/restore")
        self.restore.clicked.connect(self._on_given)
        self._part = QWidget()
        row = QHBoxLayout(self._part)
        row.setContentsMargins(30, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.field, 1)
        beside = QVBoxLayout()
        beside.setContentsMargins(0, 24, 0, 0)
        beside.addWidget(self.restore)
        beside.addStretch(1)
        row.addLayout(beside)
        self.column.addWidget(self._part)
        self._part.hide()

    def show_problem(self, words: Words) -> None:
        """Say why the code was not taken."""
        self.restore.set_busy(None)
        self.field.set_problem(words)
        self.field.input.edit.setFocus()

    def _on_enter(self) -> None:
        self._part.show()
        self._enter.hide()
        self.field.input.edit.setFocus()

    def _on_edited(self) -> None:
        self.field.set_problem(None)

    def _on_given(self) -> None:
        self.restore.set_busy(_OPENING)
        self.code_given.emit(self.field.input.text())
