"""The search box of a table: text, the key that leads to it, a cross, and below it what was understood."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.text import mark
from console.ui import i18n
from console.ui.controls.button import IconButton
from console.ui.controls.inputs import Edit, Input
from console.ui.controls.label import Label
from console.ui.i18n import Words

_CLEAR = mark("controls", "Clear")


class SearchBox(QWidget):
    """A box of 36 x 360; `searched(str)` comes with each change of the text. Esc empties it."""

    searched = Signal(str)

    def __init__(
        self,
        placeholder: Words,
        *,
        name: str = "",
        key: str = "Ctrl F",
        width: int = 360,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.input = Input(placeholder, height=36, name=name, role="body")
        self.input.lead_with("search")
        self.input.squeeze(6)
        self._key = Label(key, "caption", "ink2")
        self._cross = IconButton("x", _CLEAR, side=24, glyph=14)
        self._cross.hide()
        self.input.trail_with(self._key)
        self.input.trail_with(self._cross)
        self._understood = Label(role="caption", ink="ink3")
        self._understood.hide()
        self._placeholder = placeholder
        self.setFixedWidth(width)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.input)
        column.addWidget(self._understood)
        self.setFocusProxy(self.input)
        self._cross.clicked.connect(self.clear)
        self.input.edit.textChanged.connect(self._on_changed)
        i18n.current().changed.connect(self.retranslate)
        self.retranslate()

    @property
    def edit(self) -> Edit:
        """The line of text itself."""
        return self.input.edit

    def text(self) -> str:
        """Return what is searched for."""
        return self.input.text()

    def clear(self) -> None:
        """Search for nothing."""
        self.input.edit.clear()

    def set_understood(self, words: Words) -> None:
        """Say what the text was taken for ("phone"), or nothing."""
        self._understood.say(words)
        self._understood.setVisible(bool(words))

    def retranslate(self) -> None:
        """Name the box for a screen reader, in the language in use."""
        self.input.edit.setAccessibleName(i18n.tr(self._placeholder))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def _on_changed(self, text: str) -> None:
        self._cross.setVisible(bool(text))
        self._key.setVisible(not text)
        self.searched.emit(text)
