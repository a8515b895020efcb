"""Keeping what came of a create: a journal that is locked is waited for, one that refuses is tried again by the caller.

What it does not take is held in memory with all that was heard, until it is on disk (failure model 2.7, Outcome journal).
Knows no window; it writes what a verdict said and never judges, signs or sends.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.journal.change import Change, Lost
from console.journal.store import NotStored, StoreUnknown

if TYPE_CHECKING:
    from console.journal.append import Journal
    from console.journal.entry import Entry
    from console.journal.read import Reader
    from console.services.submit import Sent

PATIENCE = 60.0
"""Seconds for which a locked journal is tried again with a known outcome (failure model 2.7, Outcome journal)."""


@dataclass(frozen=True, slots=True)
class _Held:
    sent: Sent
    entry: Entry
    change: Change


class Storing:
    """The outcomes of one run. Every method may be called from any thread."""

    def __init__(self, journal: Journal, reader: Reader, pause: Callable[[float], object]) -> None:
        self._journal = journal
        self._reader = reader
        self._pause = pause
        self._held: dict[str, _Held] = {}
        self._lock = threading.Lock()

    def store(self, entry: Entry, change: Change) -> bool:
        """Journal an outcome; a lock is waited for. False where it could not be kept: the next start finds SENDING.

        Where the order moved meanwhile (a question was quicker, or a newer attempt), what was heard is kept beside it.
        """
        waited, delay = 0.0, 0.25
        while True:
            try:
                self._write(entry, change)
            except (NotStored, StoreUnknown) as trouble:
                if trouble.code != "E-BUSY" or waited >= PATIENCE:
                    return False
                self._pause(delay)
                waited, delay = waited + delay, min(delay * 2, 5.0)
            else:
                return True

    def hold(self, sent: Sent, entry: Entry, change: Change) -> None:
        """Hold an outcome that could not be kept, for `store_again`."""
        with self._lock:
            self._held[change.order_id] = _Held(sent, entry, change)

    def held(self) -> tuple[Sent, ...]:
        """Return what is known and not in the journal, the oldest first."""
        with self._lock:
            return tuple(each.sent for each in self._held.values())

    def store_again(self) -> tuple[str, ...]:
        """Try once more to keep what is held; return the orders whose outcome is in the journal now.

        Raises Unavailable where the journal cannot even be read.
        """
        with self._lock:
            held = tuple(self._held.values())
        stored: list[str] = []
        for each in held:
            try:
                if self._is_open(each.change):  # else a commit that nobody could tell of is on disk after all
                    self._write(each.entry, each.change)
            except (NotStored, StoreUnknown):
                break
            stored.append(each.change.order_id)
            with self._lock:
                self._held.pop(each.change.order_id)
        return tuple(stored)

    def _write(self, entry: Entry, change: Change) -> None:
        try:
            self._journal.append(entry, change=change)
        except Lost:
            self._journal.append(entry)

    def _is_open(self, change: Change) -> bool:
        row = self._reader.get(change.order_id)
        return row is not None and row.state in change.states and row.attempt == change.attempt
