"""What a person must be told about an operation that is not calm: one sentence in three parts, filled with what is known.

Knows which sentence fits a row; the words are `console.domain.sentences`'. A `{t}` that is left is the time until the next
check, which only a clock on the screen can tell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from console.domain.answer import Fields, id_of, sum_of, text_of
from console.domain.endpoint import Kind
from console.domain.exchange import Reason
from console.domain.money import Sum
from console.domain.phrases.network import CAUSES
from console.domain.sentences import (
    CUT_SHORT,
    MoneyLine,
    Sentence,
    Tone,
    cause_text,
    disputed_sentence,
    reason_text,
    sentence,
)
from console.domain.states import State
from console.domain.text import Text, mark
from console.domain.verdicts import UNSENT, read_status
from console.domain.wording import duration, fields_words, state_word
from console.journal.entry import Event, EventKind
from console.journal.rows import OperationRow
from console.services.settle import confirmation_word
from console.services.timeline import changed, why

LONG = timedelta(hours=24)
"""How long an outcome may be unknown before the gateway's support is to be asked."""

Open = Callable[[Event], Fields | None]
"""Opens the sealed answer of an event."""

_UNKNOWN = "—"
_JOINED = Text("", "{first} {then}")
_UNREACHED = frozenset(UNSENT.values())
"""What keeps a request from leaving and has an advice of its own."""
_TOLD = frozenset({State.UNKNOWN, State.ABSENT, State.NOT_SENT, State.REJECTED, State.CLOSED})
_FAILED = {
    Kind.PAYOUT: Sentence(
        "E-FAILED",
        mark("operations", "The gateway could not make payout {order}"),
        mark("operations", "The gateway's last word is: failed."),
        mark("operations", "Check the details, then create a new payout if it is still needed."),
        MoneyLine.NOT_MOVED,
        Tone.REFUSED,
    ),
    Kind.PAYMENT: Sentence(
        "E-FAILED",
        mark("operations", "Payment {order} failed"),
        mark("operations", "The gateway's last word is: failed."),
        mark("operations", "Agree with the payer, then create a new payment if it is still needed."),
        None,
        Tone.REFUSED,
    ),
}
_PARTIAL = Sentence(
    "E-PARTIAL",
    mark("operations", "Payment {order} was paid in part"),
    mark("operations", "Of {amount} the payer paid {paid}."),
    mark("operations", "Agree with the payer about the rest."),
    MoneyLine.AT_GATEWAY,
    Tone.WARNING,
)


def is_long_unknown(row: OperationRow, now: datetime) -> bool:
    """Whether the outcome has been unknown for more than a day."""
    since = row.ended.utc if row.ended is not None else row.created
    return row.state is State.UNKNOWN and now - since > LONG


def notice(row: OperationRow, events: Sequence[Event], now: datetime, open_answer: Open) -> Sentence | None:
    """Return the sentence for a row, or None where everything is calm. A contradiction is told first."""
    values: dict[str, object] = {"order": row.order_id}
    if row.is_disputed:
        found = disputed_sentence(_known_reason(row), row.kind)
        return found.with_({**values, **_contradiction(row, events, open_answer)})
    make = _BY_STATE.get(row.state)
    if make is None:
        return None
    told = make(row, events, now)
    return None if told is None else told.with_(values)


def _unknown(row: OperationRow, events: Sequence[Event], now: datetime) -> Sentence:
    if is_long_unknown(row, now):
        since = row.ended.utc if row.ended is not None else row.created
        return sentence("E-ASK-SUPPORT", row.kind).with_({"t": duration((now - since).total_seconds())})
    if row.error_code == "E-DUP-ID":
        return sentence("E-DUP-ID", row.kind)
    return sentence("E-UNKNOWN", row.kind).with_({"reason": reason(row, events)})


def _absent(row: OperationRow, events: Sequence[Event], _: datetime) -> Sentence:
    resolved = _latest(events, EventKind.RESOLVED)
    ticket = _UNKNOWN if resolved is None else str(resolved.facts.get("ticket") or _UNKNOWN)
    return sentence("E-ABSENT", row.kind).with_({"ticket": ticket, "word": confirmation_word(row)})


def _not_sent(row: OperationRow, events: Sequence[Event], _: datetime) -> Sentence:
    found = sentence("E-NOTSENT", row.kind).with_({"reason": reason(row, events)})
    if row.error_code not in _UNREACHED:
        return found
    return replace(found, do=_JOINED.with_(first=sentence(row.error_code).do, then=found.do))


def _rejected(row: OperationRow, events: Sequence[Event], _: datetime) -> Sentence:
    heard = _latest(events, EventKind.HEARD)
    names = None if heard is None else heard.facts.get("fields")
    found = [str(name) for name in names] if isinstance(names, list) else []
    told: object = fields_words(found) if found else row.error_text or _UNKNOWN
    return sentence("E-REJECTED", row.kind).with_({"fields": told})


def _wait(row: OperationRow, _: Sequence[Event], __: datetime) -> Sentence | None:
    return None if row.gateway_state is None else sentence("E-STATE-NEW", row.kind).with_({"s": row.gateway_state})


def _failed(row: OperationRow, _: Sequence[Event], __: datetime) -> Sentence:
    return _FAILED[row.kind]


def _paid(row: OperationRow, _: Sequence[Event], __: datetime) -> Sentence | None:
    if not row.partial:
        return None
    paid = Sum.read(row.paid_amount or "")
    return _PARTIAL.with_({"amount": row.money, "paid": _UNKNOWN if paid is None else paid})


_BY_STATE: Mapping[State, Callable[[OperationRow, Sequence[Event], datetime], Sentence | None]] = {
    State.UNKNOWN: _unknown,
    State.ABSENT: _absent,
    State.NOT_SENT: _not_sent,
    State.REJECTED: _rejected,
    State.WAIT: _wait,
    State.FAIL: _failed,
    State.PAID: _paid,
}


def error_words(row: OperationRow) -> Text | str | None:
    """Return in a few words what went wrong, from the row alone; None where nothing did, or no longer matters."""
    if row.error_code is None or row.state not in _TOLD:
        return None
    if row.state is State.REJECTED:
        return row.error_text or sentence(row.error_code, row.kind).title.with_(order=row.order_id)
    if row.error_code in CAUSES or row.error_code == "E-DUP-ID":
        return sentence(row.error_code, row.kind).title.with_(order=row.order_id)
    ends = {each.value: each for each in Reason}
    return reason_text(ends[row.error_text], {}) if row.error_text in ends else CUT_SHORT


def reason(row: OperationRow, events: Sequence[Event]) -> Text:
    """Return in a few words how the last attempt ended."""
    ended = _latest(events, EventKind.HEARD, EventKind.ENDED, EventKind.RECOVERED)
    if ended is None or ended.kind == EventKind.RECOVERED:
        return CUT_SHORT
    if row.error_code in CAUSES:
        values = ended.facts.get("facts")
        return cause_text(row.error_code, {"status": ended.status, **(values if isinstance(values, dict) else {})})
    return why(ended)


def _latest(events: Sequence[Event], *kinds: EventKind) -> Event | None:
    return next((event for event in reversed(events) if event.kind in kinds), None)


def _known_reason(row: OperationRow) -> str:
    from console.domain.phrases.orders import CONTRADICTIONS

    told = row.disputed_reason or ""
    return told if told in CONTRADICTIONS else "two-finals"


def _contradiction(row: OperationRow, events: Sequence[Event], open_answer: Open) -> dict[str, object]:
    """Return what was known before ({a}) and what the answer that made the mark says ({b})."""
    source = next((event for event in reversed(events) if changed(event).get("disputed_at") is not None), None)
    fields = None if source is None else open_answer(source)
    before: dict[str, object] = {"other-id": row.gateway_id or _UNKNOWN, "other-amount": row.money}
    a = before.get(row.disputed_reason or "", state_word(row.state, row.kind))
    return {"a": a, "b": _UNKNOWN if fields is None else _named(row, fields)}


def _named(row: OperationRow, fields: Fields) -> object:
    """Return the value of an answer that contradicts."""
    match row.disputed_reason:
        case "other-id" | "id-of-another":
            return id_of(fields) or _UNKNOWN
        case "other-amount":
            return sum_of(fields, "amount") or _UNKNOWN
        case "other-number":
            return text_of(fields, "card_mask") or _UNKNOWN
        case "other-order":
            return text_of(fields, "order_id") or _UNKNOWN
    status = text_of(fields, "payment_status")
    state, _ = read_status(status or "")
    return state_word(state, row.kind) if state is not None else status or _UNKNOWN
