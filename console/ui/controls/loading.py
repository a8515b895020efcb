"""The rows of a table before the first of them came: grey bars that stand still."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from console.ui.controls import paint
from console.ui.theme import theme, tokens

_BARS = (112, 118, 44, 104, 120, 88)
_GAP = 30


class LoadingRows(QWidget):
    """Stands where the rows will be."""

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            for top in range(0, self.height(), tokens.TABLE_ROW):
                left = 20
                for width in _BARS:
                    paint.box(painter, QRectF(left, top + 12, width, 12), "sunken", "", 4)
                    left += width + _GAP
                painter.fillRect(0, top + tokens.TABLE_ROW - 1, self.width(), 1, theme.colour("line"))
