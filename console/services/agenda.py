"""Which operation is asked about next, of thousands that wait. Pure: knows no clock, no gateway and no lock."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from heapq import heappop, heappush
from typing import NamedTuple

FAIR = 5
"""Of so many questions one is for whoever waits longest, whatever is known of it."""


class _Place(NamedTuple):
    """When an operation is due; one that is put again leaves its old place behind, which then counts for nothing."""

    due: float
    order_id: str


class Agenda:
    """The operations by account and by whether their outcome is unknown, each at its time in monotonic seconds."""

    def __init__(self) -> None:
        self._due: dict[str, tuple[float, str]] = {}
        self._waiting: dict[tuple[bool, str], list[_Place]] = {}
        self._turn = 0

    def put(self, order_id: str, account: str, due: float, *, unknown: bool) -> None:
        """Plan the next question about an operation, in place of an earlier plan."""
        self._due[order_id] = (due, account)
        heappush(self._waiting.setdefault((not unknown, account), []), _Place(due, order_id))

    def drop(self, order_id: str) -> None:
        """Forget an operation."""
        self._due.pop(order_id, None)

    def due(self, order_id: str) -> tuple[float, str] | None:
        """Return when an operation is due, and its account; None where no question is planned."""
        return self._due.get(order_id)

    def take(self, now: float, held: AbstractSet[str]) -> str | None:
        """Take the next operation that is due, of no account in `held`; None where there is none.

        Unknown ones come first, then the longest due; every fifth is the longest due of all, so that many unknown ones keep
        no other from being asked about.
        """
        heads = [
            (known, place)
            for (known, account), places in self._waiting.items()
            if account not in held and (place := self._first(places)) is not None and place.due <= now
        ]
        if not heads:
            return None
        self._turn = (self._turn + 1) % FAIR
        known, place = min(heads, key=lambda head: head if self._turn else (False, head[1]))
        _, account = self._due[place.order_id]
        heappop(self._waiting[known, account])
        return place.order_id

    def _first(self, places: list[_Place]) -> _Place | None:
        """Return the first place that still counts, and forget those before it."""
        while places:
            planned = self._due.get(places[0].order_id)
            if planned is not None and planned[0] == places[0].due:
                return places[0]
            heappop(places)
        return None
