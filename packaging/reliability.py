"""Runs the fault suites, adds up the slices of `make soak`, and writes `docs/reliability.md`: figures come from runs only.

`python packaging/reliability.py [--slices-only] [--afresh] [FILE]…`. With `--slices-only` the suites of `make test` are not
run again; what they did last stays on the page. With `--afresh` older slices of a suite are forgotten where those that are
added now have as many as a soak is asked for, so that the page speaks of the present code.
The files are slices of other copies of the project (`.soak/slices.json` of each). What was added up is kept in
`docs/reliability.json`, each slice once by its number, so that a soak goes on wherever the project is checked out.
"""

from __future__ import annotations

import argparse
import json
import platform
import re
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from itertools import chain
from operator import itemgetter
from pathlib import Path
from typing import Any

import goals
import mutants
import soak
import sums
from sums import Kept

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "docs" / "reliability.md"
SUITES = ("tests/faults", "tests/simulation", "tests/mutants/test_first.py")
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
    "T-NET by modes": "a fault of the network before or after the gate, or a request or an answer cut at one byte",
    "T-FUZZ of answers": "an answer, grown or spoilt, to a create and to a question",
    "T-FUZZ of cells": "a cell of an export",
    "T-FUZZ of inputs": "a text in an input of a form",
    "T-FUZZ of searches": "a text in a search box",
    "T-TAMPER": "a record edited, deleted, swapped, put in or forged, with and without a chain made again",
    "T-TAMPER of tails": "a journal cut, put back or with a damaged write-ahead log, with an anchor at hand",
    "T-SIM": "a simulated history of the whole logic without a window, each of 200 steps",
    "T-CLOCK": "a payout during which the wall clock is set, by ±1 s to ±10 years",
    "T-SLEEP": "a payout during which the machine sleeps, 1 s to 3 days",
    "T-LOCK": "a payout beside another program that holds the journal or the home's lock",
    "T-BACKUP": "a round of copies beside a console that pays, of which one may be killed or its disk fail; one is put back",
    "T-2APP of two machines": "a copy put back on another machine pays beside the first one, with and without a signed gap",
    "T-POLL": "one of thousands of pending operations, followed through an outage and a plea to slow down",
    "T-KILL of an upgrade": "SIGKILL at one call of a start that upgrades the journal's schema",
    "T-DISK of starts": "a disk error at one writing call of a start that upgrades the schema, or of a first start",
    "T-DISK of a small disk": "a payout on a disk with 0 to 512 KiB left, with and without the reserve",
    "T-DISK by limits on files": "a payout whose files may not grow",
    "T-PWR of upgrade": "a disk image that a power loss during a schema's upgrade could have left",
    "T-PWR of backup": "an image of the folder of copies that a power loss could have left",
    "T-SOAK of the window": "a deed of a person at the real window: a page, a search, a list moved through, a payout",
    "T-UI, double submit": "two to ten presses within half a second, or a key that is held, at the real window",
    "T-STATE": "an operation's state machine, driven by Hypothesis",
}
_ENDS = """\
*hit*: the kill met its call; *ended*: the process came to its own end, with the fault in it or, where the outcome of the
gateway made fewer calls, without; *raised*: an exception that is no trouble of the house, which a window shows as a bug.
*trouble* is what the person was told; *points that exist* are the calls of all acts, times errors, once and from then on."""


def run_suites() -> dict[str, Any]:
    """Run the suites as `make test` does; return whether they passed, at which commit, and what each counted."""
    words = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *SUITES)
    ran = subprocess.run(
        words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=SUITES_SECONDS
    )  # fmt: skip
    if ran.returncode:
        print(ran.stdout[-4000:])
    counted = sorted(([*found.groups()] for found in LINE.finditer(ran.stdout)), key=itemgetter(0))
    return {"passed": ran.returncode == 0, "commit": soak.commit(), "counted": counted}


def report(kept: Kept) -> str:
    """Return the page."""
    parts = [_head(kept.commits), *goals.table(kept), *_table("Slices of `make soak`", kept, guilty=False)]
    parts += _table("The controls, which have to be caught", kept, guilty=True)
    parts += [*_gate(kept.gate), *_met(kept)]
    return "\n".join(parts)


def _head(commits: list[str]) -> str:
    today = datetime.now(timezone.utc).strftime("%Y-%m-%d")
    played = ", ".join(commits) or "none"
    return f"""# What was done to the console, and what came of it

This page is written by `make reliability` from what was run, and not by hand.

In T-KILL, T-DISK, T-BACKUP, T-CLOCK, T-SLEEP, T-LOCK, T-UI, T-NET by outcomes and T-2APP the judge is the ledger of
the sandbox's gateway, which another process keeps: a *duplicate* is a second accepted order to the recipient of one
intent, *lost* is an accepted order that the journal does not have, or one that a person was told of and that is gone,
and a *wrong verdict* is a state that the ledger contradicts, a start that does not succeed, or a journal that is not
sound afterwards. After each fault the console is started again and asks, and a person pays by every way that it
offers. In T-BACKUP each copy that is left has to be whole, and one a round is put back. In T-PWR *lost* counts images
that lack an acknowledged record, hold a sent order without its mark, or do not open. In T-NET by modes the judge is
the server that read the bytes: a duplicate is a second request. T-SIM, T-STATE and T-POLL have a simulated gateway in
their own process. In T-FUZZ a wrong verdict is an exception that escapes, or a state that a second reader cannot
prove from the same answer; in T-TAMPER it is a change that was not found.

Written on {today}; {platform.system()}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}.
Commits that were played: {played}.
"""


def _heads() -> list[str]:
    return [
        "| suite | slices | cases | duplicates | lost | wrong verdicts | seeds |",
        "| --- | ---: | ---: | ---: | ---: | ---: | --- |",
    ]


def _table(title: str, kept: Kept, *, guilty: bool) -> list[str]:
    mine = sorted(
        (one for name, one in kept.sums.items() if goals.is_guilty(name) is guilty), key=lambda one: one.suite
    )
    rows = [
        goals.row(
            one.suite,
            len(one.numbers),
            one.cases,
            one.duplicates,
            one.lost,
            one.wrong,
            "–".join(map(str, one.seeds or ())),
        )
        for one in mine
    ]
    told = [f"- {one.suite}: {WHAT[one.suite]}." for one in mine if one.suite in WHAT]
    return [f"## {title}", "", *_heads(), *rows, "", *told, ""]


def _gate(gate: Mapping[str, Any]) -> list[str]:
    """What the suites of `make test` did when they were last run for this page."""
    if not gate:
        return []
    said = "all of them passed." if gate["passed"] else "**some of them failed.**"
    rows = [goals.row(suite, *map(int, figures), seeds) for suite, *figures, seeds in gate["counted"]]
    head = "| suite | cases | duplicates | lost | wrong verdicts | seeds |"
    lines = [head, "| --- | ---: | ---: | ---: | ---: | --- |", *rows]
    return ["## The slice that `make test` carries", "", f"Run at {gate['commit']}: {said}", "", *lines, ""]


def _met(kept: Kept) -> list[str]:
    """What happened in the cases: how they ended, what the person was told, and every finding."""
    from tests.simulation.many import PAIR

    parts = ["## How the cases ended", "", _ENDS, ""]
    by_suite = sorted(kept.sums.items(), key=lambda item: item[1].suite)
    for _, one in by_suite:
        ends: Counter[str] = Counter()
        for name, number in one.counts.items():
            if not name.startswith(PAIR):
                ends[_plain(name)] += number
        ends = +ends
        if ends:
            parts.append(f"- {one.suite}: " + ", ".join(f"{name} {number:,}" for name, number in ends.most_common()))
    return [*parts, "", *_findings(kept)]


def _findings(kept: Kept) -> list[str]:
    """What slices found: what stands, and what was mended, as the same slice played again shows."""
    standing = [_told(one, "") for one in kept.bad.values()]
    mended = [_told(one, f", as it should be since {one['mended']}") for one in kept.mended]
    parts = ["## What slices found", "", *(standing or ["Nothing stands."]), ""]
    return [*parts, "Found and mended:", "", *mended, ""] if mended else parts


def _told(one: Mapping[str, Any], since: str) -> str:
    notes = " / ".join(one["notes"]) or "a control that found nothing"
    return f"- {one['suite']}, slice {one['number']} at {one['commit']}{since}: {notes}"


def _plain(name: str) -> str:
    """The name of a count without paths and numbers that differ from case to case."""
    return re.sub(r": '/.*", "", re.sub(r": \[Errno (\d+)\].*", r" \1", name)) if name.startswith("raised") else name


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Write docs/reliability.md.")
    parser.add_argument("--slices-only", action="store_true", help="do not run the suites of make test again")
    parser.add_argument("--afresh", action="store_true", help="forget older slices where the new ones reach the goal")
    parser.add_argument("files", nargs="*", type=Path, help="slices of other copies of the project")
    asked = parser.parse_args(words)
    sys.path.insert(0, str(ROOT))
    ran = {} if asked.slices_only else run_suites()
    kept = collected(asked.files, afresh=asked.afresh)
    kept.gate = ran or kept.gate
    sums.write(kept)
    REPORT.write_text(report(kept), "utf-8")
    print(f"{REPORT.relative_to(ROOT)} is written")
    return 1 if kept.bad or not kept.gate.get("passed", True) else 0


def collected(files: Sequence[Path] = (), *, afresh: bool = False) -> Kept:
    """Return what is kept, with the slices of this copy and of others, and the last run of the mutants."""
    kept = sums.read()
    slices = [*soak.known(), *chain.from_iterable(json.loads(path.read_text("utf-8")) for path in files)]
    if afresh:
        from tests.faults.slices import SLICES

        kept.forget(slices, {name: goal for name, (_, goal) in SLICES.items()})
    kept.take(slices)
    kept.mutants = mutants.last() or kept.mutants
    return kept


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
