"""The home's lock: an OS lock on an open handle, so it ends with its process, however that ends.

Taken before recovery, following or any write. The file's text only says who holds it; a text left behind means nothing.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from console.domain.moment import Moment, parse_utc
from console.domain.trouble import Unavailable

_FAR = 1 << 30
"""The byte that is locked on Windows: beyond the text, since there a locked byte cannot be read by others."""


class Held(Unavailable):
    """Another process holds the home (E-SECOND): `pid` and `since` as it wrote them, None where it had not yet."""

    def __init__(self, pid: int | None, since: datetime | None) -> None:
        super().__init__("E-SECOND", pid=pid, since=since)
        self.pid = pid
        self.since = since


class HomeLock:
    """The lock of one home, held from `take` until `release` or the end of the process."""

    def __init__(self, home: Path, handle: int) -> None:
        self.home = home
        self._handle: int | None = handle

    @classmethod
    def take(cls, home: Path, moment: Moment) -> HomeLock:
        """Take the lock of a home, making the folder where it is missing; raises Held, or OSError of the disk."""
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = home / "journal.lock"
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _exclusive(handle)
        except OSError:
            os.close(handle)
            raise Held(*_holder(path)) from None
        with contextlib.suppress(OSError):  # a full disk: the lock holds, and its holder is nameless
            os.ftruncate(handle, 0)
            os.lseek(handle, 0, os.SEEK_SET)
            os.write(handle, json.dumps({"pid": os.getpid(), "since": moment.iso()}).encode())
        return cls(home, handle)

    @property
    def is_held(self) -> bool:
        """Whether this object still holds it."""
        return self._handle is not None

    def release(self) -> None:
        """Give the lock up; the file stays, since removing it would race with the next holder."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _posix(handle: int) -> None:
    fcntl = importlib.import_module("fcntl")
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _windows(handle: int) -> None:
    msvcrt = importlib.import_module("msvcrt")
    os.lseek(handle, _FAR, os.SEEK_SET)
    msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)


_SYSTEMS: dict[str, Callable[[int], None]] = {"win32": _windows}
_exclusive = _SYSTEMS.get(sys.platform, _posix)


def _holder(path: Path) -> tuple[int | None, datetime | None]:
    try:
        found = json.loads(path.read_text())
        return int(found["pid"]), parse_utc(found["since"])
    except (OSError, ValueError, KeyError, TypeError):
        return None, None
