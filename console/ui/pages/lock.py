"""The lock page: a card in the middle of an empty window. It shows nothing of accounts, orders or sums."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from console.domain.text import mark
from console.ui.controls import paint
from console.ui.controls.button import Button
from console.ui.controls.card import Card
from console.ui.controls.field import FieldFrame
from console.ui.controls.inputs import TextInput
from console.ui.controls.label import Label
from console.ui.controls.picture import Picture
from console.ui.i18n import Words
from console.ui.ring import FocusRing

_TITLE = mark("lock", "The console is locked")
_PIN_IS = mark("lock", "The private keys are out of memory. Orders that are open are still asked about.")
_CURTAIN = mark("lock", "This is only a curtain: no PIN is set, so anyone can lift it. Set one under Settings, Lock.")
_WAITS = mark("lock", "Just a moment…")
_PIN = mark("lock", "PIN")
_OPEN = mark("lock", "Unlock")
_WIDTH = 400


class LockPage(QWidget):
    """The page. `unlock_asked(str)` gives what was typed, empty where no PIN is asked for."""

    unlock_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lock")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._sentence = Label(_WAITS, "body", "ink2", wrap=True)
        self._sentence.setObjectName("lock/sentence")
        self.pin = FieldFrame("lock/pin", _PIN, TextInput())
        self.pin.input.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.input.edit.returnPressed.connect(self._on_asked)
        self.pin.input.edited.connect(lambda: self.pin.set_problem(None))
        self.pin.hide()
        self.button = Button(_OPEN, "primary", name="lock/unlock")
        self.button.clicked.connect(self._on_asked)
        self.button.setEnabled(False)
        card = Card(padding=28, spacing=14)
        card.setFixedWidth(_WIDTH)
        card.column.addWidget(
            Picture("lock", "link", 24, outer=48, ground="soft", radius=24), 0, Qt.AlignmentFlag.AlignLeft
        )
        for part in (Label(_TITLE, "heading", wrap=True), self._sentence, self.pin, self.button):
            card.column.addWidget(part)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._ring = FocusRing(self)

    def show_way(self, *, has_pin: bool) -> None:
        """Ask for the PIN, or say that there is none."""
        self._sentence.say(_PIN_IS if has_pin else _CURTAIN)
        self.pin.setVisible(has_pin)
        self.button.setEnabled(True)
        self._go_in()

    def refuse(self, words: Words) -> None:
        """Say why it stays locked."""
        self.button.setEnabled(True)
        self.pin.show()
        self.pin.set_problem(words)
        self.pin.input.set_text("")
        self.pin.input.edit.setFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._go_in()

    def _go_in(self) -> None:
        """Give the focus to what unlocks; a page that has it already is told of no focus again."""
        (self.pin.input.edit if self.pin.isVisibleTo(self) else self.button).setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint.box(painter, QRectF(self.rect()), "chrome", "", 0)

    def _on_asked(self) -> None:
        if self.button.isEnabled():
            self.button.setEnabled(False)
            self.unlock_asked.emit(self.pin.input.text())
            self.pin.input.set_text("")
