"""The sheet: the frame that marks the environment, the sandbox's strip, and the page inside."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from console.ui.controls import paint
from console.ui.shell.strip import SandboxStrip
from console.ui.shell.strips import Strips
from console.ui.theme import tokens

_FRAMES = {"live": 3, "sandbox": 6, "other": 3, "": 1}
"""Width of the frame by environment, in px."""


class Sheet(QFrame):
    """The frame, the strip and a stack of pages; `stack` holds the pages, `strips` what stands over each of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._environment = "sandbox"
        self.ring_radius = 0
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.strip, self.strips = SandboxStrip(), Strips()
        self.stack = QStackedWidget()
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addWidget(self.strip)
        self._column.addWidget(self.strips)
        self._column.addWidget(self.stack, 1)
        self._bar: QWidget | None = None
        self._offline: QWidget | None = None
        self.set_environment("sandbox")

    def set_environment(self, environment: str) -> None:
        """Frame the sheet for `live`, `sandbox`, `other`, or nothing (the welcome page)."""
        self._environment = environment
        edge = _FRAMES[environment]
        self._column.setContentsMargins(edge, edge, edge, edge)
        self.strip.setVisible(environment == "sandbox")
        self.update()

    def set_bar(self, bar: QWidget | None) -> None:
        """Show a bar over the page, whichever it is, in place of another; None shows none."""
        if self._bar is not None:
            self._column.removeWidget(self._bar)
            self._bar.hide()
            self._bar.deleteLater()
        self._bar = bar
        if bar is not None:
            self._column.insertWidget(1, bar)

    def set_offline(self, bar: QWidget | None) -> None:
        """Show that a gateway is out of reach, over the page and under any other bar; None takes it back."""
        if self._offline is not None:
            self._column.removeWidget(self._offline)
            self._offline.hide()
            self._offline.deleteLater()
        self._offline = bar
        if bar is not None:
            self._column.insertWidget(self._column.indexOf(self.stack), bar)

    def environment(self) -> str:
        """Return the environment that is marked."""
        return self._environment

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.strip.place_panel()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            rect = QRectF(self.rect())
            radius = tokens.RADIUS_SHEET
            if self._environment == "sandbox":
                self._paint_hatch(painter, rect, radius)
            elif self._environment:
                paint.box(painter, rect, "canvas", {"live": "live_e", "other": "violet"}[self._environment], radius, 3)
            else:
                paint.box(painter, rect, "canvas", "line", radius)

    def _paint_hatch(self, painter: QPainter, rect: QRectF, radius: int) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(paint.rounded(rect, radius), paint.hatch(self.devicePixelRatioF()))
        paint.box(painter, rect, "", "sand_e", radius)
        inside = rect.adjusted(6, 6, -6, -6)
        paint.box(painter, inside, "canvas", "", radius - 6)
        if self.strip.isVisible():
            painter.save()
            painter.setClipRect(QRectF(inside.left(), inside.top(), inside.width(), self.strip.height()))
            paint.box(painter, inside, "sand_t", "", radius - 6)
            painter.restore()
