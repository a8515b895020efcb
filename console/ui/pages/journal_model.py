"""The rows of the journal's table. Records are numbered without gaps, so any page can be asked for by its number alone.

What a search found has no numbers to count by: it grows by pages while there are more. Nothing here reads the journal.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from console.domain.text import mark
from console.ui import formats, i18n
from console.ui.controls.table import Column, Fact

if TYPE_CHECKING:
    from console.services.record_rows import RecordRow

PAGE = 256
KEPT = 64

COLUMNS = (
    Column("seq", mark("journal", "No."), 64, "id", sortable=False),
    Column("time", mark("journal", "Time (MSK)"), 196, "time", sortable=False),
    Column("event", mark("journal", "Event"), 240, "strong", stretch=True, sortable=False),
    Column("address", mark("journal", "Address"), 152, "id", sortable=False),
    Column("http", mark("journal", "HTTP"), 56, "time", sortable=False),
    Column("duration", mark("journal", "Answered in"), 92, "number", sortable=False),
)
SORTED_BY = "time"
_TONED = frozenset({"event", "http"})

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class JournalModel(QAbstractTableModel):
    """`page_wanted` comes with the number of the first record that is not here, `more_wanted` for more of a search."""

    page_wanted = Signal(object)
    more_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._last = 0
        self._pages: OrderedDict[int, dict[int, RecordRow]] = OrderedDict()
        self._asked: set[int] = set()
        self._found: list[RecordRow] | None = None
        self._has_more = False
        i18n.current().changed.connect(self._on_language)

    def show_all(self, last: int) -> None:
        """Show every record up to number `last`; those that were added stand on top."""
        if self._found is not None or last < self._last:
            self.beginResetModel()
            self._found = None
            self._last = last
            self._forget()
            self.endResetModel()
        elif last > self._last:
            self.beginInsertRows(_ROOT, 0, last - self._last - 1)
            self._last = last
            self.endInsertRows()

    def show_found(self, rows: Sequence[RecordRow]) -> None:
        """Show what a search found first."""
        self.beginResetModel()
        self._found = list(rows)
        self._has_more = len(rows) >= PAGE
        self.endResetModel()

    def add_found(self, rows: Sequence[RecordRow]) -> None:
        """Show more of what a search found."""
        if self._found is None:
            return
        self._has_more = len(rows) >= PAGE
        if rows:
            count = len(self._found)
            self.beginInsertRows(_ROOT, count, count + len(rows) - 1)
            self._found += rows
            self.endInsertRows()

    def take(self, first: int, rows: Sequence[RecordRow]) -> None:
        """Take the page whose newest record may be number `first`."""
        self._asked.discard(first)
        self._pages[first] = {row.seq: row for row in rows}
        self._pages.move_to_end(first)
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)
        if self._found is None and self._last:
            top = max(0, self._last - first)
            self.dataChanged.emit(self.index(top, 0), self.index(min(top + PAGE, self._last) - 1, len(COLUMNS) - 1))

    def has_more(self) -> bool:
        """Tell whether a search may find more than is shown."""
        return self._found is not None and self._has_more

    def last_found(self) -> int | None:
        """Return the number of the last record that a search has found so far."""
        return self._found[-1].seq if self._found else None

    def row_at(self, place: int) -> RecordRow | None:
        """Return a row, or None where its page is not here yet; then it is asked for."""
        if not 0 <= place < self.rowCount():
            return None
        if self._found is not None:
            return self._found[place]
        seq = self._last - place
        first = -(-seq // PAGE) * PAGE
        page = self._pages.get(first)
        if page is None or seq > max(page, default=seq):
            self._ask(first)
            return None
        self._pages.move_to_end(first)
        return page.get(seq)  # a record that is missing leaves its place empty

    def place_of(self, seq: int) -> int:
        """Return where a record stands, -1 where it is not shown."""
        if self._found is None:
            return self._last - seq if 0 < seq <= self._last else -1
        return next((place for place, row in enumerate(self._found) if row.seq == seq), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        if parent.isValid():
            return 0
        return self._last if self._found is None else len(self._found)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def canFetchMore(self, parent: Index) -> bool:
        return self._found is not None and self._has_more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        del parent
        self._has_more = False
        self.more_wanted.emit()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in {Qt.ItemDataRole.DisplayRole, Fact.TONE}:
            return None
        row = self.row_at(index.row())
        if row is None:
            return None
        key = COLUMNS[index.column()].key
        if role == Fact.TONE:
            return row.tone if key in _TONED else "ink2" if key in {"seq", "address"} else None
        return cell(row, key)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole or orientation is Qt.Orientation.Vertical:
            return None
        return i18n.tr(COLUMNS[section].title)

    def _ask(self, first: int) -> None:
        if first not in self._asked:
            self._asked.add(first)
            self.page_wanted.emit(first)

    def _forget(self) -> None:
        self._pages.clear()
        self._asked.clear()

    def _on_language(self) -> None:
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(COLUMNS) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)


def cell(row: RecordRow, key: str) -> str:
    """Return what a record says in the column called `key`."""
    if key == "seq":
        return str(row.seq)
    if key == "time":
        return f"{formats.date(row.at)} {formats.time(row.at, milliseconds=True)}"
    if key == "event":
        return i18n.tr(row.title)
    if key == "address":
        return row.endpoint
    if key == "http":
        return "" if row.status is None else str(row.status)
    return "" if row.duration is None else formats.milliseconds(row.duration)
