"""T-CLOCK and T-SLEEP: whenever the clock is set or the machine sleeps, it is one order or none, and what is said is so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.faults import clocks
from tests.faults.ground import Ground
from tests.faults.judge import Tally

CASES = 120


@pytest.mark.timeout(240)
@pytest.mark.parametrize("kind", [clocks.SET, clocks.SLEEP])
def test_no_clock_changes_anything_about_money(
    played: Ground, seed: int, tell: Callable[[Tally], Tally], kind: str
) -> None:
    tally = tell(clocks.play(played, kind, seed, CASES))
    assert tally.cases == CASES
    assert tally.is_clean, tally.explain()
    assert set(clocks.STEPS) == set(tally.counts)


@pytest.mark.timeout(120)
def test_a_console_that_sends_what_was_slept_over_is_seen(played: Ground) -> None:
    assert clocks.play(played, clocks.SLEEP, 0, 2 * len(clocks.STEPS), mistake=True).wrong > 0
