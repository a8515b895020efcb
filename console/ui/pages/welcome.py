"""The first page of a home without an account: what the console is, and the sandbox behind one button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.text import Text, mark
from console.ui.controls.button import Button
from console.ui.controls.card import Card
from console.ui.controls.label import Label
from console.ui.controls.picture import Picture

_TITLE = mark("welcome", "Payouts and payments through AliKassa")
_SENTENCE = mark(
    "welcome", "A desk for the finance staff: issue a payout, create a payment, follow it to its end, prove it later."
)
_SANDBOX = mark("welcome", "Practise in the sandbox")
_SANDBOX_IS = mark(
    "welcome",
    "Account, certificates and gateway are made inside the program. All eight methods work for real, no money moves.",
)
_OPEN = mark("welcome", "Open the sandbox")
_PROMISES: tuple[tuple[str, Text, Text], ...] = (
    ("shield-check", mark("welcome", "No payout leaves twice"), mark("welcome", "A record is made before it is sent.")),
    ("file-check", mark("welcome", "Everything can be proved"), mark("welcome", "Each request and answer is kept.")),
    ("database", mark("welcome", "Data stays here"), mark("welcome", "The journal lies on this computer only.")),
)
_WIDTH = 820


class WelcomePage(QWidget):
    """Fills the window; `sandbox_wanted` comes when a person wants to practise."""

    sandbox_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        block = QWidget()
        block.setFixedWidth(_WIDTH)
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Label(_TITLE, "display", wrap=True))
        column.addWidget(Label(_SENTENCE, "lead", "ink2", wrap=True))
        column.addSpacing(20)
        column.addWidget(self._card())
        column.addSpacing(20)
        column.addLayout(_promises())
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(block, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)

    def _card(self) -> Card:
        card = Card(padding=24, spacing=8)
        card.column.addWidget(Picture("flask-conical", "sand", 22, outer=46, ground="sand_t", radius=10))
        card.column.addSpacing(8)
        card.column.addWidget(Label(_SANDBOX, "lead_strong"))
        card.column.addWidget(Label(_SANDBOX_IS, "body", "ink2", wrap=True))
        card.column.addSpacing(16)
        self._open = Button(_OPEN, "primary", name="welcome/sandbox")
        self._open.clicked.connect(self.sandbox_wanted)
        card.column.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self._open)
        return card


def _promises() -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(24)
    for icon, title, sentence in _PROMISES:
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(Label(title, "second_medium"))
        column.addWidget(Label(sentence, "second", "ink2", wrap=True))
        column.addStretch(1)
        row.addWidget(Picture(icon, "ink2", 18), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
    return row
