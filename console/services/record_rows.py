"""A record as a row of the journal's table: what each kind of record is called, and where it is not calm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from console.domain.endpoint import Endpoint, Kind
from console.domain.text import Text, mark
from console.journal.entry import Event, EventKind
from console.services.connect_words import change_words
from console.services.timeline import state_after, step

_LOUD = frozenset({"amber", "red", "violet"})
_ASKED = frozenset({EventKind.ASKED.value, EventKind.PROBED.value})

_INTENT = mark("journal", "Intent: {kind} {order}")
_PAYOUT = mark("journal", "payout")
_PAYMENT = mark("journal", "payment")
_BALANCE = mark("journal", "Balance asked")
_INFO = mark("journal", "Account's services asked")
_HISTORY = mark("journal", "List of payments asked")
_STATE = mark("journal", "State asked: nothing new")
_OUT_OF_REACH = mark("journal", "Gateway out of reach")
_NO_STATE = mark("journal", "State asked: the answer names no state")
_PROVED = mark("journal", "Connection checked: the key is accepted")
_UNPROVED = mark("journal", "Connection checked: the key is not accepted")
_NAMES = {
    EventKind.OPENED: mark("journal", "Journal begun"),
    EventKind.KEY: mark("journal", "Public key recorded"),
    EventKind.CHANGED: mark("journal", "Settings changed"),
    EventKind.EXPORTED: mark("journal", "Operations exported"),
    EventKind.VERIFIED: mark("journal", "Journal checked"),
    EventKind.SIGNED_OFF: mark("journal", "Gap signed off"),
}
_QUESTIONS = {Endpoint.BALANCE: _BALANCE, Endpoint.INFO: _INFO, Endpoint.PAYMENT_HISTORY: _HISTORY}


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A record in the table. `tone` is a token where it is not calm, `duration` in milliseconds."""

    seq: int
    at: datetime
    title: Text
    tone: str
    endpoint: str
    status: int | None
    duration: int | None
    order_id: str | None


def row_of(event: Event) -> RecordRow:
    """Return a record as the table shows it."""
    title, tone = _title(event)
    duration = event.facts.get("ms")
    return RecordRow(
        event.seq,
        event.at,
        title,
        tone,
        event.endpoint or "",
        event.status,
        duration if isinstance(duration, int) else None,
        event.order_id,
    )


def _title(event: Event) -> tuple[Text, str]:
    changed = change_words(event.facts) if event.kind == EventKind.CHANGED else None
    named = changed or {kind.value: words for kind, words in _NAMES.items()}.get(event.kind)
    if named is not None:
        return named, ""
    if event.kind in _ASKED and state_after(event) is None:
        return _question(event)
    kind = kind_of(event)
    if event.kind == EventKind.INTENDED:
        word = _PAYOUT if kind is Kind.PAYOUT else _PAYMENT
        return _INTENT.with_(kind=word, order=event.order_id), ""
    told = step(event, kind)
    return told.title, told.tone if told.tone in _LOUD else ""


def _question(event: Event) -> tuple[Text, str]:
    """Return the name of a question that changed nothing."""
    if event.kind == EventKind.PROBED:
        accepted = bool(event.facts.get("accepted"))
        return (_PROVED, "") if accepted else (_UNPROVED, "amber")
    if event.facts.get("disputed"):
        told = step(event, kind_of(event))
        return told.title, told.tone if told.tone in _LOUD else ""
    if event.status is None or event.status >= 500:
        return _OUT_OF_REACH, "amber"
    plain = {endpoint.value: words for endpoint, words in _QUESTIONS.items()}.get(event.endpoint or "")
    if plain is not None:
        return plain, ""
    return (_STATE, "") if event.status < 300 else (_NO_STATE, "amber")


def kind_of(event: Event) -> Kind:
    """Return whether a record is about money out or money in; what is about neither counts as money out."""
    return Kind.PAYMENT if (event.endpoint or "").startswith("/v1/payment") else Kind.PAYOUT
