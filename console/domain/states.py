"""The states of an operation, and which of them are open, unclear or final (failure model 2.1)."""

from __future__ import annotations

from enum import Enum


class State(str, Enum):
    """A state by its stored code."""

    DRAFT = "draft"
    INTENDED = "intended"
    SENDING = "sending"
    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"
    ABSENT = "absent"
    REJECTED = "rejected"
    WAIT = "wait"
    PAID = "paid"
    CANCEL = "cancel"
    FAIL = "fail"
    CLOSED = "closed"
    DISCARDED = "discarded"

    @property
    def is_final(self) -> bool:
        """Whether the gateway said its last word; a final state never changes."""
        return self in FINAL

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is expected: final, refused, or ended by a person."""
        return self in FINAL or self in {State.REJECTED, State.CLOSED, State.DISCARDED}

    @property
    def is_unclear(self) -> bool:
        """Whether money may have moved without anybody knowing."""
        return self in {State.UNKNOWN, State.ABSENT}

    @property
    def is_open(self) -> bool:
        """Whether the operation still moves: being sent, or accepted and not final."""
        return self in {State.INTENDED, State.SENDING, State.WAIT}

    @property
    def is_asked(self) -> bool:
        """Whether the timer asks the gateway about it."""
        return self in {State.UNKNOWN, State.WAIT}

    @property
    def may_resend(self) -> bool:
        """Whether a person may send it again with the same order id and bytes (R3)."""
        return self in {State.NOT_SENT, State.ABSENT}


FINAL = frozenset({State.PAID, State.CANCEL, State.FAIL})

MOVES: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.INTENDED, State.DISCARDED}),
    State.INTENDED: frozenset({State.SENDING, State.NOT_SENT}),
    State.SENDING: frozenset({State.WAIT, State.REJECTED, State.UNKNOWN, State.NOT_SENT} | FINAL),
    State.UNKNOWN: frozenset({State.WAIT, State.ABSENT} | FINAL),
    State.WAIT: frozenset({State.ABSENT} | FINAL),
    State.NOT_SENT: frozenset({State.INTENDED, State.CLOSED}),
    State.ABSENT: frozenset({State.INTENDED, State.CLOSED, State.WAIT} | FINAL),
    State.CLOSED: frozenset({State.WAIT} | FINAL),
}
"""Every move there is. `SENDING -> NOT_SENT` needs the proof that the gate aborted before the first byte, and
`ABSENT | CLOSED -> WAIT | final` is a create that surfaces late, which is marked disputed."""


def may_move(before: State, after: State) -> bool:
    """Tell whether the state machine knows the move."""
    return after in MOVES.get(before, frozenset())
