"""The journal's own screen: every record as it stands, masked; and one record opened, whole for a few seconds.

Knows what each kind of record is called and where its request was sealed. That a record was shown whole is itself a
record, written before it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from console.catalogue.methods import BY_CODE
from console.domain.digest import Digest
from console.domain.exchange import Reason
from console.domain.text import Text, mark
from console.domain.trouble import Unavailable
from console.gateway.outside import clean
from console.journal.entry import Entry, Event, EventKind, Parts
from console.services.gap import is_gap
from console.services.masks import LONGEST_REVEALED, masked, pretty
from console.services.opened import fields_of_answer, parts_of
from console.services.record_rows import RecordRow, row_of
from console.services.timeline import why

if TYPE_CHECKING:
    from collections.abc import Callable

    from console.domain.method import Method
    from console.journal.append import Journal
    from console.journal.check import Progress
    from console.journal.entry import Head
    from console.journal.read import Reader
    from console.services.clock import Clock
    from console.services.verify import Report

_END = mark("journal", "Ended so")
_LABELS = {
    "ticket": mark("journal", "Ticket"),
    "gateway_id": mark("journal", "Named id"),
    "name": mark("journal", "By"),
    "note": mark("journal", "Note"),
    "user": mark("journal", "User"),
    "version": mark("journal", "Version"),
}


@dataclass(frozen=True, slots=True)
class Record:
    """A record opened: the row, its request and answer as JSON for people, and whether the signature is right.

    `is_valid` is None where nothing was signed or the key is not in the journal. `same_as` is the record that a
    repetition points to. `whole` is whether nothing in it is masked.
    """

    row: RecordRow
    request: str
    answer: str
    answer_bytes: int | None
    fingerprint: str | None
    is_valid: bool | None
    facts: tuple[tuple[Text, Text | str], ...]
    digest: str
    same_as: int | None = None
    has_sealed: bool = False
    whole: bool = False


class Records:
    """Answers the journal's page. Safe to call from several threads."""

    def __init__(self, journal: Journal, reader: Reader, clock: Clock, check: Callable[[Progress], Report]) -> None:
        self._journal = journal
        self._reader = reader
        self._clock = clock
        self._check = check
        self._keys: dict[str, bytes | None] = {}

    def page(self, before_seq: int | None = None, limit: int = 200, text: str = "") -> list[RecordRow]:
        """Return records, the newest first, from the one before `before_seq` on; `text` may be a record's number."""
        plain = text.strip()
        rows = [row_of(event) for event in self._reader.event_page(before_seq, limit, plain)]
        if before_seq is None and plain.removeprefix("№").strip().isdigit():
            exact = self._reader.event(int(plain.removeprefix("№")))
            if exact is not None:
                rows = [row_of(exact), *(row for row in rows if row.seq != exact.seq)]
        return rows

    def head(self) -> Head | None:
        """Return the last record's number and digest."""
        return self._reader.head()

    def first(self) -> datetime | None:
        """Return when the journal begins."""
        event = self._reader.event(1)
        return None if event is None else event.at

    def open(self, seq: int) -> Record:
        """Return a record with masked bodies; raises Unavailable("E-NO-ORDER") where there is none."""
        return self._opened(self._event(seq), whole=False)

    def reveal(self, seq: int) -> Record:
        """Return a record with its bodies whole. That it was shown is journalled first."""
        event = self._event(seq)
        entry = Entry(EventKind.REVEALED, self._clock(), event.order_id, event.account, masked={"record": seq})
        self._journal.append(entry)
        return self._opened(event, whole=True)

    def verify(self, progress: Progress) -> Report:
        """Check the whole journal and journal that it was done; what `progress` raises ends it with no record.

        A journal that may only be looked at is checked without a record.
        """
        report = self.examine(progress)
        facts = {"ok": report.ok, "records": report.records, "signatures": report.signatures}
        try:
            self._journal.append(Entry(EventKind.VERIFIED, self._clock(), masked=facts))
        except Unavailable as trouble:
            if trouble is not self._journal.fault:
                raise
        return report

    def examine(self, progress: Progress) -> Report:
        """Check the whole journal without a record of it; one that is not what was written takes no create any more.

        A gap that is known blocks them already and can be signed off, also while this goes on; a change besides it
        cannot. What `progress` raises ends it (failure model 2.7 and R9).
        """
        was_gap = is_gap(self._journal.fault)
        report = self._check(progress)
        if report.first_fault is None or (report.is_gap and was_gap):
            return report
        if self._journal.fault is None or is_gap(self._journal.fault):
            found = dict(report.first_fault.arguments)
            self._journal.block(Unavailable("E-TAMPER", n=found.get("seq"), time=found.get("time"), why="verify"))
        return report

    @property
    def is_changed(self) -> bool:
        """Whether creates are blocked because records are not what was written."""
        fault = self._journal.fault
        return fault is not None and fault.code == "E-TAMPER"

    def _opened(self, event: Event, *, whole: bool) -> Record:
        first = self._first_of(event)
        own = parts_of(self._journal, first.seq, first.at)
        request = own if own.body else self._request_of(event)
        method = self._method(event)
        return Record(
            row_of(event),
            _shown_request(request, method, whole=whole),
            _shown_answer(own, event.status, method, whole=whole),
            len(own.answer_body) if event.status is not None else None,
            event.fingerprint,
            self._is_valid(event, request),
            _facts(event),
            event.digest,
            None if first is event else first.seq,
            bool(request or own),
            whole,
        )

    def _first_of(self, event: Event) -> Event:
        """Return the record in which the bytes of a repeated question are sealed."""
        pointed = event.facts.get("same_as")
        found = self._reader.event(pointed) if isinstance(pointed, int) else None
        return found or event

    def _request_of(self, event: Event) -> Parts:
        """Return the request of the attempt that an answer belongs to; it was sealed with the mark of sending."""
        if event.order_id is None or event.kind not in {EventKind.HEARD, EventKind.ENDED}:
            return Parts()
        for other in self._reader.events(event.order_id):
            if other.kind == EventKind.SENDING and other.attempt == event.attempt:
                return parts_of(self._journal, other.seq, other.at)
        return Parts()

    def _is_valid(self, event: Event, request: Parts) -> bool | None:
        from console.gateway.signing import verify

        public = None if event.fingerprint is None else self._public_key(event.fingerprint)
        if not request.signature or public is None or event.digest_name is None:
            return None
        return verify(public, request.body, request.signature, Digest(event.digest_name))

    def _public_key(self, fingerprint: str) -> bytes | None:
        """Return the public key of a fingerprint, from the journal's own record of it."""
        if self._keys.get(fingerprint) is None:
            pem = next(
                (
                    event.facts.get("public_pem")
                    for event in self._reader.event_page(search="public_pem")
                    if event.fingerprint == fingerprint
                ),
                None,
            )
            self._keys[fingerprint] = pem.encode() if isinstance(pem, str) else None
        return self._keys[fingerprint]

    def _method(self, event: Event) -> Method | None:
        row = None if event.order_id is None else self._reader.get(event.order_id)
        return None if row is None else BY_CODE.get(row.service)

    def _event(self, seq: int) -> Event:
        event = self._reader.event(seq)
        if event is None:
            raise Unavailable("E-NO-ORDER", order=str(seq))
        return event


def _shown_request(parts: Parts, method: Method | None, *, whole: bool) -> str:
    from console.gateway.strict import NotJson, parse

    if not parts.body:
        return ""
    try:
        value = parse(parts.body)
    except NotJson:
        return _plain(parts.body) if whole else ""
    return _shown(value, method, whole=whole)


def _shown_answer(parts: Parts, status: int | None, method: Method | None, *, whole: bool) -> str:
    if not parts.answer_body:
        return ""
    fields = fields_of_answer(parts, status)
    if fields is None:
        return _plain(parts.answer_body) if whole else ""
    return _shown(fields, method, whole=whole)


def _plain(body: bytes) -> str:
    """Return bytes that are no JSON as text, each line fit to be shown."""
    lines = body.decode("utf-8", "replace").splitlines()
    return "\n".join(clean(line, LONGEST_REVEALED) for line in lines)


def _shown(value: object, method: Method | None, *, whole: bool) -> str:
    return pretty(value, LONGEST_REVEALED) if whole else pretty(masked(value, method))


def _facts(event: Event) -> tuple[tuple[Text, Text | str], ...]:
    """Return what stands beside the sealed parts and has no place of its own on the screen."""
    facts = event.facts
    told: list[tuple[Text, Text | str]] = []
    if facts.get("reason") not in {None, Reason.ANSWERED.value}:
        told.append((_END, why(event)))
    told += [(label, str(facts[name])) for name, label in _LABELS.items() if facts.get(name) not in {None, ""}]
    return tuple(told)
