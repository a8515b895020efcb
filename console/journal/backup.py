"""Copies of the journal: made by SQLite's own backup, checked, and only then given their name. Never a plain file copy.

Knows files and SQLite; when to copy and where, others decide.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timezone
from pathlib import Path

from console.domain.trouble import Unavailable
from console.journal import connect, opening
from console.journal.check import check
from console.journal.entry import Head
from console.journal.layout import FILE

DAILY, WEEKLY = 7, 4
FLUSHES_FOLDERS = os.name == "posix"
"""Windows has no flush of a folder's entries."""
_PAGES = 256
_STAMP = "%Y-%m-%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Copy:
    """A finished copy by its file; `journal_id` tells whose recovery code opens it."""

    path: Path
    journal_id: str
    made: datetime


def make_copy(home: Path, folder: Path, made: datetime, progress: Callable[[int, int], None]) -> Copy:
    """Copy the journal of `home` into `folder` while others read and write it, and check the copy before it is named.

    `progress` hears pages done and in all, and may raise to stop. Raises Unavailable: E-BACKUP with `why` where the copy
    is not whole, E-IO and the like for the disk. Nothing half is left.

    A head that the folder remembers and the journal lacks is not written over (failure model R9).
    """
    temporary = folder / f".{FILE}-{os.getpid()}.part"
    try:
        _copy(home / FILE, temporary, progress)
        checked = check(temporary)
        if checked.findings or checked.head is None:
            why = checked.findings[0].fault.value if checked.findings else "empty"
            raise Unavailable("E-BACKUP", why=why)
        target = folder / f"journal-{checked.head.journal_id[:8]}-{made.strftime(_STAMP)}.db"
        temporary.replace(target)
        _flush_folder(folder)
    except sqlite3.Error as error:
        raise connect.trouble(error, Unavailable) or error from error
    except OSError as error:
        raise Unavailable("E-BACKUP", why=error.strerror or type(error).__name__) from error
    finally:
        _forget(temporary)
    kept = head_in(folder, checked.head.journal_id)
    if kept is None or reaches(target, kept):
        write_head(folder, checked.head)
    return Copy(target, checked.head.journal_id, made)


def reaches(copy: Path, head: Head) -> bool:
    """Whether a head is one of a copy's records; one that it lacks tells of a gap, and of copies that hold more."""
    with connect.troubles(), closing(connect.reader(copy)) as reading:
        return opening.anchor_fault(reading, head.journal_id, head) is None


def copies(folder: Path, journal_id: str) -> list[Copy]:
    """Return the copies of a journal in a folder, the newest first."""
    found = []
    for path in folder.glob(f"journal-{journal_id[:8]}-*.db"):
        stamp = path.stem.removeprefix(f"journal-{journal_id[:8]}-")
        try:
            made = datetime.strptime(stamp, _STAMP).replace(tzinfo=timezone.utc)
        except ValueError:
            continue
        found.append(Copy(path, journal_id, made))
    return sorted(found, key=lambda copy: copy.made, reverse=True)


def surplus(found: Sequence[Copy]) -> list[Copy]:
    """Return the copies that need not be kept: beyond the newest of each of 7 days and of each of 4 weeks."""
    kept: set[Path] = set()
    days: set[date] = set()
    weeks: set[tuple[int, int]] = set()
    for copy in sorted(found, key=lambda each: each.made, reverse=True):
        day, week = copy.made.date(), copy.made.isocalendar()[:2]
        if (day not in days and len(days) < DAILY) or (week not in weeks and len(weeks) < WEEKLY):
            kept.add(copy.path)
        days.add(day)
        weeks.add(week)
    return [copy for copy in found if copy.path not in kept]


def put_back(copy: Path, home: Path) -> None:
    """Put a copy in the place of a journal, whose file is set aside and never removed. The home's lock must be held.

    At no moment is the home without a journal: a start would begin a new one, which knows none of the orders. Raises
    Unavailable: E-BACKUP where the copy is not whole or the disk refuses, E-DISK-FULL and the like for the disk.
    """
    checked = check(copy)
    if checked.findings or checked.head is None:
        raise Unavailable("E-BACKUP", why=checked.findings[0].fault.value if checked.findings else "empty")
    fresh = home / f"{FILE}.new"
    try:
        with connect.troubles():
            _copy(copy, fresh, lambda _, __: None)
        _set_aside(home)
        fresh.replace(home / FILE)
        _flush_folder(home)
    except OSError as error:
        raise Unavailable("E-BACKUP", why=error.strerror or type(error).__name__) from error
    finally:
        _forget(fresh)


def _set_aside(home: Path) -> None:
    """Give the journal's file a second name, and take the log of its last changes away from the first."""
    stamp = f"before-{os.urandom(4).hex()}"
    if (home / FILE).exists():
        with contextlib.suppress(sqlite3.Error, Unavailable):  # one that is damaged stays as it is
            connect.writer(home / FILE).close()  # brings the log into the file
        try:
            (home / f"{FILE}.{stamp}").hardlink_to(home / FILE)
        except OSError:  # a file system without second names
            shutil.copyfile(home / FILE, home / f"{FILE}.{stamp}")
    for suffix in ("-wal", "-shm"):
        old = home / f"{FILE}{suffix}"
        if old.exists():
            old.replace(home / f"{FILE}.{stamp}{suffix}")


def keep_old(path: Path, version: int) -> None:
    """Copy a journal beside itself before its schema `version` is upgraded. Raises Unavailable, or sqlite3.Error."""
    temporary = path.with_name(f".{FILE}.part")
    try:
        _copy(path, temporary, lambda _, __: None)
        temporary.replace(path.with_name(f"{FILE}.schema-{version}"))
        _flush_folder(path.parent)
    except OSError as error:
        raise Unavailable("E-BACKUP", why=error.strerror or type(error).__name__) from error
    finally:
        _forget(temporary)


def head_in(folder: Path, journal_id: str) -> Head | None:
    """Return the head that a folder of copies remembers, or None."""
    try:
        return Head.from_json((folder / f"journal-{journal_id[:8]}.head").read_text("utf-8"))
    except (OSError, ValueError):
        return None


def _copy(source: Path, target: Path, progress: Callable[[int, int], None]) -> None:
    handle = os.open(target, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    os.close(handle)
    with closing(connect.reader(source)) as reading, closing(sqlite3.connect(target)) as writing:
        reading.execute(
            "BEGIN"
        )  # one moment of the journal: at each change of another SQLite would begin the copy anew
        reading.execute("SELECT 1 FROM sqlite_master").fetchone()
        reading.backup(writing, pages=_PAGES, progress=lambda _, left, total: progress(total - left, total))
        writing.execute("PRAGMA journal_mode = DELETE")
        (sound,) = writing.execute("PRAGMA integrity_check(1)").fetchone()
        if sound != "ok":
            raise Unavailable("E-BACKUP", why=str(sound))
    _flush(target)


def write_head(folder: Path, head: Head) -> None:
    """Let the folder remember the head too: an anchor outside the home. Raises Unavailable("E-BACKUP")."""
    path = folder / f"journal-{head.journal_id[:8]}.head"
    temporary = path.with_suffix(".part")
    try:
        temporary.write_text(head.to_json(), "utf-8")
        _flush(temporary)
        temporary.replace(path)
        _flush_folder(folder)
    except OSError as error:
        raise Unavailable("E-BACKUP", why=error.strerror or type(error).__name__) from error


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    if FLUSHES_FOLDERS:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _forget(temporary: Path) -> None:
    for suffix in ("", "-journal", "-wal", "-shm"):
        with contextlib.suppress(OSError):  # a disk that fails: why it did is told already
            Path(f"{temporary}{suffix}").unlink(missing_ok=True)
