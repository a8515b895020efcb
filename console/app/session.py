"""A run without a password store: asks for what it would have held, and begins the home with a vault in memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from console.domain.trouble import Trouble

if TYPE_CHECKING:
    from console.app.console import Console
    from console.services.connect_session import Known, Typed
    from console.ui.pages.keyring import TroublePage
    from console.vault.memory import MemoryVault


class ForOneRun(QObject):
    """Lives as long as the page that offers it."""

    def __init__(self, console: Console, page: TroublePage) -> None:
        super().__init__(page)
        self._console, self._page = console, page
        self._home, self._settings = console.home, console.settings
        page.session_given.connect(self._on_given)

    def offer(self) -> None:
        """Look what there is to be typed: nothing where no journal was begun yet."""
        self._console.jobs.run(self, self._known, self._ask, self._on_failed)

    def _known(self) -> tuple[Known, ...] | None:
        """Return the accounts that can be typed, or None where the home is new."""
        from console.journal.read import Reader
        from console.services.connect_session import Session

        if not self._home.journal.exists() or not self._home.journal.stat().st_size:
            return None
        reader = Reader(self._home.journal)
        try:
            return Session(self._home, self._settings, reader).accounts()
        finally:
            reader.close()

    def _ask(self, accounts: tuple[Known, ...] | None) -> None:
        from console.vault.memory import MemoryVault

        if accounts is None:
            self._console.use_vault(MemoryVault())
        else:
            self._page.ask_session(accounts)

    def _on_given(self, code: str, typed: tuple[Typed, ...]) -> None:
        self._console.jobs.run(self, lambda: self._fill(code, typed), self._console.use_vault, self._on_failed)

    def _fill(self, code: str, typed: tuple[Typed, ...]) -> MemoryVault:
        from console.journal.read import Reader
        from console.services.connect_session import Session

        reader = Reader(self._home.journal)
        try:
            return Session(self._home, self._settings, reader).fill(code, typed)
        finally:
            reader.close()

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, Trouble):
            raise error
        self._page.show_problem(error)
