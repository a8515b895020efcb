"""The accounts as a window knows them that may only look: named, and never opened, so that nothing is signed or asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from console.services.accounts import Access, Accounts

if TYPE_CHECKING:
    from console.domain.trouble import Unavailable
    from console.settings.home import Home
    from console.settings.settings import Settings
    from console.vault.vault import Vault


class ShownAccounts(Accounts):
    """Accounts that are shown. Opening one raises the trouble that says why no more."""

    def __init__(
        self, home: Home, settings: Settings, vault: Vault, mark_proof: Callable[[str], str], trouble: Unavailable
    ) -> None:
        super().__init__(home, settings, vault, mark_proof)
        self._trouble = trouble

    def open(self, account_id: str) -> Access:
        """Raise what keeps this window from asking and sending."""
        raise self._trouble
