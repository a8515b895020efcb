"""One attempt to send a request, and its gate: the only place from which a first byte may leave (failure model 2.4).

Knows: the phases of an attempt and who closed it. An attempt is closed by compare-and-set, so a worker that wakes late
finds it closed and sends nothing. Must not know: sockets, HTTP, the journal.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from enum import Enum

Gate = Callable[[str | None], None]
"""Called once, after TLS and before the first byte, with the SHA-256 (hex) of the peer's certificate, or None on
loopback http. It commits the mark; raising in it leaves 0 bytes at the server (measured: M2)."""

TICK = 1.0
"""The watchdog looks at the clock at least this often, in seconds."""

SLEPT = 5.0
"""A clock that ran on by more than this between two looks means that the machine slept, in seconds."""


class GateClosed(Exception):
    """The gate did not open: nothing may be sent."""


class Phase(Enum):
    """How far an attempt has come. CLOSED and PASSED are final."""

    OPEN = "open"
    AT_GATE = "at gate"
    PASSED = "passed"
    CLOSED = "closed"


class End(Enum):
    """Who ended an attempt before it ended by itself."""

    DEADLINE = "deadline"
    STOPPED = "stopped"
    SLEPT = "slept"
    INTERRUPTED = "interrupted"


class Attempt:
    """An attempt with a deadline of its own; every method may be called from any thread."""

    def __init__(self, gate: Gate, total: float, clock: Callable[[], float]) -> None:
        self.news = threading.Event()
        """Set when the attempt's worker has ended or somebody ends the attempt."""
        self.refusal: BaseException | None = None
        """What the gate raised."""
        self._gate = gate
        self._clock = clock
        self._lock = threading.Lock()
        self._phase = Phase.OPEN
        self._end: End | None = None
        self.started = self._seen = clock()
        self._deadline = self.started + total

    @property
    def passed(self) -> bool:
        """Whether a byte may have left. False is final only once the attempt has ended."""
        return self._phase is Phase.PASSED

    @property
    def end(self) -> End | None:
        """Who ended the attempt; None while it runs and when it ended by itself."""
        return self._end

    @property
    def age(self) -> float:
        """Seconds since it began."""
        return self._clock() - self.started

    @property
    def patience(self) -> float:
        """Seconds to wait before the next look at the clock."""
        return max(0.0, min(TICK, self._deadline - self._clock()))

    def pass_gate(self, peer: str | None) -> None:
        """Ask the gate. Raises GateClosed when it refuses or the attempt has ended, also while it was asked.

        An attempt passes once: a second request in it is refused, whatever sends it.
        """
        with self._lock:
            if self._has_ended() or self._phase is not Phase.OPEN:
                self._close()
                raise GateClosed("the attempt is over")
            self._phase = Phase.AT_GATE
        try:
            self._gate(peer)
        except BaseException as error:
            self.refusal = error
            with self._lock:
                self._close()
            if isinstance(error, Exception):
                raise GateClosed("the gate refused") from error
            raise
        with self._lock:
            if self._has_ended():
                self._close()
                raise GateClosed("the attempt ended at the gate")
            self._phase = Phase.PASSED

    def is_over(self) -> bool:
        """Look at the clock and tell whether the attempt was ended from outside; keeps the look for the next one."""
        with self._lock:
            ended = self._has_ended()
            self._seen = self._clock()
            return ended

    def stop(self, end: End) -> None:
        """End the attempt, unless it has ended."""
        with self._lock:
            self._end = self._end or end
        self.news.set()

    def close(self) -> Phase:
        """Shut the gate for good, unless it was passed; return how far the attempt had come."""
        with self._lock:
            before = self._phase
            self._close()
            return before

    def _close(self) -> None:
        if self._phase is not Phase.PASSED:
            self._phase = Phase.CLOSED

    def _has_ended(self) -> bool:
        now = self._clock()
        if self._end is None and now - self._seen > TICK + SLEPT:
            self._end = End.SLEPT
        if self._end is None and now >= self._deadline:
            self._end = End.DEADLINE
        return self._end is not None
