"""The system's clocks. Services take a clock as an argument and never read one by themselves."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path

from console.domain.moment import Moment

Clock = Callable[[], Moment]
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def system_clock(boot_id: Path = _BOOT_ID) -> Clock:
    """Return a clock of this machine: UTC, and a monotonic clock that stands still while the machine sleeps.

    Where the system names no boot, the process stands for it: moments of two processes are then compared by the wall.
    """
    try:
        boot = boot_id.read_text("ascii").strip()
    except OSError:
        boot = uuid.uuid4().hex

    def now() -> Moment:
        return Moment(datetime.now(timezone.utc), time.monotonic(), boot)

    return now


def random_id() -> str:
    """Return 32 random hex digits, by which an order is told from every other on every desk."""
    return uuid.uuid4().hex
