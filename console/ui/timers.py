"""Timers that fire once after a pause and begin anew when started again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def once(parent: QObject, pause: int, act: Callable[[], None]) -> QTimer:
    """Return a timer, not started, that calls `act` `pause` milliseconds after its last start."""
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(pause)
    timer.timeout.connect(act)
    return timer
