"""The gap behind a restored or cut journal: creates are blocked until a person signs it off (failure model R9)."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from console.domain.text import Text, mark
from console.domain.trouble import Invalid, Unavailable
from console.journal.entry import Entry, EventKind
from console.journal.opening import lacking
from console.settings.settings import RESTORED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from console.journal.append import Journal
    from console.journal.entry import Head
    from console.services.anchor import Anchor
    from console.services.backups import Backups
    from console.services.clock import Clock
    from console.settings.settings import Settings

_NEEDED = mark("doubts", "A note and your name are needed.")


def is_gap(fault: Unavailable | None) -> bool:
    """Whether what blocks creates is a gap; what was changed or is damaged is none."""
    return fault is not None and fault.code == "E-ROLLBACK"


class Gap:
    """What is missing behind a journal, and its end."""

    def __init__(self, journal: Journal, anchor: Anchor, settings: Settings, clock: Clock, backups: Backups) -> None:
        self._journal = journal
        self._anchor = anchor
        self._settings = settings
        self._clock = clock
        self._backups = backups

    def look(self, heads: Sequence[Head | None]) -> None:
        """Block creates where a head that somebody kept is ahead of the journal, or the journal was restored."""
        if self._journal.fault is not None:
            return
        lacks = [head for head in heads if head is not None and not self._journal.has(head)]
        missing = max((head.seq - self._journal.head().seq for head in lacks), default=0)
        if bool(lacks) or self._settings.get(RESTORED):
            self._journal.block(Unavailable("E-ROLLBACK", k=lacking(missing), why="restored"))

    @property
    def fault(self) -> Unavailable | None:
        """What blocks creates, or None."""
        return self._journal.fault

    @property
    def can_be_signed_off(self) -> bool:
        """Whether it is a gap; what was changed or is damaged cannot be signed off."""
        return is_gap(self._journal.fault)

    def sign_off(self, note: str, name: str) -> None:
        """Let creates go on: an event for ever, with the note and the name. Raises Invalid or what blocks."""
        if not note.strip() or not name.strip():
            raise Invalid(_NEEDED)
        fault = self._journal.fault
        if fault is None:
            return
        if not self.can_be_signed_off:
            raise fault
        lack = fault.values["k"]
        missing = lack.count if isinstance(lack, Text) else None
        masked = {"note": note.strip(), "name": name.strip(), "missing": missing}
        self._journal.append(Entry(EventKind.SIGNED_OFF, self._clock(), masked=masked))
        self._settings.set(RESTORED, False)
        self._journal.block(None)
        self._anchor.drop(signed_off=True)
        with contextlib.suppress(Unavailable):  # a folder out of reach keeps its head, and the next start asks again
            self._backups.remember(self._journal.head())
