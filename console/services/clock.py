"""The system's clocks, and how far the wall clock is from a gateway's. Services take a clock as an argument and never read
one by themselves. Nothing about money depends on the wall clock: schedules and deadlines go by the monotonic one.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from console.domain.moment import Moment

if TYPE_CHECKING:
    from console.domain.exchange import Exchange

Clock = Callable[[], Moment]
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def system_clock(boot_id: Path = _BOOT_ID) -> Clock:
    """Return a clock of this machine: UTC, and a monotonic clock that stands still while the machine sleeps.

    Where the system names no boot, the process stands for it: moments of two processes are then compared by the wall.
    """
    try:
        boot = boot_id.read_text("ascii").strip()
    except OSError:
        boot = os.urandom(16).hex()

    def now() -> Moment:
        return Moment(datetime.now(timezone.utc), time.monotonic(), boot)

    return now


SKEWED = 300.0
"""Seconds between the two clocks from which a person is told (failure model 2.7)."""


def skew(exchange: Exchange, now: datetime) -> float | None:
    """Return by how many seconds this computer's clock is ahead of the gateway's, by the `Date` of an answer (RFC 9110).

    Zero below `SKEWED`: seconds on the way say nothing. None where the answer has no date, or none that can be read.
    """
    from email.utils import parsedate_to_datetime

    try:
        told = parsedate_to_datetime(exchange.header("date") or "")
        ahead = (now - told).total_seconds()
    except (TypeError, ValueError, OverflowError):
        return None
    return ahead if abs(ahead) >= SKEWED else 0.0


def random_id() -> str:
    """Return 32 random hex digits, by which an order is told from every other on every desk."""
    return os.urandom(16).hex()
