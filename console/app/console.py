"""A console: its window, its threads and what runs behind it, made in the order that the first paint wants."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from console.app.starter import Starter
from console.domain.text import mark
from console.domain.trouble import Unavailable
from console.services.clock import system_clock
from console.settings.home import Home
from console.settings.settings import ACCOUNTS, HOME_ID, LANGUAGE, THEME, WINDOW, Settings
from console.ui import clipboard, i18n
from console.ui.jobs import Jobs
from console.ui.theme import theme
from console.ui.window import MainWindow

if TYPE_CHECKING:
    from console.app.desk import Desk
    from console.app.engine import Engine
    from console.app.front import Front
    from console.app.moving import Move
    from console.services.connect import Lost
    from console.services.services import Services
    from console.ui.shell.accounts import AccountRow
    from console.vault.vault import Vault

_SENDING = mark("window", "An order is being sent. Wait for its outcome, then switch.")

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
        self._vaults: dict[bool, Vault | None] = {sandbox: vault, not sandbox: None}
        self._gateway_url = gateway_url
        self.clock = system_clock()
        self.jobs = Jobs()
        self.front: Front | None = None
        """What a second start asks, where this console is a program of its own."""
        self._desk: Desk | None = None
        self._move: Move | None = None
        self._asked = False
        self._settle_in(sandbox=sandbox)
        _dress(self.settings, language, theme)
        self.window = MainWindow(WindowMemory(self))
        self.window.set_environment("sandbox" if sandbox else "")
        from console.app.deeds import Deeds
        from console.app.pages import register

        register(self)
        self.deeds = Deeds(self)
        self.window.installEventFilter(self)
        clipboard.guard()

    def _settle_in(self, *, sandbox: bool) -> None:
        """Take up a home: its settings, and what will make its engine. Raises Unavailable("E-SETTINGS")."""
        self.is_sandbox = sandbox
        self.home = self._outer.sandbox if sandbox else self._outer
        self.settings = Settings.open(self.home.settings)
        self._starter = Starter(self._make)
        self._looks = False

    @property
    def services(self) -> Services:
        """Everything pages may ask for; made now where it was not yet. Raises Trouble where the home cannot be used."""
        return self.desk().services

    @property
    def is_made(self) -> bool:
        """Whether what runs behind the window is there."""
        return self._desk is not None

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
        clipboard.clear()
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
        if self.jobs.is_stopped():  # closed as soon as it was seen
            return
        if self.ignored:
            from console.domain.sentences import told

            self.window.notice(told(Unavailable("E-ENV", names=", ".join(self.ignored))).what, "info")
        self.arrive()

    def arrive(self, account: str = "") -> None:
        """Show what a home begins with: the welcome page where it has no account, else its pages."""
        if not self.is_sandbox and not self.settings.get(ACCOUNTS):
            from console.app.welcome import greet

            greet(self)
            return
        self.start(lambda _: self._on_made(account))

    def start(self, done: Callable[[Engine], None]) -> None:
        """Make the engine off the main thread and call `done`; what keeps it from starting is shown."""
        self.jobs.run(self, self._starter.get, done, self._on_failed, lane="vault")

    def enter(self, *, sandbox: bool, account: str = "", then: Callable[[], None] | None = None) -> None:
        """Leave this home for its sandbox, or come back, or begin this one anew; the window stays, drafts are saved.

        `account` becomes the current one; `then` is called instead of showing pages. Refused while an order is sent.
        """
        if self._move is not None or self._is_sending():
            return
        if self._desk is not None:
            self._desk.stop()
        self.window.allow(frozenset())
        from console.app.moving import Move

        self._move = Move(self.jobs, self._starter, lambda: self._on_left(sandbox, account, then), self)

    def look(self, trouble: Unavailable) -> None:
        """Open what can be looked at where the engine cannot start (E-SECOND, E-KEYRING-…)."""
        self._looks = True
        self._starter = Starter(lambda: self._make_look(trouble))
        self.start(lambda _: self._on_looking(trouble))

    @property
    def is_looking(self) -> bool:
        """Whether this window was opened, or is being opened, for looking only."""
        return self._looks

    def open_pages(self) -> None:
        """Show the pages of a home that has no account: its journal is there to be read."""
        self.start(lambda _: self._on_made(""))

    def vault(self) -> Vault:
        """Return the vault of the home that is open; it may take its time: off the main thread only."""
        from console.app.vaults import vault_of

        known = self._vaults[self.is_sandbox]
        return known if known is not None else vault_of(self.home, self.settings.get(HOME_ID), sandbox=self.is_sandbox)

    def use_vault(self, vault: Vault) -> None:
        """Begin the home anew with a vault that was filled for this run."""
        self._vaults[self.is_sandbox] = vault
        self.enter(sandbox=self.is_sandbox)

    def connect_account(self, again: Lost | None = None) -> None:
        """Show the pages that connect an account, or one that the vault has lost, in the home of the real ones."""
        from console.app.connecting import connect

        if self.is_sandbox:
            self.enter(sandbox=False, then=self.connect_account)
        else:
            self.start(lambda engine: connect(self, engine.services, again))

    def other_accounts(self) -> tuple[AccountRow, ...]:
        """Return the accounts of the other environment, for the menu. Reads a file: off the main thread only."""
        from console.app.welcome import others

        return others(self._outer, sandbox=self.is_sandbox)

    def _is_sending(self) -> bool:
        """Tell whether an order is on its way, and say that it is waited for."""
        busy = any(getattr(page, "is_sending", False) for page in self.window.built())
        if busy:
            self.window.notice(_SENDING, "info")
        return busy

    def _on_left(self, sandbox: bool, account: str, then: Callable[[], None] | None) -> None:
        if self._desk is not None:
            self._desk.deleteLater()
        self._desk = self._move = None
        self.window.forget_pages()
        self.window.welcome(None)
        self.window.allow(None)
        self.window.bar.clear()
        self.window.sheet.set_bar(None)
        self.window.sheet.strip.offer(())
        try:
            self._settle_in(sandbox=sandbox)
        except Unavailable as trouble:
            self._on_failed(trouble)
            return
        self.window.set_environment("sandbox" if sandbox else "")
        if then is None:
            self.arrive(account)
        else:
            then()

    def _on_made(self, account: str) -> None:
        desk = self.desk()
        self.window.welcome(None)
        if account:
            desk.choose(account)
        from console.app.trouble import tell_lost

        tell_lost(self)
        if not self.window.current():
            desk.open_first_page()

    def _on_looking(self, trouble: Unavailable) -> None:
        from console.app.trouble import LOOKING, show_bar

        desk = self.desk()
        self.window.welcome(None)
        self.window.allow(LOOKING)
        show_bar(self, trouble)
        desk.open_first_page()

    def _on_failed(self, error: BaseException) -> None:
        from console.app.trouble import show_start_trouble

        show_start_trouble(self, error)

    def _make(self) -> Engine:
        from console.app.engine import Engine

        url = self._gateway_url if self.is_sandbox else None
        vault = self._vaults[self.is_sandbox]
        return Engine.start(
            self.home, self.settings, self.clock, sandbox=self.is_sandbox, vault=vault, gateway_url=url
        )  # fmt: skip

    def _make_look(self, trouble: Unavailable) -> Engine:
        from console.app.engine import Engine

        vault = self._vaults[self.is_sandbox]
        return Engine.look(self.home, self.settings, self.clock, trouble, sandbox=self.is_sandbox, vault=vault)


class WindowMemory:
    """Keeps the window's size in the settings of the home that is open."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def read(self) -> tuple[int, int] | None:
        """Return width and height, or None where none were kept."""
        kept = self._console.settings.get(WINDOW)
        return (kept[0], kept[1]) if len(kept) == 2 else None

    def write(self, width: int, height: int) -> None:
        """Keep width and height; the folder may be gone by then."""
        with contextlib.suppress(Unavailable):
            self._console.settings.set(WINDOW, (width, height))


def _dress(settings: Settings, language: str | None, chosen_theme: str | None) -> None:
    """Give the application its look and its language: those of this start, else those of the settings."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.current().install(application, chosen_theme or settings.get(THEME))
    spoken = language or settings.get(LANGUAGE)
    i18n.current().choose(i18n.system_language() if spoken == "system" else spoken)
