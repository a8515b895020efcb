"""T-BACKUP: copies beside a console that pays, kills of either, and every copy put back, here and on another machine."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.faults import copies
from tests.faults.ground import Ground
from tests.faults.judge import Tally

ROUNDS = 28
RESTORED = 20
"""Copies that have to be put back (G26)."""


@pytest.mark.timeout(180)
def test_every_copy_opens_verifies_and_blocks_creates_where_it_is_put_back(
    played: Ground, seed: int, tell: Callable[[Tally], Tally]
) -> None:
    tally = tell(copies.play(played, seed, ROUNDS))
    assert tally.is_clean, tally.explain()
    assert tally.counts["copies put back"] >= RESTORED, tally.counts
    assert tally.counts["killed"], "no process was killed"
    assert tally.counts["copies made"] > ROUNDS
