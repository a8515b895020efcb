"""Buttons one after the other, in as many rows as the width of a card needs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

GAP = 6


class ButtonRows(QWidget):
    """Widgets in rows from the left; as high as the rows are."""

    def __init__(self, widgets: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widgets = tuple(widgets)
        for widget in self._widgets:
            widget.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._arrange()

    def sizeHint(self) -> QSize:
        return QSize(max((widget.sizeHint().width() for widget in self._widgets), default=0), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()  # a button says other words
        return super().event(event)

    def _arrange(self) -> None:
        left, top, height = 0, 0, 0
        for widget in self._widgets:
            size = widget.sizeHint()
            if left and left + size.width() > self.width():
                left, top, height = 0, top + height + GAP, 0
            widget.setGeometry(left, top, min(size.width(), max(self.width(), 1)), size.height())
            left += size.width() + GAP
            height = max(height, size.height())
        if self.minimumHeight() != top + height:
            self.setMinimumHeight(top + height)
