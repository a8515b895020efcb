"""T-DISK: a full, read-only, failing or over-quota disk at the writing calls, once and from then on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.faults import points
from tests.faults.ground import Ground
from tests.faults.judge import Tally
from tests.faults.seeds import drawn

SLICE = 200
ACTS = ("payout", "status", "backup", "resend")


@pytest.mark.timeout(180)
def test_a_failing_disk_pays_once_and_loses_nothing(played: Ground, seed: int, tell: Callable[[Tally], Tally]) -> None:
    everything = [point for act in ACTS for point in points.errors(played, act)]
    tally = tell(points.play(played, "T-DISK", drawn(everything, SLICE, seed), seed))
    assert len(everything) >= SLICE
    assert tally.counts["hung"] == 0, tally.counts
    assert tally.is_clean, tally.explain()
