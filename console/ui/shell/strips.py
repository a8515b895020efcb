"""Strips over the pages: what a person has to know about money, whichever page is shown, until it is dealt with.

Knows no order and no journal; it shows what it is given under a key and says what was pressed.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.sentence import Sentence
from console.domain.text import Text, mark
from console.ui.controls.button import Button
from console.ui.controls.label import Label
from console.ui.controls.picture import Picture
from console.ui.i18n import Words
from console.ui.theme import theme

_OPEN = mark("window", "Open")
_TWO, _THREE = Text("", "{what} {do}"), Text("", "{what} {money} {do}")
_LOOKS = {
    "red": ("red_t", "red", "circle-alert", "red"),
    "amber": ("amber_t", "amber_e", "circle-question-mark", "amber"),
    "blue": ("surface", "line", "info", "ink"),
}
"""Fill, edge, icon and the title's ink by colour."""


class Strip(QWidget):
    """One strip: title, the three parts of a sentence, what can be done. `opened` wants to see it, `closed` is done."""

    opened = Signal()
    closed = Signal()

    def __init__(self, key: str, said: Sentence, colour: str, close: Words) -> None:
        super().__init__()
        self.key = key
        self.setObjectName(f"strip/{key}")
        self._fill, self._edge, icon, ink = _LOOKS[colour]
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(Label(said.title, "second_strong", ink, wrap=True))
        told = _TWO.with_(what=said.what, do=said.do)
        if said.money is not None:
            told = _THREE.with_(what=said.what, money=said.money.text, do=said.do)
        words.addWidget(Label(told, "second", "ink", wrap=True, select=True))
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 9, 12, 10)
        row.setSpacing(12)
        row.addWidget(Picture(icon, colour, 18), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        for name, label, pressed in (("open", _OPEN, self.opened), ("close", close, self.closed)):
            button = Button(label, size="small", name=f"strip/{name}")
            button.clicked.connect(pressed)
            row.addWidget(button)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.colour(self._fill))
            painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour(self._edge))


class Strips(QWidget):
    """The strips, one a key, the oldest on top."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._shown: dict[str, Strip] = {}
        self.hide()

    def keys(self) -> frozenset[str]:
        """Return the keys of what is shown."""
        return frozenset(self._shown)

    def add(self, strip: Strip) -> None:
        """Show one more, in place of an older one of its key."""
        old = self._shown.get(strip.key)
        place = self._column.count() if old is None else self._column.indexOf(old)
        self.drop(strip.key)
        self._shown[strip.key] = strip
        self._column.insertWidget(place, strip)
        self.show()

    def drop(self, key: str) -> None:
        """Take one away, if it is there."""
        strip = self._shown.pop(key, None)
        if strip is not None:
            self._column.removeWidget(strip)
            strip.hide()
            strip.deleteLater()
            self.setVisible(bool(self._shown))
