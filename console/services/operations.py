"""Operations as pages see them: pages of rows, sums, searches, and the card of one with everything known about it.

Every method may be slow and belongs on a worker. Opening sealed values is done here and nowhere in a page; what is shown
whole is an event of its own, written before it is shown.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from console.catalogue.methods import BY_CODE
from console.domain.answer import Fields, text_of
from console.domain.endpoint import Kind
from console.domain.fields.bank import BankCode, as_typed
from console.domain.sentence import Sentence
from console.domain.states import FINAL, State
from console.domain.trouble import Unavailable
from console.journal.entry import Entry, Event, EventKind
from console.journal.filters import Filter
from console.services.drafts import Draft
from console.services.notice import is_long_unknown, notice
from console.services.opened import answers, fields_of_answer, parts_of, values_of
from console.services.receipt import Facts, ShownValue, payer_text, receipt, report
from console.services.search import Understood, understand
from console.services.settle import Settle
from console.services.timeline import Step, timeline
from console.settings.translations import Translator

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from console.domain.fields.field import Field, Value
    from console.domain.method import Method
    from console.domain.text import Text
    from console.journal.append import Journal
    from console.journal.read import Counts, Reader, Sums
    from console.journal.rows import OperationRow
    from console.services.accounts import Account, Accounts
    from console.services.clock import Clock
    from console.services.settle import ResolveGate


class Deed(str, Enum):
    """What a person may do with an operation now."""

    CHECK = "check"
    RESEND = "resend"
    CLOSE = "close"
    RESOLVE = "resolve"
    LIFT = "lift"
    CORRECT = "correct"
    SHOW = "show"


@dataclass(frozen=True, slots=True)
class Card:
    """Everything that is known about an operation.

    `shown` is what its payer sees; `is_long` whether the support is to be asked; `gate` from when its answer may be
    recorded. In `notice` a `{t}` stands for the time until the next check.
    """

    row: OperationRow
    method: Method | None
    account: Account | None
    notice: Sentence | None
    steps: tuple[Step, ...]
    deeds: frozenset[Deed]
    shown: tuple[ShownValue, ...] = ()
    is_long: bool = False
    gate: ResolveGate | None = None
    is_one_of_many: bool = False
    """Whether there are more accounts than this one."""


@dataclass(frozen=True, slots=True)
class Revealed:
    """The whole values of an order by field name, for a few seconds on the screen."""

    order_id: str
    values: tuple[tuple[str, str], ...]

    def get(self, name: str) -> str | None:
        """Return a value as a person reads it."""
        return dict(self.values).get(name)


class Operations:
    """Answers the operations page. Safe to call from several threads."""

    def __init__(self, journal: Journal, reader: Reader, accounts: Accounts, clock: Clock) -> None:
        self._journal = journal
        self._reader = reader
        self._accounts = accounts
        self._settle = Settle(journal, reader, clock)
        self._clock = clock
        self._shown: dict[str, tuple[ShownValue, ...]] = {}
        self._lock = threading.Lock()

    def page(self, wanted: Filter, before: tuple[str, str] | None = None, limit: int = 200) -> list[OperationRow]:
        """Return rows, the newest first, from the one after `before` on."""
        return self._reader.operations(wanted, before, limit)

    def jump(self, wanted: Filter, place: int, limit: int = 200) -> list[OperationRow]:
        """Return rows from a place on, the newest being 0; none beyond the last."""
        if place == 0:
            return self.page(wanted, None, limit)
        before = self._reader.key_at(wanted, place - 1)
        return [] if before is None else self.page(wanted, before, limit)

    def totals(self, wanted: Filter) -> dict[State, tuple[int, int]]:
        """Return count and kopecks by state."""
        return self._reader.totals(wanted)

    def sums(self, wanted: Filter) -> list[Sums]:
        """Return counts and sums by kind, state and mark; slow in a long table."""
        return self._reader.sums(wanted)

    def count(self) -> int:
        """Return how many operations there are at all."""
        return self._reader.count()

    def counts(self) -> Counts:
        """Return how many are open and how many unclear."""
        return self._reader.counts()

    def get(self, order_id: str) -> OperationRow | None:
        """Return one row."""
        return self._reader.get(order_id)

    def search(self, text: str) -> Understood:
        """Return what a searched text means."""
        return understand(text, self._journal.finder.mark)

    def export(
        self, wanted: Filter, path: Path, form: str, say: Callable[[Text], str], progress: Callable[[int], None]
    ) -> int:
        """Write what `wanted` lets through, masked, and return how many there are; see `services.export`."""
        from console.services.export import export

        return export(self._reader, wanted, path, form, say, progress)

    def timeline(self, order_id: str) -> tuple[Step, ...]:
        """Return what was said and heard about an order."""
        return timeline(self._reader.events(order_id), self._row(order_id).kind)

    def card(self, order_id: str) -> Card:
        """Return everything known about an operation; raises Unavailable("E-NO-ORDER")."""
        row = self._row(order_id)
        events = self._reader.events(order_id)
        now = self._clock().utc
        deeds = deeds_of(row)
        return Card(
            row,
            BY_CODE.get(row.service),
            self._account(row),
            notice(row, events, now, self._open),
            timeline(events, row.kind),
            deeds,
            self.shown(order_id) if Deed.SHOW in deeds else (),
            is_long_unknown(row, now),
            self._settle.may_resolve(order_id) if Deed.RESOLVE in deeds else None,
            len(self._accounts.all()) > 1,
        )

    def shown(self, order_id: str) -> tuple[ShownValue, ...]:
        """Return what the payer must be shown, opened from the gateway's sealed answers, as the gateway wrote it."""
        with self._lock:
            known = self._shown.get(order_id)
        if known is not None:
            return known
        method = BY_CODE.get(self._row(order_id).service)
        if method is None or not method.shows:
            return ()
        found: dict[str, ShownValue] = {}
        for fields in answers(self._journal, self._reader.events(order_id)):
            for each in method.shows:
                value = text_of(fields, each.name)
                if value is not None:
                    found.setdefault(each.name, ShownValue(each, value))
        values = tuple(found[each.name] for each in method.shows if each.name in found)
        if values:
            with self._lock:
                self._shown[order_id] = values
        return values

    def reveal(self, order_id: str) -> Revealed:
        """Return the whole values of an order. That they were shown is journalled first."""
        row = self._row(order_id)
        entry = Entry(EventKind.REVEALED, self._clock(), order_id, row.account, masked={"what": "values"})
        self._journal.append(entry)
        method = BY_CODE.get(row.service)
        values: list[tuple[str, str]] = []
        if method is not None:
            typed = values_of(self._journal, row, method)
            values = [(name, method.field(name).show(value, "ru")) for name, value in typed.items()]
            values += [(each.shown.name, each.grouped) for each in self.shown(order_id)]
        return Revealed(order_id, tuple(values))

    def duplicate(self, order_id: str) -> Draft:
        """Return a draft with everything that was typed, without an order id: it gets a new one.

        Raises Unavailable("E-KEYRING-JOURNAL") where what was typed stays sealed.
        """
        row = self._row(order_id)
        method = BY_CODE.get(row.service)
        if method is None:
            raise Unavailable("E-NO-ORDER", order=order_id)
        values = values_of(self._journal, row, method)
        if not values:
            raise Unavailable("E-KEYRING-JOURNAL")
        texts = {
            name: _typed(method.field(name), value)
            for name, value in values.items()
            if method.field(name).typed and name != "order_id"
        }
        recipient = (row.recipient or "") if row.kind is Kind.PAYOUT else ""
        return Draft(row.kind, method.code, texts, recipient, row.basis or "")

    def receipt(self, order_id: str, language: str) -> str:
        """Return a receipt as text."""
        return receipt(self._facts(order_id), Translator(language), self._clock().utc)

    def report(self, order_id: str, language: str) -> str:
        """Return a report for the gateway's support as text."""
        return report(self._facts(order_id), Translator(language), self._clock().utc)

    def payer_text(self, order_id: str, language: str) -> str:
        """Return one text for the payer, in the payer's language; empty where there is nothing to show."""
        row = self._row(order_id)
        method = BY_CODE.get(row.service)
        return "" if method is None else payer_text(row, method, self.shown(order_id), Translator(language))

    def _facts(self, order_id: str) -> Facts:
        row = self._row(order_id)
        events = self._reader.events(order_id)
        account = self._account(row)
        name, tail = (row.account, "") if account is None else (account.title, account.tail)
        sent = next((event for event in reversed(events) if event.kind == EventKind.SENDING), None)
        signed = None if sent is None else (sent.fingerprint or "", sent.digest_name or "")
        return Facts(row, BY_CODE.get(row.service), name, tail, timeline(events, row.kind), signed)

    def _open(self, event: Event) -> Fields | None:
        return fields_of_answer(parts_of(self._journal, event.seq, event.at), event.status)

    def _account(self, row: OperationRow) -> Account | None:
        return next((each for each in self._accounts.all() if each.id == row.account), None)

    def _row(self, order_id: str) -> OperationRow:
        row = self._reader.get(order_id)
        if row is None:
            raise Unavailable("E-NO-ORDER", order=order_id)
        return row


_PLAIN = {
    State.UNKNOWN: frozenset({Deed.CHECK, Deed.RESOLVE}),
    State.WAIT: frozenset({Deed.CHECK}),
    State.NOT_SENT: frozenset({Deed.RESEND, Deed.CLOSE}),
    State.ABSENT: frozenset({Deed.CHECK, Deed.RESEND, Deed.CLOSE}),
    State.REJECTED: frozenset({Deed.CORRECT}),
    State.FAIL: frozenset({Deed.CORRECT}),
}


def _typed(field: Field, value: Value) -> str:
    """Return a value as it can be typed again; a bank that is on no list is marked to be used as typed."""
    text = str(field.wire(value))
    if isinstance(field, BankCode) and not (len(text) == 12 and text.isdigit()):
        return as_typed(text)
    return text


def deeds_of(row: OperationRow) -> frozenset[Deed]:
    """Return what a person may do with an operation in its state (failure model R3, R10; product, Operations)."""
    deeds = _PLAIN.get(row.state, frozenset())
    if row.state is State.CLOSED and row.resolved_at is not None:
        deeds |= {Deed.CHECK}
    if row.is_disputed:
        deeds |= {Deed.CHECK, Deed.LIFT}
        if row.state is State.WAIT or row.state in FINAL:
            deeds |= {Deed.RESOLVE}
    if row.kind is Kind.PAYMENT and row.state in {State.WAIT, State.PAID}:
        deeds |= {Deed.SHOW}
    return deeds
