"""When something happened, by the clock on the wall and by a clock that nobody can set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

MOSCOW = timezone(timedelta(hours=3), "MSK")
"""Moscow time has no daylight saving since 2014: a fixed offset, so no time zone database is needed."""


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant: `utc` (aware, UTC), `monotonic` in seconds, and the boot that `monotonic` counts from.

    Differences are taken on the monotonic clock while both moments are of one boot, and on the wall clock otherwise.
    """

    utc: datetime
    monotonic: float
    boot: str

    def __post_init__(self) -> None:
        if self.utc.utcoffset() != timedelta(0):
            raise ValueError("a moment's wall time is aware and in UTC")

    def since(self, earlier: Moment) -> float:
        """Return the seconds from `earlier` to this moment, never less than zero."""
        if self.boot == earlier.boot:
            return max(0.0, self.monotonic - earlier.monotonic)
        return max(0.0, (self.utc - earlier.utc).total_seconds())

    def iso(self) -> str:
        """Return the wall time as ISO 8601 in UTC with microseconds: `2026-11-24T11:02:03.000450Z`."""
        return self.utc.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def parse_utc(text: str) -> datetime:
    """Read back what `Moment.iso` wrote."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc)


def day_or_same(value: object) -> object:
    """Return the day that a text `YYYY-MM-DD` means, so that a language can write it; anything else as it is."""
    try:
        return parse_utc(f"{value}T00:00:00.0Z").date() if isinstance(value, str) else value
    except ValueError:
        return value


def moscow_day(utc: datetime) -> str:
    """Return the Moscow date of an instant as `YYYY-MM-DD`: days begin at Moscow midnight."""
    return utc.astimezone(MOSCOW).strftime("%Y-%m-%d")
