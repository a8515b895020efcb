"""Checking the whole journal: the button's work on a worker, its progress, and the panel that says what it proved."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.sentences import told
from console.domain.text import Text, mark
from console.domain.trouble import Stopped, Trouble
from console.ui import clipboard, formats, i18n
from console.ui.controls.banner import ErrorBanner
from console.ui.controls.button import Button, IconButton
from console.ui.controls.card import Card, clear
from console.ui.controls.progress import Progress
from console.ui.controls.warning import WarningPanel
from console.ui.pages.card_dialogs import in_one

if TYPE_CHECKING:
    from console.services.services import Services
    from console.services.verify import Report
    from console.ui.jobs import Jobs

_CHECKING = mark("journal", "Checking the journal")
_DONE_OF = mark("journal", "{done} of {all}")
_LEFT = mark("journal", "About {time} left")
_GOOD = mark("journal", "The journal is whole: {records}, an unbroken chain, {signatures}")
_RECORDS = mark("journal", "{n} record", "{n} records")
_SIGNATURES = mark("journal", "{n} signature is right", "{n} signatures are right")
_GOOD_MORE = mark(
    "journal", "Records since {first} follow one another and none was changed. Checked at {time} in {took}."
)
_BAD = mark("journal", "The journal is not what was written")
_BAD_MONEY = mark("journal", "The check moved nothing; the gateway's own books are as they were.")
_BAD_MORE = mark("journal", "Payouts need care: copy the conclusion, keep the file, and find out who changed it.")
_COPY = mark("journal", "Copy the conclusion")
_COPIED = mark("journal", "Conclusion copied; the clipboard is cleared in 2 minutes")
_CLOSE = mark("journal", "Close")
_TENTHS = mark("journal", "{n} s")


class Check(QObject):
    """Runs one check at a time. `ended(Report)` comes with what it proved, `failed(Trouble)` where it could not."""

    progressed = Signal(object, object)
    ended = Signal(object, float)
    failed = Signal(object)
    stopped = Signal()

    def __init__(self, services: Services, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._jobs = jobs
        self._stop = False
        self.is_running = False

    def start(self) -> None:
        """Begin, unless a check runs."""
        if self.is_running:
            return
        self._stop, self.is_running = False, True
        began = self._services.clock()
        self._jobs.run(
            self,
            lambda: self._services.records.verify(self._tell),
            lambda report: self._on_ended(report, self._services.clock().since(began)),
            self._on_failed,
            lane="read",
        )

    def stop(self) -> None:
        """Stop at the next records."""
        self._stop = True

    def _tell(self, done: int, total: int) -> None:
        """Called on the worker: the signal carries the numbers to the main thread."""
        if self._stop:
            raise Stopped
        self.progressed.emit(done, total)

    def _on_ended(self, report: Report, took: float) -> None:
        self.is_running = False
        self.ended.emit(report, took)

    def _on_failed(self, error: BaseException) -> None:
        self.is_running = False
        if isinstance(error, Stopped):
            self.stopped.emit()
        elif isinstance(error, Trouble):
            self.failed.emit(error)
        else:
            raise error


class CheckPanel(QWidget):
    """Shows nothing, the progress, or what was proved. `stop_asked` and `copied(Words)` come from its buttons."""

    stop_asked = Signal()
    copied = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("journal/report")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._progress: Progress | None = None
        self.hide()

    def clear(self) -> None:
        """Show nothing."""
        self._progress = None
        clear(self._column)
        self.hide()

    def show_progress(self, done: int, total: int, spent: float) -> None:
        """Show how far the check is after `spent` seconds."""
        if self._progress is None:
            self.clear()
            card = Card(padding=14)
            self._progress = Progress(_CHECKING)
            self._progress.stopped.connect(self.stop_asked)
            card.column.addWidget(self._progress)
            self._show(card)
        numbers = _DONE_OF.with_(done=formats.number(done), all=formats.number(total))
        left = spent * (total - done) / done if done else 0.0
        self._progress.show_progress(done, total, numbers, _LEFT.with_(time=formats.duration(left)) if done else "")

    def show_report(self, report: Report, first: datetime | None, now: datetime, took: float) -> None:
        """Show what a check proved, or what is wrong first."""
        self.clear()
        button = Button(_COPY, size="small", icon="copy", name="journal/report/copy")
        button.clicked.connect(lambda: self._on_copy(report))
        if report.ok:
            records = _RECORDS.of(report.records).with_(n=formats.number(report.records))
            signatures = _SIGNATURES.of(report.signatures).with_(n=formats.number(report.signatures))
            since = "—" if first is None else formats.date(first)
            more = _GOOD_MORE.with_(first=since, time=formats.time(now), took=took_words(took))
            panel = WarningPanel("good", _GOOD.with_(records=records, signatures=signatures), more)
            panel.row.addWidget(button)
            panel.row.addWidget(self._cross())
            self._show(panel)
        else:
            fault = report.first_fault or ""
            self._show(ErrorBanner("failed", _BAD, fault, _BAD_MONEY, _BAD_MORE, buttons=(button,)))

    def show_trouble(self, trouble: Trouble) -> None:
        """Show why the check could not be made."""
        self.clear()
        about = told(trouble)
        panel = WarningPanel("warning", about.title, in_one(about))
        panel.row.addWidget(self._cross())
        self._show(panel)

    def _show(self, widget: QWidget) -> None:
        self._column.addWidget(widget)
        self.show()

    def _cross(self) -> IconButton:
        cross = IconButton("x", _CLOSE, name="journal/report/close")
        cross.clicked.connect(self.clear)
        return cross

    def _on_copy(self, report: Report) -> None:
        clipboard.copy("\n".join(i18n.tr(line) for line in report.lines) + "\n", clipboard.LONG)
        self.copied.emit(_COPIED)


def took_words(seconds: float) -> Text | str:
    """Return how long the check took, with a tenth below ten seconds."""
    if seconds >= 10:
        return formats.duration(seconds)
    shown = f"{seconds:.1f}"
    return _TENTHS.with_(n=shown.replace(".", ",") if i18n.current().code == "ru" else shown)
