"""What stands on the journal's page and where: head, check, table with footer, and the record beside or over it."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.text import mark
from console.journal.entry import Head
from console.ui import formats
from console.ui.controls.bars import PageHead
from console.ui.controls.button import Button, IconButton
from console.ui.controls.footer import TableFooter
from console.ui.controls.label import Label
from console.ui.controls.loading import LoadingRows
from console.ui.controls.search import SearchBox
from console.ui.controls.table import TableCard, TableView
from console.ui.pages.journal_check import CheckPanel
from console.ui.pages.journal_model import COLUMNS, SORTED_BY, JournalModel
from console.ui.pages.journal_record import RecordPanel
from console.ui.pages.journal_source import Seen
from console.ui.shell.room import Room

_TITLE = mark("journal", "Journal")
_SEARCH = mark("journal", "Order id, record, address")
_CHECK = mark("journal", "Check the journal")
_COUNT = mark("journal", "{n} record, since {first}", "{n} records, since {first}")
_FOUND = mark("journal", "Found {n} of {all}")
_FOUND_MORE = mark("journal", "Found {n} and more of {all}")
_HEAD = mark("journal", "Head of the chain")
_COPY_HEAD = mark("journal", "Copy the head of the chain")

PANEL_WIDTH = {Room.WIDE: 420, Room.FULL: 326, Room.MEDIUM: 300, Room.NARROW: 326}


class JournalView(QWidget):
    """The parts of the page. Nothing here asks a service."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.room = Room.FULL
        self.search_box = SearchBox(_SEARCH, name="journal/search", width=300)
        self.verify = Button(_CHECK, "primary", icon="shield-check", name="journal/verify")
        self.report = CheckPanel()
        self.table = TableView(COLUMNS, _TITLE, name="journal/table")
        self.model = JournalModel(self)
        self.footer = TableFooter()
        self.panel = RecordPanel(self)
        self.head: Head | None = None
        self._digest = Label(role="id_small", ink="ink2")
        self._digest.setObjectName("journal/head")
        self.copy_head = IconButton("copy", _COPY_HEAD, side=24, name="journal/head/copy")
        self._build()

    def set_room(self, room: Room) -> None:
        """Arrange table and panel for the width of the window."""
        self.room = room
        side, top = (24, 20) if room >= Room.FULL else (16, 16)
        self._outer.setContentsMargins(side, top, side, top)
        self.panel.setFixedWidth(PANEL_WIDTH[room])
        self._place()

    def show_panel(self, *, shown: bool) -> None:
        """Show the record's panel, or give the whole width to the table."""
        if shown != self.panel.isVisibleTo(self):
            self.panel.setVisible(shown)
            self._place()

    def has_panel(self) -> bool:
        """Tell whether a record is shown."""
        return self.panel.isVisibleTo(self)

    def show_seen(self, seen: Seen) -> None:
        """Say in the footer how many records there are and what the head of the chain is."""
        self.head = seen.head
        count = 0 if seen.head is None else seen.head.seq
        number = formats.number(count)
        if seen.found is None:
            first = "—" if seen.first is None else formats.date(seen.first)
            self.footer.set_count(_COUNT.of(count).with_(n=number, first=first))
        else:
            words = _FOUND_MORE if self.model.has_more() else _FOUND
            self.footer.set_count(words.with_(n=formats.number(len(seen.found)), all=number), filtered=True)
        digest = "" if seen.head is None else seen.head.digest
        self._digest.say(f"{digest[:4]}…{digest[-4:]}" if digest else "—")
        self._digest.setToolTip(digest)
        self.copy_head.setEnabled(bool(digest))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _build(self) -> None:
        self.table.setModel(self.model)
        self.table.set_sorting(SORTED_BY, True)
        self.footer.row.addWidget(Label(_HEAD, "second", "ink2"))
        self.footer.row.addSpacing(6)
        self.footer.row.addWidget(self._digest)
        self.footer.row.addWidget(self.copy_head)
        self.table_card = TableCard(self.table, self.footer)
        self.table_card.show_empty(LoadingRows())
        self._row = QHBoxLayout()
        self._row.setSpacing(14)
        self._row.addWidget(self.table_card, 1)
        self._row.addWidget(self.panel)
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(14)
        self._outer.addWidget(PageHead(_TITLE, "", self.search_box, self.verify))
        self._outer.addWidget(self.report)
        self._outer.addLayout(self._row, 1)
        self.panel.hide()
        self.set_room(self.room)

    def _place(self) -> None:
        """Let the panel lie over the table in a narrow window, and stand beside it in others."""
        over = self.room is Room.NARROW
        if over and self._row.indexOf(self.panel) >= 0:
            self._row.removeWidget(self.panel)
        elif not over and self._row.indexOf(self.panel) < 0:
            self._row.addWidget(self.panel)
        if over:
            area = self.table_card.geometry()
            width = min(self.panel.width(), area.width())
            self.panel.setGeometry(area.right() + 1 - width, area.top(), width, area.height())
            self.panel.raise_()
