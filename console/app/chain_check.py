"""Checks the whole journal once a start, in the background: the start itself looks at the end of the chain only.

It begins when the start is long over, rests between portions so that nobody waits for it, and ends with the home. What it
finds stops creates and stands over every page (failure model 2.7 and 2.8); where all is well it says nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from console.domain.sentences import sentence
from console.domain.text import mark
from console.domain.trouble import Stopped, Trouble
from console.ui.shell.strips import Strip

if TYPE_CHECKING:
    from console.app.console import Console
    from console.services.records import Records
    from console.services.verify import Report

AFTER = 30_000
"""Milliseconds after the start at which it begins."""
REST = 0.02
"""Seconds that it rests after each thousand records: a million take half a minute longer by that."""
KEY = "journal"
"""The key of its strip."""

_SEEN = mark("window", "I have seen it")
_STOPPED = mark("window", "{fault} Payouts are stopped.")


class ChainCheck(QObject):
    """The check of one home. `show` leads to the journal's page; `found` comes when creates were stopped."""

    found = Signal()

    def __init__(self, console: Console, records: Records, parent: QObject, show: Callable[[], object]) -> None:
        super().__init__(parent)
        self._console, self._records, self._show = console, records, show
        self._ends = threading.Event()
        self._strips = console.window.sheet.strips
        self._strips.drop(KEY)  # of a home that was left
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AFTER)
        self._timer.timeout.connect(self.begin)

    def start(self) -> None:
        """Begin once the start is over."""
        self._timer.start()

    def stop(self) -> None:
        """End it, within a portion."""
        self._timer.stop()
        self._ends.set()

    def begin(self) -> None:
        """Check now."""
        work = self._records.examine
        self._console.jobs.run(self, lambda: work(self._rest), self._on_ended, self._on_failed, lane="check")

    def _rest(self, _done: int, _total: int) -> None:
        """Called on the worker after each portion."""
        if self._ends.wait(REST):
            raise Stopped

    def _on_ended(self, report: Report) -> None:
        if report.first_fault is None or (report.is_gap and not self._records.is_changed):
            return  # a gap is said where it is signed off (failure model R9)
        said = replace(sentence("E-TAMPER"), what=_STOPPED.with_(fault=report.first_fault))
        strip = Strip(KEY, said, "red", _SEEN)
        strip.opened.connect(self._show)
        strip.closed.connect(lambda: self._strips.drop(KEY))
        self._strips.add(strip)
        self.found.emit()

    def _on_failed(self, error: BaseException) -> None:
        """Let trouble pass: the next start checks again. A bug is raised."""
        if not isinstance(error, Trouble):
            raise error
