"""Histories that Hypothesis looks for: every deed, crash and answer is its choice, and what breaks is made short."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.simulation.world import SHARED, World

T = TypeVar("T")
Draw = Callable[[st.SearchStrategy[int]], int]

EXAMPLES, STEPS = 200, 40
HUNDREDTHS = st.integers(0, 99)


class Drawn(Random):
    """Stands for chance, and asks Hypothesis. Its simplest choice is that nothing happens and the first thing is taken."""

    def __init__(self) -> None:
        super().__init__(0)
        self.draw: Draw = lambda strategy: 0  # the world is built before anything is drawn

    def random(self) -> float:
        return (99 - self.draw(HUNDREDTHS)) / 100

    def uniform(self, a: float, b: float) -> float:
        return b - (b - a) * self.random()

    def choice(self, seq: Any) -> Any:
        return seq[self.draw(st.integers(0, len(seq) - 1))]

    def choices(self, population: Any, weights: Sequence[Any] | None = None, **_: Any) -> list[Any]:
        return [
            self.choice([each for each, weight in zip(population, weights or (), strict=True) for _ in range(weight)])
        ]


class Machine(RuleBasedStateMachine):
    """The world of the histories, a deed at a time."""

    cases = 0
    settled = 0

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(dir=SHARED if SHARED.is_dir() else None)
        self.patch = pytest.MonkeyPatch()
        self.chance = Drawn()
        self.world = World(0, Path(self.folder.name), self.patch)
        self.world.random = self.world.gateway.random = self.chance

    def _do(self, deed: Callable[[], None], data: st.DataObject) -> None:
        self.chance.draw = data.draw
        self.world.step(deed)

    @initialize(data=st.data())
    def first(self, data: st.DataObject) -> None:
        self._do(self.world.pay, data)

    @rule(data=st.data())
    def pay(self, data: st.DataObject) -> None:
        self._do(self.world.pay, data)

    @rule(data=st.data())
    def pay_again(self, data: st.DataObject) -> None:
        self._do(self.world.pay_again, data)

    @rule(data=st.data())
    def resend(self, data: st.DataObject) -> None:
        self._do(self.world.resend, data)

    @rule(data=st.data())
    def close(self, data: st.DataObject) -> None:
        self._do(self.world.close, data)

    @rule(data=st.data())
    def support(self, data: st.DataObject) -> None:
        self._do(self.world.support, data)

    @rule(data=st.data())
    def ask(self, data: st.DataObject) -> None:
        self._do(self.world.ask, data)

    @rule(data=st.data())
    def ask_until_tired(self, data: st.DataObject) -> None:
        """The questions of some minutes, after which the support's word may count."""
        for _ in range(8):
            self._do(self.world.ask, data)
        self._do(self.world.wait, data)

    @rule(data=st.data())
    def wait(self, data: st.DataObject) -> None:
        self._do(self.world.wait, data)

    @rule(data=st.data())
    def sleep(self, data: st.DataObject) -> None:
        self._do(self.world.sleep, data)

    @rule(data=st.data())
    def illness(self, data: st.DataObject) -> None:
        self._do(self.world.illness, data)

    @rule(data=st.data())
    def disk(self, data: st.DataObject) -> None:
        self._do(self.world.disk, data)

    @rule(data=st.data())
    def second(self, data: st.DataObject) -> None:
        self._do(self.world.second, data)

    @rule(data=st.data())
    def crash(self, data: st.DataObject) -> None:
        self._do(self.world.crash, data)

    @rule(data=st.data())
    def prove(self, data: st.DataObject) -> None:
        self._do(self.world.prove, data)

    @rule(data=st.data())
    def mistake(self, data: st.DataObject) -> None:
        self._do(self.world.mistake, data)

    @precondition(lambda self: any(row.is_disputed for row in self.world._all()))
    @rule(data=st.data())
    def lift(self, data: st.DataObject) -> None:
        self._do(self.world.lift, data)

    @invariant()
    def look(self) -> None:
        self.world.look()

    def teardown(self) -> None:
        """Everything is well again and settled: what comes now is chance, since Hypothesis may have no more choices."""
        self.world.random = self.world.gateway.random = Random(0)
        try:
            self.world.settle()
            Machine.cases += self.world.cases
            Machine.settled += 1
        finally:
            self.world.bench.close()
            self.patch.undo()
            self.folder.cleanup()


@pytest.mark.timeout(300)
def test_no_history_that_hypothesis_finds_breaks(capsys: pytest.CaptureFixture[str]) -> None:
    Machine.cases = Machine.settled = 0
    slow = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
    run_state_machine_as_test(
        Machine, settings=settings(max_examples=EXAMPLES, stateful_step_count=STEPS, suppress_health_check=slow)
    )
    with capsys.disabled():
        print(f"\nT-STATE cases {Machine.cases}, duplicates 0, lost 0, wrong verdicts 0, examples {Machine.settled}")
    assert Machine.settled >= EXAMPLES
    assert Machine.cases >= EXAMPLES


def test_the_simplest_choice_is_that_nothing_happens() -> None:
    chance = Drawn()
    assert (chance.random(), chance.choice("ab"), chance.choices("ab", (1, 2))) == (0.99, "a", ["a"])
    assert chance.uniform(1, 601) == pytest.approx(7)
