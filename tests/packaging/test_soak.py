"""Which slices come next, and what the report makes of them."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Any

import pytest

import reliability
import soak
from tests.faults.judge import Tally


def played(
    name: str = "kill", number: int = 0, suite: str = "T-KILL", *, good: bool = True, **counted: Any
) -> dict[str, Any]:
    tally = Tally(suite, number, number, **{"cases": 600, **counted})
    return {"name": name, "number": number, "seconds": 1.0, "good": good, "commit": "abc", **tally.facts()}


def test_the_suite_that_is_furthest_from_its_goal_comes_next() -> None:
    assert list(islice(soak.due([], {"a": 1, "b": 2}), 4)) == [("a", 0), ("b", 0), ("b", 1), ("a", 1)]
    assert list(islice(soak.due([played("b", 4), played("x", 9)], {"a": 1, "b": 2}), 3)) == [
        ("a", 0),
        ("a", 1),
        ("a", 2),
    ]


def test_slices_are_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soak, "STATE", tmp_path / ".soak" / "slices.json")
    assert soak.known() == []
    soak.remember([played()])
    assert soak.known() == [played()]


def test_a_control_that_finds_nothing_is_bad_and_so_is_a_suite_that_finds_something() -> None:
    clean, empty, caught = Tally("T", 0, 0, cases=3), Tally("T", 0, 0), Tally("T", 0, 0, cases=3, lost=1)
    assert [soak.is_as_it_should("kill", tally) for tally in (clean, empty, caught)] == [True, False, False]
    assert [soak.is_as_it_should("naive", tally) for tally in (clean, empty, caught)] == [False, False, True]


def test_the_report_adds_slices_up_and_names_what_was_found() -> None:
    bad = played(number=1, good=False, wrong=1, notes=["payout 1:fdatasync#1: it is wrong"])
    control = played("naive", 0, "T-KILL of the naive client", lost=2, duplicates=3)
    page = reliability.report(reliability.added([played(), bad, control]), ["abc"], None)
    assert "**1,200 cases: 0 paid twice, 0 lost, 1 wrong verdicts.** Controls caught: 1 of 1." in page
    assert "| G3 | T-KILL | 1,000 | 1,200 | reached |" in page
    assert "| G5 | T-PWR | 100,000 | 0 | not yet |" in page
    assert "| T-KILL | 2 | 1,200 | 0 | 0 | 1 | 0–1 |" in page
    assert "- T-KILL: payout 1:fdatasync#1: it is wrong" in page


def test_a_line_of_a_suite_is_read() -> None:
    line = Tally("T-PWR control off", 5, 9, cases=3, lost=1).line()
    found = reliability.LINE.search(f"..\n{line}\n.")
    assert found is not None
    assert (found["suite"], found["cases"], found["lost"], found["seeds"]) == ("T-PWR control off", "3", "1", "5-9")
    assert reliability.LINE.search("T-SIM cases 9, duplicates 0, lost 0, wrong verdicts 0, seeds 0-59") is not None
