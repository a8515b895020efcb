"""Locks the window: by a key, by the button, after idle minutes, with the screen, around a sleep, and at a start with a PIN.

The curtain comes down at once; the keys leave memory on a worker right after.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from console.domain.text import mark
from console.domain.trouble import Trouble
from console.settings.settings import IDLE_MINUTES
from console.ui import clipboard, keys
from console.ui.controls.button import IconButton
from console.ui.shell.curtain import Curtain

if TYPE_CHECKING:
    from console.app.console import Console
    from console.app.system_lock import SystemLock
    from console.ui.pages.lock import LockPage

_LOCK = mark("lock", "Lock")
_KEY = "Ctrl+L"
LOOK = 5000
"""Milliseconds between two looks at how long nobody moved."""
SLEPT = 60.0
"""Seconds of sleep after which it locks: the lid was closed."""
_MOVES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class Locking(QObject):
    """The lock of a console's window."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._console = console
        self._curtain = Curtain(console.window)
        self._page: LockPage | None = None
        self._moved = self._looked = console.clock()
        button = IconButton("lock", _LOCK, name="bar/lock", key=_KEY)
        button.clicked.connect(self.lock)
        console.window.bar.tail.addWidget(button)
        keys.shortcut(console.window, _KEY, self.lock)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK)
        self._timer.timeout.connect(self.look)
        self._heeds = False
        self._system: SystemLock | None = None
        console.ready.connect(self._on_ready)

    def heed_system(self) -> None:
        """Lock with the screen and before a sleep too, where the desktop tells."""
        self._heeds = True

    @property
    def is_locked(self) -> bool:
        """Whether the curtain is down."""
        return self._curtain.is_down

    def lock(self) -> None:
        """Lower the curtain, make open reviews void, and let the keys go."""
        if self._curtain.is_down or not self._console.is_made:
            return
        clipboard.clear()
        services = self._console.services
        for page in self._console.window.built():
            lock = getattr(page, "locked", None)
            if callable(lock):
                lock()
        self._cover()
        self._console.jobs.run(self, services.lock.lock, self._ask_way, self._on_failed, lane="vault")

    def look(self) -> None:
        """Lock where nobody moved for long, or the computer slept."""
        now = self._console.clock()
        slept = (now.utc - self._looked.utc).total_seconds() - now.since(self._looked)
        self._looked = now
        minutes = self._console.settings.get(IDLE_MINUTES)
        if slept > SLEPT or (minutes and now.since(self._moved) >= minutes * 60):
            self.lock()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remember when somebody moved; lock by the key from where a shortcut of the window is not heard."""
        if event.type() in _MOVES:
            self._moved = self._console.clock()
            if isinstance(event, QKeyEvent) and isinstance(watched, QWidget) and _is_key(event) and _is_covered():
                QTimer.singleShot(0, self.lock)  # not within an event of what the lock closes
                return True
        return False

    def _on_ready(self) -> None:
        """Count idle minutes from now on; before the first paint a filter of all events costs the start a tenth."""
        self._moved = self._looked = self._console.clock()
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)
        self._timer.start()
        if self._heeds and self._system is None:
            from console.app.system_lock import SystemLock, buses

            self._system = SystemLock(self._console.jobs, buses(), self)
            self._system.locked.connect(self.lock)
        if self._console.services.lock.is_locked:
            self._cover()
            self._ask_way(None)

    def _cover(self) -> None:
        from console.ui.pages.lock import LockPage

        self._page = LockPage()
        self._page.unlock_asked.connect(self._on_unlock)
        self._curtain.lower(self._page)

    def _ask_way(self, _: None) -> None:
        has_pin = self._console.services.lock.has_pin
        self._console.jobs.run(self, has_pin, self._show_way, self._on_failed, lane="vault")

    def _show_way(self, has_pin: bool) -> None:
        if self._page is not None:
            self._page.show_way(has_pin=has_pin)

    def _on_unlock(self, typed: str) -> None:
        from console.domain.secret import Secret

        lock, pin = self._console.services.lock, Secret(typed)
        self._console.jobs.run(self, lambda: lock.unlock(pin), self._on_unlocked, self._on_failed, lane="vault")

    def _on_unlocked(self, _: None) -> None:
        self._page = None
        self._moved = self._looked = self._console.clock()
        self._curtain.lift()
        for page in self._console.window.built():
            refresh = getattr(page, "refresh", None)
            if callable(refresh) and page.isVisible():
                refresh()

    def _on_failed(self, error: BaseException) -> None:
        """Stay locked and say why: a wrong PIN, or a password store that does not answer. A bug is raised."""
        if not isinstance(error, Trouble):
            raise error
        if self._page is not None:
            from console.ui.pages.settings_parts import trouble_words

            self._page.refuse(trouble_words(error))


def _is_key(event: QKeyEvent) -> bool:
    """Tell whether the lock's key was pressed, in either layout."""
    return event.type() is QEvent.Type.KeyPress and QKeySequence(event.keyCombination()) in keys.sequences(_KEY)


def _is_covered() -> bool:
    """Tell whether a dialog or a menu is open: it keeps the window's shortcuts from being heard."""
    return QApplication.activeModalWidget() is not None or QApplication.activePopupWidget() is not None
