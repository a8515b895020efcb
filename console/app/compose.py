"""How the services of a home are made from its journal, vault and settings. No Qt."""

from __future__ import annotations

import random
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.app.vaults import JOURNAL_KEY, held_by
from console.journal.check import Progress
from console.services.accounts import Accounts
from console.services.anchor import head_in
from console.services.backups import Backups
from console.services.balances import Balances
from console.services.check import Check
from console.services.check_issuer import Issuers
from console.services.connect import Connector
from console.services.connect_looking import ShownAccounts
from console.services.drafts import Drafts
from console.services.follow import Follow
from console.services.gap import Gap
from console.services.limits import Limits
from console.services.lock import Lock
from console.services.operations import Operations
from console.services.overview import Overviews
from console.services.proof import Prover
from console.services.records import Records
from console.services.recovery import Recovery
from console.services.reviews import Reviews
from console.services.services import Services
from console.services.settle import Settle
from console.services.submit import Submit
from console.services.verify import Report, verify

if TYPE_CHECKING:
    from console.domain.trouble import Unavailable
    from console.journal.append import Journal
    from console.journal.read import Reader
    from console.services.anchor import Anchor
    from console.services.clock import Clock
    from console.settings.home import Home
    from console.settings.settings import Settings
    from console.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class _Asking:
    """The services that talk to gateways, and those that change the accounts they talk for."""

    accounts: Accounts
    issuers: Issuers
    balances: Balances
    prover: Prover
    follow: Follow
    connect: Connector


def compose(
    home: Home,
    vault: Vault,
    journal: Journal,
    reader: Reader,
    anchor: Anchor,
    settings: Settings,
    clock: Clock,
    *,
    looking: Unavailable | None = None,
) -> Services:
    """Make every service over an open journal and a vault; `looking` says why they may only be asked, if so."""
    accounts = _accounts(home, settings, vault, journal, looking)
    asking = _asking(accounts, journal, reader, settings, clock, looking)
    limits = Limits(journal, reader, settings, clock)
    backups = Backups(home, journal.journal_id, settings, clock)
    reviews = _reviews(accounts, asking, journal, reader, limits, settings, clock)
    return Services(
        accounts=accounts,
        connect=asking.connect,
        issuers=asking.issuers,
        balances=asking.balances,
        drafts=Drafts(journal.papers, reader, settings, clock),
        reviews=reviews,
        submit=Submit(accounts, journal, reader, reviews, clock, threading.Event().wait),
        settle=Settle(journal, reader, clock),
        follow=asking.follow,
        limits=limits,
        lock=Lock(vault, accounts, journal, reader, clock),
        backups=backups,
        gap=Gap(journal, anchor, settings, clock, backups),
        recovery=Recovery(vault, reader, settings),
        prover=asking.prover,
        operations=Operations(journal, reader, accounts, clock),
        records=Records(journal, reader, clock, _checking(home, vault, journal, clock, looking)),
        overviews=Overviews(journal, reader, accounts, asking.balances, asking.follow, clock),
        settings=settings,
        clock=clock,
    )


def _reviews(
    accounts: Accounts,
    asking: _Asking,
    journal: Journal,
    reader: Reader,
    limits: Limits,
    settings: Settings,
    clock: Clock,
) -> Reviews:
    def fault() -> Unavailable | None:
        return journal.fault

    return Reviews(accounts, asking.balances, reader, journal.finder, limits, settings, clock, fault=fault)


def _accounts(home: Home, settings: Settings, vault: Vault, journal: Journal, looking: Unavailable | None) -> Accounts:
    def mark(text: str) -> str:
        return journal.finder.mark("proof", text)

    if looking is not None:
        return ShownAccounts(home, settings, vault, mark, looking)
    return Accounts(home, settings, vault, mark)


def _asking(
    accounts: Accounts,
    journal: Journal,
    reader: Reader,
    settings: Settings,
    clock: Clock,
    looking: Unavailable | None,
) -> _Asking:
    def require() -> None:
        if looking is not None:
            raise looking

    issuers = Issuers(settings, journal, clock)
    balances = Balances(accounts, journal, clock, issuers)
    prover = Prover(accounts, journal, clock, issuers)
    follow = Follow(accounts, journal, reader, clock, random.random)
    check = Check(accounts, balances, prover, journal, issuers, settings, clock)
    connect = Connector(
        accounts, settings, journal, reader, follow, check, clock=clock, new_id=_new_id, require=require
    )  # fmt: skip
    return _Asking(accounts, issuers, balances, prover, follow, connect)


def _checking(
    home: Home, vault: Vault, journal: Journal, clock: Clock, looking: Unavailable | None
) -> Callable[[Progress], Report]:
    """Return the check of the journal. Who may only look checks what can be checked without the vault."""

    def check(progress: Progress) -> Report:
        journal.flush(clock())
        key, anchor = held_by(vault) if looking is not None else (vault.read(JOURNAL_KEY), head_in(vault))
        return verify(home.path, key=key, anchor=anchor, progress=progress)

    return check


def _new_id() -> str:
    return uuid.uuid4().hex[:12]
