"""Which slices come next, what is kept of them, and what the report makes of it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

import goals
import mutants
import reliability
import soak
import sums
from sums import Kept
from tests.faults import crowds, ground, marks, slices
from tests.faults.judge import Tally
from tests.simulation.mistakes import PAIRS


@pytest.fixture(autouse=True)
def _apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is kept where the project keeps it."""
    monkeypatch.setattr(soak, "STATE", tmp_path / ".soak" / "slices.json")
    monkeypatch.setattr(sums, "KEPT", tmp_path / "reliability.json")
    monkeypatch.setattr(mutants, "LAST", tmp_path / ".soak" / "mutants.json")
    monkeypatch.setattr(reliability, "REPORT", tmp_path / "reliability.md")
    monkeypatch.setattr(reliability, "ROOT", tmp_path)


def played(
    name: str = "kill", number: int = 0, suite: str = "T-KILL", *, good: bool = True, **counted: Any
) -> dict[str, Any]:
    tally = Tally(suite, number, number, **{"cases": 600, **counted})
    return {"name": name, "number": number, "seconds": 1.0, "good": good, "commit": "abc", **tally.facts()}


def kept(*slices: dict[str, Any]) -> Kept:
    found = Kept()
    found.take(slices)
    return found


def test_the_suite_that_is_furthest_from_its_goal_comes_next() -> None:
    assert list(islice(soak.due(Kept(), {"a": 1, "b": 2}), 4)) == [("a", 0), ("b", 0), ("b", 1), ("a", 1)]
    assert list(islice(soak.due(kept(played("b", 0), played("b", 2), played("x", 9)), {"a": 1, "b": 2}), 3)) == [
        ("a", 0), ("a", 1), ("b", 1),
    ]  # fmt: skip
    assert list(soak.due(kept(played("a", 5)), {"a": 3}, to_goal=True, first=5)) == [("a", 6), ("a", 7)]


def test_slices_are_remembered() -> None:
    assert soak.known() == []
    soak.remember([played()])
    assert soak.known() == [played()]


def test_a_control_that_finds_nothing_is_bad_and_so_is_a_suite_that_finds_something() -> None:
    clean, empty, caught = Tally("T", 0, 0, cases=3), Tally("T", 0, 0), Tally("T", 0, 0, cases=3, lost=1)
    assert [soak.is_as_it_should("kill", tally) for tally in (clean, empty, caught)] == [True, False, False]
    assert [soak.is_as_it_should("naive", tally) for tally in (clean, empty, caught)] == [False, False, True]


def test_a_soak_goes_on_where_any_other_ended_and_ends_at_its_goal(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, int]] = []

    def suite(name: str, _: object, number: int) -> Tally:
        asked.append((name, number))
        return Tally("T-KILL", number, number, cases=5, lost=number == 3)

    @contextmanager
    def nothing() -> Iterator[None]:
        yield

    monkeypatch.setattr(ground, "ground", nothing)
    monkeypatch.setattr(slices, "SLICES", {"kill": (lambda made, number: suite("kill", made, number), 4)})
    sums.write(kept(played(number=0), played(number=2)))
    soak.remember([played(number=1)])
    assert soak.play((), 1.0, to_goal=True) == 1
    assert asked == [("kill", 3)]
    assert [one["good"] for one in soak.known()] == [True, False]
    assert reliability.collected().bad.keys() == {"kill 3"}
    assert soak.play((), 1.0, to_goal=True) == 1, "what found something is played again"
    assert asked == [("kill", 3)] * 2
    assert reliability.collected().sums["kill"].numbers == {0, 1, 2}


@pytest.mark.parametrize("numbers", [set(), {0}, {0, 1, 2, 7}, {3, 5, 6}])
def test_numbers_are_kept_as_ranges(numbers: set[int]) -> None:
    assert sums.numbers(sums.ranges(numbers)) == numbers
    assert sums.ranges({0, 1, 2, 7}) == "0-2,7"


def test_a_slice_counts_once_wherever_it_was_played(tmp_path: Path) -> None:
    one, other = played(counts={"hit": 5, "points that exist": 9}), played(number=1, counts={"points that exist": 9})
    sums.write(kept(one))
    elsewhere = tmp_path / "slices.json"
    elsewhere.write_text(json.dumps([one, other]))
    soak.remember([one])
    found = reliability.collected([elsewhere]).sums["kill"]
    assert (found.cases, found.numbers, found.seeds, found.seconds) == (1200, {0, 1}, (0, 1), 2.0)
    assert found.counts == {"hit": 5, "points that exist": 9}
    sums.write(Kept({"kill": found}, {"mutants": 3}))
    again = sums.read()
    assert again == Kept({"kill": found}, {"mutants": 3})
    sums.write(again)
    assert sums.read() == again


def test_what_found_something_stands_until_the_same_slice_is_good() -> None:
    bad = played(number=1, good=False, wrong=1, notes=["payout 1:fdatasync#1: it is wrong"])
    found = kept(played(), bad, bad)
    sums.write(found)
    again = sums.read()
    assert again == found
    assert (list(again.bad), again.numbers("kill"), again.numbers("disk")) == (["kill 1"], {0}, set())
    again.take([{**played(number=1), "commit": "def"}, bad])
    sums.write(again)
    assert (sums.read().bad, sums.read().numbers("kill")) == ({}, {0, 1})
    page = reliability.report(sums.read())
    assert "Nothing stands." in page
    assert "T-KILL, slice 1 at abc, as it should be since def: payout 1:fdatasync#1: it is wrong" in page


def test_the_report_adds_slices_up_and_names_what_was_found() -> None:
    bad = played(number=1, good=False, wrong=1, notes=["payout 1:fdatasync#1: it is wrong"])
    naive = played("naive", 0, "T-KILL of the naive client", lost=2, duplicates=3)
    control = played("control-off", 0, "T-PWR control off", lost=2)
    missed = played("control-full", 0, "T-PWR control full", good=False)
    page = reliability.report(kept(played(), played(number=2), bad, naive, control, missed))
    assert "**1,800 cases: 0 paid twice, 0 lost, 1 wrong verdicts.** Controls caught: 2 of 3." in page
    assert "| G1 | paid twice, all suites together | 0 | 0 | holds |" in page
    assert "| G3 | kill points of one payout, T-KILL that met their call | 1,000 | 1,200 | reached |" in page
    assert "| G5 | power-loss images, acknowledged marks kept, T-PWR | 100,000 | 0 | not yet |" in page
    assert "| G6 | negative controls caught | 4 | 1 | not yet |" in page
    assert "| G24 | seeded mistakes, of 0 caught (commit none), T-MUT | 60 | 0 | not yet |" in page
    assert "| T-KILL | 2 | 1,200 | 0 | 0 | 0 | 0–2 |" in page
    assert "- T-KILL, slice 1 at abc: payout 1:fdatasync#1: it is wrong" in page
    assert "- T-PWR control full, slice 0 at abc: a control that found nothing" in page


def test_the_report_counts_contradictions_pairs_and_mutants() -> None:
    pairs = {f"at {state}: {event}": 2 for state, event in PAIRS}
    found = kept(
        played("modes", 0, "T-NET by modes", good=False, wrong=2), played("histories", 0, "T-SIM", counts=pairs)
    )
    found.mutants = {"commit": "abc", "mutants": 150, "caught": 149, "others": ["one"]}
    page = reliability.report(found)
    assert "or another wrong verdict of T-NET | 0 | 2 | **broken** |" in page
    assert f"| G12 | pairs of a state and an event visited, T-SIM | {len(PAIRS)} | {len(PAIRS)} | reached |" in page
    assert "| G24 | seeded mistakes, of 150 caught (commit abc), T-MUT | 60 | 149 | reached |" in page
    assert "at wait: ask" not in page


def test_the_report_counts_copies_that_were_put_back_and_unknown_ones_that_were_settled() -> None:
    known, settled = {crowds.KNOWN: 60, crowds.SETTLED: 60}, {crowds.KNOWN: 60, crowds.SETTLED: 59}
    back = [played("copies", 0, "T-BACKUP", counts={"copies put back": 150}), played(counts={"copies put back": 49})]
    page = reliability.report(kept(*back, played("poll", 0, "T-POLL", counts=known)))
    assert "creates blocked (R9), T-BACKUP and T-KILL | 200 | 199 | not yet |" in page
    assert "settled within 15 minutes of its health, T-POLL | 60 | 60 | reached |" in page
    assert "or another wrong verdict of T-KILL | 0 | 0 | holds |" in page
    assert "at most 1 MiB more memory in 10, T-SOAK | 10 | 0 | not yet |" in page
    sat = played("window", 0, "T-SOAK of the window", counts={"minutes": 10})
    assert "at most 1 MiB more memory in 10, T-SOAK | 10 | 10 | reached |" in reliability.report(kept(sat))
    bad = [played("poll", 1, "T-POLL", good=False, wrong=1), played("upgrade", 0, good=False, wrong=2)]
    page = reliability.report(kept(*bad, played("poll", 0, "T-POLL", counts=known)))
    assert "T-POLL | 60 | 60 | **broken** |" in page
    assert "or another wrong verdict of T-KILL | 0 | 2 | **broken** |" in page
    assert "T-POLL | 60 | 59 | not yet |" in reliability.report(kept(played("poll", 0, "T-POLL", counts=settled)))
    assert "T-POLL | 0 | 0 | not yet |" in reliability.report(Kept())


def test_a_fresh_page_forgets_what_was_played_before_where_the_new_slices_are_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slices, "SLICES", {"kill": (None, 2), "disk": (None, 2)})
    sums.write(kept(played("kill", 0), played("disk", 0), played("disk", 1, good=False, lost=1)))
    soak.remember([played("kill", 7), played("disk", 8), played("disk", 9, good=False)])
    elsewhere = tmp_path / "slices.json"
    elsewhere.write_text(json.dumps([played("kill", 9), played("kill", 7)]), "utf-8")
    assert reliability.collected([elsewhere]).numbers("kill") == {0, 7, 9}
    fresh = reliability.collected([elsewhere], afresh=True)
    assert (fresh.numbers("kill"), fresh.numbers("disk")) == ({7, 9}, {0, 8})
    assert sorted(fresh.bad) == ["disk 1", "disk 9"], "what was found stands"


def test_controls_that_nobody_asked_for_do_not_stand_in_for_those_asked_for() -> None:
    found = kept(played("control-copies", 0, "T-PWR control backup-unflushed", lost=2))
    assert "| G6 | negative controls caught | 4 | 0 | not yet |" in reliability.report(found)
    assert "Controls caught: 1 of 1." in reliability.report(found)
    assert set(goals.CONTROLS) == set(marks.CONTROLS)


def test_what_the_gate_last_did_stays_on_the_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lines = [Tally("T-SIM", 0, 499, cases=500).line(), Tally("T-KILL", 3, 3, cases=1200, lost=1).line()]
    ran = [
        subprocess.CompletedProcess((), 0, "\n".join(["..", *lines, "."])),
        subprocess.CompletedProcess((), 1, lines[0]),
    ]
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: ran.pop(0))
    monkeypatch.setattr(soak, "commit", lambda: "abc")
    assert reliability.main([]) == 0
    assert reliability.main(["--slices-only"]) == 0
    page = (tmp_path / "reliability.md").read_text()
    assert "Run at abc: all of them passed.\n" in page
    assert page.index("| T-KILL | 1,200 | 0 | 1 | 0 | 3-3 |") < page.index("| T-SIM | 500 | 0 | 0 | 0 | 0-499 |")
    assert reliability.main([]) == 1
    assert "Run at abc: **some of them failed.**" in (tmp_path / "reliability.md").read_text()
    assert reliability.main(["--slices-only"]) == 1, "a failure stands until the suites pass"


def test_the_report_and_its_figures_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    soak.remember([played()])
    assert reliability.main(["--slices-only"]) == 0
    assert "| T-KILL | 1 | 600 |" in (tmp_path / "reliability.md").read_text()
    assert sums.read().sums["kill"].cases == 600
    soak.remember([])
    assert reliability.main(["--slices-only"]) == 0
    assert "| T-KILL | 1 | 600 |" in (tmp_path / "reliability.md").read_text()
    soak.remember([played(number=1, good=False)])
    assert reliability.main(["--slices-only"]) == 1
    assert "reliability.md is written" in capsys.readouterr().out


def test_a_line_of_a_suite_is_read() -> None:
    line = Tally("T-PWR control off", 5, 9, cases=3, lost=1).line()
    found = reliability.LINE.search(f"..\n{line}\n.")
    assert found is not None
    assert (found["suite"], found["cases"], found["lost"], found["seeds"]) == ("T-PWR control off", "3", "1", "5-9")
    assert reliability.LINE.search("T-SIM cases 9, duplicates 0, lost 0, wrong verdicts 0, seeds 0-59") is not None
