"""Which vault a home's secrets are in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
