"""The sandbox's clock: what time it is, and waiting that ends at once when the gateway stops.

A test gives another one; nothing else in the sandbox reads a clock or sleeps.
"""

from __future__ import annotations

from datetime import datetime, timezone
from threading import Event


class Clock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """Return the wall time, aware and in UTC: what the ledger keeps has to mean the same after a restart."""
        return datetime.now(timezone.utc)

    def wait(self, seconds: float, stop: Event) -> None:
        """Return after `seconds`, or at once when `stop` is set."""
        stop.wait(seconds)
