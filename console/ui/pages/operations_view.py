"""What stands on the operations page and where: head, chips, table with footer, and the card beside or over it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.text import mark
from console.ui import i18n
from console.ui.controls.bars import PageHead
from console.ui.controls.footer import TableFooter
from console.ui.controls.label import Label
from console.ui.controls.loading import LoadingRows
from console.ui.controls.search import SearchBox
from console.ui.controls.table import TableCard, TableView
from console.ui.pages.card import OperationCard
from console.ui.pages.operations_columns import COLUMNS, SORTED_BY, is_shown, widths
from console.ui.pages.operations_filter import FilterBar
from console.ui.pages.operations_model import PAGE, OperationsModel
from console.ui.shell.room import Room

_TITLE = mark("operations", "Operations")
_SEARCH = mark("operations", "Order, id, phone, account tail, amount")

CARD_WIDTH = {Room.WIDE: 332, Room.FULL: 332, Room.MEDIUM: 300, Room.NARROW: 332}


class OperationsView(QWidget):
    """The parts of the page. Nothing here asks a service."""

    def __init__(
        self,
        now: Callable[[], datetime],
        since: str,
        next_check: Callable[[str], float | None] = lambda _: None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.room = Room.FULL
        self.filters = FilterBar(now)
        self.search_box = SearchBox(_SEARCH, name="operations/search")
        self.understood = Label(role="caption", ink="ink2", elide="right")
        self.understood.setObjectName("operations/understood")
        self.table = TableView(COLUMNS, _TITLE, name="operations/table")
        self.model = OperationsModel(since, next_check, self)
        self.footer = TableFooter()
        self.card = OperationCard(self)
        self._build()

    def set_room(self, room: Room) -> None:
        """Arrange table and card for the width of the window."""
        self.room = room
        side, top = (24, 20) if room >= Room.FULL else (16, 16)
        self._outer.setContentsMargins(side, top, side, top)
        self.card.setFixedWidth(CARD_WIDTH[room])
        self._place_card()

    def show_card(self, *, shown: bool) -> None:
        """Show the card, or give the whole width to the table."""
        if shown != self.card.isVisibleTo(self):
            self.card.setVisible(shown)
            self._place_card()

    def show_columns(self, *, unclear: bool) -> None:
        """Show the columns of all operations, or of those that are unclear."""
        for number, column in enumerate(COLUMNS):
            self.table.setColumnHidden(number, not is_shown(column.key, unclear=unclear))
        self._widen()

    def has_card(self) -> bool:
        """Tell whether the card is shown."""
        return self.card.isVisibleTo(self)

    def visible_pages(self) -> tuple[int, ...]:
        """Return the pages of rows that are in sight."""
        top = self.table.rowAt(0)
        bottom = self.table.rowAt(self.table.viewport().height() - 1)
        if top < 0:
            return (0,)
        last = self.model.rowCount() - 1 if bottom < 0 else bottom
        return tuple(range(top // PAGE, last // PAGE + 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_card()

    def _build(self) -> None:
        self.table.setModel(self.model)
        self.table.set_sorting(SORTED_BY, True)
        self.table.horizontalHeader().setStretchLastSection(True)
        i18n.current().changed.connect(self._widen)
        self._widen()
        self.table_card = TableCard(self.table, self.footer)
        self.table_card.show_empty(LoadingRows())
        bar = QHBoxLayout()
        bar.setSpacing(12)
        bar.addWidget(self.filters)
        bar.addWidget(self.understood, 1)
        self._row = QHBoxLayout()
        self._row.setSpacing(14)
        self._row.addWidget(self.table_card, 1)
        self._row.addWidget(self.card)
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(12)
        self._outer.addWidget(PageHead(_TITLE, "", self.search_box))
        self._outer.addLayout(bar)
        self._outer.addSpacing(2)
        self._outer.addLayout(self._row, 1)
        self.card.hide()
        self.show_columns(unclear=False)
        self.set_room(self.room)

    def _widen(self) -> None:
        """Give the columns the widths of the language in use."""
        for number, width in enumerate(widths(i18n.current().code)):
            self.table.horizontalHeader().resizeSection(number, width)
        self.table.show_whole()

    def _place_card(self) -> None:
        """Let the card lie over the table in a narrow window, and stand beside it in others."""
        over = self.room is Room.NARROW
        if over and self._row.indexOf(self.card) >= 0:
            self._row.removeWidget(self.card)
        elif not over and self._row.indexOf(self.card) < 0:
            self._row.addWidget(self.card)
        if over:
            area = self.table_card.geometry()
            width = min(self.card.width(), area.width())
            self.card.setGeometry(area.right() + 1 - width, area.top(), width, area.height())
            self.card.raise_()
