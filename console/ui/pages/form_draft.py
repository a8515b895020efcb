"""Keeps the draft of a form: saved a second after the last change, one save at a time, the latest wins."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from console.domain.trouble import Trouble

if TYPE_CHECKING:
    from console.services.drafts import Draft, Drafts
    from console.ui.jobs import Jobs

PAUSE = 1000
"""Milliseconds after the last change."""


class DraftKeeper(QObject):
    """Saves drafts off the main thread. `saved(Draft)` comes after each; `failed()` where the journal did not take one."""

    saved = Signal(object)
    failed = Signal()

    def __init__(self, drafts: Drafts, jobs: Jobs, draft: Callable[[], Draft], parent: QObject) -> None:
        super().__init__(parent)
        self._drafts, self._jobs, self._draft = drafts, jobs, draft
        self._is_busy = False
        self._is_late = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.save)

    def touch(self) -> None:
        """Something was typed: save soon."""
        self._timer.start()

    def save(self) -> None:
        """Save what stands in the form now."""
        self._timer.stop()
        if self._is_busy or self._jobs.is_stopped():
            self._is_late = True
            return
        draft = self._draft()
        self._is_busy, self._is_late = True, False
        work = (lambda: self._dropped(draft)) if draft.is_empty else (lambda: self._drafts.save(draft))
        self._jobs.run(self, work, self._on_saved, self._on_failed)

    def flush(self) -> None:
        """Save at once what still waits for its second."""
        if self._timer.isActive():
            self.save()

    def forget(self) -> None:
        """Nothing is to be saved: what was typed has been sent or cleared."""
        self._timer.stop()
        self._is_late = False

    def _dropped(self, draft: Draft) -> Draft:
        self._drafts.drop(draft.kind)
        return draft

    def _on_saved(self, draft: Draft) -> None:
        self._is_busy = False
        self.saved.emit(draft)
        self._go_on()

    def _on_failed(self, error: BaseException) -> None:
        self._is_busy = False
        if not isinstance(error, Trouble):
            raise error
        self.failed.emit()
        self._go_on()

    def _go_on(self) -> None:
        if self._is_late:
            self.save()
