"""Backups: when one is due, where it goes, which are kept, and how a journal is put back.

The folder is the user's choice; a copy is opened by the recovery code of its journal, which the folder says nothing of.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from console.domain.text import mark
from console.domain.trouble import Trouble, Unavailable
from console.journal.backup import Copy, copies, head_in, make_copy, put_back, reaches, surplus, write_head
from console.journal.check import check
from console.journal.filters import Filter
from console.journal.opening import key_mark
from console.journal.read import Reader
from console.journal.seal import Finder
from console.settings.settings import BACKUP_FOLDER, RESTORED

if TYPE_CHECKING:
    from console.domain.secret import Secret
    from console.journal.entry import Head
    from console.services.clock import Clock
    from console.settings.home import Home
    from console.settings.settings import Settings

DUE_AFTER = timedelta(days=1)
_ITSELF = mark("doubts", "this is the journal itself")


@dataclass(frozen=True, slots=True)
class Found:
    """A copy that was looked at before it is put back: whose it is, how far it goes, and what it lacks.

    `opens` is whether the journal's key at hand opens it: True is this console's own recovery code, None that its code
    will be asked for, False that the key at hand is that of another journal in use, which the code would push out.
    `missing` are the records that the furthest head known of this journal has beyond it; None where nobody kept a head.
    """

    path: Path
    journal_id: str
    records: int
    last: datetime
    opens: bool | None
    missing: int | None


class Backups:
    """The backups of one journal. Slow (a disk): off the main thread only."""

    def __init__(self, home: Home, journal_id: str, settings: Settings, clock: Clock) -> None:
        self._home = home
        self._journal_id = journal_id
        self._settings = settings
        self._clock = clock

    @property
    def folder(self) -> Path | None:
        """The folder that copies go to, or None where none was chosen."""
        chosen = self._settings.get(BACKUP_FOLDER)
        return Path(chosen) if chosen else None

    def choose(self, folder: Path) -> None:
        """Send copies to `folder` from now on; raises Unavailable("E-BACKUP") where it is no folder, or the home."""
        if not folder.is_dir() or folder.resolve() == self._home.path.resolve():
            raise Unavailable("E-BACKUP", why=str(folder))
        self._settings.set(BACKUP_FOLDER, str(folder))

    def all(self) -> list[Copy]:
        """Return the copies in the folder, the newest first."""
        return [] if self.folder is None else copies(self.folder, self._journal_id)

    def is_due(self) -> bool:
        """Whether a folder was chosen and its newest copy is a day old or more."""
        if self.folder is None:
            return False
        newest = next(iter(self.all()), None)
        return newest is None or self._clock().utc - newest.made >= DUE_AFTER

    def make(self, progress: Callable[[int, int], None] = lambda _, __: None) -> Copy:
        """Make a checked copy now and drop the ones that need not be kept: 7 daily and 4 weekly stay.

        None is dropped while the folder remembers a record that the new one lacks: an older copy may hold it (R9).
        """
        folder = self.folder
        if folder is None:
            raise Unavailable("E-BACKUP", why="")
        made = make_copy(self._home.path, folder, self._clock().utc.replace(microsecond=0), progress)
        kept = self.head()
        if kept is not None and not reaches(made.path, kept):
            return made
        for old in surplus(copies(folder, self._journal_id)):
            with contextlib.suppress(OSError):  # the new copy is made; the next one tries again
                old.path.unlink(missing_ok=True)
        return made

    def head(self) -> Head | None:
        """Return the head that the folder remembers: an anchor besides the vault's."""
        return None if self.folder is None else head_in(self.folder, self._journal_id)

    def remember(self, head: Head) -> None:
        """Let the folder remember this head in place of one that was signed off. Raises Unavailable("E-BACKUP")."""
        if self.folder is not None:
            write_head(self.folder, head)


def restore(copy: Path, home: Home, settings: Settings) -> None:
    """Put a copy in the place of a home's journal, by the holder of its lock; creates wait for a sign-off (R9)."""
    settings.set(RESTORED, True)
    put_back(copy, home.path)


def examine(copy: Path, home: Home, *, key: Secret | None, heads: Iterable[Head | None]) -> Found:
    """Look at a file that may be put back. Slow: its whole chain is checked.

    `heads` are those that the vault and the folder kept; the journal of the home adds its own where it can be read.
    Raises Unavailable("E-BACKUP") for a file that is no whole copy of a journal, or is the journal itself.
    """
    if home.journal.exists() and copy.exists() and copy.samefile(home.journal):
        raise Unavailable("E-BACKUP", why=_ITSELF)
    checked = check(copy)
    if checked.findings or checked.head is None:
        raise Unavailable("E-BACKUP", why=checked.findings[0].fault.value if checked.findings else "empty")
    reader = Reader(copy)
    try:
        last, told = reader.event(checked.head.seq), reader.meta().get("key_mark")
    finally:
        reader.close()
    assert last is not None
    own = checked.head.journal_id
    present, is_blank = _present(home)
    opens = None if key is None else key_mark(Finder(key), own) == told
    reached = [head.seq for head in (*heads, present) if head is not None and head.journal_id == own]
    missing = max(max(reached) - checked.records, 0) if reached else None
    return Found(copy, own, checked.records, last.at, opens or (None if is_blank else opens), missing)


def _present(home: Home) -> tuple[Head | None, bool]:
    """Return the head of a home's journal and whether it has no order yet, so that nothing is lost with its key.

    One that cannot be read has no head and counts as in use: it may be what is to be replaced.
    """
    reader = Reader(home.journal)
    try:
        return reader.head(), not reader.operations(Filter(), None, 1)
    except Trouble:
        return None, False
    finally:
        reader.close()
