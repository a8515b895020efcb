"""Everything that pages may ask for, in one place; made by the composition root."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.services.accounts import Accounts
    from console.services.backups import Backups
    from console.services.balances import Balances
    from console.services.check_issuer import Issuers
    from console.services.clock import Clock
    from console.services.connect import Connector
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
    from console.services.settle import Settle
    from console.services.submit import Submit
    from console.settings.settings import Settings


@dataclass(frozen=True, slots=True)
class Services:
    """The services of one home. All but `clock` and `accounts.all` may be slow: call them through Jobs."""

    accounts: Accounts
    connect: Connector
    issuers: Issuers
    balances: Balances
    drafts: Drafts
    reviews: Reviews
    submit: Submit
    settle: Settle
    follow: Follow
    limits: Limits
    lock: Lock
    backups: Backups
    gap: Gap
    recovery: Recovery
    prover: Prover
    operations: Operations
    records: Records
    overviews: Overviews
    settings: Settings
    clock: Clock
