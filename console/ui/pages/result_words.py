"""What stands at the head of a result: icon, colour, title and sentence by what became of the order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.domain.endpoint import Kind
from console.domain.method import Form, Method
from console.domain.sentence import Tone
from console.domain.states import State
from console.domain.text import Text, mark

if TYPE_CHECKING:
    from console.journal.rows import OperationRow

_ACCEPTED = mark("result", "The gateway accepted the payout")
_ACCEPTED_NEXT = mark("result", "The order is in work. You can go on: the console keeps asking.")
_CREATED = mark("result", "The payment is created")
_LINK = mark("result", "The payer pays on the gateway's page. The state changes by itself.")
_REQUISITES = mark("result", "Give the payer the requisites and the amount. The state changes by itself.")
_NOT_KEPT = mark("result", "The outcome is not in the journal")
_NOT_KEPT_NEXT = mark(
    "result",
    "The console stores it as soon as the disk takes it; else the next start asks the gateway about this order.",
)
_NOT_SENT = mark("result", "Nothing was sent")
_STAYED = {
    Kind.PAYOUT: mark("result", "The payout of {amount} stayed on this computer."),
    Kind.PAYMENT: mark("result", "The payment of {amount} stayed on this computer."),
}
_UNKNOWN = mark("result", "The outcome is unknown")
_ORDER_TO = mark("result", "Payout of {amount} to {number}")
_ORDER_BY = mark("result", "Payment of {amount} by {payer}")
_ABSENT = mark("result", "The gateway does not know this order")
_DISPUTED = mark("result", "The gateway contradicts itself")
_REJECTED = mark("result", "The gateway refused the order")
_PAID = {Kind.PAYOUT: mark("result", "Paid out"), Kind.PAYMENT: mark("result", "Paid")}
_PAID_NEXT = {
    Kind.PAYOUT: mark("result", "The gateway confirmed it: the money went to the recipient."),
    Kind.PAYMENT: mark("result", "The gateway confirmed the payer's transfer."),
}
_CANCELLED = {
    Kind.PAYOUT: mark("result", "The payout is cancelled"),
    Kind.PAYMENT: mark("result", "The payment is cancelled"),
}
_CANCELLED_NEXT = mark("result", "The gateway's last word is: cancelled.")
_FAILED = {Kind.PAYOUT: mark("result", "The payout failed"), Kind.PAYMENT: mark("result", "The payment failed")}
_FAILED_NEXT = mark("result", "The gateway's last word is: failed.")
_CLOSED = mark("result", "Closed without sending")
_CLOSED_NEXT = mark("result", "Nothing more is done about this order.")

TONES = {
    Tone.QUIET: "nothing",
    Tone.REFUSED: "refused",
    Tone.UNKNOWN: "unknown",
    Tone.CONTRADICTION: "disputed",
    Tone.DAMAGE: "failed",
    Tone.WARNING: "warning",
    Tone.NOTE: "nothing",
}
"""How a sentence is framed: by the money, never by the fault."""


_ENDS = {
    State.PAID: ("circle-check", "green", _PAID, _PAID_NEXT),
    State.CANCEL: ("ban", "grey", _CANCELLED, dict.fromkeys(Kind, _CANCELLED_NEXT)),
    State.FAIL: ("circle-x", "red", _FAILED, dict.fromkeys(Kind, _FAILED_NEXT)),
}


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a result; `border` is a token or empty."""

    icon: str
    colour: str
    title: Text
    sentence: Text
    border: str = ""


def head(row: OperationRow, method: Method, party: str) -> Head:
    """Return the head for a row; `party` is who is paid or pays, as a person reads it."""
    order = _order(row, party)
    if row.is_disputed:
        return Head("equal-not", "violet", _DISPUTED, order)
    if row.state is State.WAIT:
        return _accepted(row.kind, method)
    if row.state is State.NOT_SENT:
        return Head("circle-slash", "grey", _NOT_SENT, _STAYED[row.kind].with_(amount=row.money))
    if row.state in _ENDS:
        icon, colour, titles, sentences = _ENDS[row.state]
        return Head(icon, colour, titles[row.kind], sentences[row.kind])
    return {
        State.UNKNOWN: Head("circle-question-mark", "amber", _UNKNOWN, order, "amber_e"),
        State.ABSENT: Head("search-x", "amber", _ABSENT, order, "amber_e"),
        State.REJECTED: Head("octagon-x", "red", _REJECTED, order),
        State.CLOSED: Head("archive", "grey", _CLOSED, _CLOSED_NEXT),
    }.get(row.state, Head("circle-question-mark", "amber", _NOT_KEPT, _NOT_KEPT_NEXT, "amber_e"))


def _accepted(kind: Kind, method: Method) -> Head:
    if kind is Kind.PAYOUT:
        return Head("send", "blue", _ACCEPTED, _ACCEPTED_NEXT)
    by_link = any(shown.form is Form.LINK for shown in method.shows)
    return Head(method.icon, "blue", _CREATED, _LINK if by_link else _REQUISITES)


def _order(row: OperationRow, party: str) -> Text:
    if row.kind is Kind.PAYOUT:
        return _ORDER_TO.with_(amount=row.money, number=party)
    return _ORDER_BY.with_(amount=row.money, payer=party)
