"""Following: asking the gateway about what is not final, at the pace of `schedule`, and journalling what it says.

Questions move nothing and may be repeated for ever (R2); nothing here ever creates. The caller's timer calls `claim`
once a second and hands each claimed order to `ask` on a worker.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from console.catalogue.methods import by_code
from console.domain.exchange import Exchange, Reason
from console.domain.inquiry import Reply, Subject, judge_reply
from console.domain.sentences import told
from console.domain.states import State
from console.domain.text import Text, mark
from console.domain.trouble import Trouble, Unavailable
from console.journal.change import Change, Lost
from console.journal.entry import EventKind
from console.services.agenda import Agenda
from console.services.entries import heard
from console.services.outcomes import of_reply, shown_number
from console.services.reviews import read_body
from console.services.schedule import IN_FLIGHT, Budget, pause_before
from console.services.turns import Turns

if TYPE_CHECKING:
    from console.domain.answer import Fields
    from console.domain.moment import Moment
    from console.domain.verdicts import Errors
    from console.gateway.signing import Signed
    from console.journal.append import Journal
    from console.journal.read import Reader
    from console.journal.rows import OperationRow
    from console.services.accounts import Accounts
    from console.services.clock import Clock

OFFLINE_FIRST, OFFLINE_CAP = 5.0, 120.0
_OFFLINE = mark("follow", "No connection to the gateway since {time}. Questions wait; nothing is lost.")
_HELD = mark("follow", "{title}, {time}. Questions wait; nothing is lost.")
_REFUSED = mark("follow", "The gateway does not accept the signature. Questions wait until the connection is checked.")
_SLOW = mark("follow", "The gateway asks to slow down. Questions go on by themselves.")


@dataclass(slots=True)
class _Hold:
    """Why and until when (monotonic seconds) an account is not asked; `until` None: until the key is proved again."""

    reason: Text
    until: float | None
    failures: int = 0
    wished: float = 0.0
    """Until when the gateway asked to slow down: no answer lifts that, only a person."""
    awaits_answer: bool = False
    """Whether it stands until an answer comes, also while the next question is out."""


class Follow:
    """Asks about operations. Safe to call from several threads; one order is asked by one of them at a time."""

    def __init__(
        self, accounts: Accounts, journal: Journal, reader: Reader, clock: Clock, random: Callable[[], float]
    ) -> None:
        self._accounts = accounts
        self._journal = journal
        self._reader = reader
        self._clock = clock
        self._random = random
        self._budget = Budget()
        self._agenda = Agenda()
        self._asking: set[str] = set()
        self._asks: dict[str, tuple[int, int]] = {}
        """The attempt that was asked about, and how often; kept here since small rows wait for their flush."""
        self._holds: dict[str, _Hold] = {}
        self._lock = threading.Lock()
        self._turns = Turns()

    def start(self) -> None:
        """Take up everything that is not final, spread over the first seconds so that nothing bursts."""
        now = self._clock()
        for row in self._reader.pending():
            self.watch(row, now, first=self._random() * 5.0)

    def watch(self, row: OperationRow, now: Moment, first: float | None = None) -> None:
        """Plan the next question about an operation, or forget it where there is none."""
        asked = row.state.is_asked or (row.resolved_at is not None and row.state in {State.ABSENT, State.CLOSED})
        with self._lock:
            if not asked:
                self._agenda.drop(row.order_id)
                self._asks.pop(row.order_id, None)
                return
            age = (now.utc - row.created).total_seconds()
            asks = self._asked(row)
            pause = pause_before(row.state, asks, age, self._random) if first is None else first
            self._agenda.put(row.order_id, row.account, now.monotonic + pause, unknown=row.state is State.UNKNOWN)

    def claim(self) -> tuple[str, ...]:
        """Return the orders to ask about now, in the agenda's order and within the budget."""
        now = self._clock().monotonic
        claimed: list[str] = []
        with self._lock:
            held = {account for account, hold in self._holds.items() if hold.until is None or hold.until > now}
            while len(self._asking) < IN_FLIGHT and not self._budget.is_spent(now):
                order_id = self._agenda.take(now, held)
                if order_id is None:
                    break
                if order_id in self._asking:
                    continue  # by a person: the answer plans the next question
                self._budget.take(now)
                self._asking.add(order_id)
                claimed.append(order_id)
        return tuple(claimed)

    def next_check(self, order_id: str) -> float | None:
        """Return the seconds until the next question about an order, or None where none is planned."""
        now = self._clock().monotonic
        with self._lock:
            planned = self._agenda.due(order_id)
            if planned is None:
                return None
            due, account = planned
            hold = self._holds.get(account)
            held = 0.0 if hold is None or hold.until is None else hold.until
            return max(0.0, max(due, held) - now)

    def paused(self, account_id: str) -> Text | None:
        """Return why an account is not asked at present, or None."""
        now = self._clock().monotonic
        with self._lock:
            hold = self._holds.get(account_id)
            has_passed = hold is not None and hold.until is not None and hold.until <= now and not hold.awaits_answer
            return None if hold is None or has_passed else hold.reason

    def answered(self, account_id: str) -> None:
        """Hear that the gateway answered an account in another way: it is within reach again."""
        with self._lock:
            if (hold := self._holds.get(account_id)) is not None and hold.awaits_answer:
                del self._holds[account_id]

    def resume(self, account_id: str) -> None:
        """Ask again at once: the key was proved, or a person wants it."""
        with self._lock:
            self._holds.pop(account_id, None)

    def ask(self, order_id: str) -> OperationRow:
        """Ask about one order, journal the answer and return the row; the plan goes on whatever comes."""
        row: OperationRow | None = None
        with self._turns.of(order_id):  # answers that overtook each other would look like a contradiction
            with self._lock:
                self._asking.add(order_id)
            try:
                row = self._known(order_id)
                self._ask(row)
            except Trouble as met:  # not the network's: that is an answer
                if row is not None:
                    self._hold(row.account, _HELD.with_(title=told(met).title, time=self._clock().utc), None)
                raise
            finally:
                with self._lock:
                    self._asking.discard(order_id)
                fresh = self._plan(order_id, row)
        return fresh or row

    def _known(self, order_id: str) -> OperationRow:
        row = self._reader.get(order_id)
        if row is None:
            raise Unavailable("E-NO-ORDER", order=order_id)
        return row

    def _plan(self, order_id: str, row: OperationRow | None) -> OperationRow | None:
        """Plan the next question by the row as it is now; where it cannot be read, by what was known before."""
        fresh, now = row, self._clock()
        with suppress(Unavailable):
            fresh = self._reader.get(order_id) or row
        if fresh is not None:
            self.watch(fresh, now)
            return fresh
        with self._lock:
            planned = self._agenda.due(order_id)
            if planned is not None:
                self._agenda.put(order_id, planned[1], now.monotonic + OFFLINE_FIRST, unknown=True)
        return None

    def _ask(self, row: OperationRow) -> None:
        from console.gateway.answers import retry_after

        access = self._accounts.open(row.account)
        by_id = row.gateway_id is not None and row.resolved_at is not None
        signed, exchange = access.gateway.ask(
            row.kind, order_id=row.order_id, gateway_id=row.gateway_id if by_id else None
        )
        now = self._clock()
        fields, errors = _parsed(exchange)
        fresh = self._reader.get(row.order_id) or row
        reply = judge_reply(self._subject(fresh, fields), exchange, fields, errors)
        if reply.not_found and (fresh.state, fresh.attempt) != (row.state, row.attempt):
            reply = replace(reply, disputed=None)  # it was true when it was asked
        self._record(fresh, now, signed, exchange, reply, fields)
        if reply.voids_proof:
            self._accounts.prove(access, row.kind, None)
            self._hold(row.account, _REFUSED, None, for_ever=True)
        elif exchange.status == 429:
            self._hold(row.account, _SLOW, retry_after(exchange, now.utc), wished=True)
        elif reply.offline:
            self._hold(row.account, _OFFLINE.with_(time=now.utc), None)
        else:
            self._lift(row.account, now.monotonic)

    def _subject(self, row: OperationRow, fields: Fields | None) -> Subject:
        """Return what an answer is compared with; the whole number is opened only where an answer has a mask."""
        number = ""
        if fields is not None and "card_mask" in fields and row.intended_seq is not None:
            method = by_code(row.service)
            number = str(read_body(method, self._journal.open_parts(row.intended_seq).body).get("number", ""))
        return Subject(row.kind, row.order_id, row.state, row.money, number, row.gateway_id, row.is_disputed)

    def _record(
        self,
        row: OperationRow,
        now: Moment,
        signed: Signed,
        exchange: Exchange,
        reply: Reply,
        fields: Fields | None,
    ) -> None:
        """Journal the question and its answer; an answer that changes nothing waits for the next flush."""
        updates = of_reply(reply, now, self._count(row, reply), is_disputed=row.is_disputed)
        if fields is not None and reply.informed and row.number_masked is None:
            updates |= shown_number(by_code(row.service), fields)
        quiet = all(getattr(row, name) == value for name, value in updates.items() if name not in {"asks", "asked_at"})
        masked: dict[str, object] = {"informed": reply.informed, "not_found": reply.not_found}
        if reply.state is not None:
            masked["state"] = reply.state.value
        if reply.disputed is not None:
            masked["disputed"] = reply.disputed
        entry = heard(
            EventKind.ASKED,
            now,
            row.account,
            row.kind.status,
            exchange,
            signed,
            order_id=row.order_id,
            attempt=row.attempt,
            masked=masked,
        )
        change = Change(row.order_id, frozenset({row.state}), row.attempt, updates)
        try:
            if quiet:
                self._journal.append_quiet(entry, change)
            else:
                self._journal.append(entry, change=change)
        except Lost:
            # the operation moved while we asked (a person, another answer): the next question sees the new state
            return

    def _count(self, row: OperationRow, reply: Reply) -> int:
        """Return how often the gateway was asked about an attempt, this time included where the question left."""
        with self._lock:
            asks = self._asked(row) + (not reply.offline)
            self._asks[row.order_id] = row.attempt, asks
            return asks

    def _asked(self, row: OperationRow) -> int:
        attempt, asks = self._asks.get(row.order_id, (row.attempt, 0))
        return max(row.asks, asks) if attempt == row.attempt else row.asks

    def _lift(self, account_id: str, now: float) -> None:
        """End a hold, for the gateway answers; not the one that it asked for, which other answers may overtake."""
        with self._lock:
            hold = self._holds.get(account_id)
            if hold is not None and hold.wished <= now:
                del self._holds[account_id]

    def _hold(
        self, account_id: str, reason: Text, seconds: float | None, *, for_ever: bool = False, wished: bool = False
    ) -> None:
        now = self._clock().monotonic
        with self._lock:
            before = self._holds.get(account_id)
            failures, kept = (1, 0.0) if before is None else (before.failures + 1, before.wished)
            if for_ever:
                self._holds[account_id] = _Hold(reason, None, failures)
                return
            pause = seconds if seconds is not None else min(OFFLINE_CAP, OFFLINE_FIRST * 2.0 ** min(failures - 1, 8))
            until, awaits = max(kept, now + pause), not wished
            if before is not None and before.until is not None and not wished and (before.awaits_answer or kept > now):
                reason, awaits = before.reason, before.awaits_answer
            self._holds[account_id] = _Hold(reason, until, failures, until if wished else kept, awaits)


def _parsed(exchange: Exchange) -> tuple[Fields | None, Errors | None]:
    from console.gateway.answers import fields_of, refusals

    fields = fields_of(exchange) if exchange.reason is Reason.ANSWERED else None
    return fields, None if fields is None else refusals(fields).errors
