"""One run without a password store: a vault in memory, filled from what a person types; nothing of it is written anywhere.

Typed are the recovery code, and of an account its UUID, its host and the passwords of its keys; a password that the console
itself gave to an unprotected key comes with the code. All of it is proved before the vault is given out: the code against
the journal, the passwords against the key files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from console.domain.endpoint import Kind
from console.domain.secret import Secret
from console.domain.text import mark
from console.domain.trouble import Invalid, Trouble
from console.journal.seal import Finder
from console.services.certificates import own_password
from console.services.connect_open import key_path
from console.services.connect_record import facts_of, kinds_of, record_of, text_of
from console.services.connect_refusals import refuse_other_account, typed_entry
from console.services.recovery import JOURNAL_KEY, Recovery
from console.settings.settings import ACCOUNTS
from console.vault.entry import write_account
from console.vault.memory import MemoryVault

if TYPE_CHECKING:
    from console.journal.read import Reader
    from console.settings.home import Home
    from console.settings.settings import Settings

CODE, PASSWORD = "session/code", "session/{kind}"

_NO_CODE = mark("connect", "Enter the recovery code of this journal.")
_NOT_OPENED = mark("connect", "This password does not open the key.")
_NO_FILE = mark("connect", "The key's file is not there.")


@dataclass(frozen=True, slots=True)
class Known:
    """An account that the settings name: what has to be typed for it is its UUID, its host and a password a key."""

    id: str
    name: str
    kinds: frozenset[Kind]


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed for an account; `typed_host` confirms a host that is not documented."""

    account_id: str
    uuid: str = field(repr=False)
    host: str
    passwords: Mapping[Kind, str] = field(repr=False)
    typed_host: str = ""


class Session:
    """Fills a vault for one run of a home. Slow (key files): off the main thread only."""

    def __init__(self, home: Home, settings: Settings, reader: Reader) -> None:
        self._home = home
        self._settings = settings
        self._reader = reader

    @property
    def needs_code(self) -> bool:
        """Whether there is a journal, whose key the recovery code brings; a new one makes its own."""
        return bool(self._reader.meta())

    def accounts(self) -> tuple[Known, ...]:
        """Return the accounts that may be used; none of them has to."""
        records = self._settings.get(ACCOUNTS)
        return tuple(Known(text_of(each, "id"), text_of(each, "name"), kinds_of(each)) for each in records)

    def fill(self, code: str, typed: tuple[Typed, ...] = ()) -> MemoryVault:
        """Return the vault: an empty one where there is no journal yet, which will make its own key.

        Raises Invalid with its field: `session/code`, `session/payout`, `session/payment`, `connect/uuid`, `connect/host`.
        """
        vault = MemoryVault()
        if not self.needs_code:
            return vault
        key = self._key(vault, code)
        vault.write(JOURNAL_KEY, key)
        for each in typed:
            self._put(vault, each, Finder(key))
        return vault

    def _put(self, vault: MemoryVault, typed: Typed, finder: Finder) -> None:
        record = record_of(self._settings, typed.account_id)
        entry = typed_entry(typed.host, typed.uuid, typed.typed_host)
        same = entry.marked(lambda text: finder.mark("proof", text)) == record.get("mark")
        refuse_other_account(record, is_same=same)
        for kind in sorted(kinds_of(record)):
            given = typed.passwords.get(kind, "")
            password = (
                Secret(given) if given else own_password(finder, text_of(facts_of(record, kind.value), "fingerprint"))
            )
            self._require_opens(typed.account_id, kind, password)
            vault.write(f"{typed.account_id}/{kind.value}", password)
        write_account(vault, typed.account_id, entry)

    def _key(self, vault: MemoryVault, code: str) -> Secret:
        if not code.strip():
            raise Invalid(_NO_CODE, CODE)
        try:
            return Recovery(vault, self._reader, self._settings).key(code)
        except Invalid as problem:
            raise Invalid(problem.text, CODE) from None

    def _require_opens(self, account_id: str, kind: Kind, password: Secret) -> None:
        from console.gateway.signing import load_key

        name = PASSWORD.format(kind=kind.value)
        try:
            load_key(key_path(self._home, account_id, kind).read_bytes(), password)
        except OSError:
            raise Invalid(_NO_FILE, name) from None
        except Trouble:
            raise Invalid(_NOT_OPENED, name) from None
