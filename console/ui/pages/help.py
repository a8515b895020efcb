"""The help (F1): a list of pages at the left, the page at the right, in the language in use. Plain text, no network."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.text import mark
from console.ui import i18n
from console.ui.controls import paint
from console.ui.controls.button import Button, IconButton
from console.ui.controls.card import Scroll
from console.ui.controls.corners import round_off
from console.ui.controls.label import Label, Line
from console.ui.pages.help_text import Block, names, read, title
from console.ui.ring import FocusRing
from console.ui.theme import tokens

_HELP = mark("help", "Help")
_CLOSE = mark("help", "Close")
_LOOKS = {
    "title": ("title", "ink", 4),
    "heading": ("section", "ink", 12),
    "text": ("body", "ink", 0),
    "item": ("body", "ink", 0),
    "care": ("body_medium", "amber", 4),
}
"""Role, ink and space above of each kind of block."""
_SIZE = (980, 660)
_LIST = 300
PAGES = {
    "payout": "payout",
    "payment": "payment",
    "operations": "operations",
    "journal": "journal",
    "settings": "connect",
}
"""The page of the help for each page of the window; the others begin at the beginning."""


class HelpDialog(QDialog):
    """The help over the window; it closes by Esc. `shown(str)` names the page that came up."""

    shown = Signal(str)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        round_off(self, tokens.RADIUS_SHEET)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(i18n.tr(_HELP))
        room = parent.size()
        self.resize(min(_SIZE[0], room.width() - 40), min(_SIZE[1], room.height() - 40))
        self._name = name
        self._blocks: tuple[Block, ...] = ()
        self._buttons: dict[str, Button] = {}
        self._page = QWidget()
        self._text = QVBoxLayout(self._page)
        self._text.setContentsMargins(20, 0, 16, 8)
        self._text.setSpacing(8)
        self._right = Scroll(self._page)
        body = QHBoxLayout()
        body.setSpacing(8)
        body.addWidget(self._index())
        body.addWidget(Line(vertical=True))
        body.addWidget(self._right, 1)
        close = IconButton("x", _CLOSE, name="help/close")
        close.clicked.connect(self.reject)
        head = QHBoxLayout()
        head.addWidget(Label(_HELP, "heading"), 1)
        head.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(body, 1)
        self._ring = FocusRing(self)
        i18n.current().changed.connect(self.retranslate)
        self.retranslate()

    def _index(self) -> QWidget:
        """Make the list of pages."""
        index = QWidget()
        column = QVBoxLayout(index)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for name in names():
            button = Button("", "quiet", size="small", name=f"help/{name}")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, name=name: self.show_page(name))
            self._buttons[name] = button
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        result = Scroll(index)
        result.setFixedWidth(_LIST)
        return result

    def show_page(self, name: str) -> None:
        """Show a page from its beginning."""
        self._name = name
        for each, button in self._buttons.items():
            button.setChecked(each == name)
        while (item := self._text.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._blocks = read(name, i18n.current().code)
        for block in self._blocks:
            self._add(block)
        self._text.addStretch(1)
        self._right.verticalScrollBar().setValue(0)
        self.shown.emit(name)

    def text(self) -> str:
        """Return the page as it is read."""
        return "\n".join(block.words for block in self._blocks)

    def retranslate(self) -> None:
        """Read titles and page again, in the language in use."""
        for name, button in self._buttons.items():
            button.say(title(name, i18n.current().code))
        self.show_page(self._name)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint.box(painter, QRectF(self.rect()), "surface", "edge", tokens.RADIUS_SHEET)

    def _add(self, block: Block) -> None:
        role, ink, above = _LOOKS[block.kind]
        words = f"•  {block.words}" if block.kind == "item" else block.words
        if above:
            self._text.addSpacing(above)
        self._text.addWidget(Label(words, role, ink, wrap=True, select=True))
