"""What runs behind the window: the journal with its lock, the vault, the sandbox's gateway and the services. No Qt.

`Engine.start` may take a second (imports, keys, files): off the main thread, or before there is a window.
"""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.app.vaults import JOURNAL_KEY, vault_of
from console.domain.endpoint import Kind
from console.domain.trouble import Trouble, Unavailable
from console.journal.append import Journal
from console.journal.check import Progress
from console.journal.lock import HomeLock
from console.journal.read import Reader
from console.journal.seal import new_key
from console.services.accounts import Accounts
from console.services.anchor import Anchor, head_in
from console.services.balances import Balances
from console.services.certificates import read_certificate
from console.services.clock import Clock
from console.services.drafts import Drafts
from console.services.follow import Follow
from console.services.limits import Limits
from console.services.operations import Operations
from console.services.overview import Overviews
from console.services.proof import Prover
from console.services.records import Records
from console.services.recover import Recovered, recover
from console.services.reviews import Reviews
from console.services.services import Services
from console.services.settle import Settle
from console.services.submit import Submit
from console.services.verify import Report, verify
from console.vault.entry import AccountEntry

if TYPE_CHECKING:
    from console.domain.secret import Secret
    from console.sandbox.sandbox import Sandbox
    from console.settings.home import Home
    from console.settings.settings import Settings
    from console.vault.vault import Vault

SANDBOX_ACCOUNT = "sandbox"


@dataclass(slots=True)
class Engine:
    """Everything that runs, and how it is stopped."""

    services: Services
    journal: Journal
    anchor: Anchor
    recovered: Recovered
    sandbox: Sandbox | None
    _lock: HomeLock
    _reader: Reader

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
        """Build everything for `home` (of a sandbox: the inner home). Raises Trouble where it cannot be used."""
        place = home.create()
        lock = HomeLock.take(place.path, clock())
        try:
            return _build(place, settings, clock, lock, sandbox=sandbox, vault=vault, gateway_url=gateway_url)
        except BaseException:
            lock.release()
            raise

    def close(self) -> None:
        """Stop everything: the head goes into the vault last, then the lock is free."""
        try:
            self.services.accounts.close()
            self._keep_head()
            self._reader.close()
            self.journal.close()  # the last to close brings the write-ahead log into the file
            if self.sandbox is not None:
                self.sandbox.close()
        finally:
            self._lock.release()

    def _keep_head(self) -> None:
        """Anchor the last record; a vault that does not take it leaves a gap that the next `verify` names."""
        try:
            self.anchor.drop()
        except Trouble:
            return


def _build(
    home: Home,
    settings: Settings,
    clock: Clock,
    lock: HomeLock,
    *,
    sandbox: bool,
    vault: Vault | None,
    gateway_url: str | None,
) -> Engine:
    settings.home_id()
    vault = vault if vault is not None else vault_of(home, sandbox=sandbox)
    journal = _journal(home, vault, clock, lock)
    reader = Reader(home.journal)
    recovered = recover(journal, reader, clock())
    accounts = Accounts(home, settings, vault, lambda text: journal.finder.mark("proof", text))
    gateway = _connect_sandbox(home, accounts, gateway_url) if sandbox else None
    accounts.load()
    services = _services(home, vault, journal, reader, accounts, settings, clock)
    if gateway is not None:
        _prove_sandbox(services)
    services.follow.start()
    return Engine(services, journal, Anchor(vault, journal), recovered, gateway, lock, reader)


def _journal(home: Home, vault: Vault, clock: Clock, lock: HomeLock) -> Journal:
    key = _journal_key(home, vault)
    anchor = head_in(vault)
    return Journal.open(home.path, key, clock(), lock, anchor=anchor)


def _journal_key(home: Home, vault: Vault) -> Secret:
    """Return the journal's key; a new one is made for a new journal only, and read back before it is used."""
    key = vault.read(JOURNAL_KEY)
    if key is not None:
        return key
    if home.journal.exists() and home.journal.stat().st_size:
        raise Unavailable("E-KEYRING-JOURNAL")
    made = new_key()
    vault.write(JOURNAL_KEY, made)
    if vault.read(JOURNAL_KEY) != made:
        raise Unavailable("E-KEYRING-READBACK")
    return made


def _connect_sandbox(home: Home, accounts: Accounts, gateway_url: str | None) -> Sandbox:
    """Start the sandbox's gateway, or find the one that runs, and (re)connect its account: the port may be another."""
    from console.sandbox.sandbox import Sandbox

    sandbox = Sandbox.open(home.path.parent)
    entry = AccountEntry(_secret(sandbox.account), gateway_url or sandbox.url, "sandbox")
    accounts.add(
        SANDBOX_ACCOUNT,
        "Sandbox",
        entry,
        {
            Kind.PAYMENT: read_certificate([sandbox.payment_certificate]),
            Kind.PAYOUT: read_certificate([sandbox.payout_certificate]),
        },
    )
    return sandbox


def _secret(text: str) -> Secret:
    from console.domain.secret import Secret

    return Secret(text)


def _services(
    home: Home,
    vault: Vault,
    journal: Journal,
    reader: Reader,
    accounts: Accounts,
    settings: Settings,
    clock: Clock,
) -> Services:
    balances = Balances(accounts, journal, clock)
    limits = Limits(journal, reader, settings, clock)
    reviews = Reviews(accounts, balances, reader, journal.finder, limits, settings, clock)
    follow = Follow(accounts, journal, reader, clock, random.random)

    def check(progress: Progress) -> Report:
        journal.flush(clock())
        return verify(home.path, key=vault.read(JOURNAL_KEY), anchor=head_in(vault), progress=progress)

    return Services(
        accounts=accounts,
        balances=balances,
        drafts=Drafts(journal.papers, reader, settings, clock),
        reviews=reviews,
        submit=Submit(accounts, journal, reader, reviews, clock, threading.Event().wait),
        settle=Settle(journal, reader, clock),
        follow=follow,
        limits=limits,
        prover=Prover(accounts, journal, clock),
        operations=Operations(journal, reader, accounts, clock),
        records=Records(journal, reader, clock, check),
        overviews=Overviews(journal, reader, accounts, balances, follow, clock),
        settings=settings,
        clock=clock,
    )


def _prove_sandbox(services: Services) -> None:
    """Prove both keys of the practice account at its own gateway, so that it works at once; it may be away."""
    try:
        services.balances.refresh(SANDBOX_ACCOUNT)
        services.prover.prove(SANDBOX_ACCOUNT, Kind.PAYMENT)
    except Trouble:
        return
