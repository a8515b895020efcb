"""The folder the journal lives in: room, reserve, rights, and no network."""

from __future__ import annotations

import io
import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from console.domain.trouble import Unavailable
from console.journal import place

MOUNTS = """22 1 0:20 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 22 0:30 / /mnt/share rw - nfs4 server:/share rw
31 22 0:31 / /mnt/two\\040words rw - cifs //server/x rw
32 22 0:32 / /mnt/share/local rw - ext4 /dev/vdb rw
"""


def with_free(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=free))


def test_room_is_asked_of_the_homes_disk(home: Path) -> None:
    assert place.free_space(home) == pytest.approx(shutil.disk_usage(home).free, rel=0.1)


def test_a_create_needs_64_mebibytes(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_free(monkeypatch, 64 * 2**20)
    place.require_room(home)
    assert not (home / "journal.reserve").exists()
    with_free(monkeypatch, 64 * 2**20 - 10)
    with pytest.raises(Unavailable) as told:
        place.require_room(home)
    assert (told.value.code, told.value.values) == ("E-DISK-FULL", {"free": 64 * 2**20 - 10, "need": 10})


def test_a_reserve_that_was_used_is_made_again_when_there_is_room(home: Path) -> None:
    place.require_room(home)
    assert (home / "journal.reserve").exists()


def test_the_reserve_is_kept_once_and_released(home: Path) -> None:
    file = home / "journal.reserve"
    place.keep_reserve(home)
    assert file.stat().st_size == place.RESERVE
    made = file.stat().st_mtime_ns
    place.keep_reserve(home)
    assert file.stat().st_mtime_ns == made
    place.release_reserve(home)
    place.release_reserve(home)
    assert not file.exists()


def test_the_reserve_is_its_owners_alone(home: Path) -> None:
    file = home / "journal.reserve"
    place.keep_reserve(home)
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o644)
    place.keep_reserve(home)
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_small_disk_keeps_no_reserve(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_free(monkeypatch, place.NEEDED)
    place.keep_reserve(home)
    assert not (home / "journal.reserve").exists()


def test_a_disk_that_refuses_the_reserve_is_no_trouble(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.BytesIO):
        def write(self, data: object) -> int:
            raise OSError(28, "No space left on device")

    def opened(handle: int, mode: str) -> Full:
        os.close(handle)
        return Full()

    monkeypatch.setattr("os.fdopen", opened)
    place.keep_reserve(home)
    assert not (home / "journal.reserve").exists()


def test_files_are_made_for_their_owner_alone(tmp_path: Path) -> None:
    home = tmp_path / "a" / "b"
    path = place.make_private(home, "journal.db")
    assert path.stat().st_mode & 0o777 == 0o600
    assert home.stat().st_mode & 0o777 == 0o700


def test_rights_that_are_too_wide_are_taken_back(home: Path) -> None:
    home.chmod(0o755)
    (home / "journal.db").write_bytes(b"")
    (home / "journal.db").chmod(0o644)
    path = place.make_private(home, "journal.db")
    assert path.stat().st_mode & 0o777 == 0o600
    assert home.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("folder", "is_local"),
    [
        ("/home/me", True),
        ("/mnt/share", False),
        ("/mnt/share/a", False),
        ("/mnt/shared", True),
        ("/mnt/share/local/x", True),
        ("/mnt/two words/x", False),
    ],
)
def test_a_network_folder_is_refused(
    folder: str, is_local: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mounts").write_text(MOUNTS)
    monkeypatch.setattr(place, "_MOUNTS", tmp_path / "mounts")
    if is_local:
        place.require_local(Path(folder))
        return
    with pytest.raises(Unavailable) as told:
        place.require_local(Path(folder))
    assert told.value.code == "E-SHARE"


def test_a_share_of_windows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "resolve", lambda self: "\\\\server\\share\\home")
    with pytest.raises(Unavailable):
        place.require_local(Path("x"))


def test_where_the_kernel_has_no_list_of_mounts_nothing_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(place, "_MOUNTS", tmp_path / "missing")
    place.require_local(tmp_path)
