"""The mistakes of the gate and the verdicts are noticed, and no mutant of the whole list has gone stale."""

from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path

import pytest

import mutants
from mutants import ROOT, Fate, Workshop, hunt
from tests.mutants.mutant import Mutant, Stale
from tests.mutants.whole import FIRST, WHOLE

TOY = Mutant("toy", "toy.py", "one", "two", ("toy.py::test_toy",))


@pytest.mark.timeout(300)
def test_the_mistakes_of_the_gate_and_the_verdicts_are_noticed(capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = list(hunt(FIRST))
    with capsys.disabled():
        missed = sum(each.fate is not Fate.CAUGHT for each in outcomes)
        seeds = f"seeds 0-{len(outcomes) - 1}"
        print(f"\nT-MUT: cases {len(outcomes)}, duplicates 0, lost 0, wrong verdicts {missed}, {seeds}")
    assert len(outcomes) >= 12
    assert {each.mutant.name: each.said for each in outcomes if each.fate is not Fate.CAUGHT} == {}


@pytest.mark.parametrize("mutant", WHOLE, ids=lambda mutant: mutant.name)
def test_no_mutant_is_stale(mutant: Mutant) -> None:
    compile(mutant.mutated(ROOT / "console"), mutant.file, "exec")
    assert [node for node in mutant.nodes if not (ROOT / "tests" / node.partition("::")[0]).is_file()] == []


def test_every_mutant_has_a_name_of_its_own() -> None:
    assert [name for name, count in Counter(mutant.name for mutant in WHOLE).items() if count > 1] == []
    assert len(WHOLE) >= 60


@pytest.mark.parametrize("text", ["two", "one and one", None])
def test_a_text_that_is_not_there_once_is_stale(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "toy.py").write_text(text)
    with pytest.raises(Stale, match="toy"):
        TOY.mutated(tmp_path)


@pytest.mark.parametrize("changed", [{"new": "one"}, {"nodes": ()}])
def test_a_mutant_changes_something_that_somebody_looks_at(changed: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="toy"):
        Mutant(**{"name": "toy", "file": "toy.py", "old": "one", "new": "two", "nodes": ("a",), **changed})  # type: ignore[arg-type]  # a wrong one is meant


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    """A workshop of a project with one module and whatever pytest is said to answer."""
    project, folder = tmp_path / "project", tmp_path / "workshop"
    (project / "console").mkdir(parents=True)
    (project / "console" / "toy.py").write_text("one")
    (project / ".git").mkdir()
    (project / "tests").mkdir()
    folder.mkdir()
    monkeypatch.setattr(mutants, "ROOT", project)
    return Workshop(folder)


@pytest.mark.parametrize(
    ("status", "fate"), [(0, Fate.SURVIVED), (1, Fate.CAUGHT), (2, Fate.BROKEN), (4, Fate.BROKEN), (5, Fate.BROKEN)]
)
def test_only_a_test_that_fails_catches(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, status: int, fate: Fate
) -> None:
    seen: list[str] = []

    def ran(*_: object, **__: object) -> subprocess.CompletedProcess[str]:
        seen.append((workshop.console / "toy.py").read_text())
        return subprocess.CompletedProcess([], status, "", "")

    monkeypatch.setattr(subprocess, "run", ran)
    assert workshop.judge(TOY).fate is fate
    assert seen == ["two"]
    assert (workshop.console / "toy.py").read_text() == "one"
    assert sorted(path.name for path in workshop.folder.iterdir()) == ["console", "tests"]


def test_a_mutant_that_hangs_is_caught(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    def hangs(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("pytest", 1)

    monkeypatch.setattr(subprocess, "run", hangs)
    assert workshop.judge(TOY).fate is Fate.CAUGHT


def test_a_stale_mutant_is_told(workshop: Workshop) -> None:
    (workshop.console / "toy.py").write_text("three")
    assert workshop.judge(TOY).fate is Fate.STALE


def test_what_a_whole_run_came_to_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mutants, "LAST", tmp_path / ".soak" / "mutants.json")
    assert mutants.last() == {}
    mutants.remember([mutants.Outcome(TOY, Fate.CAUGHT, 1.0), mutants.Outcome(TOY, Fate.SURVIVED, 1.0)])
    kept = mutants.last()
    assert (kept["mutants"], kept["caught"], kept["others"]) == (2, 1, ["toy"])
    assert kept["commit"]
