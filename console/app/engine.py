"""What runs behind the window: the journal with its lock, the vault, the sandbox's gateway and the services. No Qt.

`Engine.start` may take a second (imports, keys, files): off the main thread, or before there is a window.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.app.compose import compose
from console.app.vaults import JOURNAL_KEY, AwayVault, is_away, vault_of
from console.domain.endpoint import Kind
from console.domain.secret import Secret
from console.domain.trouble import Trouble, Unavailable
from console.journal.append import Journal
from console.journal.lock import HomeLock
from console.journal.looking import Looking
from console.journal.read import Reader
from console.journal.seal import new_key
from console.sandbox.sandbox import Sandbox
from console.services.anchor import Anchor, head_in
from console.services.certificates import read_certificate
from console.services.connect_repair import repair
from console.services.recover import Recovered, recover
from console.services.services import Services
from console.settings.settings import HOME_ID, RECOVERY_KEPT
from console.vault.deadline import Late, within
from console.vault.entry import AccountEntry

if TYPE_CHECKING:
    from console.domain.moment import Moment
    from console.services.accounts import Accounts
    from console.services.clock import Clock
    from console.settings.home import Home
    from console.settings.settings import Settings
    from console.vault.vault import Vault

SANDBOX_ACCOUNT = "sandbox"
CLOSING = 3.0
"""Seconds for which the password store is waited for at the end: the window is gone, and nobody sees why it takes long."""


@dataclass(slots=True)
class Engine:
    """Everything that runs, and how it is stopped."""

    services: Services
    journal: Journal
    anchor: Anchor
    recovered: Recovered
    sandbox: Sandbox | None
    _undo: ExitStack
    looking: Unavailable | None = None
    """Why nothing can be written, asked or sent, where that is so; else None."""

    @classmethod
    def start(
        cls,
        home: Home,
        settings: Settings,
        clock: Clock,
        *,
        sandbox: bool,
        vault: Vault | None = None,
        gateway_url: str | None = None,
    ) -> Engine:
        """Build everything for `home` (of a sandbox: the inner home). Raises Trouble where it cannot be used.

        What was begun is ended again where the rest cannot be built.
        """
        with _refusals_told(), ExitStack() as undo:
            place = home.create()
            lock = HomeLock.take(place.path, clock())
            undo.callback(lock.release)
            settings.reload()  # until now another process may have held the home
            vault = vault if vault is not None else vault_of(home, settings.home_id(), sandbox=sandbox)
            gateway = Sandbox.open(home.path.parent) if sandbox else None
            if gateway is not None:
                undo.callback(gateway.close)
            journal = _journal(place, vault, settings, clock, lock)
            undo.callback(journal.close)  # the last to close brings the write-ahead log into the file
            reader = Reader(place.journal)
            undo.callback(reader.close)
            anchor = Anchor(vault, journal)
            undo.callback(_keep_head, anchor)
            recovered = _mend(place, vault, settings, journal, reader, clock())
            services = compose(place, vault, journal, reader, anchor, settings, clock)
            undo.callback(services.accounts.close)
            services.gap.look([services.backups.head()])
            if gateway is not None:
                _connect_sandbox(services.accounts, gateway, gateway_url)
                _prove_sandbox(services)
            services.accounts.load()
            services.follow.start()
            services.lock.begin()
            return cls(services, journal, anchor, recovered, gateway, undo.pop_all())

    @classmethod
    def look(
        cls,
        home: Home,
        settings: Settings,
        clock: Clock,
        trouble: Unavailable,
        *,
        sandbox: bool,
        vault: Vault | None = None,
    ) -> Engine:
        """Build what can be looked at where `start` raised `trouble`: another process holds the home (E-SECOND), the
        vault lacks the journal's key (E-KEYRING-JOURNAL), or it does not serve, and then it is not asked once more.
        It takes no lock, recovers, asks and writes nothing.

        Raises Trouble where even that cannot be done.
        """
        with ExitStack() as undo:
            if is_away(trouble):
                vault = AwayVault(trouble)
            if is_away(trouble) or trouble.code == "E-SECOND":
                settings.freeze()  # another process that has the home, or gets it, would lose what is written here
            vault = vault if vault is not None else vault_of(home, settings.get(HOME_ID), sandbox=sandbox)
            journal = Looking(home.path, trouble, _key_at_hand(vault))
            undo.callback(journal.close)
            reader = Reader(home.journal)
            undo.callback(reader.close)
            anchor = Anchor(vault, journal)
            services = compose(home, vault, journal, reader, anchor, settings, clock, looking=trouble)
            _load(services.accounts)
            _begin_locked(services)
            return cls(services, journal, anchor, Recovered(), None, undo.pop_all(), trouble)

    def close(self) -> None:
        """Stop everything: the head goes into the vault, then the journal is closed, then the lock is free."""
        self._undo.close()


def _mend(home: Home, vault: Vault, settings: Settings, journal: Journal, reader: Reader, now: Moment) -> Recovered:
    """Settle what the last process did not end: keys that were being stored, and orders that were being sent."""
    repair(home, vault, settings, journal, reader, now)
    return recover(journal, reader, now)


def _keep_head(anchor: Anchor) -> None:
    """Anchor the last record; a vault that does not take it, or hangs, leaves a gap that the next `verify` names."""
    with suppress(Trouble, Late):
        within(CLOSING, anchor.drop)


def _key_at_hand(vault: Vault) -> Secret | None:
    try:
        return vault.read(JOURNAL_KEY)
    except Trouble:
        return None


def _load(accounts: Accounts) -> None:
    """Name the accounts, where the vault can be read; the journal can be looked at all the same."""
    try:
        accounts.load()
    except Trouble:
        return


def _begin_locked(services: Services) -> None:
    """Ask for the PIN here too, where the vault can be read; without it there is nobody to check one."""
    try:
        services.lock.begin()
    except Trouble:
        return


@contextmanager
def _refusals_told() -> Iterator[None]:
    """Tell what the disk refuses where nothing below has a code for it: the home, its lock, the sandbox's gateway."""
    try:
        yield
    except OSError as error:
        if error.errno is None:  # not of the system
            raise
        code = "E-DISK-FULL" if error.errno in {errno.ENOSPC, errno.EDQUOT} else "E-IO"
        raise Unavailable(code, why=error.strerror or type(error).__name__) from error


def _journal(home: Home, vault: Vault, settings: Settings, clock: Clock, lock: HomeLock) -> Journal:
    key = _journal_key(home, vault, settings)
    return Journal.open(home.path, key, clock(), lock, anchor=head_in(vault))


def _journal_key(home: Home, vault: Vault, settings: Settings) -> Secret:
    """Return the journal's key; a new one is made for a new journal only, and read back before it is used."""
    key = vault.read(JOURNAL_KEY)
    if key is not None:
        return key
    if home.journal.exists() and home.journal.stat().st_size:
        raise Unavailable("E-KEYRING-JOURNAL")
    made = new_key()
    settings.set(RECOVERY_KEPT, False)  # whatever code was kept was of another journal
    vault.write(JOURNAL_KEY, made)
    if vault.read(JOURNAL_KEY) != made:
        raise Unavailable("E-KEYRING-READBACK")
    return made


def _connect_sandbox(accounts: Accounts, sandbox: Sandbox, gateway_url: str | None) -> None:
    """(Re)connect the practice account: its gateway's port may be another each time."""
    entry = AccountEntry(Secret(sandbox.account), gateway_url or sandbox.url, "sandbox")
    certificates = {
        Kind.PAYMENT: read_certificate([sandbox.payment_certificate]),
        Kind.PAYOUT: read_certificate([sandbox.payout_certificate]),
    }
    accounts.add(SANDBOX_ACCOUNT, "Sandbox", entry, certificates)


def _prove_sandbox(services: Services) -> None:
    """Prove both keys of the practice account at its own gateway, so that it works at once; it may be away."""
    try:
        services.balances.refresh(SANDBOX_ACCOUNT)
        services.prover.prove(SANDBOX_ACCOUNT, Kind.PAYMENT)
    except Trouble:
        return
