"""Runs the fault suites, adds up the slices of `make soak`, and writes `docs/reliability.md`: figures come from runs only.

`python packaging/reliability.py [--slices-only]`. With `--slices-only` the suites of `make test` are not run again.
"""

from __future__ import annotations

import argparse
import platform
import re
import sqlite3
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import soak

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "docs" / "reliability.md"
SUITES = ("tests/faults", "tests/simulation")
SUITES_SECONDS = 1800
LINE = re.compile(
    r"(?P<suite>T-[^:\n]*?):? cases (?P<cases>\d+), duplicates (?P<duplicates>\d+), lost (?P<lost>\d+), "
    r"wrong verdicts (?P<wrong>\d+), (?:seeds|examples) (?P<seeds>\S+)"
)
WHAT = {
    "T-KILL": "SIGKILL at one call of a payout, a status round, a backup, a first start, or a start after a killed one",
    "T-KILL of two in a row": "SIGKILL in a payout, and again in the start and the person's next try after it",
    "T-DISK": "ENOSPC, EIO, EROFS or EDQUOT at one writing call, once and from then on",
    "T-PWR": "a disk image that a power loss could have left, opened and recovered",
    "T-2APP": "two or three processes race for one home, or `verify` and `export` read beside a sender",
    "T-NET by outcomes": "a payout through each outcome of the gateway, without a fault of this machine's",
    "T-SIM": "a simulated history of the whole logic without a window",
    "T-STATE": "an operation's state machine, driven by Hypothesis",
}
_ENDS = """\
*hit*: the kill met its call; *ended*: the process came to its own end, with the fault in it or, where the outcome of the
gateway made fewer calls, without; *raised*: an exception that is no trouble of the house, which a window shows as a bug.
*trouble* is what the person was told; *points that exist* are the calls of all acts, times errors, once and from then on."""
GOALS = {
    "T-KILL": ("G3", 1000), "T-DISK": ("G4", 1000), "T-PWR": ("G5", 100_000), "T-2APP": ("G14", 500),
    "T-SIM": ("G10", 10_000),
}  # fmt: skip
"""What a soak is asked to reach, by suite."""


@dataclass
class Sum:
    """The slices of one suite added up."""

    cases: int = 0
    duplicates: int = 0
    lost: int = 0
    wrong: int = 0
    slices: int = 0
    seeds: list[tuple[int, int]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    bad: int = 0
    is_guilty: bool = False

    def add(self, one: dict[str, Any]) -> None:
        """Add one slice."""
        for name in ("cases", "duplicates", "lost", "wrong", "notes", "seconds"):
            setattr(self, name, getattr(self, name) + one[name])
        self.slices += 1
        self.bad += not one["good"]
        self.seeds.append((one["first"], one["last"]))
        points = max(self.counts["points that exist"], one["counts"].get("points that exist", 0))
        self.counts.update(one["counts"])
        self.counts["points that exist"] = points

    def row(self, suite: str) -> str:
        """The line of the table."""
        first, last = min(one for one, _ in self.seeds), max(end for _, end in self.seeds)
        return _row(suite, self.slices, self.cases, self.duplicates, self.lost, self.wrong, f"{first}–{last}")


def added(slices: list[dict[str, Any]]) -> dict[str, Sum]:
    """Add the slices up by suite."""
    sums: dict[str, Sum] = {}
    for one in slices:
        total = sums.setdefault(one["suite"], Sum())
        total.add(one)
        total.is_guilty = one["name"].startswith(("control", "naive"))
    return sums


def run_suites() -> tuple[bool, list[str]]:
    """Run the suites as `make test` does; return whether they passed, and the line of each."""
    words = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *SUITES)
    ran = subprocess.run(
        words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=SUITES_SECONDS
    )  # fmt: skip
    lines = [
        _row(
            found["suite"], 1, *(int(found[name]) for name in ("cases", "duplicates", "lost", "wrong")), found["seeds"]
        )
        for found in LINE.finditer(ran.stdout)
    ]
    if ran.returncode:
        print(ran.stdout[-4000:])
    return ran.returncode == 0, sorted(lines)


def report(sums: dict[str, Sum], commits: list[str], suites: tuple[bool, list[str]] | None) -> str:
    """Return the page."""
    parts = [_head(commits), *_goals(sums), *_table("Slices of `make soak`", sums, guilty=False)]
    parts += _table("The controls, which have to be caught", sums, guilty=True)
    if suites is not None:
        said = "All of them passed." if suites[0] else "**Some of them failed.**"
        parts += ["## The slice that `make test` carries", "", said, "", *_heads(), *suites[1], ""]
    parts += _met(sums)
    return "\n".join(parts)


def _head(commits: list[str]) -> str:
    today = datetime.now(timezone.utc).strftime("%Y-%m-%d")
    played = ", ".join(commits) or "none"
    return f"""# What was done to the console, and what came of it

This page is written by `make reliability` from what was run, and not by hand.

In T-KILL, T-DISK, T-NET and T-2APP the judge is the ledger of the sandbox's gateway, which another process keeps: a
*duplicate* is a second accepted order to the recipient of one intent, *lost* is an accepted order that the journal does not
have, or one that a person was told of and that is gone, and a *wrong verdict* is a state that the ledger contradicts, a
start that does not succeed, or a journal that is not sound afterwards. After each fault the console is started again and
asks, and a person pays by every way that it offers. In T-PWR *lost* counts images that lack an acknowledged record, hold a
sent order without its mark, or do not open. T-SIM and T-STATE have a simulated gateway in their own process.

Written on {today}; {platform.system()}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}.
Commits that were played: {played}.
"""


def _goals(sums: dict[str, Sum]) -> list[str]:
    rows = []
    for suite, (goal, number) in GOALS.items():
        cases = sums[suite].counts.get("hit", sums[suite].cases) if suite in sums else 0
        rows.append(f"| {goal} | {suite} | {number:,} | {cases:,} | {'reached' if cases >= number else 'not yet'} |")
    ours = [total for total in sums.values() if not total.is_guilty]
    caught = [total for total in sums.values() if total.is_guilty]
    twice, lost, wrong = (sum(getattr(one, name) for one in ours) for name in ("duplicates", "lost", "wrong"))
    cases, guilty = sum(one.cases for one in ours), sum(not one.bad for one in caught)
    said = f"**{cases:,} cases: {twice} paid twice, {lost} lost, {wrong} wrong verdicts.**"
    head = ["| goal | suite | asked | played (kills: that met their call) | |", "| --- | --- | ---: | ---: | --- |"]
    return [f"{said} Controls caught: {guilty} of {len(caught)}.", "", *head, *rows, ""]


def _heads() -> list[str]:
    return [
        "| suite | slices | cases | duplicates | lost | wrong verdicts | seeds |",
        "| --- | ---: | ---: | ---: | ---: | ---: | --- |",
    ]


def _row(*cells: object) -> str:
    return f"| {' | '.join(f'{cell:,}' if isinstance(cell, int) else str(cell) for cell in cells)} |"


def _table(title: str, sums: dict[str, Sum], *, guilty: bool) -> list[str]:
    mine = {suite: total for suite, total in sorted(sums.items()) if total.is_guilty is guilty}
    told = [f"- {suite}: {WHAT[suite]}." for suite in mine if suite in WHAT]
    return [f"## {title}", "", *_heads(), *(total.row(suite) for suite, total in mine.items()), "", *told, ""]


def _met(sums: dict[str, Sum]) -> list[str]:
    """What happened in the cases: how they ended, what the person was told, and every finding."""
    parts = ["## How the cases ended", "", _ENDS, ""]
    for suite, total in sorted(sums.items()):
        ends: Counter[str] = Counter()
        for name, number in total.counts.items():
            ends[_plain(name)] += number
        ends = +ends
        if ends:
            parts.append(f"- {suite}: " + ", ".join(f"{name} {number:,}" for name, number in ends.most_common()))
    found = [
        f"- {suite}: {note}" for suite, total in sorted(sums.items()) if not total.is_guilty for note in total.notes
    ]
    return [*parts, "", "## Findings of the judge in these slices", "", *(found or ["None."]), ""]


def _plain(name: str) -> str:
    """The name of a count without paths and numbers that differ from case to case."""
    return re.sub(r": '/.*", "", re.sub(r": \[Errno (\d+)\].*", r" \1", name)) if name.startswith("raised") else name


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Write docs/reliability.md.")
    parser.add_argument("--slices-only", action="store_true", help="do not run the suites of make test again")
    asked = parser.parse_args(words)
    suites = None if asked.slices_only else run_suites()
    slices = soak.known()
    sums = added(slices)
    REPORT.write_text(report(sums, sorted({one["commit"] for one in slices}), suites), "utf-8")
    print(f"{REPORT.relative_to(ROOT)} is written")
    return 1 if any(total.bad for total in sums.values()) or (suites is not None and not suites[0]) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
