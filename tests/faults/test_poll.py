"""T-POLL: ten thousand pending operations through an outage: the pace is kept, nobody is starved, nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.faults import crowds, polling
from tests.faults.ground import Ground
from tests.faults.judge import Tally


@pytest.mark.timeout(240)
def test_a_crowd_is_asked_at_the_planned_pace_and_settled_without_a_guess(
    played: Ground, seed: int, tell: Callable[[Tally], Tally]
) -> None:
    tally = tell(crowds.play(played, seed, crowds=1))
    assert tally.cases == crowds.PENDING, tally.explain()
    assert tally.counts[crowds.SETTLED] == tally.counts[crowds.KNOWN] == polling.UNKNOWN // 2
    assert tally.is_clean, tally.explain()
