"""The naive client through the same suites: it pays twice and loses orders, or the suites prove nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.faults import points
from tests.faults.ground import Ground
from tests.faults.judge import Tally
from tests.faults.stage import UNANSWERED

ROUNDS = 30
Tell = Callable[[Tally], Tally]


@pytest.mark.timeout(120)
def test_killed_it_loses_orders_and_pays_twice(played: Ground, seed: int, tell: Tell) -> None:
    tally = tell(points.play(played, "T-KILL of the naive client", points.kills(played, "naive"), seed, (0,)))
    assert tally.duplicates, tally.explain()
    assert tally.lost, tally.explain()


@pytest.mark.timeout(120)
def test_unanswered_it_loses_orders_and_pays_twice(played: Ground, seed: int, tell: Tell) -> None:
    tried = points.network("naive", ROUNDS)
    tally = tell(points.play(played, "T-NET of the naive client", tried, seed, UNANSWERED))
    assert tally.duplicates, tally.explain()
    assert tally.lost, tally.explain()


@pytest.mark.timeout(120)
def test_a_mark_after_sending_is_caught(played: Ground, seed: int, tell: Tell) -> None:
    sending = [point for point in points.kills(played, "marked-late") if point.lane == 1]
    tally = tell(points.play(played, "T-KILL of a mark after sending", sending, seed, (0,)))
    assert tally.wrong, tally.explain()


@pytest.mark.timeout(120)
def test_the_console_does_neither_through_the_same_suite(played: Ground, seed: int, tell: Tell) -> None:
    tally = tell(points.play(played, "T-NET by outcomes", points.network("payout", ROUNDS), seed))
    assert tally.is_clean, tally.explain()
