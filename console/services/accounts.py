"""Merchant accounts: what is shown of them, their keys, and how one is opened for talking to the gateway.

The UUID and the host come from the vault, never from a file; settings hold local ids, names, fingerprints and digests.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from console.domain.digest import Digest
from console.domain.endpoint import Kind
from console.domain.environment import Environment, environment_of
from console.domain.text import Text, mark
from console.domain.trouble import Unavailable
from console.settings.home import Home
from console.settings.settings import ACCOUNT, ACCOUNTS, Settings
from console.vault.entry import AccountEntry, read_account, write_account

if TYPE_CHECKING:
    from console.gateway.client import Gateway
    from console.gateway.signing import SigningKey
    from console.services.certificates import Certificate
    from console.vault.vault import Vault

_SANDBOX = mark("follow", "Sandbox")


@dataclass(frozen=True, slots=True)
class Account:
    """A merchant account as pages show it: `tail` is the end of its UUID, `host` the gateway's."""

    id: str
    name: str
    tail: str
    host: str
    environment: Environment

    @property
    def title(self) -> Text | str:
        """The name a person gave it; the sandbox has its own in every language."""
        return _SANDBOX if self.is_sandbox else self.name

    @property
    def is_sandbox(self) -> bool:
        """Whether no money moves."""
        return self.environment is Environment.SANDBOX


@dataclass(frozen=True, slots=True)
class Access:
    """An account opened: its gateway client, its two keys, and the digest that each signs with."""

    account: Account
    gateway: Gateway
    keys: Mapping[Kind, SigningKey]

    def close(self) -> None:
        """Let go of connections; the keys go with the object."""
        self.gateway.close()


class Accounts:
    """The accounts of a home. Opening one reads the vault and the key files: off the main thread only."""

    def __init__(self, home: Home, settings: Settings, vault: Vault, mark_proof: Callable[[str], str]) -> None:
        self._home = home
        self._settings = settings
        self._vault = vault
        self._mark_proof = mark_proof
        self._open: dict[str, Access] = {}
        self._known: dict[str, Account] = {}
        self._lock = threading.Lock()

    def all(self) -> tuple[Account, ...]:
        """Return the accounts that were read by `load` or `add`, in their order."""
        return tuple(self._known.values())

    @property
    def current(self) -> Account | None:
        """The account that new orders go through, or None where there is none yet."""
        chosen = self._settings.get(ACCOUNT)
        return self._known.get(chosen) or next(iter(self._known.values()), None)

    def choose(self, account_id: str) -> Account:
        """Make an account the current one; KeyError where there is none of that id."""
        account = self._known[account_id]
        self._settings.set(ACCOUNT, account_id)
        return account

    def load(self) -> tuple[Account, ...]:
        """Read UUID and host of every account from the vault; one whose entry is gone is left out."""
        for record in self._settings.get(ACCOUNTS):
            account_id, name = str(record.get("id", "")), str(record.get("name", ""))
            entry = read_account(self._vault, account_id)
            if entry is not None:
                self._known[account_id] = _shown(account_id, name, entry)
        return self.all()

    def add(self, account_id: str, name: str, entry: AccountEntry, certificates: Mapping[Kind, Certificate]) -> Account:
        """Store an account with the certificates that opened.

        The vault is written first and the settings name the account last, so that nothing is half there.
        """
        write_account(self._vault, account_id, entry)
        for kind, certificate in certificates.items():
            self._vault.write(f"{account_id}/{kind.value}", certificate.password)
            _write_private(self.key_file(account_id, kind), certificate.pem)
        if self._record(account_id).get("name") != name:
            others = (record for record in self._settings.get(ACCOUNTS) if record.get("id") != account_id)
            added: dict[str, object] = {"id": account_id, "name": name}
            self._settings.set(ACCOUNTS, (*others, added))
        self._drop(account_id)
        self._known[account_id] = _shown(account_id, name, entry)
        return self._known[account_id]

    def key_file(self, account_id: str, kind: Kind) -> Path:
        """Return where the encrypted private key of an account lies."""
        return self._home.keys / f"{account_id}-{kind.value}.pem"

    def open(self, account_id: str) -> Access:
        """Return the account ready to talk: keys loaded once, connections kept. Raises Unavailable."""
        with self._lock:
            if account_id not in self._open:
                self._open[account_id] = self._connect(account_id)
            return self._open[account_id]

    def close(self) -> None:
        """Close every account."""
        with self._lock:
            for access in self._open.values():
                access.close()
            self._open.clear()

    def digest(self, account_id: str, kind: Kind) -> Digest:
        """Return the digest of a key: a setting, SHA-1 until a probe stored another (API reference 3.2)."""
        stored = _facts(self._record(account_id), kind).get("digest")
        return Digest(stored) if stored in set(Digest) else Digest.SHA1

    def is_proved(self, access: Access, kind: Kind) -> bool:
        """Whether the gateway accepted this very key, digest and host for a question that moves nothing (R11)."""
        stored = _facts(self._record(access.account.id), kind).get("proof")
        return stored == self._proof(access, kind, self.digest(access.account.id, kind))

    def has_proof(self, account_id: str, kind: Kind) -> bool:
        """Whether a proof of the key is kept; that it is of the very key only `is_proved` tells, which opens it."""
        return bool(_facts(self._record(account_id), kind).get("proof"))

    def prove(self, access: Access, kind: Kind, digest: Digest | None) -> None:
        """Store that the gateway accepted the key with `digest`, or (None) that it does not accept it any more."""
        facts: dict[str, object] = {"fingerprint": access.keys[kind].fingerprint}
        if digest is not None:
            facts |= {"digest": digest.value, "proof": self._proof(access, kind, digest)}
        account_id = access.account.id
        if digest is not None and digest is not self.digest(account_id, kind):
            self._drop(account_id)  # signed questions are remembered: another digest begins anew
        self._settings.set(
            ACCOUNTS,
            tuple(
                {**record, kind.value: facts} if record.get("id") == account_id else record
                for record in self._settings.get(ACCOUNTS)
            ),
        )

    def service_code(self, account_id: str, code: str) -> str:
        """Return the code that the account uses for a method: the gateway has renamed codes before."""
        codes = self._record(account_id).get("codes")
        override = codes.get(code) if isinstance(codes, dict) else None
        return override if isinstance(override, str) and override else code

    def _proof(self, access: Access, kind: Kind, digest: Digest) -> str:
        return self._mark_proof(f"{access.account.host}\n{access.keys[kind].fingerprint}\n{digest.value}")

    def _record(self, account_id: str) -> Mapping[str, object]:
        return next((each for each in self._settings.get(ACCOUNTS) if each.get("id") == account_id), {})

    def _connect(self, account_id: str) -> Access:
        from console.gateway.client import Gateway, Signer
        from console.gateway.signing import load_key
        from console.gateway.transport import Transport

        entry = read_account(self._vault, account_id)
        if entry is None:
            raise Unavailable("E-KEYRING-MISSING")
        keys: dict[Kind, SigningKey] = {}
        for kind in Kind:
            password = self._vault.read(f"{account_id}/{kind.value}")
            if password is None:
                raise Unavailable("E-KEYRING-MISSING")
            keys[kind] = load_key(self._key_bytes(account_id, kind), password)
        transport = Transport(entry.host, entry.uuid)
        gateway = Gateway(transport, lambda kind: Signer(keys[kind], self.digest(account_id, kind)))
        return Access(self._known[account_id], gateway, keys)

    def _key_bytes(self, account_id: str, kind: Kind) -> bytes:
        try:
            return self.key_file(account_id, kind).read_bytes()
        except OSError as error:
            raise Unavailable("E-CERT-PASSWORD") from error

    def _drop(self, account_id: str) -> None:
        with self._lock:
            access = self._open.pop(account_id, None)
        if access is not None:
            access.close()


def _shown(account_id: str, name: str, entry: AccountEntry) -> Account:
    host = urlsplit(entry.host).hostname or entry.host
    return Account(account_id, name, entry.tail, host, environment_of(entry.kind, host))


def _facts(record: Mapping[str, object], kind: Kind) -> Mapping[str, object]:
    found = record.get(kind.value)
    return found if isinstance(found, dict) else {}


def _write_private(path: Path, content: bytes) -> None:
    """Write an encrypted key so that only its owner reads it; the old one stays whole until the new one is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".new")
    temporary.unlink(missing_ok=True)
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)
