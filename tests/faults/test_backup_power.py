"""T-PWR for copies: what a power loss leaves of their folder is whole, and what was acknowledged is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.faults import folders, losses
from tests.faults.ground import Ground
from tests.faults.judge import Tally
from tests.faults.power import Deed, Disk

IMAGES = 500
CONTROL_IMAGES = 100
FLAGGED = 3
Tell = Callable[[Tally], Tally]


@pytest.mark.timeout(120)
def test_every_acknowledged_copy_outlives_a_power_loss(played: Ground, seed: int, tell: Tell) -> None:
    tally = tell(losses.backup(played, seed * IMAGES, IMAGES))
    assert tally.is_clean, tally.explain()
    assert tally.cases == IMAGES


@pytest.mark.timeout(120)
def test_copies_that_are_named_before_they_are_flushed_are_noticed(played: Ground, seed: int, tell: Tell) -> None:
    tally = tell(losses.backup(played, seed * IMAGES, CONTROL_IMAGES, "backup-unflushed"))
    assert tally.cases == CONTROL_IMAGES, tally.explain()
    assert tally.lost >= FLAGGED, tally.explain()


def test_a_rename_happens_as_a_whole_or_not_at_all() -> None:
    disk = Disk({"copy.part": b"new", "copy": b"old"})
    disk.play(Deed("rename", "copy.part", b"copy"))
    seen = {tuple(sorted(disk.image(Random(seed)))) for seed in range(50)}
    assert seen == {(("copy", b"old"), ("copy.part", b"new")), (("copy", b"new"),)}
    disk.play(Deed("flush-folder"))
    assert {tuple(sorted(disk.image(Random(seed)))) for seed in range(50)} == {(("copy", b"new"),)}


def test_a_recording_of_a_folder_is_understood(tmp_path: Path) -> None:
    def quoted(text: str) -> str:
        return "".join(f"\\x{byte:02x}" for byte in text.encode())

    part, name = quoted("/f/a.part"), quoted("/f/a")
    recorded = tmp_path / "calls"
    recorded.write_text(
        f'7  openat(AT_FDCWD, "{part}", O_RDWR|O_CREAT|O_TRUNC, 0600) = 5<{part}>\n'
        f'7  write(5<{part}>, "{quoted("ab")}", 2) = 2\n7  write(5<{part}>, "{quoted("c")}", 1) = 1\n'
        f'7  pwrite64(5<{part}>, "{quoted("d")}", 1, 9) = 1\n7  ftruncate(5<{part}>, 4) = 0\n7  fsync(5<{part}>) = 0\n'
        f'7  rename("{part}", "{name}") = 0\n7  fsync(6<{quoted("/f")}>) = 0\n'
        f'7  openat(AT_FDCWD, "{name}", O_WRONLY|O_CREAT|O_TRUNC, 0600) = 5<{name}>\n'
        f'7  write(-1, "{quoted("copied a 3")}", 10) = -1 EBADF\n7  unlink("{name}") = 0\n7  +++ exited with 0 +++\n'
    )
    assert folders.read(recorded, "/f") == (
        Deed("create", "a.part"), Deed("write", "a.part", b"ab", 0), Deed("write", "a.part", b"c", 2),
        Deed("write", "a.part", b"d", 9), Deed("truncate", "a.part", offset=4), Deed("flush", "a.part"),
        Deed("rename", "a.part", b"a"), Deed("flush-folder"), Deed("truncate", "a"),
        Deed("said", data=b"copied a 3"), Deed("unlink", "a"),
    )  # fmt: skip
