"""Sending: journal, sign, mark, send once, journal. The order of these steps is the design.

Nothing here is ever called by a timer, a start or a queue: a create is sent by a person only (failure model R1, R3).
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.domain.endpoint import Kind
from console.domain.exchange import Exchange, Reason
from console.domain.states import State
from console.domain.text import mark
from console.domain.trouble import Invalid, Trouble, Unavailable
from console.domain.verdicts import Verdict, judge_create
from console.journal.change import Change, Lost
from console.journal.entry import Entry, EventKind, Parts
from console.journal.layout import OPERATION_COLUMNS
from console.journal.place import require_room
from console.journal.rows import operation
from console.journal.store import NotStored, StoreUnknown
from console.services.entries import heard
from console.services.intent import intended, new_row, sending
from console.services.outcomes import Updates, of_verdict
from console.services.reviews import Problems, access_of
from console.services.storing import Storing

if TYPE_CHECKING:
    from console.domain.answer import Fields
    from console.domain.moment import Moment
    from console.gateway.signing import Signed
    from console.journal.append import Journal
    from console.journal.read import Reader
    from console.journal.rows import OperationRow
    from console.services.accounts import Access, Accounts
    from console.services.clock import Clock
    from console.services.reviews import Review, Reviews

ASLEEP = 30.0
"""Seconds of sleep between connecting and the gate after which the gate refuses (failure model 2.7, Gate)."""

_TAKEN = mark("doubts", "This order is already being sent.")


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """That a person read a strong doubt: its code, the reason given, and what had to be typed."""

    code: str
    reason: str
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a send. `stored` is False where the outcome is known and the journal could not take it."""

    row: OperationRow
    verdict: Verdict
    exchange: Exchange
    stored: bool = True


class Submit:
    """Sends reviewed orders. One call at a time: the money lane has one worker."""

    def __init__(
        self,
        accounts: Accounts,
        journal: Journal,
        reader: Reader,
        reviews: Reviews,
        clock: Clock,
        pause: Callable[[float], object],
    ) -> None:
        self._accounts = accounts
        self._journal = journal
        self._reader = reader
        self._reviews = reviews
        self._clock = clock
        self.storing = Storing(journal, reader, pause)
        """Keeps what comes of a create, and holds what the journal could not take."""
        self._sending: Access | None = None

    def send(self, review: Review, acknowledged: tuple[Acknowledgement, ...] = ()) -> Sent:
        """Send the bytes of a review, once; return what the journal holds of it afterwards.

        Raises Unavailable or Invalid only while nothing was sent and nothing new is open, and Unavailable("E-MOVED")
        where a newer attempt took the order over while this one waited before its gate. A bug is raised after what its
        mark proves was journalled, and stops creates until the console is started again (E-INTERNAL).
        """
        self._check(review, acknowledged)
        require_room(self._journal.home)
        access = access_of(self._accounts, review)
        if review.method.kind is Kind.PAYOUT and not self._accounts.is_proved(access, Kind.PAYOUT):
            raise Unavailable("E-CERT-UNPROVED")  # a question was refused meanwhile (R11)
        attempt = self._intend(review, acknowledged, access)
        try:
            signed, exchange = self._attempt(review, access, attempt)
            return self._hear(review, access, attempt, signed, exchange)
        except Trouble:
            raise
        except Exception:
            self.stop()
            self._break_off(review, attempt)
            raise

    def resend_review(self, order_id: str) -> Review:
        """Return the review of an order that may be sent again: the same bytes, from its own event (R3).

        Raises Unavailable("E-NOT-RESENDABLE") for an order in any other state.
        """
        row = self._reader.get(order_id)
        if row is None or not row.state.may_resend or row.intended_seq is None:
            raise Unavailable("E-NOT-RESENDABLE", order=order_id)
        from console.catalogue.methods import by_code

        body = self._journal.open_parts(row.intended_seq).body
        return self._reviews.of_bytes(
            body, by_code(row.service), row.account, row.recipient or "", row.basis or "", resend=True
        )

    def stop(self) -> None:
        """Refuse every create until the console is started again: it met a bug."""
        self._journal.block(Unavailable("E-INTERNAL"))

    def stop_waiting(self) -> None:
        """Stop waiting for the answer of the create that is under way; after the gate its outcome is unknown."""
        if (access := self._sending) is not None:
            access.gateway.stop_waiting()

    def _check(self, review: Review, acknowledged: tuple[Acknowledgement, ...]) -> None:
        if review.is_void(self._clock()):
            raise Unavailable("E-REVIEW-VOID")
        if not review.account.is_sandbox and not self._accounts.is_code_kept:
            raise Unavailable("E-RECOVERY-FIRST")
        if review.method.kind is Kind.PAYOUT and not review.proved:
            raise Unavailable("E-CERT-UNPROVED")
        given = {each.code: each for each in acknowledged}
        for doubt in review.doubts:
            answer = given.get(doubt.code)
            if doubt.is_strong and (answer is None or not answer.reason.strip()):
                raise Unavailable("E-UNACKNOWLEDGED")
            if doubt.typed is not None and (answer is None or answer.typed.strip() != doubt.typed):
                raise Unavailable("E-UNACKNOWLEDGED")
        self._check_again(review)

    def _check_again(self, review: Review) -> None:
        """Look once more for what came up since the review was made: another order may have been sent meanwhile."""
        blocked, doubts = self._reviews.look_again(review)
        if blocked is not None:
            raise Invalid(blocked)
        known = {doubt.code for doubt in review.doubts}
        if any(doubt.is_strong and doubt.code not in known for doubt in doubts):
            raise Unavailable("E-REVIEW-VOID")

    def _intend(self, review: Review, acknowledged: tuple[Acknowledgement, ...], access: Access) -> int:
        """Journal the intention, durably, before the key is touched; return the number of this attempt."""
        now = self._clock()
        row = self._reader.get(review.order_id)
        key = access.keys[review.method.kind]
        self._journal.ensure_key(key.fingerprint, key.public_pem, now)
        attempt = row.attempt + 1 if row is not None and review.resend else 1
        entry = intended(review, attempt, now, [{"code": each.code, "reason": each.reason} for each in acknowledged])
        try:
            if review.resend and row is not None:
                states = frozenset({State.NOT_SENT, State.ABSENT})
                updates: Updates = {"state": State.INTENDED.value, "attempt": attempt, "changed_at": now.iso()}
                updates["asks"] = 0  # R10 and the pace of questions count from this attempt on
                self._journal.append(entry, change=Change(review.order_id, states, row.attempt, updates))
            else:
                self._journal.append(entry, new=new_row(review, self._reviews.finder, now))
        except Lost:
            raise Problems({"order_id": Invalid(_TAKEN, "order_id")}) from None
        except StoreUnknown as error:
            raise Unavailable("E-IO") from error
        return attempt

    def _attempt(self, review: Review, access: Access, attempt: int) -> tuple[Signed | None, Exchange]:
        """Sign the bytes and send them once, behind the gate. A key that does not sign sends nothing."""
        kind = review.method.kind
        try:
            signed = access.gateway.sign(kind, review.body)
            access.gateway.question(kind, order_id=review.order_id)  # ahead, so that a locked console goes on asking
        except Trouble as trouble:
            return None, Exchange(Reason.GATE, gate_passed=False, request_body=review.body, detail=trouble.code)
        head = access.gateway.request_head(kind.create, signed)
        began = self._clock()

        def gate(peer: str | None) -> None:
            self._mark(review, attempt, signed, head, peer, began)

        self._sending = access
        try:
            return signed, access.gateway.create(kind, signed, gate)
        finally:
            self._sending = None

    def _mark(self, review: Review, attempt: int, signed: Signed, head: bytes, peer: str | None, began: Moment) -> None:
        """Commit SENDING by compare-and-set on state and attempt; whatever is raised here keeps every byte at home."""
        now = self._clock()
        if (now.utc - began.utc).total_seconds() - now.since(began) > ASLEEP:
            raise Unavailable("E-ASLEEP")
        entry = sending(review, attempt, now, signed, head, peer)
        updates: Updates = {"state": State.SENDING.value, "changed_at": now.iso()}
        self._journal.append(entry, change=Change(review.order_id, frozenset({State.INTENDED}), attempt, updates))

    def _hear(self, review: Review, access: Access, attempt: int, signed: Signed | None, exchange: Exchange) -> Sent:
        """Judge the exchange and journal what it proves, before anybody is told."""
        fields, verdict = self._judge(review, exchange)
        entry = self._heard(review, attempt, signed, exchange, verdict, fields)
        updates = of_verdict(verdict, review.method, fields, exchange, entry.moment)
        states = frozenset({State.SENDING} if exchange.gate_passed else {State.INTENDED, State.SENDING})
        change = Change(review.order_id, states, attempt, updates)
        stored = self.storing.store(entry, change)
        if verdict.voids_proof:
            # the outcome is kept by now; a disk that refuses the setting leaves the next answer to void the proof
            with contextlib.suppress(Unavailable):
                self._accounts.prove(access, review.method.kind, None)
        row = self._row(review, attempt, updates)
        if row.attempt != attempt:
            raise Unavailable("E-MOVED", order=review.order_id)
        sent = Sent(row, verdict, exchange, stored)
        if not stored:
            self.storing.hold(sent, entry, change)
        return sent

    def _break_off(self, review: Review, attempt: int) -> None:
        """End an attempt that a bug broke off, by its mark: while it has none, this compare-and-set keeps it from one."""
        for state in (State.INTENDED, State.SENDING):
            exchange = Exchange(Reason.FAULT, gate_passed=state is State.SENDING, request_body=review.body)
            verdict = judge_create(exchange, None, None)
            entry = self._heard(review, attempt, None, exchange, verdict, None)
            updates = of_verdict(verdict, review.method, None, exchange, entry.moment)
            try:
                self._journal.append(entry, change=Change(review.order_id, frozenset({state}), attempt, updates))
            except (Lost, NotStored, StoreUnknown):
                continue  # it moved on; or the disk refuses, and the next start finds it

    def _judge(self, review: Review, exchange: Exchange) -> tuple[Fields | None, Verdict]:
        from console.domain.answer import id_of
        from console.gateway.answers import fields_of, refusals

        if not exchange.gate_passed or exchange.reason is not Reason.ANSWERED:
            return None, judge_create(exchange, None, None)
        fields = fields_of(exchange)
        gateway_id = None if fields is None else id_of(fields)
        errors = None if fields is None else refusals(fields).errors
        try:
            tied = gateway_id is not None and any(
                row.order_id != review.order_id for row in self._reader.by_gateway_id(gateway_id)
            )
        except Unavailable:  # whose id it is cannot be seen now: nothing is proved, and a question settles it
            return fields, Verdict(State.UNKNOWN, "E-UNKNOWN")
        return fields, judge_create(exchange, fields, errors, tied=tied, order_id=review.order_id)

    def _row(self, review: Review, attempt: int, updates: Updates) -> OperationRow:
        """Return the order's row; where it cannot be read, as it was just written: what left is never told as trouble."""
        row = None
        with contextlib.suppress(Unavailable):
            row = self._reader.get(review.order_id)
        if row is not None:
            return row
        new = new_row(review, self._reviews.finder, self._clock())
        columns = {"order_id": review.order_id, "asks": 0, **new, "attempt": attempt, **updates}
        return operation([columns.get(name) for name in OPERATION_COLUMNS])

    def _heard(
        self,
        review: Review,
        attempt: int,
        signed: Signed | None,
        exchange: Exchange,
        verdict: Verdict,
        fields: Fields | None,
    ) -> Entry:
        now = self._clock()
        masked: dict[str, object] = {"verdict": verdict.state.value, "code": verdict.code, "cause": verdict.cause}
        if verdict.errors:
            masked["fields"] = sorted(name for name in verdict.errors if name)
        if signed is None:
            masked |= {"reason": exchange.reason.value, "detail": exchange.detail}
            return Entry(
                EventKind.ENDED, now, review.order_id, review.account.id, attempt=attempt, masked=masked, parts=Parts()
            )
        kind = EventKind.HEARD if exchange.status is not None else EventKind.ENDED
        return heard(
            kind,
            now,
            review.account.id,
            review.method.kind.create,
            exchange,
            signed,
            order_id=review.order_id,
            attempt=attempt,
            masked=masked,
        )
