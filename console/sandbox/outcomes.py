"""What may become of an order in the sandbox: chosen by the kopecks of its amount, or by a person for the next one.

Only data: `rules` makes the answers, `server` spoils them. A window shows the list as it stands here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from console.domain.states import State
from console.domain.text import Text, mark


class Fate(str, Enum):
    """What becomes of the order itself."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    LOST = "lost"
    LATE = "late"


class Delivery(str, Enum):
    """How the answer to the create goes out."""

    PLAIN = "plain"
    ERROR = "error"
    HTML = "html"
    GARBAGE = "garbage"
    HUGE = "huge"
    GZIP = "gzip"
    SLOW = "slow"
    DROPPED = "dropped"


class Final(str, Enum):
    """What a status question answers in the end."""

    PAID = "paid"
    PART = "part"
    FAIL = "fail"
    CANCEL = "cancel"

    @property
    def word(self) -> str:
        """The `payment_status` (API reference 4)."""
        return "paid" if self is Final.PART else self.value

    @property
    def moves_money(self) -> bool:
        """Whether the balance changes."""
        return self in {Final.PAID, Final.PART}


SETTLES_AFTER = 5.0
"""Seconds from accepting an order to its final state."""
LATE_BY = 90.0
"""Seconds by which a late order is accepted after its request."""
SLOW_BY = 20.0
"""Seconds by which a slow answer is late."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line of the list: `kopecks` choose it, or None where every other amount does.

    `title` names it, `says` tells what the gateway will do; `first` is the state that the create leads to, `last` the
    one that asking ends with.
    """

    code: str
    kopecks: int | None
    title: Text
    says: Text
    first: State
    last: State
    fate: Fate = Fate.ACCEPTED
    delivery: Delivery = Delivery.PLAIN
    final: Final = Final.PAID


OUTCOMES: tuple[Outcome, ...] = (
    Outcome("paid", None, mark("sandbox", "Paid"),
            mark("sandbox", "Accepted, and paid after 5 seconds."), State.WAIT, State.PAID),
    Outcome("fail", 11, mark("sandbox", "Failed"),
            mark("sandbox", "Accepted, and failed after 5 seconds."), State.WAIT, State.FAIL, final=Final.FAIL),
    Outcome("cancel", 12, mark("sandbox", "Cancelled"),
            mark("sandbox", "Accepted, and cancelled after 5 seconds."), State.WAIT, State.CANCEL, final=Final.CANCEL),
    Outcome("part", 13, mark("sandbox", "Paid in part"),
            mark("sandbox", "Half of a payment is paid after 5 seconds; about a payout the answer contradicts itself."),
            State.WAIT, State.PAID, final=Final.PART),
    Outcome("refused", 21, mark("sandbox", "Refused"),
            mark("sandbox", "A payout is refused at the number, a payment at the payer's internet address."),
            State.REJECTED, State.REJECTED, Fate.REFUSED),
    Outcome("error", 22, mark("sandbox", "Fault inside the gateway"),
            mark("sandbox", "HTTP 500; nothing was accepted, but the answer does not say so."),
            State.UNKNOWN, State.UNKNOWN, Fate.LOST, Delivery.ERROR),
    Outcome("html", 23, mark("sandbox", "A web page for an answer"),
            mark("sandbox", "Accepted, but an HTML page comes back; paid after 5 seconds."),
            State.UNKNOWN, State.PAID, delivery=Delivery.HTML),
    Outcome("garbage", 24, mark("sandbox", "Garbage for an answer"),
            mark("sandbox", "Accepted, but the answer cannot be read; paid after 5 seconds."),
            State.UNKNOWN, State.PAID, delivery=Delivery.GARBAGE),
    Outcome("huge", 25, mark("sandbox", "Far too long an answer"),
            mark("sandbox", "Accepted, but the answer is 1 MB long; paid after 5 seconds."),
            State.UNKNOWN, State.PAID, delivery=Delivery.HUGE),
    Outcome("gzip", 26, mark("sandbox", "A compressed answer"),
            mark("sandbox", "Accepted, answered in gzip whatever was asked for; paid after 5 seconds."),
            State.WAIT, State.PAID, delivery=Delivery.GZIP),
    Outcome("slow", 31, mark("sandbox", "A slow answer"),
            mark("sandbox", "Accepted, but the answer takes 20 seconds; paid after 5 seconds."),
            State.WAIT, State.PAID, delivery=Delivery.SLOW),
    Outcome("lost-before", 32, mark("sandbox", "Connection lost before accepting"),
            mark("sandbox", "The connection drops, and the order never arrives."),
            State.UNKNOWN, State.UNKNOWN, Fate.LOST, Delivery.DROPPED),
    Outcome("lost-after", 33, mark("sandbox", "Connection lost after accepting"),
            mark("sandbox", "Accepted, but the connection drops before the answer; paid after 5 seconds."),
            State.UNKNOWN, State.PAID, delivery=Delivery.DROPPED),
    Outcome("late", 34, mark("sandbox", "Accepted late"),
            mark("sandbox", "The connection drops, the order is accepted 90 seconds later and paid after 5 more."),
            State.UNKNOWN, State.PAID, Fate.LATE, Delivery.DROPPED),
)  # fmt: skip

_BY_CODE = {outcome.code: outcome for outcome in OUTCOMES}
_BY_KOPECKS = {outcome.kopecks: outcome for outcome in OUTCOMES}


def by_code(code: str) -> Outcome:
    """Return the outcome of a code; KeyError when there is none."""
    return _BY_CODE[code]


def by_kopecks(kopecks: int) -> Outcome:
    """Return the outcome that an amount of so many kopecks chooses by its last two digits."""
    return _BY_KOPECKS.get(kopecks % 100) or _BY_KOPECKS[None]
