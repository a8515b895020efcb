"""Facts: a column of labels and a column of values, as in the review and the card of an operation."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from console.domain.text import mark
from console.ui.controls.button import IconButton
from console.ui.controls.card import clear, column
from console.ui.controls.label import Label
from console.ui.i18n import Words

_COPY = mark("controls", "Copy: {what}")
_ROW, _PAD = 24, 4
"""Pixels: the height of a row with a small button, and what then stands over and under a text of 16 px."""


class FactList(QWidget):
    """Rows of label and value; `label_width` is 160 in the review, 104 in a card, 140 in results.

    `even` makes a row of text as high as one with a small button, where both kinds stand among each other.
    """

    def __init__(
        self,
        *,
        label_width: int = 104,
        spacing: int = 10,
        role: str = "second",
        even: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role, self._even = role, even
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(spacing)
        self._grid.setColumnMinimumWidth(0, label_width)
        self._grid.setColumnStretch(1, 1)

    def clear(self) -> None:
        """Take all rows away."""
        clear(self._grid)

    def add(
        self,
        label: Words,
        value: Words | QWidget,
        *,
        role: str = "",
        ink: str = "ink",
        note: Words = "",
        name: str = "",
    ) -> QWidget:
        """Add a row and return the widget of its value; a text gets `role`, `ink` and the object name `name`."""
        shown = value if isinstance(value, QWidget) else self._value(value, role or self._role, ink)
        if name:
            shown.setObjectName(name)
        row = self._grid.rowCount()
        self._grid.setRowMinimumHeight(row, _ROW if self._even else 0)
        caption = Label(label, "second", "ink3", wrap=True)
        self._grid.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignVCenter)
        if note:
            self._grid.addWidget(_beside(shown, Label(note, "second", "ink3")), row, 1)
        elif self._even and isinstance(shown, Label):
            self._grid.addWidget(column(shown, margins=(0, _PAD, 0, _PAD)), row, 1)
        else:
            self._grid.addWidget(shown, row, 1)
        return shown

    def add_id(self, label: Words, value: str, *, role: str = "id_small", name: str = "") -> IconButton:
        """Add an id with a button that copies; the caller connects its `clicked`."""
        shown = Label(value, role, "ink", select=True)
        shown.setObjectName(name)
        copy = IconButton("copy", _COPY.with_(what=label), side=24)
        row = self._grid.rowCount()
        self._grid.addWidget(Label(label, "second", "ink3", wrap=True), row, 0, Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(_beside(shown, copy), row, 1)
        return copy

    def _value(self, words: Words, role: str, ink: str) -> Label:
        return Label(words, role, ink, wrap=True, select=True)


def _beside(first: QWidget, second: QWidget) -> QWidget:
    result = QWidget()
    row = QHBoxLayout(result)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(9)
    if isinstance(first, Label):
        first.setWordWrap(False)
    row.addWidget(first)
    row.addWidget(second)
    row.addStretch(1)
    return result
