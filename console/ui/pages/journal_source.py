"""Brings the records of the journal's table from the services, on workers; what comes too late is dropped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from console.domain.trouble import Trouble
from console.ui.pages.journal_model import PAGE, JournalModel

if TYPE_CHECKING:
    from console.journal.entry import Head
    from console.services.record_rows import RecordRow
    from console.services.services import Services
    from console.ui.jobs import Jobs

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Seen:
    """The journal as it is: its last record, when it begins, and what a search found first (None without one)."""

    head: Head | None
    first: datetime | None
    text: str
    found: list[RecordRow] | None


class JournalSource(QObject):
    """`seen(Seen)` after every look, `failed(Trouble)` where the journal cannot be read, `busy(bool)` around both."""

    seen = Signal(object)
    failed = Signal(object)
    busy = Signal(bool)

    def __init__(self, model: JournalModel, services: Services, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._services = services
        self._jobs = jobs
        self._text = ""
        self._round = 0
        model.page_wanted.connect(self._on_page_wanted)
        model.more_wanted.connect(self._on_more_wanted)

    def look(self, text: str) -> None:
        """Look at the journal, or search it; a new search makes answers to the one before void."""
        self._text = text.strip()
        self._round += 1
        self.busy.emit(True)
        self._run(lambda: self._read(self._text), self._on_seen)

    def _read(self, text: str) -> Seen:
        records = self._services.records
        found = records.page(None, PAGE, text) if text else None
        return Seen(records.head(), records.first(), text, found)

    def _on_seen(self, seen: Seen) -> None:
        if seen.found is None:
            self._model.show_all(0 if seen.head is None else seen.head.seq)
        else:
            self._model.show_found(seen.found)
        self.busy.emit(False)
        self.seen.emit(seen)

    def _on_page_wanted(self, first: int) -> None:
        self._run(lambda: self._services.records.page(first + 1, PAGE), lambda rows: self._model.take(first, rows))

    def _on_more_wanted(self) -> None:
        last, text = self._model.last_found(), self._text
        self._run(lambda: self._services.records.page(last, PAGE, text), self._model.add_found)

    def _run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        now = self._round

        def if_current(value: T) -> None:
            if now == self._round:
                done(value)

        def if_wanted(error: BaseException) -> None:
            if now == self._round:
                self._on_failed(error)

        self._jobs.run(self, work, if_current, if_wanted, lane="read")

    def _on_failed(self, error: BaseException) -> None:
        self.busy.emit(False)
        if not isinstance(error, Trouble):
            raise error
        self.failed.emit(error)
