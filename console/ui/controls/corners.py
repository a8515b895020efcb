"""Round corners of windows without a frame: clear where the desktop composes windows, cut away where it does not.

A see-through window has black corners on a desktop without a compositor, and nothing tells an application which it is.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QBitmap, QPainter
from PySide6.QtWidgets import QWidget


def round_off(window: QWidget, radius: int) -> None:
    """Let nothing be seen outside the round box that `window` draws; call it before the window is shown."""
    window.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
    window.installEventFilter(_Cutter(window, radius))


class _Cutter(QObject):
    """Cuts the corners off a window whenever its size changes."""

    def __init__(self, window: QWidget, radius: int) -> None:
        super().__init__(window)
        self._window, self._radius = window, radius

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self._window:
            self._window.setMask(self._shape())
        return False

    def _shape(self) -> QBitmap:
        """Return every pixel that the box covers by half or more."""
        shape = QBitmap(self._window.size())
        shape.clear()
        with QPainter(shape) as painter:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(Qt.GlobalColor.color1)
            painter.drawRoundedRect(QRectF(shape.rect()), self._radius, self._radius)
        return shape
