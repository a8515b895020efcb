"""Parts of a page that stay: its head, the action bar, the strip that replaces the side panel in a narrow window."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.text import mark
from console.ui.controls.label import Label
from console.ui.controls.picture import Picture
from console.ui.i18n import Words
from console.ui.theme import theme, tokens

_MORE = mark("controls", "Details")


class PageHead(QWidget):
    """Title, a sentence below it, and what stands at the right."""

    def __init__(self, title: Words, sentence: Words = "", *actions: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Label(title, "title")
        self.sentence = Label(sentence, "second", "ink2")
        if not sentence:
            self.sentence.hide()
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self.title)
        words.addWidget(self.sentence)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(8)
        self.row.addLayout(words)
        self.row.addStretch(1)
        for action in actions:
            self.row.addWidget(action)
        if actions:
            self.setMinimumHeight(tokens.BUTTON)


class ResultHead(QWidget):
    """The head of a result: a round icon in the colour of the state, title and sentence."""

    def __init__(
        self, icon: str, colour: str, title: Words, sentence: Words, *, border: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.picture = Picture(icon, colour, 28, outer=56, ground=f"{colour}_t", border=border, radius=28)
        self.title = Label(title, "result", wrap=True)
        self.sentence = Label(sentence, "lead", "ink2", wrap=True, select=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.sentence)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.picture)
        row.addLayout(words, 1)


class ActionBar(QWidget):
    """The bar of 64 px at the bottom of a page: `left` and `right` take the buttons, `note` a word about the draft."""

    def __init__(
        self, left: tuple[QWidget, ...] = (), right: tuple[QWidget, ...] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFixedHeight(tokens.ACTION_BAR)
        self._icon = Picture("check", "ink3", 14)
        self._icon.hide()
        self._note = Label(role="second", ink="ink3")
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(28, 1, 28, 0)
        self.row.setSpacing(12)
        for widget in left:
            self.row.addWidget(widget)
        self.row.addStretch(1)
        self.row.addWidget(self._icon)
        self.row.addWidget(self._note)
        for widget in right:
            self.row.addWidget(widget)

    def set_note(self, words: Words, *, done: bool = False) -> None:
        """Say something quiet at the right; `done` puts a check before it."""
        self._note.say(words)
        self._icon.setVisible(done and bool(words))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(0, 0, self.width(), 1, theme.colour("line"))
