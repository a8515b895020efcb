"""The slices that were played, added up by suite, and the one file that keeps them: `docs/reliability.json`.

A slice has a number and counts once, wherever it was played; one that was not as it should be stands apart with what it
found until it was played again and is. The file is written by runs only. Knows no suite.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "docs" / "reliability.json"
EXISTING = "points that exist"
"""A count that every slice of a suite has alike: how many points there are in all."""
KEPT_NOTES = 3
_REST = ("mutants", "bad", "mended", "gate")
_BAD = ("name", "suite", "number", "commit", "cases", "duplicates", "lost", "wrong")


@dataclass
class Sum:
    """The slices of one name added up. `seeds` are the first and the last."""

    suite: str
    numbers: set[int] = field(default_factory=set)
    cases: int = 0
    duplicates: int = 0
    lost: int = 0
    wrong: int = 0
    seconds: float = 0.0
    seeds: tuple[int, int] | None = None
    commits: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, one: Mapping[str, Any]) -> None:
        """Add one slice; one whose number was added before changes nothing."""
        if one["number"] in self.numbers:
            return
        for name in ("cases", "duplicates", "lost", "wrong", "seconds"):
            setattr(self, name, round(getattr(self, name) + one[name], 1))
        self.numbers.add(one["number"])
        self.commits.add(one["commit"])
        first, last = self.seeds or (one["first"], one["last"])
        self.seeds = (min(first, one["first"]), max(last, one["last"]))
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
    """What the file keeps: sums by the slices' name, what the last whole run of the mutants came to, and in `gate` what the
    last run of the suites of `make test` did.

    `bad` are slices that found something (a control: nothing), by name and number; `mended` those that were played again
    and are as they should be.
    """

    sums: dict[str, Sum] = field(default_factory=dict)
    mutants: dict[str, Any] = field(default_factory=dict)
    bad: dict[str, dict[str, Any]] = field(default_factory=dict)
    mended: list[dict[str, Any]] = field(default_factory=list)
    gate: dict[str, Any] = field(default_factory=dict)

    def take(self, slices: Iterable[Mapping[str, Any]]) -> None:
        """Add slices that were played, each number once."""
        for one in slices:
            place = f"{one['name']} {one['number']}"
            if one["number"] in self.numbers(one["name"]):
                continue
            if one["good"]:
                self.sums.setdefault(one["name"], Sum(one["suite"])).add(one)
                if place in self.bad:
                    self.mended.append({**self.bad.pop(place), "mended": one["commit"]})
            elif place not in self.bad:
                self.bad[place] = {name: one[name] for name in _BAD} | {"notes": one["notes"][:KEPT_NOTES]}

    def forget(self, slices: Sequence[Mapping[str, Any]], wanted: Mapping[str, int]) -> None:
        """Forget the sums of those names of which `slices` alone has as many good ones as are `wanted`."""
        there = Counter(name for name, _ in {(one["name"], one["number"]) for one in slices if one["good"]})
        for name, count in there.items():
            if count >= wanted[name]:
                self.sums.pop(name, None)

    def numbers(self, name: str) -> set[int]:
        """The numbers of the slices of one name that were played and are as they should be."""
        return self.sums[name].numbers if name in self.sums else set()

    @property
    def commits(self) -> list[str]:
        """The commits that were played."""
        return sorted({commit for one in self.sums.values() for commit in one.commits})


def read(path: Path | None = None) -> Kept:
    """Read the file; nothing is kept where there is none."""
    path = path or KEPT
    if not path.exists():
        return Kept()
    facts = json.loads(path.read_text("utf-8"))
    suites = {name: Sum.of(one) for name, one in facts["suites"].items()}
    return Kept(suites, facts["mutants"], facts["bad"], facts["mended"], facts.get("gate", {}))


def write(kept: Kept, path: Path | None = None) -> None:
    """Write the file, one suite a line, so that two runs are easy to compare."""
    lines = [
        f"{json.dumps(name)}: {json.dumps(one.facts(), ensure_ascii=False)}" for name, one in sorted(kept.sums.items())
    ]
    rest = (f'"{name}": {json.dumps(getattr(kept, name), ensure_ascii=False)}' for name in _REST)
    text = '{"suites": {\n' + ",\n".join(lines) + "\n},\n" + ",\n".join(rest) + "}\n"
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
