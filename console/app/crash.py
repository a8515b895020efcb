"""What a person is told of a bug: that it happened, that payouts are stopped until the next start, and a report to copy.

The report has names and lines of the program, its version and the system's: no values (`console.app.logs.traced`).
"""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, qVersion

from console import __version__
from console.domain.text import Text, mark
from console.ui import clipboard
from console.ui.controls.dialog import Dialog

if TYPE_CHECKING:
    from console.app.console import Console

_CODE = "E-INTERNAL"
_SHOWN_CODE = _CODE.replace("-", "\N{NON-BREAKING HYPHEN}")
_ORDERS = mark("window", "What became of each order stands under Operations.")
_TEXT = Text("", "{what} {orders} {do}")
_COPY = mark("window", "Copy the details")
_CLOSE = mark("window", "Close")
_COPIED = mark("window", "The details are copied; the clipboard is cleared in 2 minutes")


class CrashDialog(Dialog):
    """Stays open when the report is copied."""

    def allows(self, code: str) -> bool:
        return code != "copy"


class Crash(QObject):
    """Tells of bugs in one console. A place is told once: what fails at every repaint must not hold the window."""

    met = Signal(str)

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._console = console
        self._known: set[str] = set()
        self._dialog: Dialog | None = None
        self.met.connect(self._on_met, Qt.ConnectionType.QueuedConnection)
        self._has_met = False
        console.ready.connect(self._stop)

    def tell(self, trace: str) -> None:
        """Tell of a bug by its traceback without values; from any thread."""
        if shiboken6.isValid(self):
            self.met.emit(trace)

    def _on_met(self, trace: str) -> None:
        self._has_met = True
        self._stop()
        if trace in self._known or self._dialog is not None or not self._console.window.isVisible():
            return
        self._known.add(trace)
        from console.domain.sentences import sentence

        about = sentence(_CODE).with_({"code": _SHOWN_CODE})
        text = _TEXT.with_(what=about.what, orders=_ORDERS, do=about.do)
        answers = (("copy", _COPY), ("close", _CLOSE))
        dialog = self._dialog = CrashDialog(about.title, text, answers, self._console.window)
        dialog.buttons["copy"].clicked.connect(lambda: self._on_copy(trace))
        dialog.finished.connect(self._on_closed)
        dialog.open()

    def _stop(self) -> None:
        """Stop creates, in a home that is opened later too."""
        if self._has_met and self._console.is_made:
            self._console.services.submit.stop()

    def _on_copy(self, trace: str) -> None:
        clipboard.copy(report(trace), clipboard.LONG)
        self._console.window.notice(_COPIED)

    def _on_closed(self, _: int) -> None:
        self._dialog = None


def report(trace: str) -> str:
    """Return what support needs of a bug: the program, the system, and where it was."""
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}, Qt {qVersion()}"
    return f"alikassa-console {__version__}, {_CODE}\n{system}\n{trace}\n"
