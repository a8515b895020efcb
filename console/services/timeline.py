"""What was said and heard about an order, told from its events: one step for each, repeated questions folded.

Knows the facts that events carry beside their sealed parts; opens nothing, asks nothing and decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from console.domain.endpoint import Kind
from console.domain.exchange import Reason
from console.domain.sentences import CUT_SHORT, reason_text
from console.domain.states import State
from console.domain.text import Text, mark
from console.journal.entry import Event, EventKind

_INTENT = mark("operations", "Intent in the journal")
_INTENT_AGAIN = mark("operations", "Attempt {n}: intent in the journal")
_RECORD = mark("operations", "Record {n}")
_SENT = mark("operations", "Request signed and sent")
_POST = mark("operations", "POST {path}, {n} byte", "POST {path}, {n} bytes")
_HTTP = mark("operations", "HTTP {status} in {ms} ms")
_NOTHING_SENT = mark("operations", "Nothing was sent")
_NO_ANSWER = mark("operations", "No clear answer came")
_PROVES_NOTHING = mark("operations", "The answer proves nothing")
_REFUSED = mark("operations", "Refused by the gateway")
_FIELDS = mark("operations", "Fields: {fields}")
_TAKEN = mark("operations", "The gateway already has this order id")
_CONTRADICTS = mark("operations", "The gateway contradicts itself")
_NO_NEWS = mark("operations", "Check {n}: nothing new")
_NO_NEWS_MANY = mark("operations", "Checks {first}–{last}: nothing new")
_OUT_OF_REACH = mark("operations", "Check {n}: gateway out of reach")
_OUT_OF_REACH_MANY = mark("operations", "Checks {first}–{last}: gateway out of reach")
_NOT_FOUND = mark("operations", "Check {n}: the gateway does not know the order")
_NOT_FOUND_MANY = mark("operations", "Checks {first}–{last}: the gateway does not know the order")
_NO_STATE = mark("operations", "Check {n}: the answer names no state")
_NO_STATE_MANY = mark("operations", "Checks {first}–{last}: the answer names no state")
_FOUND = mark("operations", "Found at the start of the console")
_RESOLVED_HAS = mark("operations", "Support answered: the gateway has it")
_RESOLVED_NEVER = mark("operations", "Support answered: the gateway never had it")
_TICKET = mark("operations", "{ticket}, recorded by {name}")
_TICKET_ID = mark("operations", "Id {id}; {ticket}, recorded by {name}")
_CLOSED = mark("operations", "Closed without sending")
_LIFTED = mark("operations", "Mark of contradiction lifted")
_NOTED = mark("operations", "{note} ({name})")
_REVEALED = mark("operations", "Number shown for 10 s")
_REVEALED_RECORD = mark("operations", "Record {n} shown for 10 s")
_OTHER = mark("operations", "Recorded: {kind}")

_SAID = {
    (State.WAIT, Kind.PAYOUT): mark("operations", "Accepted by the gateway, processing"),
    (State.WAIT, Kind.PAYMENT): mark("operations", "Accepted by the gateway, waiting for the payer"),
    (State.PAID, Kind.PAYOUT): mark("operations", "The gateway confirmed: paid out"),
    (State.PAID, Kind.PAYMENT): mark("operations", "The gateway confirmed: paid"),
    (State.CANCEL, Kind.PAYOUT): mark("operations", "The gateway says: cancelled"),
    (State.CANCEL, Kind.PAYMENT): mark("operations", "The gateway says: cancelled"),
    (State.FAIL, Kind.PAYOUT): mark("operations", "The gateway says: failed"),
    (State.FAIL, Kind.PAYMENT): mark("operations", "The gateway says: failed"),
}

ICONS = {
    State.WAIT: ("clock", "blue"),
    State.PAID: ("circle-check", "green"),
    State.CANCEL: ("ban", "grey"),
    State.FAIL: ("circle-x", "red"),
    State.REJECTED: ("octagon-x", "red"),
    State.UNKNOWN: ("circle-question-mark", "amber"),
    State.NOT_SENT: ("circle-slash", "grey"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened: an icon, the token of its tone, words, and when.

    `folds` names what repeated questions have in common; steps that follow one another with the same are one.
    """

    icon: str
    tone: str
    title: Text
    detail: Text | None
    at: datetime
    folds: tuple[Text, Text] | None = None


def timeline(events: Sequence[Event], kind: Kind) -> tuple[Step, ...]:
    """Return the steps of one order, the oldest first; questions with the same outcome in a row are one step."""
    steps, asked = list[tuple[Step, int]](), 0
    for event in events:
        asked += event.kind == EventKind.ASKED
        steps.append((step(event, kind), asked))
    folded = list[Step]()
    for folds, group in groupby(steps, key=lambda pair: pair[0].folds):
        same = list(group)
        if folds is None:
            folded += [one for one, _ in same]
        else:
            folded.append(_folded(same, folds))
    return tuple(folded)


def _folded(same: list[tuple[Step, int]], folds: tuple[Text, Text]) -> Step:
    one, many = folds
    newest, last = same[-1]
    first = same[0][1]
    title = one.with_(n=last) if first == last else many.with_(first=first, last=last)
    return replace(newest, title=title)


def step(event: Event, kind: Kind) -> Step:
    """Return what one event tells. An event of a later release is named by its kind."""
    make = _MAKERS.get(event.kind)
    if make is None:
        return Step("file-check", "grey", _OTHER.with_(kind=event.kind), None, event.at)
    return make(event, kind)


def why(event: Event) -> Text:
    """Return in words how an exchange ended, from the facts of its event."""
    facts = event.facts
    known = {reason.value: reason for reason in Reason}
    values = facts.get("facts")
    told: dict[str, object] = dict(values) if isinstance(values, dict) else {}
    if event.status is not None:
        told["status"] = event.status
    return reason_text(known.get(str(facts.get("reason", "")), Reason.OTHER), told)


def changed(event: Event) -> dict[str, object]:
    """Return what the event changed in its operation's row."""
    found = event.facts.get("operation")
    return found if isinstance(found, dict) else {}


def state_after(event: Event) -> State | None:
    """Return the state that the event led to, or None where it left the state as it was."""
    code = changed(event).get("state")
    return State(code) if code in {state.value for state in State} else None


def _intended(event: Event, _: Kind) -> Step:
    again = event.attempt is not None and event.attempt > 1
    title = _INTENT_AGAIN.with_(n=event.attempt) if again else _INTENT
    return Step("book-lock", "grey", title, _RECORD.with_(n=event.seq), event.at)


def _sending(event: Event, _: Kind) -> Step:
    size = event.facts.get("request_bytes")
    detail = _POST.of(size).with_(path=event.endpoint) if isinstance(size, int) else None
    return Step("send", "blue", _SENT, detail, event.at)


def _heard(event: Event, kind: Kind) -> Step:
    """An answer to a create, or its end without one."""
    state, facts = state_after(event), event.facts
    if changed(event).get("disputed_at") is not None:
        return Step("equal-not", "violet", _CONTRADICTS, _http(event), event.at)
    icon, tone = ICONS.get(state or State.UNKNOWN, ICONS[State.UNKNOWN])
    if state is State.NOT_SENT:
        return Step(icon, tone, _NOTHING_SENT, _reason(event), event.at)
    if state is State.REJECTED:
        names = facts.get("fields")
        fields = ", ".join(str(name) for name in names) if isinstance(names, list) else ""
        return Step(icon, tone, _REFUSED, _FIELDS.with_(fields=fields) if fields else _http(event), event.at)
    said = _SAID.get((state, kind)) if state is not None else None
    if said is not None:
        return Step(icon, tone, said, _http(event), event.at)
    if event.status is None:
        return Step(icon, tone, _NO_ANSWER, why(event), event.at)
    title = _TAKEN if facts.get("code") == "E-DUP-ID" else _PROVES_NOTHING
    return Step(icon, tone, title, _http(event), event.at)


def _asked(event: Event, kind: Kind) -> Step:
    state, facts = state_after(event), event.facts
    if changed(event).get("disputed_at") is not None:
        return Step("equal-not", "violet", _CONTRADICTS, _http(event), event.at)
    said = _SAID.get((state, kind)) if state is not None else None
    if state is not None and said is not None:
        icon, tone = ICONS[state]
        return Step(icon, tone, said, _http(event), event.at)
    one, many = _outcome(event, facts)
    return Step("refresh-cw", "grey", one, _reason(event), event.at, (one, many))


def _outcome(event: Event, facts: dict[str, object]) -> tuple[Text, Text]:
    if event.status is None or event.status >= 500:
        return _OUT_OF_REACH, _OUT_OF_REACH_MANY
    if facts.get("not_found"):
        return _NOT_FOUND, _NOT_FOUND_MANY
    if event.status >= 300:
        return _NO_STATE, _NO_STATE_MANY
    return _NO_NEWS, _NO_NEWS_MANY


def _recovered(event: Event, _: Kind) -> Step:
    icon, tone = ICONS.get(state_after(event) or State.UNKNOWN, ICONS[State.UNKNOWN])
    detail = _NOTHING_SENT if state_after(event) is State.NOT_SENT else CUT_SHORT
    return Step(icon, tone, _FOUND, detail, event.at)


def _resolved(event: Event, _: Kind) -> Step:
    facts = event.facts
    has = facts.get("word") == "has"
    named = {"ticket": str(facts.get("ticket", "")), "name": str(facts.get("name", ""))}
    detail = _TICKET_ID.with_(id=str(facts.get("gateway_id", "")), **named) if has else _TICKET.with_(**named)
    return Step("badge-check", "amber", _RESOLVED_HAS if has else _RESOLVED_NEVER, detail, event.at)


def _closed(event: Event, _: Kind) -> Step:
    return Step("archive", "grey", _CLOSED, None, event.at)


def _disputed(event: Event, _: Kind) -> Step:
    return Step("equal-not", "violet", _CONTRADICTS, None, event.at)


def _lifted(event: Event, _: Kind) -> Step:
    facts = event.facts
    detail = _NOTED.with_(note=str(facts.get("note", "")), name=str(facts.get("name", "")))
    return Step("pencil-line", "violet", _LIFTED, detail, event.at)


def _revealed(event: Event, _: Kind) -> Step:
    record = event.facts.get("record")
    title = _REVEALED if record is None else _REVEALED_RECORD.with_(n=record)
    return Step("eye", "grey", title, None, event.at)


_MAKERS: dict[str, Callable[[Event, Kind], Step]] = {
    EventKind.INTENDED: _intended,
    EventKind.SENDING: _sending,
    EventKind.HEARD: _heard,
    EventKind.ENDED: _heard,
    EventKind.ASKED: _asked,
    EventKind.RECOVERED: _recovered,
    EventKind.RESOLVED: _resolved,
    EventKind.CLOSED: _closed,
    EventKind.DISPUTED: _disputed,
    EventKind.LIFTED: _lifted,
    EventKind.REVEALED: _revealed,
}


def _http(event: Event) -> Text | None:
    if event.status is None:
        return None
    return _HTTP.with_(status=event.status, ms=event.facts.get("ms", 0))


def _reason(event: Event) -> Text | None:
    return _http(event) if event.status is not None else why(event)
