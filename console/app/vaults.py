"""Which vault a home's secrets are in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from console.domain.trouble import Trouble, Unavailable
from console.services.anchor import head_in
from console.settings.settings import HOME_ID, Settings

if TYPE_CHECKING:
    from console.domain.secret import Secret
    from console.journal.entry import Head
    from console.settings.home import Home
    from console.vault.vault import Vault

JOURNAL_KEY = "journal/key"


class AwayVault:
    """Stands for a vault that would not serve: whatever is asked of it raises at once what that one raised.

    So a window that only looks waits for no unlock window that nobody answers, and opens none.
    """

    def __init__(self, trouble: Unavailable) -> None:
        self._trouble = trouble

    def read(self, name: str) -> NoReturn:
        """Raise why the vault is away."""
        raise self._trouble

    def write(self, name: str, secret: Secret) -> NoReturn:
        """Raise why the vault is away."""
        raise self._trouble

    def remove(self, name: str) -> NoReturn:
        """Raise why the vault is away."""
        raise self._trouble


def is_away(trouble: Trouble) -> bool:
    """Whether a trouble says that the vault does not serve; one that serves and lacks the journal's key is not away."""
    return trouble.code.startswith("E-KEYRING-") and trouble.code != "E-KEYRING-JOURNAL"


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
    except Trouble:
        return None, None
    return held_by(vault_of(home, home_id, sandbox=sandbox))


def held_by(vault: Vault) -> tuple[Secret | None, Head | None]:
    """Return the journal's key and the head that a vault holds; one out of reach has neither."""
    try:
        return vault.read(JOURNAL_KEY), head_in(vault)
    except Trouble:
        return None, None
