"""T-2APP: two or three processes at one home send once; `verify`, `export` and `selfcheck` beside a sender disturb nothing.

That no byte passes a refused gate, and the order of the transport's events (T-CANARY), is tested in `tests/gateway`.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.faults import rounds
from tests.faults.ground import Ground
from tests.faults.judge import Tally

ROUNDS = 60


@pytest.mark.timeout(120)
def test_processes_that_race_send_once(played: Ground, seed: int, tell: Callable[[Tally], Tally]) -> None:
    tally = tell(rounds.play(played, seed, ROUNDS))
    assert tally.is_clean, tally.explain()
    assert tally.counts["held"], "no process was ever kept out: they did not race"
    assert tally.counts["verify"] and tally.counts["export"] and tally.counts["selfcheck"]
