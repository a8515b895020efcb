"""Leaves a home in a window that stays: waits for what is under way there, then stops its engine off the main thread."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from console.app.starter import Starter
    from console.ui.jobs import Jobs

PAUSE = 10
"""Milliseconds between two looks."""
LONGEST = 5.0
"""Seconds that are waited for questions under way; what they bring later finds a closed journal and is dropped."""


class Move(QObject):
    """Calls `left` on the main thread when the engine is stopped. Drafts were flushed before; they are saved first."""

    def __init__(self, jobs: Jobs, starter: Starter, left: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._starter, self._left = jobs, starter, left
        self._deadline = time.monotonic() + LONGEST
        self._timer = QTimer(self)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        if self._jobs.is_stopped():
            self._timer.stop()
        elif self._jobs.is_idle() or time.monotonic() > self._deadline:
            self._timer.stop()
            self._jobs.run(self, self._starter.close, self._on_closed, self._on_failed, lane="vault")

    def _on_closed(self, _: None) -> None:
        self.deleteLater()
        self._left()

    def _on_failed(self, error: BaseException) -> None:
        self._on_closed(None)
        raise error
