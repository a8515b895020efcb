"""A console: its window, its threads and what runs behind it, made in the order that the first paint wants."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from console.app.starter import Starter
from console.domain.trouble import Unavailable
from console.services.clock import system_clock
from console.settings.home import Home
from console.settings.settings import ACCOUNTS, LANGUAGE, THEME, WINDOW, Settings
from console.ui import i18n
from console.ui.jobs import Jobs
from console.ui.theme import theme
from console.ui.window import MainWindow

if TYPE_CHECKING:
    from console.app.desk import Desk
    from console.app.engine import Engine
    from console.services.services import Services
    from console.vault.vault import Vault

SETTLE = 2.0
"""Seconds that a closing console waits for what is under way, a draft that is being saved above all."""


class Console(QObject):
    """The window of a home. Show `window`, ask `services`, and `close` when done.

    The engine is made on a worker after the first paint; asking for a page or for `services` earlier makes it at once.
    """

    ready = Signal()

    def __init__(
        self,
        home: Path,
        *,
        sandbox: bool,
        vault: Vault | None = None,
        gateway_url: str | None = None,
        language: str | None = None,
        theme: str | None = None,
        ignored: tuple[str, ...] = (),
    ) -> None:
        super().__init__()
        self.ignored = ignored
        """Variables of the environment that were removed at the start (E-ENV)."""
        self._outer = Home(home.absolute())
        self.home = self._outer.sandbox if sandbox else self._outer
        self.settings = Settings.open(self.home.settings)
        self.clock = system_clock()
        self.jobs = Jobs()
        self._starter = Starter(lambda: self._make(sandbox=sandbox, vault=vault, gateway_url=gateway_url))
        self._desk: Desk | None = None
        self._asked = False
        _dress(self.settings, language, theme)
        self.window = MainWindow(WindowMemory(self.settings))
        self._greets = not sandbox and vault is None and not self.settings.get(ACCOUNTS)
        if sandbox:
            self.window.set_environment("sandbox")
        from console.app.pages import register

        register(self)
        self.window.installEventFilter(self)

    @property
    def services(self) -> Services:
        """Everything pages may ask for; made now where it was not yet. Raises Trouble where the home cannot be used."""
        return self.desk().services

    def desk(self) -> Desk:
        """Return what ties window and services together, made now where it was not yet."""
        if self._desk is None:
            from console.app.desk import Desk

            self._desk = Desk(self, self._starter.get())
            self.ready.emit()
        return self._desk

    def close(self) -> None:
        """Close the window, let running work end, and stop the engine."""
        if self._desk is not None:
            self._desk.stop()
            self.jobs.settle(SETTLE)
        self.window.removeEventFilter(self)
        self.jobs.shutdown()
        self._starter.close()
        self.window.close()
        self.window.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin the rest once the first frame is on screen."""
        if event.type() == QEvent.Type.Paint and not self._asked:
            self._asked = True
            QTimer.singleShot(0, self._begin)
        return False

    def _begin(self) -> None:
        if self.ignored:
            from console.domain.sentences import told

            self.window.notice(told(Unavailable("E-ENV", names=", ".join(self.ignored))).what, "info")
        if self._greets:
            self._greet()
        else:
            self._make_ready()

    def _greet(self) -> None:
        """Welcome a person who has no account yet."""
        from console.ui.pages.welcome import WelcomePage

        page = WelcomePage()
        page.sandbox_wanted.connect(self.enter_sandbox)
        self.window.welcome(page)
        page.setFocus()

    def enter_sandbox(self) -> None:
        """Go from the welcome page into this home's sandbox, in the same window."""
        self._greets = False
        self.home = self._outer.sandbox
        self.settings = Settings.open(self.home.settings)
        self._starter = Starter(lambda: self._make(sandbox=True, vault=None, gateway_url=None))
        self.window.set_environment("sandbox")
        self.window.welcome(None)
        self.window.go("overview")

    def _make_ready(self) -> None:
        if self._desk is None:
            self.jobs.run(self, self._starter.get, self._on_made, self._on_failed, lane="vault")

    def _on_made(self, engine: Engine) -> None:
        del engine
        desk = self.desk()
        if not self.window.current():
            desk.open_first_page()

    def _on_failed(self, error: BaseException) -> None:
        from console.app.trouble import show_start_trouble

        show_start_trouble(self, error)

    def try_again(self) -> None:
        """Make the engine again, after a person mended what was in the way."""
        self._make_ready()

    def _make(self, *, sandbox: bool, vault: Vault | None, gateway_url: str | None) -> Engine:
        from console.app.engine import Engine

        return Engine.start(self.home, self.settings, self.clock, sandbox=sandbox, vault=vault, gateway_url=gateway_url)


class WindowMemory:
    """Keeps the window's size in the settings."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def read(self) -> tuple[int, int] | None:
        """Return width and height, or None where none were kept."""
        kept = self._settings.get(WINDOW)
        return (kept[0], kept[1]) if len(kept) == 2 else None

    def write(self, width: int, height: int) -> None:
        """Keep width and height; the folder may be gone by then."""
        self._settings.set(WINDOW, (width, height))


def _dress(settings: Settings, language: str | None, chosen_theme: str | None) -> None:
    """Give the application its look and its language: those of this start, else those of the settings."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.current().install(application, chosen_theme or settings.get(THEME))
    spoken = language or settings.get(LANGUAGE)
    i18n.current().choose(i18n.system_language() if spoken == "system" else spoken)
