"""The suite T-2APP: rounds of racing processes, and of readers beside a sender."""

from __future__ import annotations

from random import Random

from tests.faults.ground import Ground
from tests.faults.judge import Tally

KINDS = (("writers", 2), ("writers", 3), ("readers", 3)) * 3 + (("selfcheck", 4),)
"""What is drawn; `selfcheck` builds every form and takes a second, so it is drawn less often."""


def play(ground: Ground, seed: int, count: int) -> Tally:
    """Play so many rounds, of kinds drawn by the seed."""
    tally, random = Tally("T-2APP", seed, seed), Random(seed)
    orders = []
    for _ in range(count):
        kind, processes = random.choice(KINDS)
        orders.append({**ground.case(look=None), "deed": "race", "race": kind, "processes": processes})
    for order, answer in zip(orders, ground.play(orders), strict=True):
        tally.add(answer["found"], f"{order['race']} {order['processes']}")
        tally.counts.update(line.split()[0] for line in answer["told"])
    return tally
