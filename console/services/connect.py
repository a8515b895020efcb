"""Real accounts: connected, checked, given new keys, renamed, removed. Each change is whole or not at all, and a record.

Records name accounts by name and tail, keys by fingerprint; no host and no UUID. Slow (a vault, the disk, the network): off
the main thread only, but for `check_entries` and `needs_typed_host`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from console.catalogue.methods import BY_CODE
from console.domain.endpoint import Kind
from console.domain.text import mark
from console.domain.trouble import Invalid, Unavailable
from console.journal.entry import Entry, EventKind
from console.services import certificates as files
from console.services.connect_entries import UUID, read_code, read_host, read_name, read_uuid
from console.services.connect_record import facts_of, kinds_of, record_of, text_of
from console.services.connect_refusals import confirmed_host, refuse_other_account, refuse_same_pair, typed_entry
from console.services.connect_tell import tell
from console.settings.settings import ACCOUNTS, PROXY

if TYPE_CHECKING:
    from console.gateway.tls_root import Root
    from console.journal.append import Journal
    from console.journal.read import Reader
    from console.services.accounts import Account, Accounts
    from console.services.certificates import Certificate
    from console.services.check import Check, CheckReport, Progress
    from console.services.clock import Clock
    from console.services.connect_record import Record
    from console.services.follow import Follow
    from console.settings.settings import Settings
    from console.vault.entry import AccountEntry

_NO_KEYS = mark("connect", "Add the certificate of payouts, of payments, or both.")
_KNOWN = mark("connect", "This account is connected already, as “{name}”.")
_NO_METHOD = mark("connect", "There is no such method.")
_NOT_A_PROXY = mark("connect", "Enter the proxy as host:port, without a name and a password.")


@dataclass(frozen=True, slots=True)
class Lost:
    """An account that the settings name and the vault has lost: what is left of it, to be connected again."""

    id: str
    name: str
    kinds: frozenset[Kind]


class Connector:
    """Changes the accounts of a home. `require` raises where this process may only look."""

    def __init__(
        self,
        accounts: Accounts,
        settings: Settings,
        journal: Journal,
        reader: Reader,
        follow: Follow,
        check: Check,
        *,
        clock: Clock,
        new_id: Callable[[], str],
        require: Callable[[], None] = lambda: None,
    ) -> None:
        self._accounts = accounts
        self._settings = settings
        self._journal = journal
        self._reader = reader
        self._follow = follow
        self._check = check
        self._clock = clock
        self._new_id = new_id
        self._require = require

    def check_entries(
        self, name: str, host: str, uuid: str, typed_host: str = "", *, has_certificate: bool = True
    ) -> dict[str, Invalid]:
        """Return what is wrong, all of it at once, by field: `connect/name`, `/uuid`, `/host`, `/payout` (no certificate).

        `typed_host` is what was typed to confirm a host that is not documented.
        """
        problems: dict[str, Invalid] = {}
        reads: tuple[Callable[[], object], ...] = (
            lambda: read_name(name, self._names()),
            lambda: read_uuid(uuid),
            lambda: confirmed_host(host, typed_host),
            lambda: _require_some(has_certificate=has_certificate),
        )
        for read in reads:
            try:
                read()
            except Invalid as problem:
                problems[problem.field] = problem
        return problems

    def needs_typed_host(self, host: str) -> bool:
        """Whether a host is confirmed by typing it again: one that the gateway's documentation does not name."""
        try:
            return not read_host(host).is_documented
        except Invalid:
            return False

    def add(
        self,
        name: str,
        host: str,
        uuid: str,
        certificates: Mapping[Kind, Certificate],
        *,
        typed_host: str = "",
        root: Root | None = None,
        again: str | None = None,
    ) -> Account:
        """Connect an account, or with `again` (an id of `lost`) one whose entries the vault has lost.

        `typed_host` is what was typed to confirm a host that is not documented. Raises Invalid with its field, and
        Unavailable where the vault or the disk fails: then nothing is stored.
        """
        self._require()
        known = record_of(self._settings, again) if again is not None else {}
        entry = typed_entry(host, uuid, typed_host)
        name = read_name(name, self._names(but=again))
        self._look_at(entry, certificates, again, known)
        account_id = again or self._new_id()
        what = "account-connected" if again is None else "account-reconnected"
        kept = {kind: files.as_kept(each, self._journal.finder) for kind, each in certificates.items()}
        with self._accounts.deed() as deed:
            self._accounts.store(deed, account_id, name, entry, kept, root)
            self._tell(account_id, what, name, entry.tail, certificates, root=root and root.fingerprint)
        return self._accounts.know(account_id)

    def lost(self) -> tuple[Lost, ...]:
        """Return the accounts that the settings name and the vault has lost: their orders wait for them."""
        there = {account.id for account in self._accounts.all()}
        records = [record for record in self._settings.get(ACCOUNTS) if text_of(record, "id") not in there]
        return tuple(Lost(text_of(each, "id"), text_of(each, "name"), kinds_of(each)) for each in records)

    def check(self, account_id: str, progress: Progress = lambda _: None) -> CheckReport:
        """Check the connection of an account, and go on asking about its orders where its keys are accepted."""
        self._require()
        report = self._check.run(account_id, progress)
        if report.ok:
            self._follow.resume(account_id)
        return report

    def replace(self, account_id: str, kind: Kind, certificate: Certificate) -> Account:
        """Give an account another key, or the one it lacked. It is unproved; the old public half stays in the journal."""
        self._require()
        account = self._accounts.get(account_id)
        refuse_same_pair(record_of(self._settings, account_id), {kind: certificate})
        certificate = files.as_kept(certificate, self._journal.finder)
        with self._accounts.deed() as deed:
            place, name = self._accounts.key_file(account_id, kind), f"{account_id}/{kind.value}"
            deed.key(place, certificate.pem, name, certificate.password)
            key = {"fingerprint": certificate.fingerprint}
            deed.record(account_id, {**record_of(self._settings, account_id), kind.value: key})
            deed.settle_keys()
            self._tell(account_id, "key-replaced", account.name, account.tail, {kind: certificate})
        return self._accounts.know(account_id)

    def set_root(self, account_id: str, root: Root | None) -> Account:
        """Trust another extra root for an account's host, or none besides the system's."""
        self._require()
        account = self._accounts.get(account_id)
        entry = self._accounts.entry(account_id)
        if entry is None:
            raise Unavailable("E-KEYRING-MISSING")
        with self._accounts.deed() as deed:
            self._accounts.store_root(deed, account_id, entry, root)
            what = "root-removed" if root is None else "root-trusted"
            self._tell(account_id, what, account.name, account.tail, {}, root=root and root.fingerprint)
        return self._accounts.know(account_id)

    def rename(self, account_id: str, name: str) -> Account:
        """Give an account another name; raises Invalid."""
        self._require()
        account = self._accounts.get(account_id)
        fresh = read_name(name, self._names(but=account_id))
        with self._accounts.deed() as deed:
            deed.record(account_id, {**record_of(self._settings, account_id), "name": fresh})
            self._tell(account_id, "account-renamed", fresh, account.tail, {}, was=account.name)
        return self._accounts.know(account_id)

    def remove(self, account_id: str) -> None:
        """Remove an account with its private keys and its entries in the vault. Its orders stay in the journal.

        Its name goes last: where the process ends on the way it counts as lost, and can be removed again.
        Nobody can ask about those that are not final afterwards: `unfinished` tells how many they are.
        """
        self._require()
        record = record_of(self._settings, account_id)
        if not record:
            raise Unavailable("E-NO-ACCOUNT")
        entry = self._accounts.entry(account_id)
        with self._accounts.deed() as deed:
            deed.secret(f"{account_id}/account", None)
            for kind in Kind:
                deed.secret(f"{account_id}/{kind.value}", None)
                deed.file(self._accounts.key_file(account_id, kind), None)
            deed.file(self._accounts.root_file(account_id), None)
            deed.record(account_id, None)
            self._tell(account_id, "account-removed", text_of(record, "name"), entry.tail if entry else "", {})
        self._accounts.forget(account_id)

    def unfinished(self, account_id: str) -> int:
        """Return how many of an account's orders are still asked about."""
        return sum(row.account == account_id for row in self._reader.pending())

    def set_code(self, account_id: str, method_code: str, service_code: str) -> None:
        """Let an account use another code for a method, or with an empty one the usual code. Raises Invalid."""
        self._require()
        account = self._accounts.get(account_id)
        if method_code not in BY_CODE:
            raise Invalid(_NO_METHOD)
        code = read_code(service_code)
        record = record_of(self._settings, account_id)
        codes = {**facts_of(record, "codes"), method_code: code}
        kept = {name: value for name, value in codes.items() if value and value != name}
        with self._accounts.deed() as deed:
            deed.record(account_id, {**record, "codes": kept})
            facts = {"method": method_code, "code": code or method_code}
            self._tell(account_id, "service-code", account.name, account.tail, {}, **facts)

    def codes(self, account_id: str) -> dict[str, str]:
        """Return the codes that an account uses instead of the usual ones, by method."""
        codes = facts_of(record_of(self._settings, account_id), "codes")
        return {name: value for name, value in codes.items() if isinstance(value, str)}

    def set_proxy(self, text: str) -> str:
        """Reach gateways through a proxy, or with an empty text through none; return it as it is kept. Raises Invalid."""
        self._require()
        typed = text.strip().lower().removesuffix("/")
        proxy = typed if "://" in typed or not typed else f"http://{typed}"
        with self._accounts.deed() as deed:
            try:
                deed.setting(PROXY, proxy)
            except ValueError:
                raise Invalid(_NOT_A_PROXY) from None
            self._journal.append(Entry(EventKind.CHANGED, self._clock(), masked={"what": "proxy", "proxy": proxy}))
        self._accounts.close()
        return proxy

    def leftover(self, certificates: Mapping[Kind, Certificate]) -> tuple[Path, ...]:
        """Return the files of certificates that still lie where they were chosen."""
        paths = [path for certificate in certificates.values() for path in certificate.files]
        return tuple(path for path in dict.fromkeys(paths) if path.exists())

    def remove_files(self, paths: Sequence[Path]) -> tuple[Path, ...]:
        """Remove files that lie about, as a record; return those that would not go."""
        kept = files.remove_files(paths)
        removed = [path.name for path in paths if path not in kept]
        if removed:
            facts = {"what": "files-removed", "files": removed}
            self._journal.append(Entry(EventKind.CHANGED, self._clock(), masked=facts))
        return kept

    def _names(self, but: str | None = None) -> list[str]:
        records = self._settings.get(ACCOUNTS)
        return [text_of(record, "name") for record in records if but is None or text_of(record, "id") != but]

    def _look_at(
        self, entry: AccountEntry, certificates: Mapping[Kind, Certificate], again: str | None, known: Record
    ) -> None:
        _require_some(has_certificate=bool(certificates))
        refuse_same_pair({}, certificates)
        for account_id, name in ((text_of(each, "id"), text_of(each, "name")) for each in self._settings.get(ACCOUNTS)):
            if account_id != again and self._accounts.is_same(account_id, entry):
                raise Invalid(_KNOWN.with_(name=name), UUID)  # by another host too: it would have limits of its own
        if again is not None:
            refuse_other_account(known, is_same=self._accounts.is_same(again, entry))

    def _tell(
        self,
        account_id: str,
        what: str,
        name: str,
        tail: str,
        certificates: Mapping[Kind, Certificate],
        **facts: object,
    ) -> None:
        """Journal a change; the last step, since it cannot be taken back."""
        tell(self._journal, self._clock(), account_id, what, name, tail, certificates, **facts)


def _require_some(*, has_certificate: bool) -> None:
    if not has_certificate:
        raise Invalid(_NO_KEYS, "connect/payout")
