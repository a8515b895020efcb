"""The one way to the clipboard: what is copied in this program leaves it again after a while, if it is still there (H13).

What a person copies with the keyboard out of a field counts too. Knows nothing of what is copied.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

SHORT = 10_000
"""Milliseconds that an id, a number or a code stays."""
LONG = 120_000
"""Milliseconds that stays what is written to be passed on: to the payer, to the gateway's support."""


class Guard(QObject):
    """Remembers what was copied last, and takes it off the clipboard when its time is over."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("clipboard")
        self._clipboard = QGuiApplication.clipboard()
        self._text = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear)
        self._clipboard.dataChanged.connect(self._on_changed)

    @property
    def stays(self) -> int:
        """Milliseconds that what was copied last stays from its copying on; 0 where nothing is waited for."""
        return self._timer.interval() if self._timer.isActive() else 0

    def copy(self, text: str, stays: int) -> None:
        """Put `text` on the clipboard for `stays` milliseconds."""
        self._watch(text, stays)
        self._clipboard.setText(text)

    def clear(self) -> None:
        """Clear the clipboard now, if it still holds what was copied here; another program's text is left alone."""
        text, self._text = self._text, ""
        self._timer.stop()
        for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
            if text and self._clipboard.text(mode) == text:
                self._clipboard.clear(mode)

    def _on_changed(self) -> None:
        """Watch over what was copied out of a field by keys or by its menu."""
        if self._clipboard.ownsClipboard() and (text := self._clipboard.text()) != self._text:
            self._watch(text, SHORT)

    def _watch(self, text: str, stays: int) -> None:
        self._text = text
        self._timer.start(stays)


def guard() -> Guard:
    """Return the one guard of the process; it watches from the first call on."""
    application = QGuiApplication.instance()
    assert application is not None
    return application.findChild(Guard, "clipboard") or Guard(application)


def copy(text: str, stays: int = SHORT) -> None:
    """Put `text` on the clipboard; after `stays` milliseconds it is cleared, if it still holds that text."""
    guard().copy(text, stays)


def clear() -> None:
    """Clear what was copied here now: the console is being locked, or ends."""
    guard().clear()
