"""T-DISK on a disk that is really full, and where mounting is not allowed by a limit on files, which says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.faults import disks
from tests.faults.ground import Ground
from tests.faults.judge import Tally

CASES, LIMITED = 40, 16
Tell = Callable[[Tally], Tally]


@pytest.mark.timeout(120)
def test_a_full_disk_pays_once_and_loses_nothing(
    played: Ground, seed: int, tell: Tell, capsys: pytest.CaptureFixture[str]
) -> None:
    words = disks.way()
    if not words:
        with capsys.disabled():
            print("\nno disk may be mounted here: limits on files stand in for a full disk")
    tally = tell(disks.play(played, seed, words, CASES))
    assert tally.is_clean, tally.explain()
    if words:
        for line in ("trouble E-DISK-FULL", "E-DISK-OUTCOME", "reserve used", "stored"):
            assert tally.counts[line], f"{line} was never told: {tally.counts}"


@pytest.mark.timeout(120)
def test_files_that_cannot_grow_pay_once_and_lose_nothing(played: Ground, seed: int, tell: Tell) -> None:
    tally = tell(disks.play(played, seed, (), LIMITED))
    assert tally.is_clean, tally.explain()
    assert sum(number for line, number in tally.counts.items() if line.startswith(("trouble", "E-"))), tally.counts
