"""Which vault a home's secrets are in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.domain.trouble import Trouble
from console.services.anchor import head_in
from console.settings.settings import HOME_ID, Settings

if TYPE_CHECKING:
    from console.domain.secret import Secret
    from console.journal.entry import Head
    from console.settings.home import Home
    from console.vault.vault import Vault

JOURNAL_KEY = "journal/key"


def vault_of(home: Home, home_id: str, *, sandbox: bool) -> Vault:
    """Return the vault of a home: the sandbox's file of toys, or the system's keyring."""
    if sandbox:
        from console.vault.file import FileVault

        return FileVault(home.path / "vault.json")
    from console.vault.keyring import KeyringVault

    return KeyringVault(home_id)


def at_hand(home: Home, *, sandbox: bool) -> tuple[Secret | None, Head | None]:
    """Return the journal's key and the head that the vault holds; a vault out of reach has neither."""
    try:
        home_id = Settings.open(home.settings).get(HOME_ID)
        if not home_id:
            return None, None
        vault = vault_of(home, home_id, sandbox=sandbox)
        return vault.read(JOURNAL_KEY), head_in(vault)
    except Trouble:
        return None, None
