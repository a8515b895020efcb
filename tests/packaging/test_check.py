"""The gate: every step runs, a failure is remembered, and coverage is compared by package."""

import json
import subprocess
from pathlib import Path

import pytest

import check

SUMMARY = {"num_statements": 8, "num_branches": 2, "covered_lines": 8, "covered_branches": 2}


def measure(folder: Path, monkeypatch: pytest.MonkeyPatch, **changed: object) -> None:
    facts = {"summary": {**SUMMARY, **changed}, "missing_lines": [3, 4, 7], "missing_branches": [[4, 5], [8, -1]]}
    path = folder / "coverage.json"
    path.write_text(json.dumps({"files": {"console/domain/money.py": facts, "console/ui/form.py": facts}}))
    monkeypatch.setattr(check, "MEASURED", path)


def test_a_failure_does_not_stop_the_others(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[str] = []

    def step(name: str, code: int) -> int:
        ran.append(name)
        return code

    monkeypatch.setattr(check, "STEPS", {"first": lambda: step("first", 3), "second": lambda: step("second", 0)})
    assert check.main([]) == 1
    assert ran == ["first", "second"]
    said = capsys.readouterr().out
    assert "FAILED first" in said
    assert "ok     second" in said


def test_named_steps_alone_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "STEPS", {"bad": lambda: 1, "good": lambda: 0})
    assert check.main(["good"]) == 0
    assert check.main(["strange"]) == 2


def test_full_coverage_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measure(tmp_path, monkeypatch)
    assert check.coverage() == 0


def test_one_branch_less_fails_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    measure(tmp_path, monkeypatch, covered_branches=1)
    assert check.coverage() == 1
    assert capsys.readouterr().out.splitlines() == [
        "console/domain: 90.0 %, below 100 %",
        "    console/domain/money.py: 3-4 7 8->exit",
    ]


def test_what_was_not_measured_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "MEASURED", tmp_path / "absent.json")
    assert check.coverage() == 1


def test_who_ends_after_the_tests_can_still_write_what_was_measured_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "MEASURED", tmp_path / "cache" / "coverage.json")
    monkeypatch.setattr(check, "MEASURING", tmp_path / "cache" / "coverage")
    data: list[Path] = []

    def run(words: object, *, env: dict[str, str], **_: object) -> subprocess.CompletedProcess[str]:
        data.append(Path(env["COVERAGE_FILE"]))
        assert not list(data[0].parent.iterdir()), "what an earlier run measured is counted again"
        return subprocess.CompletedProcess("pytest", 5)

    monkeypatch.setattr(subprocess, "run", run)
    assert check.pytest() == 5
    data[0].with_suffix(".late").touch()
    assert check.pytest() == 5
    assert len(data) == 2


def test_tests_that_hang_fail_the_gate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check, "MEASURED", tmp_path / "cache" / "coverage.json")
    monkeypatch.setattr(check, "MEASURING", tmp_path / "cache" / "coverage")

    def run(words: object, *, timeout: int, **_: object) -> None:
        raise subprocess.TimeoutExpired("pytest", timeout)

    monkeypatch.setattr(subprocess, "run", run)
    assert check.pytest() == 1
    assert capsys.readouterr().out == "pytest did not end within 2400 s\n"
