"""Words for what the domain names by codes: states, kinds, keys, fields, spans of time and sizes.

Knows no language and no window; what a state means is known by `console.domain.states`.
"""

from __future__ import annotations

from collections.abc import Sequence

from console.domain.endpoint import Kind
from console.domain.states import State
from console.domain.text import Text, mark

DISPUTED = mark("states", "Contradiction")
"""The mark beside a state, shown first (failure model 2.1)."""

_PAID_OUT = mark("states", "Paid out")

_STATES: dict[State, Text] = {
    State.DRAFT: mark("states", "Draft"),
    State.INTENDED: mark("states", "Sending"),
    State.SENDING: mark("states", "Sending"),
    State.NOT_SENT: mark("states", "Not sent"),
    State.UNKNOWN: mark("states", "Outcome unknown"),
    State.ABSENT: mark("states", "Not known to the gateway"),
    State.REJECTED: mark("states", "Rejected by the gateway"),
    State.WAIT: mark("states", "Processing"),
    State.PAID: mark("states", "Paid"),
    State.CANCEL: mark("states", "Cancelled"),
    State.FAIL: mark("states", "Failed"),
    State.CLOSED: mark("states", "Closed, not sent"),
    State.DISCARDED: mark("states", "Draft discarded"),
}

_KINDS = {Kind.PAYOUT: mark("states", "Payout"), Kind.PAYMENT: mark("states", "Payment")}
_KEYS = {Kind.PAYOUT: mark("states", "Payout key"), Kind.PAYMENT: mark("states", "Payment key")}

_FIELDS: dict[str, Text] = {
    "amount": mark("states", "Amount"),
    "order_id": mark("states", "Order id"),
    "service": mark("states", "Method"),
    "number": mark("states", "Recipient's number"),
    "customer_code": mark("states", "Bank"),
    "bik_bank": mark("states", "Bank's BIK"),
    "customer_ip": mark("states", "Payer's internet address"),
    "customer_user_id": mark("states", "Who pays"),
    "success_redirect_id": mark("states", "Redirect after success, id in the cabinet"),
    "fail_redirect_id": mark("states", "Redirect after failure, id in the cabinet"),
    "notification_endpoint_id": mark("states", "Notification, id in the cabinet"),
    "success_redirect_url": mark("states", "Redirect after success"),
    "fail_redirect_url": mark("states", "Redirect after failure"),
    "notification_endpoint_url": mark("states", "Notification address"),
}

_SECONDS = mark("states", "{n} s")
_MINUTES = mark("states", "{n} min")
_HOURS = mark("states", "{n} h")
_DAYS = mark("states", "{n} day", "{n} days")
_BYTES = mark("states", "{n} bytes")
_MEGABYTES = mark("states", "{n} MB")
_GIGABYTES = mark("states", "{n} GB")
_QUOTED = mark("states", "“{words}”")
_ANOTHER = Text("", "{before}, {last}")


def state_word(state: State, kind: Kind) -> Text:
    """Return the word of a state; money out is paid out, money in is paid."""
    return _PAID_OUT if state is State.PAID and kind is Kind.PAYOUT else _STATES[state]


def kind_word(kind: Kind) -> Text:
    """Return what money out and money in are called."""
    return _KINDS[kind]


def key_word(kind: Kind) -> Text:
    """Return what the key of a kind is called."""
    return _KEYS[kind]


def field_word(name: str) -> Text:
    """Return the label of a field by the gateway's name of it; a name that nobody knows stands as it is."""
    return _FIELDS.get(name) or Text("", name)


def fields_words(names: Sequence[str]) -> Text:
    """Return the labels of fields in quotes, parted by commas: what a refusal names. Needs at least one."""
    quoted = [_QUOTED.with_(words=field_word(name)) for name in names]
    listed = quoted[0]
    for last in quoted[1:]:
        listed = _ANOTHER.with_(before=listed, last=last)
    return listed


def duration(seconds: float) -> Text:
    """Return a span of time in its largest unit: seconds below a minute, hours below two days; never rounded up."""
    whole = max(0, int(seconds))
    if whole < 60:
        return _SECONDS.with_(n=whole)
    if whole < 3600:
        return _MINUTES.with_(n=whole // 60)
    if whole < 48 * 3600:
        return _HOURS.with_(n=whole // 3600)
    return _DAYS.of(whole // 86400)


def size(count: int) -> Text:
    """Return a number of bytes in its unit of a thousand, rounded up: so much has to be freed."""
    if count < 1_000_000:
        return _BYTES.with_(n=count)
    unit, words = (1_000_000, _MEGABYTES) if count < 1_000_000_000 else (1_000_000_000, _GIGABYTES)
    return words.with_(n=-(-count // unit))
