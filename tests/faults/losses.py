"""The suite T-PWR: records each variant once, and has its images examined by the nurseries."""

from __future__ import annotations

from itertools import pairwise

from tests.faults import marks, power, strace
from tests.faults.ground import Ground
from tests.faults.judge import Tally

PORTION = 625


def play(ground: Ground, variant: str, first: int, count: int) -> Tally:
    """Examine the images of the seeds from `first` on; a broken one is lost marks."""
    tally = Tally("T-PWR" if variant == "full" else f"T-PWR control {variant}", first, first + count - 1)
    base = ground.folder / f"base-{ground.number()}"
    recorded = base.with_suffix(".log")
    power.keep(ground.template, base)
    case = ground.case((f"marks-{variant}", [(0, strace.record(recorded, power.CALLS))]), look=None)
    done = ground.first(case)
    assert done == {"code": 0, "told": ["sent wait"] * 2 * marks.PAYOUTS}, done
    common = {"deed": "images", "recorded": str(recorded), "base": str(base), "home": f"{case['folder']}/sandbox"}
    ends = [*range(first, first + count, PORTION), first + count]
    orders = [{**common, "first": one, "last": next_} for one, next_ in pairwise(ends)]
    for answer in ground.play(orders):
        tally.cases += answer["cases"]
        tally.lost += len(answer["broken"])
        tally.notes += answer["broken"]
    return tally
