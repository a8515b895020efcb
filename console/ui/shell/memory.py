"""The size of the window: the smallest, the first, and what keeps it between starts."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QSize
from PySide6.QtGui import QScreen

MINIMUM = QSize(960, 540)
FIRST = QSize(1440, 900)


class Memory(Protocol):
    """Keeps the size of the window between starts."""

    def read(self) -> tuple[int, int] | None:
        """Return width and height, or None at the first start."""

    def write(self, width: int, height: int) -> None:
        """Keep width and height."""


def first_size(screen: QScreen, memory: Memory | None) -> QSize:
    """Return the size to begin with: what was kept, else the first, as far as the screen has room."""
    kept = memory.read() if memory is not None else None
    room = screen.availableSize() - QSize(64, 64)
    return (QSize(*kept) if kept else FIRST).boundedTo(room).expandedTo(MINIMUM)
