"""The folder the journal lives in: who may read it, whether it is a local disk, and how much room is left on it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from console.domain.trouble import Unavailable

NEEDED = 64 * 1024 * 1024
"""Bytes that must be free before a create is begun (failure model 2.7): far more than ten thousand marks take."""

RESERVE = 4 * 1024 * 1024
"""Bytes kept back so that outcomes of what was sent can still be written on a full disk."""

_MOUNTS = Path("/proc/self/mountinfo")
_REMOTE = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ceph", "davfs", "fuse.sshfs", "fuse.rclone"})


def free_space(home: Path) -> int:
    """Return the free bytes of the disk that holds `home`."""
    return shutil.disk_usage(home).free


def require_room(home: Path) -> None:
    """Raise Unavailable("E-DISK-FULL", free, need: bytes) where a create must not be begun; else see to the reserve."""
    free = free_space(home)
    if free < NEEDED:
        raise Unavailable("E-DISK-FULL", free=free, need=NEEDED - free)
    keep_reserve(home)


def keep_reserve(home: Path) -> None:
    """Make the reserve file where it is missing and there is room for it; a disk that refuses is no trouble yet."""
    path = _reserve(home)
    if path.exists():
        _narrow(path, 0o600)
        return
    if free_space(home) < NEEDED + RESERVE:
        return
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(bytes(RESERVE))
    except OSError:
        path.unlink(missing_ok=True)


def release_reserve(home: Path) -> None:
    """Give the reserve's bytes back to the disk."""
    _reserve(home).unlink(missing_ok=True)


def make_private(home: Path, file: str) -> Path:
    """Make the folder (0700) and the file (0600) for their owner only, and return the file's path.

    `-wal` and `-shm` take the file's permissions from SQLite. On Windows the profile's own rights hold. A file that is
    there is not opened: on POSIX, closing it would take away the locks that SQLite holds on it in this process.
    """
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = home / file
    if not path.exists():
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    for place, mode in ((home, 0o700), (path, 0o600)):
        _narrow(place, mode)
    return path


def require_local(home: Path) -> None:
    """Raise Unavailable("E-SHARE") for a network folder: SQLite's locks and flushes do not hold there."""
    place = str(home.resolve())
    if place.startswith("\\\\") or _file_system(place) in _REMOTE:
        raise Unavailable("E-SHARE", where=place)


def _file_system(place: str) -> str:
    """Return the type of the file system by the kernel's list; empty where there is no such list."""
    try:
        lines = _MOUNTS.read_text().splitlines()
    except OSError:
        return ""
    found: tuple[int, str] = (-1, "")
    for line in lines:
        mount, _, rest = line.partition(" - ")
        point = mount.split()[4].replace("\\040", " ")
        if place == point or place.startswith(point.rstrip("/") + "/"):
            found = max(found, (len(point), rest.split()[0]))
    return found[1]


def _narrow(place: Path, mode: int) -> None:
    """Take away what others may do with a file or a folder."""
    if place.stat().st_mode & 0o077:
        place.chmod(mode)


def _reserve(home: Path) -> Path:
    return home / "journal.reserve"
