"""The suite T-SIM: many histories in processes of their own, added up; a broken invariant is counted by what it says.

`python -m tests.simulation.many SEED [STEPS]` plays one history again and prints it.
"""

from __future__ import annotations

import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from multiprocessing import get_context

from tests.faults.ground import NURSERIES
from tests.faults.judge import Tally
from tests.simulation.mistakes import PAIRS

PORTION = 10
PAIR = "at "
"""What a count of a pair of state and event begins with."""


def one(seed: int, steps: int) -> Tally:
    """Play one history."""
    from tests.simulation.world import play

    tally = Tally("T-SIM", seed, seed, cases=1)
    try:
        world = play(seed, steps)
    except AssertionError as error:
        told = str(error)
        tally.duplicates, tally.lost = int("paid twice" in told), int("is lost" in told)
        tally.wrong = int(not (tally.duplicates or tally.lost))
        tally.notes.append(told)
        return tally
    tally.counts = Counter({f"{PAIR}{state}: {event}": number for (state, event), number in world.visited.items()})
    tally.counts["creates"] = world.cases
    return tally


def pooled(first: int, count: int, steps: int) -> Tally:
    """Play the histories of these seeds in as many processes as there are nurseries."""
    whole = Tally("T-SIM", first, first + count - 1)
    with ProcessPoolExecutor(NURSERIES, get_context("spawn")) as pool:
        for part in pool.map(one, range(first, first + count), repeat(steps), chunksize=PORTION):
            whole.take(part)
    return whole


def missing(counts: Counter[str]) -> list[str]:
    """Return the pairs of state and event that no history visited."""
    return sorted(f"{state}: {event}" for state, event in PAIRS if not counts[f"{PAIR}{state}: {event}"])


def main(words: list[str]) -> int:
    from tests.simulation.world import play

    seed, steps = int(words[0]), int(words[1]) if len(words) > 1 else 200
    print("\n".join(play(seed, steps).history))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
