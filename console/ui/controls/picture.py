"""An icon as a widget: alone, or in a round or square ground."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from console.ui import icons
from console.ui.controls import paint


class Picture(QWidget):
    """An icon of `size` px; with `ground` (a token) it stands in a box of `outer` px with `radius`, `border` around."""

    def __init__(
        self,
        name: str,
        token: str = "ink2",
        size: int = 16,
        *,
        outer: int = 0,
        ground: str = "",
        border: str = "",
        radius: float = 0.0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._token, self._size = name, token, size
        self._ground, self._border, self._radius = ground, border, radius
        side = max(outer, size)
        self.setFixedSize(side, side)

    def show_icon(self, name: str, token: str, ground: str = "", border: str = "") -> None:
        """Show another icon."""
        self._name, self._token, self._ground, self._border = name, token, ground, border
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            if self._ground or self._border:
                paint.box(painter, QRectF(self.rect()), self._ground, self._border, self._radius)
            inset = (self.width() - self._size) / 2
            icons.draw(painter, self._name, QRectF(inset, inset, self._size, self._size), self._token)
