"""What a hand does with the mouse and `QTest` leaves half done."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

LEFT = Qt.MouseButton.LeftButton


def double_click(widget: QWidget, place: QPoint | None = None) -> None:
    """Click twice and let go: `QTest` keeps the button down after the second press, and the next pointer would drag."""
    where = place if place is not None else widget.rect().center()
    QTest.mouseDClick(widget, LEFT, pos=where)
    QTest.mouseRelease(widget, LEFT, pos=where)
