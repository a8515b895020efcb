"""Plays further slices of the fault suites: `python packaging/soak.py [--minutes N] [SUITE]…`.

Each slice is remembered in `.soak/slices.json` when it is done, so a run that is ended at any moment goes on where it
was. `packaging/reliability.py` adds them up in `docs/reliability.json`, and what stands there is not played again.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sums
from sums import Kept

if TYPE_CHECKING:
    from tests.faults.judge import Tally

ROOT = Path(__file__).resolve().parent.parent
STATE = ROOT / ".soak" / "slices.json"
MINUTES = 60.0


def known() -> list[dict[str, Any]]:
    """The slices that were played."""
    return list(json.loads(STATE.read_text("utf-8"))) if STATE.exists() else []


def remember(slices: list[dict[str, Any]]) -> None:
    """Keep the slices, whole or not at all."""
    STATE.parent.mkdir(exist_ok=True)
    aside = STATE.with_suffix(".new")
    aside.write_text(json.dumps(slices, ensure_ascii=False, indent=1), "utf-8")
    aside.replace(STATE)


def commit() -> str:
    """The commit that is played."""
    asked = subprocess.run(
        ("git", "rev-parse", "--short", "HEAD"), cwd=ROOT, capture_output=True, text=True, check=False
    )
    return asked.stdout.strip()


def due(kept: Kept, wanted: dict[str, int], *, to_goal: bool = False, first: int = 0) -> Iterator[tuple[str, int]]:
    """Name the next slices: first the suites that are furthest from their goal, each number once, until all have theirs
    or for ever. Numbers begin with `first`, so that two machines need not play the same ones."""
    played = {name: set(kept.numbers(name)) for name in wanted}
    while True:
        name = min(wanted, key=lambda each: len(played[each]) / wanted[each])
        if to_goal and len(played[name]) >= wanted[name]:
            return
        number = next(number for number in count(first) if number not in played[name])
        yield name, number
        played[name].add(number)


def is_as_it_should(name: str, tally: Tally) -> bool:
    """Whether a suite of the console found nothing, and a control something."""
    from tests.faults.slices import GUILTY

    return bool(tally.cases and (tally.lost or tally.duplicates)) if name in GUILTY else tally.is_clean


def play(names: Sequence[str], minutes: float, *, to_goal: bool = False, first: int = 0) -> int:
    """Play slices until the time is over, or every suite has its goal; return 1 where one was not as it should be."""
    from tests.faults.ground import ground
    from tests.faults.slices import SLICES

    slices, end, bad = known(), time.monotonic() + minutes * 60, 0
    wanted = {name: goal for name, (_, goal) in SLICES.items() if not names or name in names}
    kept = sums.read()
    kept.take(slices)
    with ground() as made:
        for name, number in due(kept, wanted, to_goal=to_goal, first=first):
            if time.monotonic() >= end:
                break
            began = time.monotonic()
            tally = SLICES[name][0](made, number)
            seconds = round(time.monotonic() - began, 1)
            good = is_as_it_should(name, tally)
            print(f"{'ok    ' if good else 'FAILED'} {tally.line()} ({seconds} s)", flush=True)
            bad += not good
            if not good:
                print(tally.explain())
            facts = {"name": name, "number": number, "seconds": seconds, "good": good, "commit": commit()}
            slices.append({**facts, **tally.facts()})
            remember(slices)
    return 1 if bad else 0


def main(words: list[str]) -> int:
    sys.path.insert(0, str(ROOT))
    os.environ["PYTHONPATH"] = str(ROOT)
    from tests.faults.slices import SLICES

    parser = argparse.ArgumentParser(description="Play further slices of the fault suites.")
    parser.add_argument("--minutes", type=float, default=MINUTES, help="how long at most, 60 by default")
    parser.add_argument("--to-goal", action="store_true", help="end when every suite has the slices it is asked for")
    parser.add_argument("--from", dest="first", type=int, default=0, help="the first number to play, 0 by default")
    parser.add_argument("suites", nargs="*", help=" ".join(SLICES))
    asked = parser.parse_args(words)
    unknown = [name for name in asked.suites if name not in SLICES]
    if unknown or not 0 < asked.minutes <= MINUTES:
        parser.error(f"no such suite: {unknown}" if unknown else "at most 60 minutes")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the gateway ends with us
    return play(asked.suites, asked.minutes, to_goal=asked.to_goal, first=asked.first)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
