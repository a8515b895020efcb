"""How the services of a home are made from its journal, vault and settings. No Qt."""

from __future__ import annotations

import random
import threading
from typing import TYPE_CHECKING

from console.app.vaults import JOURNAL_KEY
from console.journal.check import Progress
from console.services.accounts import Accounts
from console.services.anchor import head_in
from console.services.backups import Backups
from console.services.balances import Balances
from console.services.drafts import Drafts
from console.services.follow import Follow
from console.services.gap import Gap
from console.services.limits import Limits
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
    from console.journal.append import Journal
    from console.journal.read import Reader
    from console.services.anchor import Anchor
    from console.services.clock import Clock
    from console.settings.home import Home
    from console.settings.settings import Settings
    from console.vault.vault import Vault


def compose(
    home: Home,
    vault: Vault,
    journal: Journal,
    reader: Reader,
    anchor: Anchor,
    settings: Settings,
    clock: Clock,
) -> Services:
    """Make every service over an open journal and a vault."""
    accounts = Accounts(home, settings, vault, lambda text: journal.finder.mark("proof", text))
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
        backups=Backups(home, journal.journal_id, settings, clock),
        gap=Gap(journal, anchor, settings, clock),
        recovery=Recovery(vault, reader, settings),
        prover=Prover(accounts, journal, clock),
        operations=Operations(journal, reader, accounts, clock),
        records=Records(journal, reader, clock, check),
        overviews=Overviews(journal, reader, accounts, balances, follow, clock),
        settings=settings,
        clock=clock,
    )
