"""T-LOCK: another program holds the database, or the home's lock, at a step of a payout: shortly, long, or for ever.

Nothing is sent while the journal cannot be written; an outcome waits for the lock; what could not be kept is found and asked
about by the next start. Waits are shortened together, so that *long* is longer than a writer's patience.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

from console.domain.states import State
from console.domain.trouble import Trouble
from console.journal.filters import Filter
from console.services.submit import Submit
from tests.faults.ground import Ground
from tests.faults.judge import FINALS, Found, Judge, Tally
from tests.faults.nursery import stand
from tests.faults.stage import Stage, confirm, states

SHORTLY, LONG, FOR_EVER = "shortly", "long", "for ever"
SPANS = {SHORTLY: 0.1, LONG: 0.9, FOR_EVER: 60.0}
STEPS = ("home", "start", "intent", "gate", "outcome", "question")
KOPECKS = (0, 0, 11, 22, 33)
PATIENCE, SCALE = 0.4, 0.03
"""Seconds that a writer waits here, and the part of the outcome's own waits that is waited for."""
HOLD = """
import fcntl, os, sqlite3, sys
path, what = sys.argv[1:]
if what == "home":
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(handle, fcntl.LOCK_EX)
else:
    base = sqlite3.connect(path, isolation_level=None, timeout=10)
    base.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


class Holder:
    """The other program: takes the lock at one step, and gives it up when its time is over."""

    def __init__(self, stage: Stage, step: str, span: str) -> None:
        self._path = stage.home.path / ("journal.lock" if step == "home" else "journal.db")
        self.step, self._span = step, span
        self._process: subprocess.Popen[str] | None = None
        self._timer: threading.Timer | None = None
        self.has_held = False

    def at(self, step: str) -> None:
        """A step is reached."""
        if step != self.step or self.has_held:
            return
        self.has_held = True
        what = "home" if step == "home" else "base"
        words = [sys.executable, "-c", HOLD, str(self._path), what]
        self._process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "held\n"
        self._timer = threading.Timer(SPANS[self._span], self._process.kill)
        self._timer.start()

    @property
    def is_over(self) -> bool:
        """Whether its time ended before it was told to give up, as it may for a console that has no processor."""
        return self._process is not None and self._process.poll() is not None

    def free(self) -> None:
        """Give it up now."""
        if self._timer is not None and self._process is not None:
            self._timer.cancel()
            self._timer.join()
            self._process.kill()
            self._process.communicate()


def run(order: dict[str, Any], ledger: Path) -> Found:
    """One case: a payout beside a holder, then a start without it."""
    stage, found = stand(order), Found()
    judge = Judge(ledger, Judge(ledger).last_request())
    holder = Holder(stage, order["step"], order["span"])
    with _shortened(holder):
        try:
            holder.at("home")
            holder.at("start")
            said = _payout(stage, holder)
            was_over = holder.is_over
        finally:
            holder.free()
        with stage.engine() as engine:
            _ask_all(engine.services)
    now = states(stage.home.journal)
    judge.compare(found, stage.recipient, now, f"{order['step']} {order['span']}")
    judge.duplicates(found, stage.recipient)
    _hold(found, judge, stage, now.get(stage.order(), "none"), said)
    if said not in expected(order["step"], order["span"], order["kopecks"], was_over=was_over):
        found.is_wrong(f"the person was told {said}")
    if not holder.has_held:
        found.is_wrong("nothing was held")
    return found


def _payout(stage: Stage, holder: Holder) -> str:
    """Send and ask; return the state that the person was told, or the code of the trouble."""
    try:
        with stage.engine() as engine:
            review = stage.review(engine.services, stage.order())
            holder.at("intent")
            sent = confirm(engine.services, review)
            if sent.row.state is State.SENDING:
                return "E-DISK-OUTCOME"
            holder.at("question")
            _ask_all(engine.services)
            return sent.verdict.state.value
    except Trouble as trouble:
        return trouble.code


def _ask_all(services: Any) -> None:
    for row in services.operations.page(Filter()):
        if row.state.is_asked:
            services.follow.ask(row.order_id)


def expected(step: str, span: str, kopecks: int, *, was_over: bool) -> frozenset[str]:
    """What the person may be told; where the hold was over before that, the console may have come too late to meet it."""
    done = State.WAIT.value if kopecks in {0, 11} else State.UNKNOWN.value
    if step == "home":
        return frozenset({"E-SECOND"})
    if span == SHORTLY or step == "question":
        return frozenset({done, *(["E-BUSY"] if span != SHORTLY else [])})
    late = {done} if was_over and span == LONG else set()
    if step in {"start", "intent"}:
        return frozenset({"E-BUSY"} | late)
    if step == "gate":
        return frozenset({State.NOT_SENT.value, *(["E-DISK-OUTCOME"] if span == FOR_EVER else [])} | late)
    return frozenset({done} if span == LONG else {"E-DISK-OUTCOME"})


def _hold(found: Found, judge: Judge, stage: Stage, state: str, said: str) -> None:
    accepted = {row["final"] for row in judge.accepted(stage.recipient)}
    if accepted and not accepted <= FINALS.get(state, frozenset()):
        found.is_wrong(f"accepted as {accepted}, and after all questions it is {state}")
    if said in {"E-BUSY", "E-SECOND"} and state == "none" and judge.creates(stage.recipient):
        found.is_wrong("something was sent")


@contextmanager
def _shortened(holder: Holder) -> Iterator[None]:
    """Shorten what is waited for, and let the holder hear of the steps within a send."""
    mark, hear = Submit._mark, Submit._hear

    def at(step: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def call(self: Submit, *values: Any) -> Any:
            self.storing._pause = lambda seconds: time.sleep(seconds * SCALE)
            holder.at(step)
            return act(self, *values)

        return call

    with (
        mock.patch("console.journal.connect.PATIENCE", PATIENCE),
        mock.patch.object(Submit, "_mark", at("gate", mark)),
        mock.patch.object(Submit, "_hear", at("outcome", hear)),
    ):
        yield


def play(ground: Ground, seed: int, count: int) -> Tally:
    """Play so many cases drawn by the seed; each step and span comes in turn."""
    tally, random = Tally("T-LOCK", seed, seed), Random(seed)
    turns = [(step, span) for step in STEPS for span in SPANS if step != "home" or span == FOR_EVER]
    for number in range(count):
        step, span = turns[number % len(turns)]
        order = {**ground.case(look=None, kopecks=random.choice(KOPECKS)), "step": step, "span": span}
        tally.add(run(order, ground.ledger).facts(), f"{step} {span} .{order['kopecks']:02d}")
        tally.counts[f"{step} {span}"] += 1
    return tally
