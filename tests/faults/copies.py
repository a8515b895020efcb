"""The suite T-BACKUP: rounds of copies beside a console that pays, of which one process may be killed or its disk fail."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.faults import points, strace
from tests.faults.child import Tracing
from tests.faults.ground import Ground
from tests.faults.judge import Tally
from tests.faults.stage import KOPECKS

KINDS = ("quiet", "together", "payer killed", "copier killed", "payer killed", "copier killed", "copier's disk")
"""What is drawn in turn, so that every slice has each of them."""
RESTORES = 1
"""Copies that are put back after each round: on this machine and on another in turn."""


def play(ground: Ground, number: int, rounds: int = 100) -> Tally:
    """Play so many rounds, drawn by the number."""
    tally, random = Tally("T-BACKUP", number, number), Random(number)
    drawing = _Drawing(ground, random)
    orders = [drawing.round(KINDS[place % len(KINDS)]) for place in range(rounds)]
    for order, answer in zip(orders, ground.play(orders), strict=True):
        tally.add(answer["found"], f"{order['kind']} {order['tracing']} {answer['code']} {answer['told'][-2:]}")
        tally.counts[order["kind"]] += 1
        tally.counts["killed"] += answer["code"] == -9
        tally.counts["copies made"] += sum(line.startswith("copied") for line in answer["told"])
        tally.counts["payouts"] += sum(line.startswith("sent") for line in answer["told"])
    return tally


class _Drawing:
    """Draws rounds; the points of each process are all calls of a whole run of it."""

    def __init__(self, ground: Ground, random: Random) -> None:
        self._ground = ground
        self._random = random
        self._payer = points.kills(ground, "payout")
        path = ground.folder / f"copier-{ground.number()}"
        names = tuple(name for name in strace.KILLED_AT if name not in strace.NETWORK)
        traced: list[Tracing] = [[], [(0, ["-f", "-e", f"trace={','.join(names)}", "-o", str(path)])]]
        done = ground.first(self._order("quiet", traced))
        assert done["code"] == 0 and not done["found"]["wrong"], done
        self._copier = sorted((name, last) for (_, name), last in strace.count(path).items() if name in names)

    def round(self, kind: str) -> dict[str, Any]:
        """One round of a kind."""
        if kind == "payer killed":
            return self._order(kind, [self._random.choice(self._payer).tracing, []])
        if kind == "copier killed":
            return self._order(kind, [[], [(0, strace.kill_at(*self._call()))]])
        if kind == "copier's disk":
            options = strace.fail_at(
                *self._call(), self._random.choice(strace.ERRORS), on=self._random.random() < 0.5
            )  # fmt: skip
            return self._order(kind, [[], [(0, options)]])
        return self._order(kind, [])

    def _call(self) -> tuple[str, int]:
        name, last = self._random.choice(self._copier)
        return name, self._random.randint(1, last)

    def _order(self, kind: str, tracing: list[Tracing]) -> dict[str, Any]:
        return {
            **self._ground.case(look=None, kopecks=self._random.choice((0, 0, *KOPECKS))),
            "deed": "copies", "kind": kind, "tracing": tracing, "copies": kind != "together",
            "payer": "together" if kind == "together" else "paying",
            "restores": [self._random.randrange(1000) for _ in range(RESTORES)],
        }  # fmt: skip
