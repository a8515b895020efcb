"""What stands on the sheet before the first page is built: the shape of a table with nothing in it."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from console.ui.controls import paint
from console.ui.theme import theme, tokens

_BARS = (96, 128, 40, 110, 120)


class Skeleton(QWidget):
    """A table's card with grey bars instead of words."""

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            card = QRectF(self.rect()).adjusted(24, 114, -24, -20)
            paint.box(painter, card, "surface", "line", tokens.RADIUS_CARD)
            painter.setClipPath(paint.rounded(card.adjusted(1, 1, -1, -1), tokens.RADIUS_CARD - 1))
            painter.fillRect(QRectF(card.left(), card.top(), card.width(), tokens.TABLE_HEADER), theme.colour("sunken"))
            foot = tokens.TABLE_FOOTER
            painter.fillRect(QRectF(card.left(), card.bottom() - foot, card.width(), foot), theme.colour("sunken"))
            top = card.top() + tokens.TABLE_HEADER
            while top + tokens.TABLE_ROW < card.bottom() - foot:
                self._row(painter, card.left() + 20, top)
                painter.fillRect(QRectF(card.left(), top + tokens.TABLE_ROW - 1, card.width(), 1), theme.colour("line"))
                top += tokens.TABLE_ROW

    def _row(self, painter: QPainter, left: float, top: float) -> None:
        for width in _BARS:
            paint.box(painter, QRectF(left, top + 12, width, 12), "sunken", "", 4)
            left += width + 40
