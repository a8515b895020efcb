"""T-PWR: what a power loss leaves opens with every acknowledged mark; four faulty variants do not, and are noticed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.faults import losses, marks, power
from tests.faults.ground import Ground
from tests.faults.judge import Tally
from tests.faults.power import Deed, Disk

IMAGES = 5000
CONTROL_IMAGES = 125
FLAGGED = 3
"""Broken images by which a control counts as noticed."""
Tell = Callable[[Tally], Tally]


@pytest.mark.timeout(240)
def test_every_acknowledged_mark_outlives_a_power_loss(played: Ground, seed: int, tell: Tell) -> None:
    tally = tell(losses.play(played, "full", seed * IMAGES, IMAGES))
    assert tally.is_clean, tally.explain()
    assert tally.cases == IMAGES


@pytest.mark.timeout(120)
@pytest.mark.parametrize("variant", marks.CONTROLS)
def test_the_negative_controls_are_noticed(played: Ground, seed: int, tell: Tell, variant: str) -> None:
    tally = tell(losses.play(played, variant, seed * IMAGES, CONTROL_IMAGES))
    assert tally.cases == CONTROL_IMAGES, tally.explain()
    assert tally.lost >= FLAGGED, tally.explain()


def test_what_was_flushed_is_in_every_image_and_what_was_not_in_some() -> None:
    disk = Disk({"journal.db": b"old"})
    for deed in (
        Deed("write", "journal.db", b"new", 0),
        Deed("flush", "journal.db"),
        Deed("write", "journal.db", b"x", 3),
    ):
        disk.play(deed)
    seen = {dict(disk.image(Random(seed)))["journal.db"] for seed in range(50)}
    assert {b"new", b"newx"} <= seen
    assert all(content.startswith(b"new") for content in seen)


def test_an_entry_of_a_folder_counts_once_the_folder_is_flushed() -> None:
    disk = Disk({"journal.db": b""})
    disk.play(Deed("create", "journal.db-wal"))
    disk.play(Deed("write", "journal.db-wal", b"frame", 0))
    disk.play(Deed("flush", "journal.db-wal"))
    assert {len(dict(disk.image(Random(seed)))) for seed in range(50)} == {1, 2}
    disk.play(Deed("flush-folder"))
    assert {len(dict(disk.image(Random(seed)))) for seed in range(50)} == {2}
    disk.play(Deed("unlink", "journal.db-wal"))
    assert {len(dict(disk.image(Random(seed)))) for seed in range(50)} == {1, 2}


def test_a_torn_write_is_a_part_of_it() -> None:
    write = Deed("write", "journal.db", bytes(range(256)) * 8, 512)
    for seed in range(200):
        part = power.torn(write, Random(seed))
        begin = part.offset - write.offset
        assert part.data == write.data[begin : begin + len(part.data)]


def test_a_call_that_was_written_in_two_parts_is_one() -> None:
    lines = ['7  pwrite64(5, "\\x41", 1, 0 <unfinished ...>', "8  fsync(6) = 0", "7  <... pwrite64 resumed>)  = 1"]
    assert list(power.whole(lines)) == ["8  fsync(6) = 0", '7  pwrite64(5, "\\x41", 1, 0)  = 1']
    with pytest.raises(AssertionError):
        list(power.whole(lines[:1]))


def test_a_recording_is_understood_to_its_last_line(tmp_path: Path) -> None:
    name = "".join(f"\\x{byte:02x}" for byte in b"/h/journal.db")
    recorded = tmp_path / "calls"
    recorded.write_text(
        f'7  pwrite64(5<{name}>, "\\x41", 1, 9)      = 1\n7  fsync(5<{name}>) = 0\n7  +++ exited with 0 +++\n'
    )
    assert power.read(recorded, "/h") == (Deed("write", "journal.db", b"A", 9), Deed("flush", "journal.db"))
    other = tmp_path / "other"
    other.write_text("7  fsync(5</h/journal.db>) = ?\n")
    with pytest.raises(AssertionError, match="not understood"):
        power.read(other, "/h")
