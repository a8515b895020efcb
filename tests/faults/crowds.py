"""The suite T-POLL: crowds of pending operations, each by its seed."""

from __future__ import annotations

from tests.faults.ground import NURSERIES, Ground
from tests.faults.judge import Tally

KNOWN, SETTLED = "unknown ones that the gateway knows", "settled"
"""Counts: what is unknown to the console alone, and what of it the questions settled."""
PENDING = 10_000
LIMIT = 600
"""Seconds after which a crowd is given up: it hangs."""


def play(ground: Ground, number: int, pending: int = PENDING, crowds: int = NURSERIES) -> Tally:
    """Follow so many crowds; every operation is a case."""
    first = number * crowds
    tally = Tally("T-POLL", first, first + crowds - 1)
    orders = [
        {"deed": "crowd", "folder": str(ground.folder), "seed": seed, "pending": pending, "limit": LIMIT}
        for seed in range(first, first + crowds)
    ]
    for order, answer in zip(orders, ground.play(orders), strict=True):
        tally.add(answer["found"], f"crowd {order['seed']}")
        tally.cases += (pending if answer["questions"] else 0) - 1
        tally.counts["questions"] += answer["questions"]
        tally.counts[KNOWN] += answer.get("known", 0)
        tally.counts[SETTLED] += answer.get("settled", 0)
    return tally
