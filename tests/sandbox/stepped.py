"""A clock for tests that stands still until it is told, and on which no wait takes any time."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from threading import Event, Lock

from console.sandbox.clock import Clock

NOON = datetime(2026, 11, 24, 9, 0, tzinfo=timezone.utc)
"""Noon in Moscow."""


class SteppedClock(Clock):
    """Time as a test advances it; `waits` are the waits that were asked for, each of which advances it too."""

    def __init__(self, start: datetime = NOON) -> None:
        self._now = start
        self._lock = Lock()
        self.waits: list[float] = []

    def now(self) -> datetime:
        with self._lock:
            return self._now

    def advance(self, seconds: float) -> None:
        with self._lock:
            self._now += timedelta(seconds=seconds)

    def wait(self, seconds: float, stop: Event) -> None:
        del stop
        self.waits.append(seconds)
        self.advance(seconds)
