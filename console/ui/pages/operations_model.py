"""The rows of the operations table: as many as there are, kept by pages, and asked for when they come into sight.

Knows which rows were seen and which changed since. It reads nothing: `page_wanted` asks, `take` brings.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from console.ui import i18n
from console.ui.controls.table import Fact
from console.ui.pages.operations_columns import COLUMNS, cell, look_of

if TYPE_CHECKING:
    from console.journal.rows import OperationRow

PAGE = 256
KEPT = 64
"""Pages of rows that are kept; the one looked at longest ago goes first."""

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class OperationsModel(QAbstractTableModel):
    """`page_wanted` (its number) comes once for each page that is looked at and not here."""

    page_wanted = Signal(object)

    def __init__(
        self, since: str, next_check: Callable[[str], float | None] = lambda _: None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._since, self._next_check = since, next_check
        self._total = 0
        self._pages: OrderedDict[int, Sequence[OperationRow]] = OrderedDict()
        self._asked: set[int] = set()
        self._seen: dict[str, str] = {}
        i18n.current().changed.connect(self._on_language)

    def begin(self, total: int, first: Sequence[OperationRow]) -> None:
        """Show other rows: `total` of them, of which the first page is here."""
        self.beginResetModel()
        self._replace(total, {0: first})
        self.endResetModel()

    def renew(self, total: int | None, pages: Mapping[int, Sequence[OperationRow]]) -> None:
        """Take the rows as they are now, page 0 among them; `total` is None where their number is not known yet.

        Rows that came on top move the others down; the end grows or shrinks by the rest.
        """
        added = self._added(pages[0])
        total = self._total + added if total is None else total
        if total < self._total:
            self._shrink(total, pages)
        else:
            self._insert(0, min(added, total - self._total), pages)
            self._insert(self._total, total - self._total, pages)
        self._replace(total, pages)
        self._tell()

    def set_total(self, total: int) -> None:
        """Note how many rows there are; those that are here stay."""
        if total > self._total:
            self._insert(self._total, total - self._total, self._pages)
        elif total < self._total:
            self._shrink(total, self._pages)

    def _shrink(self, total: int, pages: Mapping[int, Sequence[OperationRow]]) -> None:
        self.beginRemoveRows(_ROOT, total, self._total - 1)
        self._replace(total, pages)
        self.endRemoveRows()

    def take(self, number: int, rows: Sequence[OperationRow]) -> None:
        """Take a page that was asked for."""
        self._asked.discard(number)
        self._pages[number] = rows
        self._pages.move_to_end(number)
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)
        self._tell(number * PAGE, number * PAGE + len(rows) - 1)

    def give_up(self, number: int) -> None:
        """Note that a page did not come: it is asked for again when it is looked at again."""
        self._asked.discard(number)

    def row_at(self, place: int) -> OperationRow | None:
        """Return a row, or None where its page is not here yet; then it is asked for."""
        if not 0 <= place < self._total:
            return None
        number, offset = divmod(place, PAGE)
        page = self._pages.get(number)
        if page is not None:
            self._pages.move_to_end(number)
            return page[offset] if offset < len(page) else None
        if number not in self._asked:
            self._asked.add(number)
            self.page_wanted.emit(number)
        return None

    def place_of(self, order_id: str) -> int:
        """Return where a row stands, -1 where it is on no page that is here."""
        for number, page in self._pages.items():
            for offset, row in enumerate(page):
                if row.order_id == order_id:
                    return number * PAGE + offset
        return -1

    def see(self, order_id: str) -> None:
        """Note that a person looked at a row as it is now."""
        place = self.place_of(order_id)
        row = self.row_at(place)
        if row is not None and self._seen.get(order_id) != row.changed_at:
            self._seen[order_id] = row.changed_at
            self._tell(place, place)

    def is_changed(self, row: OperationRow) -> bool:
        """Whether a row changed since it was last seen, or since the window was opened."""
        return row.changed_at > self._since and self._seen.get(row.order_id) != row.changed_at

    def tick(self) -> None:
        """A second went by: what counts down says another number."""
        self._tell()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in _ROLES:
            return None
        row = self.row_at(index.row())
        if row is None:
            return None
        if role == Fact.LOOK:
            return look_of(row)
        if role == Fact.CHANGED:
            return self.is_changed(row)
        if role == Fact.VISITED:
            return row.order_id in self._seen and row.state.is_settled and not row.is_disputed
        key = COLUMNS[index.column()].key
        return cell(row, key, self._next_check(row.order_id) if key == "next" else None)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole or orientation is Qt.Orientation.Vertical:
            return None
        return i18n.tr(COLUMNS[section].title)

    def _added(self, first: Sequence[OperationRow]) -> int:
        """Return how many rows stand before the one that was first."""
        known = self._pages.get(0)
        if not known:
            return 0
        places = {row.order_id: place for place, row in enumerate(first)}
        return places.get(known[0].order_id, 0)

    def _insert(self, place: int, count: int, pages: Mapping[int, Sequence[OperationRow]]) -> None:
        if count > 0:
            self.beginInsertRows(_ROOT, place, place + count - 1)
            self._replace(self._total + count, pages)
            self.endInsertRows()

    def _replace(self, total: int, pages: Mapping[int, Sequence[OperationRow]]) -> None:
        self._total = total
        self._pages = OrderedDict(pages)
        self._asked.clear()

    def _tell(self, first: int = 0, last: int | None = None) -> None:
        end = self._total - 1 if last is None else min(last, self._total - 1)
        if end >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(end, len(COLUMNS) - 1))

    def _on_language(self) -> None:
        self._tell()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)


_ROLES = frozenset({int(Qt.ItemDataRole.DisplayRole), *(int(fact) for fact in Fact if fact is not Fact.TONE)})
