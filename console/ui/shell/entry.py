"""What the window knows of a page before it is built: its name, its place, its icon and words, and how to make it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from console.ui.i18n import Words

NUMBERS = {
    "overview": 1,
    "payout": 2,
    "payment": 3,
    "operations": 4,
    "batches": 5,
    "recipients": 6,
    "reconciliation": 7,
    "journal": 8,
    "settings": 9,
}
"""The number of a screen for `Ctrl+n`; it keeps it when others are hidden."""
DEEDS = {"payout": ("Ctrl+N",), "payment": ("Ctrl+Shift+N",)}
"""Further keys of a screen, named after what is done there."""
FOOT = "settings"
"""The entry that stands at the foot of the rail."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A page: `name` as in `nav/<name>`, icon, title, a short word for the narrow rail, and its factory."""

    name: str
    icon: str
    title: Words
    short: Words
    factory: Callable[[], QWidget]

    @property
    def number(self) -> int:
        """Its place in the rail and its key."""
        return NUMBERS[self.name]

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key that leads to it."""
        return (f"Ctrl+{self.number}", *self.deeds)

    @property
    def deeds(self) -> tuple[str, ...]:
        """The keys that begin something new there."""
        return DEEDS.get(self.name, ())
