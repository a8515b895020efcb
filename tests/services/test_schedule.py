"""The pace of the questions, as a table, and the budget over all of them."""

from __future__ import annotations

import pytest

from console.domain.states import State
from console.services.schedule import Budget, pause_before


@pytest.mark.parametrize(
    ("state", "asks", "age", "seconds"),
    [
        (State.UNKNOWN, 0, 0, 5.0),
        (State.UNKNOWN, 1, 10, 10.0),
        (State.UNKNOWN, 2, 20, 20.0),
        (State.UNKNOWN, 3, 40, 40.0),
        (State.UNKNOWN, 9, 4000, 600.0),
        (State.UNKNOWN, 10_000, 9e9, 600.0),
        (State.WAIT, 0, 0, 5.25),
        (State.WAIT, 1, 5, 10.5),
        (State.WAIT, 2, 15, 21.0),
        (State.WAIT, 3, 35, 31.5),
        (State.WAIT, 30, 601, 126.0),
        (State.WAIT, 90, 3601, 945.0),
        (State.WAIT, 900, 86_401, 3780.0),
        (State.ABSENT, 5, 5, 3600.0),
        (State.CLOSED, 5, 5, 3600.0),
    ],
)
def test_the_longest_pause(state: State, asks: int, age: float, seconds: float) -> None:
    assert pause_before(state, asks, age, lambda: 1.0) == pytest.approx(seconds)


def test_full_jitter_never_asks_without_a_pause() -> None:
    assert pause_before(State.UNKNOWN, 5, 100, lambda: 0.0) == 1.0


def test_the_budget_fills_by_time_and_never_beyond_a_second() -> None:
    budget = Budget()
    assert [budget.take(0.0) for _ in range(6)] == [True] * 5 + [False]
    assert budget.take(0.2)
    assert not budget.take(0.2)
    assert [budget.take(100.0) for _ in range(6)] == [True] * 5 + [False]
