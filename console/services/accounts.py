"""Merchant accounts: what is shown of them, their keys, and how one is opened for talking to the gateway.

The UUID and the host come from the vault, never from a file; settings hold local ids, names, fingerprints and digests.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from console.domain.digest import Digest
from console.domain.endpoint import Kind
from console.domain.moment import parse_utc
from console.domain.trouble import Unavailable
from console.services.account import Account, shown
from console.services.connect_deed import Deed
from console.services.connect_open import Keys, Opener
from console.services.connect_record import change_record, facts_of, of_key, record_of, text_of
from console.services.connect_rules import SANDBOX, require_lawful
from console.settings.home import Home
from console.settings.settings import ACCOUNT, ACCOUNTS, RECOVERY_KEPT, Settings
from console.vault.entry import AccountEntry, known_account, read_account

if TYPE_CHECKING:
    from datetime import datetime

    from console.domain.method import Method
    from console.domain.moment import Moment
    from console.gateway.client import Gateway
    from console.gateway.tls_root import Root
    from console.services.certificates import Certificate
    from console.vault.vault import Vault

__all__ = ["Access", "Account", "Accounts"]


@dataclass(frozen=True, slots=True)
class Access:
    """An account opened: its gateway client, its keys, and the digest that each signs with."""

    account: Account
    gateway: Gateway
    keys: Keys

    def close(self) -> None:
        """Let go of connections; the keys go with the object."""
        self.gateway.close()


class Accounts:
    """The accounts of a home. Opening one reads the vault and the key files: off the main thread only.

    `mark_proof` makes keyed marks with the journal's key, by which what the settings claim is believed.
    """

    def __init__(self, home: Home, settings: Settings, vault: Vault, mark_proof: Callable[[str], str]) -> None:
        self._settings = settings
        self._vault = vault
        self._mark_proof = mark_proof
        self._opener = Opener(home, settings, vault, mark_proof)
        self._open: dict[str, Access] = {}
        self._known: dict[str, Account] = {}
        self._is_locked = False
        self._lock = threading.Lock()

    def all(self) -> tuple[Account, ...]:
        """Return the accounts that were read by `load` or `add`, in their order."""
        return tuple(self._known.values())

    def get(self, account_id: str) -> Account:
        """Return one of them; raises Unavailable("E-NO-ACCOUNT")."""
        if account_id not in self._known:
            raise Unavailable("E-NO-ACCOUNT")
        return self._known[account_id]

    @property
    def current(self) -> Account | None:
        """The account that new orders go through, or None where there is none yet."""
        chosen = self._settings.get(ACCOUNT)
        return self._known.get(chosen) or next(iter(self._known.values()), None)

    @property
    def is_code_kept(self) -> bool:
        """Whether a person proved to have the recovery code, without which no live create leaves."""
        return self._settings.get(RECOVERY_KEPT)

    def choose(self, account_id: str) -> Account:
        """Make an account the current one; KeyError where there is none of that id."""
        account = self._known[account_id]
        self._settings.set(ACCOUNT, account_id)
        return account

    def load(self) -> tuple[Account, ...]:
        """Read UUID and host of every account from the vault; one whose entry is gone or damaged is left out."""
        known: dict[str, Account] = {}
        for record in self._settings.get(ACCOUNTS):
            account_id = text_of(record, "id")
            entry = known_account(self._vault, account_id) if account_id else None
            if entry is not None:
                known[account_id] = shown(record, entry)
        self._known = known
        return self.all()

    def add(self, account_id: str, name: str, entry: AccountEntry, certificates: Mapping[Kind, Certificate]) -> Account:
        """Store an account with the certificates that opened, whole or not at all; keep what is known of its keys."""
        with self.deed() as deed:
            self.store(deed, account_id, name, entry, certificates)
        return self.know(account_id)

    def deed(self) -> Deed:
        """Return the context of a change that is whole or not at all."""
        return Deed(self._vault, self._settings)

    def entry(self, account_id: str) -> AccountEntry | None:
        """Return an account's entry in the vault, or None."""
        return read_account(self._vault, account_id)

    def store(
        self,
        deed: Deed,
        account_id: str,
        name: str,
        entry: AccountEntry,
        certificates: Mapping[Kind, Certificate],
        root: Root | None = None,
    ) -> None:
        """Take the steps that store an account: the vault, the settings, the keys' places. `know` it afterwards.

        A live account's own entry follows its keys: without it the account counts as lost. The sandbox's comes first.
        """
        require_lawful(entry)
        record = {**record_of(self._settings, account_id), "id": account_id, "name": name}
        record["mark"] = entry.marked(self._mark_proof)
        if entry.kind == SANDBOX:
            deed.secret(f"{account_id}/account", entry.pack())
        for kind, certificate in certificates.items():
            place, name = self.key_file(account_id, kind), f"{account_id}/{kind.value}"
            deed.key(place, certificate.pem, name, certificate.password)
            record[kind.value] = of_key(facts_of(record, kind.value), certificate.fingerprint)
        deed.secret(f"{account_id}/account", entry.pack())
        if root is not None:
            deed.file(self.root_file(account_id), root.pem)
            record["root"] = self._opener.root_mark(entry, root)
        deed.record(account_id, record)
        deed.settle_keys()

    def store_root(self, deed: Deed, account_id: str, entry: AccountEntry, root: Root | None) -> None:
        """Take the steps that store an extra root for an account's host, or remove it."""
        deed.file(self.root_file(account_id), None if root is None else root.pem)
        kept = {name: value for name, value in record_of(self._settings, account_id).items() if name != "root"}
        marked = {} if root is None else {"root": self._opener.root_mark(entry, root)}
        deed.record(account_id, {**kept, **marked})

    def know(self, account_id: str) -> Account:
        """Read an account anew after a change, and let go of what was opened for the old one."""
        entry, record = self.entry(account_id), record_of(self._settings, account_id)
        if entry is None or not record:
            raise Unavailable("E-NO-ACCOUNT")
        self._known = {**self._known, account_id: shown(record, entry)}
        self.drop(account_id)
        return self._known[account_id]

    def forget(self, account_id: str) -> None:
        """Take an account out of the list."""
        self._known = {known: account for known, account in self._known.items() if known != account_id}
        self.drop(account_id)

    def is_same(self, account_id: str, entry: AccountEntry) -> bool:
        """Whether an entry has the UUID that the account was connected with."""
        return record_of(self._settings, account_id).get("mark") == entry.marked(self._mark_proof)

    def key_file(self, account_id: str, kind: Kind) -> Path:
        """Return where the encrypted private key of an account lies."""
        return self._opener.key_file(account_id, kind)

    def root_file(self, account_id: str) -> Path:
        """Return where the extra root of an account lies, where it has one."""
        return self._opener.root_file(account_id)

    def root(self, account_id: str) -> Root | None:
        """Return the extra root that was chosen for an account, or None; E-TLS-ROOT where its file was changed."""
        return self._opener.root(account_id)

    def open(self, account_id: str) -> Access:
        """Return the account ready to talk: keys loaded once, connections kept. Raises Unavailable.

        While the console is locked only accounts that were open before are; another one is E-LOCKED.
        """
        with self._lock:
            if account_id not in self._open:
                if self._is_locked:
                    raise Unavailable("E-LOCKED")
                self._open[account_id] = self._connect(self.get(account_id))
            return self._open[account_id]

    def drop(self, account_id: str) -> None:
        """Let go of an opened account; the next one that needs it opens it anew."""
        with self._lock:
            access = self._open.pop(account_id, None)
        if access is not None:
            access.close()

    def lock(self) -> None:
        """Let go of every private key. What was signed before can still be asked; nothing new is signed (E-LOCKED)."""
        with self._lock:
            self._is_locked = True
            for access in self._open.values():
                access.keys.drop()

    def unlock(self) -> None:
        """Read the keys again. An account whose keys cannot be read is let go of: opening it says why."""
        with self._lock:
            self._is_locked = False
            for account_id, access in tuple(self._open.items()):
                try:
                    self._opener.reload(account_id, access.keys)
                except Unavailable:
                    self._open.pop(account_id).close()

    def close(self) -> None:
        """Close every account."""
        with self._lock:
            for access in self._open.values():
                access.close()
            self._open.clear()

    def digest(self, account_id: str, kind: Kind) -> Digest:
        """Return the digest of a key: a setting, SHA-1 until a probe stored another (API reference 3.2)."""
        stored = facts_of(record_of(self._settings, account_id), kind.value).get("digest")
        return Digest(stored) if stored in set(Digest) else Digest.SHA1

    def is_proved(self, access: Access, kind: Kind) -> bool:
        """Whether the gateway accepted this very key, digest and host for a question that moves nothing (R11)."""
        stored = facts_of(record_of(self._settings, access.account.id), kind.value).get("proof")
        return stored == self._proof(access, kind, self.digest(access.account.id, kind))

    def has_proof(self, account_id: str, kind: Kind) -> bool:
        """Whether a proof of the key is kept; that it is of the very key only `is_proved` tells, which opens it."""
        return bool(facts_of(record_of(self._settings, account_id), kind.value).get("proof"))

    def checked(self, account_id: str, kind: Kind) -> datetime | None:
        """Return when the gateway was last asked to prove the key, or None where it never was."""
        stored = text_of(facts_of(record_of(self._settings, account_id), kind.value), "checked")
        try:
            return parse_utc(stored)
        except ValueError:
            return None

    def prove(self, access: Access, kind: Kind, digest: Digest | None, at: Moment | None = None) -> None:
        """Store that the gateway accepted the key with `digest`, or (None) that it does not accept it any more.

        `at` is when it was asked to.
        """
        facts: dict[str, object] = {"fingerprint": access.keys[kind].fingerprint}
        if at is not None:
            facts["checked"] = at.iso()
        if digest is not None:
            facts |= {"digest": digest.value, "proof": self._proof(access, kind, digest)}
        account_id = access.account.id
        if digest is not None and digest is not self.digest(account_id, kind):
            self.drop(account_id)  # signed questions are remembered: another digest begins anew
        change_record(self._settings, account_id, **{kind.value: facts})

    def service_code(self, account_id: str, code: str) -> str:
        """Return the code that the account uses for a method: the gateway has renamed codes before."""
        return text_of(facts_of(record_of(self._settings, account_id), "codes"), code) or code

    def offers(self, account_id: str, method: Method) -> bool | None:
        """Whether the account lists a method, or None where the gateway was not asked or does not say."""
        heard = facts_of(facts_of(record_of(self._settings, account_id), "info"), method.kind.value)
        codes = heard.get("codes")
        if heard.get("allowed") is False:
            return False
        return self.service_code(account_id, method.code) in codes if isinstance(codes, list) else None

    def _proof(self, access: Access, kind: Kind, digest: Digest) -> str:
        return self._mark_proof(f"{access.account.host}\n{access.keys[kind].fingerprint}\n{digest.value}")

    def _connect(self, account: Account) -> Access:
        gateway, keys = self._opener.connect(account.id, account.kinds, lambda kind: self.digest(account.id, kind))
        return Access(account, gateway, keys)
