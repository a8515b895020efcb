"""What the vault's entries hold: an account's `{uuid, host, kind}`, and the head of the journal's chain.

The one module that takes an account's entry apart, so that a host is never read from a file and a UUID stays a Secret.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.domain.secret import Secret
from console.domain.trouble import Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from console.vault.vault import Vault

_HEAD = "journal/head"
_KINDS = frozenset({"sandbox", "live"})


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """A merchant account as one entry: its UUID, the gateway's base URL and what kind of account it is."""

    uuid: Secret
    host: str
    kind: str

    @property
    def tail(self) -> str:
        """The last four characters of the UUID, by which people tell accounts apart."""
        return self.uuid.reveal()[-4:]

    def marked(self, mark: Callable[[str], str]) -> str:
        """Return a keyed mark of the UUID, by which the same account is known again without it standing anywhere."""
        return mark(f"account\n{self.uuid.reveal().lower()}")

    def pack(self) -> Secret:
        """Return the entry's text."""
        return Secret(json.dumps({"uuid": self.uuid.reveal(), "host": self.host, "kind": self.kind}))

    @classmethod
    def unpack(cls, secret: Secret) -> AccountEntry:
        """Read what `pack` wrote; anything else is E-KEYRING-READBACK."""
        try:
            found = json.loads(secret.reveal())
            uuid, host, kind = (found[name] for name in ("uuid", "host", "kind"))
        except (ValueError, KeyError, TypeError):
            raise Unavailable("E-KEYRING-READBACK") from None
        if not all(isinstance(each, str) and each for each in (uuid, host)) or kind not in _KINDS:
            raise Unavailable("E-KEYRING-READBACK")
        return cls(Secret(uuid), host, kind)


def read_account(vault: Vault, account_id: str) -> AccountEntry | None:
    """Return an account's entry, or None where the vault has none."""
    secret = vault.read(f"{account_id}/account")
    return None if secret is None else AccountEntry.unpack(secret)


def known_account(vault: Vault, account_id: str) -> AccountEntry | None:
    """Return an account's entry; one that the vault changed is lost, as one that is gone is. Raises Unavailable."""
    try:
        return read_account(vault, account_id)
    except Unavailable as trouble:
        if trouble.code != "E-KEYRING-READBACK":
            raise
        return None


def write_account(vault: Vault, account_id: str, entry: AccountEntry) -> None:
    """Store an account's entry."""
    vault.write(f"{account_id}/account", entry.pack())


def read_head(vault: Vault) -> str | None:
    """Return the text of the journal's head: no secret, but kept where a changed journal file cannot reach it."""
    secret = vault.read(_HEAD)
    return None if secret is None else secret.reveal()


def write_head(vault: Vault, text: str) -> None:
    """Store the text of the journal's head."""
    vault.write(_HEAD, Secret(text))
