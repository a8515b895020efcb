"""The slices that were played, added up by suite, and the one file that keeps them: `docs/reliability.json`.

A slice has a number and counts once, wherever it was played; the file is written by runs only. Knows no suite.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "docs" / "reliability.json"
EXISTING = "points that exist"
"""A count that every slice of a suite has alike: how many points there are in all."""
KEPT_NOTES = 40


@dataclass
class Sum:
    """The slices of one name added up. `seeds` are the first and the last; `bad` counts slices that were not as asked."""

    suite: str
    numbers: set[int] = field(default_factory=set)
    cases: int = 0
    duplicates: int = 0
    lost: int = 0
    wrong: int = 0
    bad: int = 0
    seconds: float = 0.0
    seeds: tuple[int, int] | None = None
    commits: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def add(self, one: Mapping[str, Any]) -> None:
        """Add one slice; one whose number was added before changes nothing."""
        if one["number"] in self.numbers:
            return
        for name in ("cases", "duplicates", "lost", "wrong", "seconds"):
            setattr(self, name, round(getattr(self, name) + one[name], 1))
        self.numbers.add(one["number"])
        self.commits.add(one["commit"])
        self.bad += not one["good"]
        first, last = self.seeds or (one["first"], one["last"])
        self.seeds = (min(first, one["first"]), max(last, one["last"]))
        self.notes = [*self.notes, *one["notes"]][:KEPT_NOTES]
        existing = max(self.counts[EXISTING], one["counts"].get(EXISTING, 0))
        self.counts.update(one["counts"])
        self.counts[EXISTING] = existing

    def facts(self) -> dict[str, Any]:
        """Everything as JSON values."""
        counts = {name: number for name, number in sorted(self.counts.items()) if number}
        return {**self.__dict__, "numbers": ranges(self.numbers), "commits": sorted(self.commits), "counts": counts}

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> Sum:
        """The sum that `facts` gave."""
        known = {name: value for name, value in facts.items() if name in cls.__dataclass_fields__}
        seeds = facts["seeds"]
        return cls(
            **{
                **known, "numbers": numbers(facts["numbers"]), "commits": set(facts["commits"]),
                "counts": Counter(facts["counts"]), "seeds": None if seeds is None else (seeds[0], seeds[1]),
            }
        )  # fmt: skip


@dataclass
class Kept:
    """What the file keeps: sums by the slices' name, and what the last whole run of the mutants came to."""

    sums: dict[str, Sum] = field(default_factory=dict)
    mutants: dict[str, Any] = field(default_factory=dict)

    def take(self, slices: Iterable[Mapping[str, Any]]) -> None:
        """Add slices that were played elsewhere, each number once."""
        for one in slices:
            self.sums.setdefault(one["name"], Sum(one["suite"])).add(one)

    @property
    def commits(self) -> list[str]:
        """The commits that were played."""
        return sorted(set().union(*(one.commits for one in self.sums.values())))


def read(path: Path | None = None) -> Kept:
    """Read the file; nothing is kept where there is none."""
    path = path or KEPT
    if not path.exists():
        return Kept()
    facts = json.loads(path.read_text("utf-8"))
    return Kept({name: Sum.of(one) for name, one in facts["suites"].items()}, facts["mutants"])


def write(kept: Kept, path: Path | None = None) -> None:
    """Write the file, one suite a line, so that two runs are easy to compare."""
    lines = [f"{json.dumps(name)}: {_line(one.facts())}" for name, one in sorted(kept.sums.items())]
    text = '{"suites": {\n' + ",\n".join(lines) + f'\n}},\n"mutants": {_line(kept.mutants)}}}\n'
    (path or KEPT).write_text(text, "utf-8")


def ranges(numbers: Iterable[int]) -> str:
    """`{0, 1, 2, 7}` as `0-2,7`."""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in found)


def numbers(text: str) -> set[int]:
    """`0-2,7` as `{0, 1, 2, 7}`."""
    pairs = [part.partition("-") for part in text.split(",") if part]
    return {number for first, _, last in pairs for number in range(int(first), int(last or first) + 1)}


def _line(facts: Mapping[str, Any]) -> str:
    return json.dumps(facts, ensure_ascii=False)
