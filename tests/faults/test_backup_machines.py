"""T-2APP of two machines: a restored copy pays nothing that the other paid, and no order id is made twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.faults import machines
from tests.faults.ground import Ground
from tests.faults.judge import Tally

ROUNDS = 9


@pytest.mark.timeout(120)
def test_two_machines_with_one_journal_pay_once(played: Ground, seed: int, tell: Callable[[Tally], Tally]) -> None:
    tally = tell(machines.play(played, seed, ROUNDS))
    assert tally.is_clean, tally.explain()
    assert tally.counts["blocked"] == ROUNDS
    assert tally.counts["id"] > 3 * ROUNDS
    assert tally.counts["E-DUP-ID"], "no order id met its double at the gateway"
