"""How much room the window has, by its width; pages and shell arrange themselves by it."""

from __future__ import annotations

from enum import IntEnum


class Room(IntEnum):
    """The four widths that differ."""

    NARROW = 0
    """960 to 1119: one column, side panels fold, counters lose their words."""
    MEDIUM = 1
    """1120 to 1359: the rail has icons above words."""
    FULL = 2
    """1360 to 1679: as drawn at 1440."""
    WIDE = 3
    """1680 and more: tables show all columns."""

    @property
    def rail_width(self) -> int:
        """The width of the rail."""
        return 212 if self >= Room.FULL else 92


def room_of(width: int) -> Room:
    """Return the room of a window `width` px wide."""
    if width >= 1680:
        return Room.WIDE
    if width >= 1360:
        return Room.FULL
    return Room.MEDIUM if width >= 1120 else Room.NARROW
