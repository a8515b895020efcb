"""T-CLOCK and T-SLEEP: the wall clock is set, or the machine sleeps, at each step of a payout and of a round of questions.

A clock that is set moves the wall alone: ±1 s to ±10 years, daylight saving too. A sleep moves the wall and the clock that
runs on asleep, by which the transport knows its deadlines; the monotonic clock stands still. The judge is the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from console.app.engine import Engine
from console.domain.moment import Moment
from console.domain.states import State
from console.domain.trouble import Trouble
from console.gateway.transport import Transport
from console.gateway.watchdog import clock as sleepless
from console.journal.filters import Filter
from console.services import submit
from console.services.clock import system_clock
from console.services.reviews import ASLEEP, Review
from console.services.schedule import IN_FLIGHT
from console.services.submit import Submit
from console.settings.settings import Settings
from console.vault.file import FileVault
from tests.faults.ground import Ground
from tests.faults.judge import FINALS, Found, Judge, Tally
from tests.faults.stage import Stage, confirm, states

SET, SLEEP = "set", "sleep"
MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0
SHIFTS = {
    SET: tuple(sign * each for each in (1, 4, 6, MINUTE, HOUR, DAY, 365 * DAY, 3652 * DAY) for sign in (1, -1)),
    SLEEP: (1.0, 4.0, 6.0, 31.0, 5 * MINUTE, HOUR, 3 * DAY),
}
STEPS = (
    "before the start", "before the review", "on the review", "before the gate", "after the gate", "before the outcome",
    "before a question", "during a question", "after the answers", "before the next start",
)  # fmt: skip
KOPECKS = (0, 0, 11, 21, 22, 32, 33)


@dataclass
class Clocks:
    """All clocks of a machine, which jump at one step."""

    kind: str
    shift: float
    step: str
    wall: float = 0.0
    asleep: float = 0.0
    jumps: int = 0

    def at(self, step: str) -> None:
        """A step is reached."""
        if step == self.step and not self.jumps:
            self.jumps += 1
            self.wall += self.shift
            self.asleep += self.shift if self.kind == SLEEP else 0.0

    def moment(self) -> Moment:
        """The moment that services are given."""
        now = self._system()
        return Moment(now.utc + timedelta(seconds=self.wall), now.monotonic, now.boot)

    def awake_and_asleep(self) -> float:
        """The clock that the transport goes by."""
        return sleepless() + self.asleep

    def __post_init__(self) -> None:
        self._system = system_clock()


def run(order: dict[str, Any], ledger: Path, stage: Stage) -> Found:
    """One case, in a process of its own: a payout, questions, and another start."""
    judge = Judge(ledger, Judge(ledger).last_request())
    clocks = Clocks(order["kind"], order["shift"], order["step"])
    _inject(clocks)
    if order["mistake"]:
        setattr(Review, "is_void", lambda *_: False)  # noqa: B010  # a mistake, in this process alone
    found = Found()
    clocks.at("before the start")
    said = _payout(stage, clocks, found)
    clocks.at("before the next start")
    with _engine(stage, clocks) as engine:
        _ask(engine, clocks, found)
    _hold(found, judge, stage, clocks, said)
    if not clocks.jumps:
        found.is_wrong(f"{clocks.step} was never reached")
    return found


def _inject(clocks: Clocks) -> None:
    """Let the steps of sending and asking be heard of, and the transport go by these clocks."""
    made, mark, hear, ask = Transport.__init__, Submit._mark, Submit._hear, Transport.ask

    def init(self: Transport, *values: Any, **named: Any) -> None:
        made(self, *values, **{**named, "clock": clocks.awake_and_asleep})

    def marked(self: Submit, *values: Any) -> None:
        clocks.at("before the gate")
        mark(self, *values)
        clocks.at("after the gate")

    def heard(self: Submit, *values: Any) -> Any:
        clocks.at("before the outcome")
        return hear(self, *values)

    def asked(self: Transport, *values: Any) -> Any:
        exchange = ask(self, *values)
        if values[0].value.endswith("status"):
            clocks.at("during a question")
        return exchange

    for owner, name, act in (
        (Transport, "__init__", init), (Submit, "_mark", marked), (Submit, "_hear", heard), (Transport, "ask", asked),
    ):  # fmt: skip
        setattr(owner, name, act)


@contextmanager
def _engine(stage: Stage, clocks: Clocks) -> Iterator[Engine]:
    """A console's engine on the case's home, by the case's clocks."""
    home, vault = stage.home, FileVault(stage.home.path / "vault.json")
    engine = Engine.start(home, Settings.open(home.settings), clocks.moment, sandbox=False, vault=vault)
    try:
        yield engine
    finally:
        engine.close()


def _payout(stage: Stage, clocks: Clocks, found: Found) -> str:
    """Send once and ask; return what the person was told at the end of sending: a state, or a code."""
    with _engine(stage, clocks) as engine:
        clocks.at("before the review")
        review = stage.review(engine.services, stage.order())
        clocks.at("on the review")
        try:
            sent = confirm(engine.services, review)
        except Trouble as trouble:
            return trouble.code
        finally:
            clocks.at("before the outcome")  # where nothing was sent, nothing is heard
        _ask(engine, clocks, found)
        clocks.at("after the answers")
        return sent.verdict.state.value


def _ask(engine: Engine, clocks: Clocks, found: Found) -> None:
    """Ask about what is due, with manners: never more at once than may be in flight."""
    follow = engine.services.follow
    clocks.at("before a question")
    claimed = follow.claim()
    if len(claimed) > IN_FLIGHT:
        found.is_wrong(f"{len(claimed)} questions at once")
    for row in engine.services.operations.page(Filter()):
        if row.state.is_asked:
            follow.ask(row.order_id)


def _hold(found: Found, judge: Judge, stage: Stage, clocks: Clocks, said: str) -> None:
    now = states(stage.home.journal)
    judge.compare(found, stage.recipient, now, str(clocks))
    judge.duplicates(found, stage.recipient)
    state = now.get(stage.order(), "none")
    final = {row["final"] for row in judge.accepted(stage.recipient)}
    if final and not final <= FINALS.get(state, frozenset()):
        found.is_wrong(f"accepted as {final}, and after all questions it is {state}")
    if said not in allowed(clocks, stage.kopecks):
        found.is_wrong(f"the person was told {said}")


def allowed(clocks: Clocks, kopecks: int) -> frozenset[str]:
    """What may be told at the end of sending: what the gateway did, or that a review or an attempt was slept over."""
    answered = {21: State.REJECTED, 22: State.UNKNOWN, 32: State.UNKNOWN, 33: State.UNKNOWN}
    told = answered.get(kopecks, State.WAIT).value
    if clocks.shift <= ASLEEP:  # the wall ran ahead of the monotonic clock by less than a sleep
        return frozenset({told})
    if clocks.step == "on the review":
        return frozenset({"E-REVIEW-VOID"})
    if clocks.step == "before the gate":
        # the gate itself bears half a minute (2.7); the transport looks at the clock that runs on asleep
        noticed = clocks.kind == SLEEP or clocks.shift > submit.ASLEEP
        return frozenset({State.NOT_SENT.value if noticed else told})
    if clocks.step == "after the gate" and clocks.kind == SLEEP:
        # whichever was first: the answer, or the look at the clock; none, where it was looked at before the first byte
        return frozenset({told, State.UNKNOWN.value, State.NOT_SENT.value})
    return frozenset({told})


def play(ground: Ground, kind: str, seed: int, count: int, *, mistake: bool = False) -> Tally:
    """Play so many cases drawn by the seed; with a `mistake` by a console that does not notice a sleep."""
    tally, random = Tally({SET: "T-CLOCK", SLEEP: "T-SLEEP"}[kind], seed, seed), Random(seed)
    orders = []
    for number in range(count):
        drawn = {"kind": kind, "shift": random.choice(SHIFTS[kind]), "step": STEPS[number % len(STEPS)]}
        asked = drawn["step"] == "during a question"
        kopecks = random.choice([each for each in KOPECKS if not (asked and each == 21)])  # a refused one is not asked
        orders.append({**ground.case(look=None, kopecks=kopecks), "deed": "clock", "mistake": mistake, **drawn})
    for order, answer in zip(orders, ground.play(orders), strict=True):
        tally.add(answer["found"], f"{order['kind']} {order['shift']} s {order['step']}, .{order['kopecks']:02d}")
        tally.counts[order["step"]] += 1
    return tally
