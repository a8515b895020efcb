"""Backups: when one is due, where it goes, which are kept, and how a journal is put back.

The folder is the user's choice; a copy is opened by the recovery code of its journal, which the folder says nothing of.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from console.domain.trouble import Unavailable
from console.journal.backup import Copy, copies, head_in, make_copy, put_back, surplus, write_head
from console.settings.settings import BACKUP_FOLDER, RESTORED

if TYPE_CHECKING:
    from console.journal.entry import Head
    from console.services.clock import Clock
    from console.settings.home import Home
    from console.settings.settings import Settings

DUE_AFTER = timedelta(days=1)


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
        """Make a checked copy now and drop the ones that need not be kept: 7 daily and 4 weekly stay."""
        folder = self.folder
        if folder is None:
            raise Unavailable("E-BACKUP", why="")
        made = make_copy(self._home.path, folder, self._clock().utc.replace(microsecond=0), progress)
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
