"""The key map (`?`): every key of the window and of its tables, by what it does."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from console.domain.text import Text, mark
from console.ui.controls.dialog import Dialog
from console.ui.controls.label import Label

_TITLE = mark("help", "Keys")
_TEXT = mark("help", "They work in the Russian and in the English layout alike.")
_DONE = mark("help", "Close")
KEYS: tuple[tuple[str, Text], ...] = (
    ("Ctrl+1…9", mark("help", "Go to a page")),
    ("Ctrl+N", mark("help", "New payout")),
    ("Ctrl+Shift+N", mark("help", "New payment")),
    ("Ctrl+Enter", mark("help", "Send, on the review")),
    ("Ctrl+K", mark("help", "Search everything")),
    ("Ctrl+F", mark("help", "Search on this page")),
    ("F5", mark("help", "Refresh")),
    ("Ctrl+E", mark("help", "Export operations")),
    ("Ctrl+Shift+H", mark("help", "Hide or show amounts")),
    ("Ctrl+L", mark("help", "Lock")),
    ("S · D · C", mark("help", "In the table: check now, duplicate, copy the id")),
    ("↑ ↓ Enter Esc", mark("help", "Go through a table, open a card, close it")),
    ("F1", mark("help", "Help")),
    ("?", mark("help", "This list")),
)


class KeysDialog(Dialog):
    """Shows the keys."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_TITLE, _TEXT, (("done", _DONE),), parent)
        self.setFixedWidth(520)
        grid = QWidget()
        cells = QGridLayout(grid)
        cells.setContentsMargins(0, 8, 0, 0)
        cells.setHorizontalSpacing(20)
        cells.setVerticalSpacing(7)
        cells.setColumnStretch(1, 1)
        for number, (key, words) in enumerate(KEYS):
            cells.addWidget(Label(key, "id_small", "ink"), number, 0)
            cells.addWidget(Label(words, "second", "ink2", wrap=True), number, 1)
        self.column.addWidget(grid)
