"""The suite T-STATE: histories that Hypothesis looks for. Every deed, crash and answer is its choice; what breaks is made
short.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.faults.ground import NURSERIES
from tests.faults.judge import Tally
from tests.simulation.world import SHARED, World

T = TypeVar("T")
Draw = Callable[[st.SearchStrategy[int]], int]

SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
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


def play(number: int, examples: int, steps: int) -> Tally:
    """Let Hypothesis look through so many histories from this seed on; what it finds is a wrong verdict."""
    tally = Tally("T-STATE", number, number)
    Machine.cases = Machine.settled = 0
    wanted = settings(
        max_examples=examples, stateful_step_count=steps, suppress_health_check=SLOW, deadline=None, database=None
    )
    try:
        run_state_machine_as_test(seed(number)(Machine), settings=wanted)
    except Exception as error:
        tally.wrong += 1
        tally.notes.append(f"{type(error).__name__}: {error}")
    tally.cases = Machine.settled
    tally.counts["creates"] = Machine.cases
    return tally


def pooled(first: int, examples: int, steps: int) -> Tally:
    """Look from as many seeds as there are nurseries, each in a process of its own."""
    whole = Tally("T-STATE", first, first + NURSERIES - 1)
    with ProcessPoolExecutor(NURSERIES, get_context("spawn")) as pool:
        for part in pool.map(play, range(first, first + NURSERIES), repeat(examples), repeat(steps)):
            whole.take(part)
    return whole
