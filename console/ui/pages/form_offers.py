"""A list under an input that offers what was used before; the keyboard stays in the input."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QVBoxLayout, QWidget

from console.ui.controls import paint
from console.ui.controls.inputs import Input
from console.ui.controls.label import Label
from console.ui.i18n import Words
from console.ui.theme import tokens

_MOST = 6


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to put into the input: the text, and a word that tells it from others."""

    text: str
    detail: str = ""


class Offers(QObject):
    """Shows under `input_` what fits its text while it has the keyboard. Down and Up move, Enter takes, Esc closes.

    `taken(Offer)` comes after the text was put in.
    """

    taken = Signal(object)

    def __init__(self, input_: Input, caption: Words) -> None:
        super().__init__(input_)
        self._input, self._caption = input_, caption
        self._offers: list[Offer] = []
        self._list: _List | None = None
        input_.edit.installEventFilter(self)
        input_.edited.connect(self._open)
        input_.edit.entered.connect(self._open)
        input_.left.connect(self.close)

    def offer(self, offers: Sequence[Offer]) -> None:
        """Offer these from now on, the best first."""
        self._offers = list(offers)
        if self.is_open():
            self._open()

    def is_open(self) -> bool:
        """Tell whether the list is shown."""
        return self._list is not None and self._list.isVisible()

    def close(self) -> None:
        """Hide the list."""
        if self._list is not None:
            self._list.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._list is not None:
            return self._on_key(self._list, event.key())
        return super().eventFilter(watched, event)

    def _on_key(self, shown: _List, key: int) -> bool:
        if not shown.isVisible():
            if key == Qt.Key.Key_Down:
                self._open()
            return key == Qt.Key.Key_Down
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            shown.step(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and shown.marked is not None:
            self._take(shown.marked)
            return True
        if key == Qt.Key.Key_Escape:
            self.close()
            return True
        return False

    def _open(self) -> None:
        typed = self._input.text().strip().casefold()
        fitting = [each for each in self._offers if typed in each.text.casefold() and typed != each.text.casefold()]
        if not fitting or not self._input.edit.hasFocus():
            self.close()
            return
        if self._list is None or self._list.parentWidget() is not self._input.window():
            self._list = _List(self._input.window())
            self._list.picked.connect(self._take)
            self.destroyed.connect(self._list.deleteLater)
        self._list.fill(self._caption, fitting[:_MOST])
        self._list.place_under(self._input)

    def _take(self, offer: Offer) -> None:
        self.close()
        self._input.set_text(offer.text)
        self.taken.emit(offer)


class _List(QFrame):
    picked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("offers/list")
        self._rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(5, 6, 5, 6)
        self._column.setSpacing(0)
        self.hide()

    @property
    def marked(self) -> Offer | None:
        """The offer under the mark, or None."""
        return next((row.offer for row in self._rows if row.isChecked()), None)

    def fill(self, caption: Words, offers: Sequence[Offer]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        head = Label(caption, "caption", "ink3")
        head.setContentsMargins(10, 4, 10, 6)
        self._column.addWidget(head)
        self._rows = [_Row(offer) for offer in offers]
        for row in self._rows:
            row.clicked.connect(lambda _=False, offer=row.offer: self.picked.emit(offer))
            self._column.addWidget(row)

    def place_under(self, anchor: QWidget) -> None:
        parent = self.parentWidget()
        assert parent is not None
        top_left = anchor.mapTo(parent, QPoint(0, anchor.height() + 4))
        self.setGeometry(top_left.x(), top_left.y(), anchor.width(), len(self._rows) * _Row.HEIGHT + 40)
        self.raise_()
        self.show()

    def step(self, by: int) -> None:
        at = next((number for number, row in enumerate(self._rows) if row.isChecked()), -1 if by > 0 else 0)
        self._rows[(at + by) % len(self._rows)].setChecked(True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.box(painter, QRectF(self.rect()), "surface", "edge", tokens.RADIUS_CARD)
        painter.end()


class _Row(QAbstractButton):
    HEIGHT = 36

    def __init__(self, offer: Offer) -> None:
        super().__init__()
        self.offer = offer
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFixedHeight(self.HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(f"{offer.text} {offer.detail}".strip())
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if self.isChecked() or self.underMouse():
            paint.box(painter, rect, "soft" if self.isChecked() else "hover2", "", tokens.RADIUS_BADGE)
        inner = rect.adjusted(10, 0, -10, 0)
        wide = paint.width(self.offer.detail, "id_small") + 12 if self.offer.detail else 0
        paint.text(painter, inner.adjusted(0, 0, -wide, 0), self.offer.text, "body_medium", "ink")
        paint.text(painter, inner, self.offer.detail, "id_small", "ink2", paint.RIGHT, elide=False)
        painter.end()
