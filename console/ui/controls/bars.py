"""Parts of a page that stay: its head, the action bar, the strip that replaces the side panel in a narrow window."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.text import mark
from console.ui.controls.button import Button
from console.ui.controls.card import Scroll
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
        self.setMinimumHeight(36)


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


class SideStrip(QFrame):
    """The side panel folded into 44 px above the action bar: what is left and the first warning; `opened` asks for more."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(44)
        self._caption = Label(role="second", ink="ink2")
        self._figure = Label(role="lead_money")
        self._icon = Picture("info", "blue", 18)
        self._warning = Label(role="second_medium", elide="right")
        self.more = Button(_MORE, "quiet", size="row", icon="chevron-up", name="side/more")
        self.more.clicked.connect(self.opened)
        row = QHBoxLayout(self)
        row.setContentsMargins(28, 1, 14, 0)
        row.setSpacing(8)
        row.addWidget(self._caption)
        row.addWidget(self._figure)
        row.addSpacing(16)
        row.addWidget(self._icon)
        row.addWidget(self._warning, 1)
        row.addWidget(self.more)
        self.set_warning("", "hint")

    def set_figure(self, caption: Words, figure: Words) -> None:
        """Say what is left."""
        self._caption.say(caption)
        self._figure.say(figure)

    def set_warning(self, words: Words, weight: str) -> None:
        """Say the first warning; an empty text shows none."""
        self._icon.setVisible(bool(words))
        self._icon.show_icon(*(("info", "blue") if weight == "hint" else ("triangle-alert", "amber")))
        self._warning.say(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.colour("surface"))
            painter.fillRect(0, 0, self.width(), 1, theme.colour("line"))


class SidePanel(QWidget):
    """The column of cards beside a form, 360 px wide; `cards` is its layout."""

    def __init__(self, *cards: QWidget, width: int = tokens.SIDE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(width)
        self.cards = QVBoxLayout(self)
        self.cards.setContentsMargins(0, 0, 0, 0)
        self.cards.setSpacing(12)
        for card in cards:
            self.cards.addWidget(card)
        self.cards.addStretch(1)

    def show_cards(self, *cards: QWidget) -> None:
        """Show these cards and no others."""
        while (item := self.cards.takeAt(0)) is not None:
            if (widget := item.widget()) is not None and widget not in cards:
                widget.hide()
                widget.deleteLater()
        for card in cards:
            self.cards.addWidget(card)
            card.show()
        self.cards.addStretch(1)


class FormLayout(QWidget):
    """A form page: head, form and side panel that scroll together, strip and action bar that stay.

    `set_narrow(True)` (a window below 1120) folds the side panel into the strip; *Details* opens it over the form.
    """

    def __init__(
        self,
        form: QWidget,
        side: SidePanel,
        bar: ActionBar,
        head: QWidget,
        *,
        strip: SideStrip | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.side, self.strip = side, strip or SideStrip()
        form.setMaximumWidth(tokens.FORM)
        self._inner = QWidget()
        self._row = QHBoxLayout()
        self._row.setSpacing(tokens.FORM_GAP)
        self._row.addWidget(form, tokens.FORM)
        self._row.addWidget(side, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addStretch(1)
        inner = QVBoxLayout(self._inner)
        inner.setContentsMargins(28, 22, 28, 22)
        inner.setSpacing(16)
        inner.addWidget(head)
        inner.addLayout(self._row)
        inner.addStretch(1)
        self.area = Scroll(self._inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.area, 1)
        column.addWidget(self.strip)
        column.addWidget(bar)
        self.strip.hide()
        self._narrow = False
        self.strip.opened.connect(self._on_opened)

    def set_narrow(self, narrow: bool) -> None:
        """Fold or unfold the side panel."""
        self._narrow = narrow
        self.strip.setVisible(narrow)
        self.side.setVisible(not narrow)

    def _on_opened(self) -> None:
        self.side.setVisible(not self.side.isVisible())
        if self.side.isVisible():
            self.area.ensureWidgetVisible(self.side)
