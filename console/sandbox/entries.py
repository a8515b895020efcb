"""An order the gateway accepted, or will accept late: everything its answers are made from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from console.domain.endpoint import Endpoint, Kind
from console.domain.money import Money
from console.sandbox.outcomes import LATE_BY, SETTLES_AFTER, Fate, Final, Outcome

PAYMENT_FEE = (35, 1000)
PAYOUT_FEE = (15, 1000)
"""What the sandbox takes: 3.5 % of a payment and 1.5 % of a payout, rounded to kopecks."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An order as the ledger keeps it; sums in kopecks, times aware and in UTC.

    `id` is the gateway's, 0 while a late order has none. `paid` is what was paid in the end and `fee` the gateway's
    part of it; `change` is what the balance gains at `final_at`, less than zero for a payout.
    """

    order_id: str
    kind: Kind
    endpoint: Endpoint
    service: str
    account: str
    amount: Money
    uuid: str
    outcome: str
    sent_at: datetime
    accepted_at: datetime
    final_at: datetime
    final: Final
    paid: int
    fee: int
    change: int
    id: int = 0

    def is_final(self, now: datetime) -> bool:
        """Whether the order has its final state."""
        return now >= self.final_at

    def status(self, now: datetime) -> str:
        """Return the `payment_status` of this moment."""
        return self.final.word if self.is_final(now) else "wait"

    def numbered(self, number: int) -> Entry:
        """Return the entry with the gateway's id."""
        return replace(self, id=number)

    def digits(self, purpose: str, count: int) -> str:
        """Return `count` digits that are always the same for this order and purpose."""
        seed = hashlib.sha256(f"{self.uuid} {purpose}".encode()).hexdigest()
        return str(int(seed, 16))[:count]


def accept(
    kind: Kind,
    outcome: Outcome,
    sent_at: datetime,
    *,
    service: str,
    account: str,
    order_id: str,
    amount: Money,
    uuid: str,
) -> Entry:
    """Return the entry of an order: when it is accepted and final, what is paid, and what that does to the balance."""
    final = outcome.final
    paid = 0
    if final.moves_money:
        paid = amount.kopecks // 2 if final is Final.PART else amount.kopecks
    share, whole = PAYOUT_FEE if kind is Kind.PAYOUT else PAYMENT_FEE
    fee = (paid * share + whole // 2) // whole
    accepted_at = sent_at + timedelta(seconds=LATE_BY if outcome.fate is Fate.LATE else 0)
    return Entry(
        order_id=order_id,
        kind=kind,
        endpoint=kind.create,
        service=service,
        account=account,
        amount=amount,
        uuid=uuid,
        outcome=outcome.code,
        sent_at=sent_at,
        accepted_at=accepted_at,
        final_at=accepted_at + timedelta(seconds=SETTLES_AFTER),
        final=final,
        paid=paid,
        fee=fee,
        change=-paid if kind is Kind.PAYOUT else paid - fee,
    )
