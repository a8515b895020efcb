"""How an account is opened: its keys by the vault's passwords, its extra root by the journal's mark, its way by the vault.

Knows where the files of an account lie. Must not know what is asked or sent.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from console.domain.digest import Digest
from console.domain.endpoint import Kind
from console.domain.text import mark
from console.domain.trouble import Unavailable
from console.services.connect_record import record_of, text_of
from console.services.connect_rules import require_lawful
from console.settings.settings import PROXY
from console.vault.entry import read_account

if TYPE_CHECKING:
    from collections.abc import Iterable

    from console.gateway.client import Gateway
    from console.gateway.signing import SigningKey
    from console.gateway.tls_root import Root
    from console.settings.home import Home
    from console.settings.settings import Settings
    from console.vault.entry import AccountEntry
    from console.vault.vault import Vault

_OTHER_ROOT = mark("connect", "it is not the one that was chosen")


class Keys(dict[Kind, "SigningKey"]):
    """The keys of an account; asking for one that it lacks raises Unavailable("E-CERT-MISSING")."""

    def __missing__(self, kind: Kind) -> SigningKey:
        raise Unavailable("E-CERT-MISSING")

    def drop(self) -> None:
        """Let go of the private halves: what was signed can still be asked, nothing new is signed."""
        for key in self.values():
            key.drop()


class Opener:
    """Opens the accounts of a home. `mark` makes keyed marks with the journal's key."""

    def __init__(self, home: Home, settings: Settings, vault: Vault, mark: Callable[[str], str]) -> None:
        self._home = home
        self._settings = settings
        self._vault = vault
        self._mark = mark

    def key_file(self, account_id: str, kind: Kind) -> Path:
        """Return where the encrypted private key of an account lies."""
        return key_path(self._home, account_id, kind)

    def root_file(self, account_id: str) -> Path:
        """Return where the extra root of an account lies, where it has one."""
        return self._home.keys / f"{account_id}-root.pem"

    def root_mark(self, entry: AccountEntry, root: Root) -> str:
        """Return the mark by which a root is known to have been chosen for this host."""
        return self._mark(f"root\n{entry.host}\n{root.fingerprint}")

    def root(self, account_id: str) -> Root | None:
        """Return the extra root that was chosen for an account, or None.

        Raises Unavailable("E-TLS-ROOT") where the file is not that one any more.
        """
        entry = read_account(self._vault, account_id)
        return None if entry is None else self._root(account_id, entry)

    def connect(self, account_id: str, kinds: Iterable[Kind], digest: Callable[[Kind], Digest]) -> tuple[Gateway, Keys]:
        """Return the way to an account's gateway and the keys of `kinds`. Raises Unavailable."""
        from console.gateway.client import Gateway, Signer
        from console.gateway.transport import Transport

        entry = read_account(self._vault, account_id)
        if entry is None:
            raise Unavailable("E-KEYRING-MISSING")
        require_lawful(entry)
        keys = Keys({kind: self._key(account_id, kind) for kind in sorted(kinds)})
        root = self._root(account_id, entry)
        extra = None if root is None else root.pem
        transport = Transport(entry.host, entry.uuid, extra_root=extra, proxy=self._settings.get(PROXY) or None)
        return Gateway(transport, lambda kind: Signer(keys[kind], digest(kind))), keys

    def reload(self, account_id: str, keys: Keys) -> None:
        """Read the private keys again that were dropped. Raises Unavailable."""
        for kind in sorted(keys):
            keys[kind] = self._key(account_id, kind)

    def _root(self, account_id: str, entry: AccountEntry) -> Root | None:
        from console.gateway.tls_root import kept_root

        stored = text_of(record_of(self._settings, account_id), "root")
        if not stored:
            return None
        try:
            root = kept_root(self.root_file(account_id).read_bytes())
        except OSError:
            root = None
        if root is None or self.root_mark(entry, root) != stored:
            raise Unavailable("E-TLS-ROOT", why=_OTHER_ROOT)
        return root

    def _key(self, account_id: str, kind: Kind) -> SigningKey:
        from console.gateway.signing import load_key

        password = self._vault.read(f"{account_id}/{kind.value}")
        if password is None:
            raise Unavailable("E-KEYRING-MISSING")
        try:
            pem = self.key_file(account_id, kind).read_bytes()
        except OSError as error:
            raise Unavailable("E-CERT-PASSWORD") from error
        return load_key(pem, password)


def key_path(home: Home, account_id: str, kind: Kind) -> Path:
    """Return where the encrypted private key of an account lies in a home."""
    return home.keys / f"{account_id}-{kind.value}.pem"
