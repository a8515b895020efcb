"""Questions asked again with nothing new in the answer: which first event they repeat, and the rows that wait.

The same bytes are sealed once; each repetition is a small row that points there. Knows no transaction: `append` writes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from console.domain.moment import Moment
from console.journal import record
from console.journal.chain import encode
from console.journal.change import Change
from console.journal.entry import Entry, EventKind, Parts
from console.journal.seal import Finder

PAUSE = 1.0
"""Seconds between two flushes of waiting rows, over all orders (failure model 2.8)."""

_FIRSTS = (
    "SELECT json_extract(masked, '$.question'), json_extract(masked, '$.answer'), seq FROM event "
    "WHERE order_id = ? AND kind = 'asked' AND json_extract(masked, '$.same_as') IS NULL ORDER BY seq DESC"
)

Marks = tuple[str, str]
Read = Callable[[str, list[str | int]], list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row that waits for the next flush."""

    entry: Entry
    change: Change | None


class Questions:
    """Remembers the first event of each question and answer, by order, and holds the rows that wait."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._firsts: dict[str, dict[Marks, int]] = {}
        self._flushed: Moment | None = None
        self.waiting: list[Waiting] = []

    def marks(self, entry: Entry) -> dict[str, str]:
        """Return the keyed marks of a question's bytes and of its answer, for the masked part."""
        parts = entry.parts
        question = encode((entry.endpoint, parts.request_head, parts.body, parts.signature))
        answer = encode((entry.status, parts.answer_body))
        return {"question": self._finder.mark("question", question), "answer": self._finder.mark("answer", answer)}

    def repeat(self, entry: Entry, change: Change | None, read: Read) -> bool:
        """Let the entry wait as a repetition; False where nothing of its order said the same before."""
        if entry.kind is not EventKind.ASKED or entry.order_id is None:
            raise ValueError("only a question about an order is repeated")
        if change is not None and change.order_id != entry.order_id:
            raise ValueError("the change is of another order than its entry")
        record.masked_text(entry.masked)  # what cannot be written must not wait: it would keep all others from it
        marks = self.marks(entry)
        if entry.order_id not in self._firsts:
            found = read(_FIRSTS, [entry.order_id])
            self._firsts[entry.order_id] = {(question, answer): seq for question, answer, seq in found}
        first = self._firsts[entry.order_id].get((marks["question"], marks["answer"]))
        if first is None:
            return False
        masked = {**entry.masked, "same_as": first, "answer": marks["answer"]}
        self.waiting.append(Waiting(replace(entry, masked=masked, parts=Parts()), change))
        return True

    def forget(self, order_id: str | None) -> None:
        """Look the order's questions up anew next time: one more was written."""
        self._firsts.pop(order_id or "", None)

    def is_due(self, now: Moment) -> bool:
        """Whether rows wait and the pause since the last flush is over."""
        return bool(self.waiting) and (self._flushed is None or now.since(self._flushed) >= PAUSE)

    def flushed(self, now: Moment) -> None:
        """Note that every waiting row is on disk."""
        self.waiting.clear()
        self._flushed = now
