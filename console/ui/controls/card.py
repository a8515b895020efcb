"""Boxes on the sheet: a card, its caption, a foldable part, columns and rows without margins, and emptying them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from console.ui.controls import paint
from console.ui.controls.button import Button
from console.ui.controls.label import Label
from console.ui.i18n import Words
from console.ui.theme import tokens


class Card(QFrame):
    """A box with a border; `column` takes what stands in it. `fill` and `border` are tokens."""

    def __init__(
        self,
        caption: Words = "",
        *,
        fill: str = "surface",
        border: str = "line",
        padding: int = 16,
        spacing: int = 8,
        radius: int = tokens.RADIUS_CARD,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._fill, self._border, self._radius = fill, border, radius
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(padding, padding, padding, padding)
        self.column.setSpacing(spacing)
        if caption:
            self.column.addWidget(Label(caption, "second_strong", "ink2"))

    def set_look(self, fill: str, border: str) -> None:
        """Change ground and border, as the facts in the card change."""
        self._fill, self._border = fill, border
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint.box(painter, QRectF(self.rect()), self._fill, self._border, self._radius)


class Fold(QWidget):
    """A part that opens by a click on its words; `toggled(bool)` tells.

    `inner` is what it hides; `flush` words begin at the left edge, as in a card.
    """

    toggled = Signal(bool)

    def __init__(
        self, words: Words, inner: QWidget, *, name: str = "", flush: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.inner = inner
        self.button = FoldButton(words, name=name, flush=flush)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(inner)
        inner.hide()
        self.button.clicked.connect(self._on_clicked)

    def set_open(self, is_open: bool) -> None:
        """Show or hide the inner part."""
        if is_open == self.inner.isVisibleTo(self):
            return
        self.inner.setVisible(is_open)
        self.button.turn(is_open)
        self.toggled.emit(is_open)

    def is_open(self) -> bool:
        """Tell whether the inner part is shown."""
        return self.inner.isVisibleTo(self)

    def _on_clicked(self) -> None:
        self.set_open(not self.is_open())


class FoldButton(Button):
    """The quiet button of a fold, with an arrow that turns; `flush` begins at the left edge, as in a card."""

    def __init__(self, words: Words, *, name: str = "", flush: bool = False, parent: QWidget | None = None) -> None:
        self._flush = flush
        super().__init__(words, "quiet", size="small", icon="chevron-right", name=name, parent=parent)

    def turn(self, down: bool) -> None:
        """Point down when open, to the right when folded."""
        self.show_icon("chevron-down" if down else "chevron-right")

    def _inset(self) -> int:
        return 2 if self._flush else 8


class Scroll(QScrollArea):
    """A page's scrolled part: no frame, no ground of its own, never sideways."""

    def __init__(self, inner: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.setWidget(inner)
        inner.setAutoFillBackground(False)  # setWidget switches it on


def column(
    *parts: QWidget | QLayout | int, spacing: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QWidget:
    """Return a widget with `parts` one under the other; a number is a stretch."""
    return _box(QVBoxLayout(), parts, spacing, margins)


def row(
    *parts: QWidget | QLayout | int, spacing: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QWidget:
    """Return a widget with `parts` side by side; a number is a stretch."""
    result = _box(QHBoxLayout(), parts, spacing, margins)
    result.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    return result


def clear(layout: QLayout, *kept: QWidget) -> None:
    """Take everything out of a layout; widgets but the `kept` ones go at once from sight and then for good."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None and widget not in kept:
            widget.hide()
            widget.deleteLater()


def _box(
    layout: QHBoxLayout | QVBoxLayout,
    parts: tuple[QWidget | QLayout | int, ...],
    spacing: int,
    margins: tuple[int, int, int, int],
) -> QWidget:
    result = QWidget()
    result.setLayout(layout)
    layout.setContentsMargins(*margins)
    layout.setSpacing(spacing)
    for part in parts:
        if isinstance(part, int):
            layout.addStretch(part)
        elif isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)
    return result
