"""The overview: sums of the day, what needs a person, the latest operations, seven days of payouts, and how the console is.

Days begin at Moscow midnight and belong to the moment an order was created. Knows rows and sums; shows and asks nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING

from console.domain.endpoint import Kind
from console.domain.moment import MOSCOW, moscow_day
from console.domain.money import Money, Sum
from console.domain.sentence import Sentence
from console.domain.states import State
from console.domain.text import Text
from console.domain.trouble import Unavailable
from console.journal.entry import Event
from console.journal.filters import Filter
from console.services.notice import notice
from console.services.opened import fields_of_answer, parts_of

if TYPE_CHECKING:
    from console.domain.answer import Fields
    from console.journal.append import Journal
    from console.journal.read import DayFlow, Reader
    from console.journal.rows import OperationRow
    from console.services.accounts import Account, Accounts
    from console.services.balances import Balances, Held
    from console.services.clock import Clock
    from console.services.follow import Follow

DAYS = 7
LATEST = 8
MOST = 3
"""How many operations that need a person are shown; the rest is a number."""

_OPEN = frozenset({State.INTENDED, State.SENDING, State.WAIT})
_MANY = 200


@dataclass(frozen=True, slots=True)
class Flow:
    """How many operations, and what they come to."""

    count: int
    amount: Money | Sum


@dataclass(frozen=True, slots=True)
class Attention:
    """An operation that needs a person, with what is to be told about it."""

    row: OperationRow
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Day:
    """The payouts of a Moscow day that were paid: `at` is its midnight."""

    at: datetime
    paid: Money
    is_today: bool


@dataclass(frozen=True, slots=True)
class Health:
    """How the console is. `gateway` is the time of the last answer in seconds; `paused` why it is not asked.

    `keys` are the kinds whose key the gateway has accepted; `skew` is by how many seconds this computer's clock is ahead.
    """

    gateway: float | None
    paused: Text | None
    records: int
    fault: Unavailable | None
    keys: frozenset[Kind]
    skew: float | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the first page shows."""

    now: datetime
    account: Account | None
    balance: Held | None
    paid_out: Flow
    received: Flow
    processing: Flow
    attention: tuple[Attention, ...]
    more: int
    latest: tuple[OperationRow, ...]
    days: tuple[Day, ...]
    health: Health
    checks: dict[str, float | None] = field(default_factory=dict)
    """Seconds until the next question, by order id, of those that need a person."""


class Overviews:
    """Makes the overview. Slow: on a worker only."""

    def __init__(
        self, journal: Journal, reader: Reader, accounts: Accounts, balances: Balances, follow: Follow, clock: Clock
    ) -> None:
        self._journal = journal
        self._reader = reader
        self._accounts = accounts
        self._balances = balances
        self._follow = follow
        self._clock = clock

    def now(self) -> Overview:
        """Return the overview as of now; raises Unavailable where the journal cannot be read."""
        now = self._clock().utc
        account = self._accounts.current
        held = None if account is None else self._balances.latest(account.id)
        since = midnight(now) - timedelta(days=DAYS - 1)
        flows = self._reader.day_flow(since)
        needing = list(self._needing(now))
        shown = tuple(self._attention(row, now) for row in needing[:MOST])
        return Overview(
            now,
            account,
            held,
            Flow(*_paid(flows, moscow_day(now), Kind.PAYOUT)),
            self._received(flows, now),
            self._processing(),
            shown,
            max(0, len(needing) - MOST),
            tuple(self._reader.operations(Filter(), limit=LATEST)),
            tuple(_days(flows, now)),
            self._health(account, held),
            {each.row.order_id: self._follow.next_check(each.row.order_id) for each in shown},
        )

    def _needing(self, now: datetime) -> Iterator[OperationRow]:
        """Return what needs a person: unknown outcomes, contradictions, what was not sent, and refusals of the day."""
        unclear = self._reader.operations(Filter(unclear_only=True), limit=_MANY)
        yield from (row for row in unclear if not row.is_disputed)
        yield from (row for row in unclear if row.is_disputed)
        waiting = Filter(states=frozenset({State.NOT_SENT}))
        yield from (row for row in self._reader.operations(waiting, limit=_MANY) if not row.is_disputed)
        refused = Filter(states=frozenset({State.REJECTED}), since=midnight(now))
        yield from (row for row in self._reader.operations(refused, limit=_MANY) if not row.is_disputed)

    def _attention(self, row: OperationRow, now: datetime) -> Attention:
        told = notice(row, self._reader.events(row.order_id), now, self._open)
        assert told is not None  # every state that needs a person has a sentence
        return Attention(row, told)

    def _open(self, event: Event) -> Fields | None:
        return fields_of_answer(parts_of(self._journal, event.seq, event.at), event.status)

    def _received(self, flows: list[DayFlow], now: datetime) -> Flow:
        """Return what payers paid today: what was ordered, and of payments paid in part what really came."""
        count, ordered = _paid(flows, moscow_day(now), Kind.PAYMENT)
        less = Decimal(0)
        wanted = Filter(states=frozenset({State.PAID}), kind=Kind.PAYMENT, since=midnight(now), partial_only=True)
        for row in self._reader.operations(wanted, limit=_MANY):
            paid = Sum.read(row.paid_amount or "")
            less += row.money.decimal - (row.money.decimal if paid is None else paid.decimal)
        return Flow(count, ordered if not less else Sum(str(ordered.decimal - less)))

    def _processing(self) -> Flow:
        totals = self._reader.totals(Filter(states=_OPEN))
        return Flow(sum(count for count, _ in totals.values()), Money(sum(kopecks for _, kopecks in totals.values())))

    def _health(self, account: Account | None, held: Held | None) -> Health:
        head = self._reader.head()
        return Health(
            None if held is None else held.seconds,
            None if account is None else self._follow.paused(account.id),
            0 if head is None else head.seq,
            self._journal.fault,
            frozenset(kind for kind in Kind if account is not None and self._accounts.has_proof(account.id, kind)),
            None if held is None else held.skew,
        )


def midnight(now: datetime) -> datetime:
    """Return when the Moscow day of an instant began, in UTC."""
    return now.astimezone(MOSCOW).replace(hour=0, minute=0, second=0, microsecond=0).astimezone(timezone.utc)


def _paid(flows: list[DayFlow], day: str, kind: Kind) -> tuple[int, Money]:
    """Return how many of a day and a kind were paid, and what was ordered by them."""
    paid = [flow for flow in flows if flow.day == day and flow.kind is kind and flow.state is State.PAID]
    return sum(flow.count for flow in paid), Money(sum(flow.kopecks for flow in paid))


def _days(flows: list[DayFlow], now: datetime) -> Iterator[Day]:
    today = midnight(now)
    for back in reversed(range(DAYS)):
        at = today - timedelta(days=back)
        yield Day(at, _paid(flows, moscow_day(at), Kind.PAYOUT)[1], back == 0)
