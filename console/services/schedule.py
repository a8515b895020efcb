"""When to ask again: the pace of each operation, a budget over all of them, and jitter. Pure: no clock, no gateway."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from console.domain.states import State

RATE = 5.0
"""Questions a second over all operations (failure model P8)."""
IN_FLIGHT = 4
FIRST_UNKNOWN = 5.0
CAP_UNKNOWN = 600.0
HOUR = 3600.0


def pause_before(state: State, asks: int, age: float, random: Callable[[], float]) -> float:
    """Return the seconds from the last question (or the end of the attempt) to the next one.

    `age` is the operation's in seconds, `random` gives 0 to 1. Unknown ones are asked 5 s after the attempt, then after
    10, 20, 40 s and so on up to 10 min with full jitter (R4); accepted ones after 5, 10, 20 s, then every 30 s up to ten
    minutes of age, every 2 min up to an hour, every 15 min up to a day, then hourly, with a tenth of jitter (P8); what
    the support's word closed, hourly.
    """
    if state is State.UNKNOWN:
        if asks == 0:
            return FIRST_UNKNOWN
        longest = min(CAP_UNKNOWN, 10.0 * float(1 << min(asks - 1, 10)))
        return max(1.0, longest * random())
    if state is not State.WAIT:
        return HOUR
    return _accepted(asks, age) * (0.95 + 0.1 * random())


def _accepted(asks: int, age: float) -> float:
    if asks < 3:
        return (5.0, 10.0, 20.0)[asks]
    for until, pause in ((600.0, 30.0), (HOUR, 120.0), (24 * HOUR, 900.0)):
        if age < until:
            return pause
    return HOUR


@dataclass(slots=True)
class Budget:
    """A token bucket: at most `rate` questions a second, never more than one second's worth at once."""

    rate: float = RATE
    tokens: float = RATE
    at: float | None = None

    def is_spent(self, now: float) -> bool:
        """Whether no question may be asked at monotonic second `now`."""
        if self.at is not None:
            self.tokens = min(self.rate, self.tokens + (now - self.at) * self.rate)
        self.at = now
        return self.tokens < 1.0

    def take(self, now: float) -> bool:
        """Take one question at monotonic second `now`; False where the budget is spent."""
        if self.is_spent(now):
            return False
        self.tokens -= 1.0
        return True
