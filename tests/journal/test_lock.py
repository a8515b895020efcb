"""The home's lock: one holder, whoever it is, until it lets go or dies."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import types
from pathlib import Path

import pytest

from console.domain.moment import parse_utc
from console.journal import lock
from console.journal.lock import Held, HomeLock
from tests.journal.making import moment

HOLD = """
import sys
from pathlib import Path
from console.journal.lock import HomeLock
from tests.journal.making import moment
HomeLock.take(Path(sys.argv[1]), moment())
print("held", flush=True)
sys.stdin.read()
"""


def test_one_holds_it_and_the_other_is_told_who(home: Path) -> None:
    first = HomeLock.take(home, moment(5))
    with pytest.raises(Held) as told:
        HomeLock.take(home, moment(6))
    assert (told.value.pid, told.value.since) == (os.getpid(), moment(5).utc)
    assert told.value.code == "E-SECOND"
    first.release()


def test_it_is_taken_again_after_its_release(home: Path) -> None:
    first = HomeLock.take(home, moment())
    held = [first.is_held]
    first.release()
    first.release()
    assert [*held, first.is_held] == [True, False]
    HomeLock.take(home, moment(1)).release()


def test_a_lock_ends_with_its_process(home: Path) -> None:
    """A stale text names a process that is gone; the lock is the handle and not the text."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(Held) as told:
            HomeLock.take(home, moment())
        assert told.value.pid == other.pid
        other.kill()
        other.communicate()
    HomeLock.take(home, moment()).release()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"pid": "x", "since": 1}', '{"pid": 1, "since": "x"}'])
def test_a_holder_that_wrote_nothing_yet_is_nameless(home: Path, text: str) -> None:
    first = HomeLock.take(home, moment())
    (home / "journal.lock").write_text(text)
    with pytest.raises(Held) as told:
        HomeLock.take(home, moment())
    assert (told.value.pid, told.value.since) == (None, None)
    first.release()


def test_the_text_is_the_last_holders(home: Path) -> None:
    (home / "journal.lock").write_text("x" * 500)
    HomeLock.take(home, moment(7)).release()
    assert parse_utc(json.loads((home / "journal.lock").read_text())["since"]) == moment(7).utc


def test_folder_and_file_are_their_owners_alone(tmp_path: Path) -> None:
    home = tmp_path / "new" / "home"
    HomeLock.take(home, moment()).release()
    assert home.stat().st_mode & 0o777 == 0o700
    assert (home / "journal.lock").stat().st_mode & 0o777 == 0o600


def test_on_windows_a_byte_beyond_the_text_is_locked(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, int, int]] = []
    fake = types.SimpleNamespace(
        LK_NBLCK=2, locking=lambda handle, mode, count: seen.append((os.lseek(handle, 0, os.SEEK_CUR), mode, count))
    )
    monkeypatch.setitem(sys.modules, "msvcrt", fake)
    monkeypatch.setattr(lock, "_exclusive", lock._SYSTEMS["win32"])
    HomeLock.take(home, moment()).release()
    assert seen == [(1 << 30, 2, 1)]
    assert (home / "journal.lock").read_text().startswith('{"pid"')


def test_a_disk_that_takes_no_text_gives_the_lock_all_the_same(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        first = HomeLock.take(home, moment())
    with pytest.raises(Held) as told:
        HomeLock.take(home, moment())
    assert told.value.pid is None
    first.release()
    HomeLock.take(home, moment()).release()
