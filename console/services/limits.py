"""Limits on payouts: for one payout, for a day, for a recipient and day; each has a level that warns and one that blocks.

Days are Moscow days. A changed limit is an event. Payments bring money in and have no limits.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from enum import Enum
from typing import TYPE_CHECKING

from console.domain.doubt import Doubt, Weight
from console.domain.endpoint import Kind
from console.domain.moment import MOSCOW, Moment
from console.domain.money import Money
from console.domain.text import Text, mark
from console.domain.trouble import Invalid
from console.journal.entry import Entry, EventKind
from console.settings.settings import LIMITS

if TYPE_CHECKING:
    from console.journal.append import Journal
    from console.journal.read import Reader
    from console.services.clock import Clock
    from console.services.doubts import Candidate
    from console.settings.settings import Settings


class Scope(str, Enum):
    """What a limit counts."""

    PAYOUT = "payout"
    DAY = "day"
    RECIPIENT = "recipient"


@dataclass(frozen=True, slots=True)
class Limit:
    """The two levels of one scope for one account; None where there is none."""

    account: str
    scope: Scope
    warn: Money | None = None
    block: Money | None = None


_ORDER = mark("limits", "The level that warns is below the level that blocks.")
_TITLES = {
    Scope.PAYOUT: mark("limits", "More than usual for one payout"),
    Scope.DAY: mark("limits", "More than usual for a day"),
    Scope.RECIPIENT: mark("limits", "More than usual for this recipient in a day"),
}
_WARN = {
    Scope.PAYOUT: mark("limits", "Your limit for one payout warns from {level} on."),
    Scope.DAY: mark("limits", "With this payout today's payouts come to {sum}; the limit warns from {level} on."),
    Scope.RECIPIENT: mark(
        "limits", "With this payout the recipient gets {sum} today; the limit warns from {level} on."
    ),
}
_BLOCK = {
    Scope.PAYOUT: mark("limits", "Your limit for one payout is {level}. Larger ones are blocked by the settings."),
    Scope.DAY: mark("limits", "With this payout today's payouts come to {sum}; your limit of {level} a day blocks it."),
    Scope.RECIPIENT: mark(
        "limits", "With this payout the recipient gets {sum} today; your limit of {level} a day blocks it."
    ),
}


class Limits:
    """The limits of a home's accounts."""

    def __init__(self, journal: Journal, reader: Reader, settings: Settings, clock: Clock) -> None:
        self._journal = journal
        self._reader = reader
        self._settings = settings
        self._clock = clock

    def of(self, account: str) -> tuple[Limit, ...]:
        """Return the limits of an account, one for each scope."""
        return tuple(self._limit(account, scope) for scope in Scope)

    def change(self, limit: Limit) -> None:
        """Store a limit and journal what it was. Raises Invalid where it would block before it warns."""
        if limit.warn is not None and limit.block is not None and limit.warn > limit.block:
            raise Invalid(_ORDER)
        before = self._limit(limit.account, limit.scope)
        if before == limit:
            return
        masked: dict[str, object] = {
            "setting": "limit",
            "scope": limit.scope.value,
            "before": [_kopecks(before.warn), _kopecks(before.block)],
            "after": [_kopecks(limit.warn), _kopecks(limit.block)],
        }
        self._journal.append(Entry(EventKind.CHANGED, self._clock(), account=limit.account, masked=masked))
        kept = [
            record
            for record in self._settings.get(LIMITS)
            if (record.get("account"), record.get("scope")) != (limit.account, limit.scope.value)
        ]
        changed: dict[str, object] = {
            "account": limit.account,
            "scope": limit.scope.value,
            "warn": _kopecks(limit.warn),
            "block": _kopecks(limit.block),
        }
        self._settings.set(LIMITS, (*kept, changed))

    def block_of(self, candidate: Candidate, now: Moment) -> Text | None:
        """Return the limit that blocks an order, or None."""
        for limit in self._levels(candidate):
            if limit.block is not None and (total := self._total(limit.scope, candidate, now)) > limit.block:
                return _BLOCK[limit.scope].with_(level=limit.block, sum=total)
        return None

    def doubts_of(self, candidate: Candidate, now: Moment) -> tuple[Doubt, ...]:
        """Return the strong warnings of the limits that an order reaches."""
        found = []
        for limit in self._levels(candidate):
            if limit.warn is not None and (total := self._total(limit.scope, candidate, now)) >= limit.warn:
                text = _WARN[limit.scope].with_(level=limit.warn, sum=total)
                found.append(Doubt(f"limit-{limit.scope.value}", _TITLES[limit.scope], text, Weight.STRONG, "amount"))
        return tuple(found)

    def _levels(self, candidate: Candidate) -> tuple[Limit, ...]:
        return self.of(candidate.account) if candidate.kind is Kind.PAYOUT else ()

    def _total(self, scope: Scope, candidate: Candidate, now: Moment) -> Money:
        """Return what the order comes to together with what counts already: what may have left today."""
        if scope is Scope.PAYOUT:
            return candidate.amount
        recipient = candidate.party if scope is Scope.RECIPIENT else None
        before = self._reader.left_since(
            _midnight(now), candidate.account, but=candidate.order_id, number_find=recipient
        )
        return Money(before + candidate.amount.kopecks)

    def _limit(self, account: str, scope: Scope) -> Limit:
        for record in self._settings.get(LIMITS):
            if (record.get("account"), record.get("scope")) == (account, scope.value):
                return Limit(account, scope, _money(record.get("warn")), _money(record.get("block")))
        return Limit(account, scope)


def _midnight(now: Moment) -> datetime:
    midnight = now.utc.astimezone(MOSCOW).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight.astimezone(timezone.utc)


def _kopecks(level: Money | None) -> int | None:
    return None if level is None else level.kopecks


def _money(kopecks: object) -> Money | None:
    return Money(kopecks) if type(kopecks) is int else None
