"""Amounts and states of a table are never cut: their columns widen for what is in sight, and names give way.

What then does not fit is scrolled to; a table without rows has nothing to scroll to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from console.ui.controls import paint
from console.ui.controls.badge import badge_width
from console.ui.controls.rows import FIRST_LEFT, LEFT, RIGHT, ROLES

if TYPE_CHECKING:
    from console.ui.controls.table import TableView

_WHOLE = frozenset({"money", "badge"})
LEAST = 90
"""What a column that yields keeps, in px."""


def show_whole(table: TableView) -> None:
    """Widen the columns of amounts and states until none in sight is cut. They do not get narrower again."""
    if table.model() is None:
        return
    header = table.horizontalHeader()
    last = table.rowAt(table.viewport().height() - 1)
    rows = range(max(0, table.rowAt(0)), (table.model().rowCount() - 1 if last < 0 else last) + 1)
    for number, column in enumerate(table.columns):
        if column.kind in _WHOLE and not column.stretch and not header.isSectionHidden(number):
            widest = max((_needs(table, row, number) for row in rows), default=0)
            missing = widest - header.sectionSize(number)
            if missing > 0:
                _take_room(table, missing)
                header.resizeSection(number, widest)


def scroll_sideways(table: TableView, *, has_rows: bool) -> None:
    """Offer the scroll bar for wide rows only where there are rows."""
    policy = Qt.ScrollBarPolicy
    table.setHorizontalScrollBarPolicy(policy.ScrollBarAsNeeded if has_rows else policy.ScrollBarAlwaysOff)


def _take_room(table: TableView, wanted: int) -> None:
    """Make the columns that yield narrower, so that what stood in sight stays there."""
    header = table.horizontalHeader()
    for number, column in enumerate(table.columns):
        if column.yields:
            spare = min(wanted, max(0, header.sectionSize(number) - LEAST))
            header.resizeSection(number, header.sectionSize(number) - spare)
            wanted -= spare


def _needs(table: TableView, row: int, number: int) -> int:
    """How wide the column has to be for this cell."""
    from console.ui.controls.table import Fact

    index = table.model().index(row, number)
    around = (FIRST_LEFT if number == 0 else LEFT) + RIGHT
    if table.columns[number].kind == "badge":
        shown = index.data(Fact.LOOK)
        return 0 if shown is None else badge_width(shown) + around
    return paint.width(str(index.data() or ""), ROLES["money"]) + around
