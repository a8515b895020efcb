"""The points at which an act can be hit: every call of the listed names that a whole run of it makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from tests.faults import strace
from tests.faults.child import Tracing
from tests.faults.ground import Ground
from tests.faults.judge import Tally
from tests.faults.stage import KOPECKS

ENDS = {-9: "hit", -14: "hung", 0: "ended", 3: "raised"}
"""What the end of a case's process is called: SIGKILL, SIGALRM, its own end, or an exception that is no trouble."""


@dataclass(frozen=True)
class Point:
    """One point: the act, the call, its number, the error (none: SIGKILL) and whether it stays."""

    act: str
    lane: int
    call: str
    count: int
    error: str = ""
    on: bool = False
    before: tuple[str, int, str, int] | None = None
    """A kill before this one, as act, lane, call and number: the second of a pair meets the start after it."""

    @property
    def tracing(self) -> Tracing:
        """What strace is told. What stays from a request's thread on is met by the act's own thread too."""
        if not self.call:
            return []
        if not self.error:
            return [(self.lane, strace.kill_at(self.call, self.count))]
        here = (self.lane, strace.fail_at(self.call, self.count, self.error, on=self.on))
        if not self.on or self.lane == 0:
            return [here]
        return [here, (0, strace.fail_at(self.call, 1, self.error, on=True))]

    def __str__(self) -> str:
        how = f" {self.error}{' on' if self.on else ''}" if self.error else ""
        after = "" if self.before is None else f" after {self.before}"
        return f"{self.act} {self.lane}:{self.call}#{self.count}{how}{after}"

    @property
    def behind(self) -> list[tuple[str, Tracing]]:
        """What the case has behind it when the act begins."""
        if self.before is None:
            return BEFORE.get(self.act, [])
        act, lane, call, number = self.before
        return [(act, [(lane, strace.kill_at(call, number))])]


BEFORE: dict[str, list[tuple[str, Tracing]]] = {
    "status": [("payout", [])],
    "upgrade": [("payout", [])],
    "upgrade-in-pieces": [("payout", [])],
    "resend": [("payout", [(1, strace.kill_at("connect", 1))])],
}
"""What a case needs to have behind it: for `resend` a payout that was killed between its intention and its mark."""


def kills(ground: Ground, act: str) -> list[Point]:
    """Every kill point of an act."""
    made = calls(ground, act, strace.KILLED_AT)
    return [Point(act, lane, name, number) for lane, name in sorted(made) for number in range(1, made[lane, name] + 1)]


def pairs(ground: Ground, count: int, seed: int) -> list[Point]:
    """Draw pairs of kills in a row: in a payout, and in the start and the person's next try after it."""
    random, first, then = Random(seed), kills(ground, "payout"), kills(ground, "resend")
    return [
        replace(random.choice(then), before=(one.act, one.lane, one.call, one.count))
        for one in (random.choice(first) for _ in range(count))
    ]


def errors(ground: Ground, act: str) -> list[Point]:
    """Every disk-error point of an act: each call, each error, once and from then on."""
    made = calls(ground, act, strace.FAILING)
    return [
        Point(act, lane, name, number, error, on)
        for lane, name in sorted(made)
        for number in range(1, made[lane, name] + 1)
        for error in strace.ERRORS
        for on in (False, True)
    ]


def calls(ground: Ground, act: str, names: tuple[str, ...]) -> Counter[tuple[int, str]]:
    """How often each lane of an act makes each call, by a recording."""
    path = ground.folder / f"calls-{act}-{ground.number()}"
    tracing = ["-f", "-e", f"trace={','.join(names)}", "-o", str(path)]
    done = ground.first(ground.case(*BEFORE.get(act, []), (act, [(0, tracing)]), look=act))
    assert done["code"] == 0, done
    made = strace.count(path)
    return Counter({point: number for point, number in made.items() if point[1] in names})


def network(act: str, times: int) -> list[Point]:
    """No fault of this machine's: only what the gateway and the way to it do."""
    return [Point(act, 0, "", number) for number in range(times)]


def play(ground: Ground, suite: str, points: list[Point], seed: int, outcomes: Sequence[int] = (0, *KOPECKS)) -> Tally:
    """Play the points, each with an outcome drawn by the seed, and count what the judge found."""
    tally = Tally(suite, seed, seed)
    random = Random(seed)
    orders = [
        ground.case(*point.behind, (point.act, point.tracing), look=point.act,
                    kopecks=random.choice(outcomes))
        for point in points
    ]  # fmt: skip
    for point, order, answer in zip(points, orders, ground.play(orders), strict=True):
        tally.add(answer["found"], f"{point} .{order['kopecks']:02d} {answer['code']} {answer['told']}")
        tally.counts[ENDS.get(answer["code"], f"ended {answer['code']}")] += 1
        _count(tally, answer)
    return tally


def _count(tally: Tally, answer: dict[str, Any]) -> None:
    for line in answer["told"]:
        if line.startswith(("raised", "trouble")):
            tally.counts[line[:160]] += 1
