"""The suite T-PWR: records each variant once, and has its images examined by the nurseries."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.faults import folders, marks, newer, power, strace
from tests.faults.ground import Ground
from tests.faults.judge import Tally

PORTION = 625


def play(ground: Ground, variant: str, first: int, count: int) -> Tally:
    """Examine the images of the seeds from `first` on; a broken one is lost marks."""
    suite = "T-PWR" if variant == "full" else f"T-PWR control {variant}"
    return _examine(ground, Tally(suite, first, first + count - 1), _recorded(ground, variant, ground.template))


def upgrade(ground: Ground, first: int, count: int, variant: str = "upgrade") -> Tally:
    """Examine the images of a schema's upgrade; `upgrade-in-pieces` is a negative control."""
    before = ground.case(("payout", []), look=None)
    assert ground.first(before)["code"] == 0
    assert newer.is_first(Path(before["folder"], "sandbox", "journal.db")), "the frozen schema is another one"
    common = _recorded(ground, variant, Path(before["folder"]), marks.PAYOUTS)
    return _examine(ground, _tally(variant, "upgrade", first, count), {**common, "newer": True})


def backup(ground: Ground, first: int, count: int, variant: str = "backup") -> Tally:
    """Examine the images of a folder of copies; `backup-unflushed` is a negative control."""
    common = _recorded(ground, variant, ground.template, marks.COPIES, folders.CALLS)
    return _examine(ground, _tally(variant, "backup", first, count), {**common, "folder": f"{common['case']}/backups"})


def _tally(variant: str, whole: str, first: int, count: int) -> Tally:
    suite = f"T-PWR of {variant}" if variant == whole else f"T-PWR control {variant}"
    return Tally(suite, first, first + count - 1)


def _recorded(
    ground: Ground, variant: str, template: Path, payouts: int = 2 * marks.PAYOUTS, calls: tuple[str, ...] = power.CALLS
) -> dict[str, Any]:
    """Record a variant once; return what the nurseries need to build its images."""
    base = ground.folder / f"base-{ground.number()}"
    recorded = base.with_suffix(".log")
    power.keep(template, base)
    case = ground.case((f"marks-{variant}", [(0, strace.record(recorded, calls))]), look=None)
    done = ground.first({**case, "template": str(template)})
    assert done == {"code": 0, "told": ["sent wait"] * payouts}, done
    return {
        "deed": "images", "recorded": str(recorded), "base": str(base), "home": f"{case['folder']}/sandbox",
        "case": case["folder"],
    }  # fmt: skip


def _examine(ground: Ground, tally: Tally, common: dict[str, Any]) -> Tally:
    first, count = tally.first, tally.last - tally.first + 1
    ends = [*range(first, first + count, PORTION), first + count]
    orders = [{**common, "first": one, "last": next_} for one, next_ in pairwise(ends)]
    for answer in ground.play(orders):
        tally.cases += answer["cases"]
        tally.lost += len(answer["broken"])
        tally.notes += answer["broken"]
    return tally
