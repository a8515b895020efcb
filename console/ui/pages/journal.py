"""The journal's page: what a choice, a search, the check or a change elsewhere makes of the table and the record.

Where things stand is told by the view; the records, the check and the panel in modules of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from console.domain.sentences import told
from console.domain.text import mark
from console.domain.trouble import Trouble
from console.ui import clipboard, i18n
from console.ui.controls.button import Button
from console.ui.controls.empty import EmptyState
from console.ui.pages.card_dialogs import in_one, trouble_dialog
from console.ui.pages.journal_check import Check
from console.ui.pages.journal_source import JournalSource, Seen
from console.ui.pages.journal_view import JournalView
from console.ui.shell.room import Room
from console.ui.timers import once

if TYPE_CHECKING:
    from console.domain.moment import Moment
    from console.services.records import Record
    from console.services.services import Services
    from console.services.verify import Report
    from console.ui.jobs import Jobs

T = TypeVar("T")

_NOT_FOUND = mark("journal", "No record was found")
_NOT_FOUND_MORE = mark(
    "journal", "The search looks at order ids, numbers of records, addresses and what stands in clear."
)
_CLEAR = mark("journal", "Clear the search")
_AGAIN = mark("journal", "Again")
_HEAD_COPIED = mark("journal", "Head of the chain copied; the clipboard is cleared in 2 minutes")

TYPING, RESTING, SHOWN_FOR = 200, 60, 10_000
"""Milliseconds: before a search begins, before a record is looked up, and for which one is shown whole."""


class JournalPage(JournalView):
    """The page. `opened(str)` wants an operation shown, `noticed(Words)` is a word for the toast."""

    opened = Signal(str)
    noticed = Signal(object)

    def __init__(self, services: Services, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._jobs = services, jobs
        self._chosen = 0
        self._seen: Seen | None = None
        self._began: Moment | None = None
        self.source = JournalSource(self.model, services, jobs, self)
        self.check = Check(services, jobs, self)
        self._typing = once(self, TYPING, self.refresh)
        self._resting = once(self, RESTING, self._open_chosen)
        self._mask = once(self, SHOWN_FOR, self._open_chosen)
        self._connect()

    def entered(self) -> None:
        """The page came up: look at what was written meanwhile."""
        self.refresh()
        self.table.setFocus()

    def refresh(self) -> None:
        """Look again."""
        self._typing.stop()
        self.source.look(self.search_box.text())

    def search(self) -> None:
        """Go to the search box."""
        self.search_box.edit.setFocus()
        self.search_box.edit.selectAll()

    def operations_changed(self, _: tuple[str, ...]) -> None:
        """Something was written; a search stays as it was found."""
        if self.isVisible() and not self.search_box.text().strip():
            self.refresh()

    def show_records(self, order_id: str) -> None:
        """Show the records of one order."""
        self.search_box.edit.setText(order_id)
        self.refresh()

    def close_record(self) -> None:
        """Give the whole width to the table."""
        self._mask.stop()
        self._chosen = 0
        self.show_panel(shown=False)
        self.table.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.has_panel():
            self.close_record()
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        self.search_box.searched.connect(self._on_typed)
        self.footer.reset.connect(self.search_box.clear)
        self.source.seen.connect(self._on_seen)
        self.source.failed.connect(self._on_failed)
        self.source.busy.connect(self.table_card.busy.set_busy)
        self.table.row_changed.connect(self._on_row)
        self.table.opened.connect(self._on_opened)
        self.copy_head.clicked.connect(self._on_copy_head)
        self.panel.closed.connect(self.close_record)
        self.panel.opened.connect(self.opened)
        self.panel.copied.connect(self.noticed)
        self.panel.reveal_asked.connect(self._on_reveal)
        self.panel.hide_asked.connect(self._open_chosen)
        self.verify.clicked.connect(self._on_verify)
        self.report.stop_asked.connect(self.check.stop)
        self.report.copied.connect(self.noticed)
        self.check.progressed.connect(self._on_progress)
        self.check.ended.connect(self._on_checked)
        self.check.failed.connect(self._on_not_checked)
        self.check.stopped.connect(self._on_stopped)
        i18n.current().changed.connect(self._on_language)

    def _on_typed(self) -> None:
        self._typing.start()

    def _on_seen(self, seen: Seen) -> None:
        self._seen = seen
        self.show_seen(seen)
        self.table_card.show_empty(None if self.model.rowCount() else self._empty())
        self._keep_chosen()

    def _on_failed(self, trouble: Trouble) -> None:
        about = told(trouble)
        again = Button(_AGAIN, "primary", name="journal/again")
        again.clicked.connect(self.refresh)
        self.table_card.show_empty(EmptyState("triangle-alert", about.title, in_one(about), again))

    def _empty(self) -> EmptyState:
        clear = Button(_CLEAR, "primary", name="journal/empty/clear")
        clear.clicked.connect(self.search_box.clear)
        return EmptyState("search-x", _NOT_FOUND, _NOT_FOUND_MORE, clear)

    def _keep_chosen(self) -> None:
        """Select the chosen record where it stands now, without scrolling and without opening it again."""
        place = self.model.place_of(self._chosen) if self._chosen else -1
        if place >= 0 and place != self.table.current_row():
            blocked = QSignalBlocker(self.table)
            self.table.setAutoScroll(False)
            self.table.setCurrentIndex(self.model.index(place, 0))
            self.table.setAutoScroll(True)
            blocked.unblock()

    def _on_row(self, place: int) -> None:
        row = self.model.row_at(place)
        if row is None or row.seq == self._chosen:
            return
        self._chosen = row.seq
        if self.room > Room.NARROW or self.has_panel():
            self._resting.start()

    def _on_opened(self, place: int) -> None:
        row = self.model.row_at(place)
        if row is not None:
            self._chosen = row.seq
            self._open_chosen()

    def _open_chosen(self) -> None:
        """Show the chosen record, masked."""
        self._resting.stop()
        self._mask.stop()
        seq = self._chosen
        if seq:
            self._run(lambda: self._services.records.open(seq), self._on_record)

    def _on_record(self, record: Record) -> None:
        if record.row.seq == self._chosen:
            self.panel.show_record(record)
            self.show_panel(shown=True)

    def _on_reveal(self) -> None:
        seq = self._chosen
        self._run(lambda: self._services.records.reveal(seq), self._on_revealed)

    def _on_revealed(self, record: Record) -> None:
        self._on_record(record)
        if record.row.seq == self._chosen:
            self._mask.start()
        self.refresh()

    def _on_copy_head(self) -> None:
        if self.head is not None:
            clipboard.copy(self.head.to_json(), clipboard.LONG)
            self.noticed.emit(_HEAD_COPIED)

    def _on_verify(self) -> None:
        self.verify.setEnabled(False)
        self._began = self._services.clock()
        self._on_progress(0, 0)
        self.check.start()

    def _on_progress(self, done: int, total: int) -> None:
        if self._began is not None:
            self.report.show_progress(done, total, self._services.clock().since(self._began))

    def _on_checked(self, report: Report, took: float) -> None:
        self._end_check()
        first = None if self._seen is None else self._seen.first
        self.report.show_report(report, first, self._services.clock().utc, took)
        self.refresh()

    def _on_not_checked(self, trouble: Trouble) -> None:
        self._end_check()
        self.report.show_trouble(trouble)

    def _on_stopped(self) -> None:
        self._end_check()
        self.report.clear()

    def _end_check(self) -> None:
        self._began = None
        self.verify.setEnabled(True)

    def _on_language(self) -> None:
        if self._seen is not None:
            self.show_seen(self._seen)
        if self.panel.isVisible() and not self._mask.isActive():
            self._open_chosen()

    def _run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        self._jobs.run(self, work, done, self._on_not_run, lane="read")

    def _on_not_run(self, error: BaseException) -> None:
        if not isinstance(error, Trouble):
            raise error
        trouble_dialog(told(error), self.window()).open()
