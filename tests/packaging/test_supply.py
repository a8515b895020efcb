"""The lock, the environment and the list of parts: equal, and each difference is named."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

import supply
from supply import Locked

HASH = f"--hash=sha256:{'0' * 64}"
SOUND = f"one==1.0 \\\n    {HASH} \\\n    {HASH}\ntwo==2.0 ; sys_platform == 'nowhere' \\\n    {HASH}\n"
ONE, TWO = Locked("one", "1.0", "", 2), Locked("two", "2.0", "sys_platform == 'nowhere'", 1)


def test_the_projects_own_lock_environment_and_list_agree(capsys: pytest.CaptureFixture[str]) -> None:
    assert supply.main(["--check"]) == 0
    assert "packages are locked with" in capsys.readouterr().out


def test_a_lock_is_read() -> None:
    assert supply.locked(SOUND) == ([ONE, TWO], [])
    assert (ONE.is_here, TWO.is_here, ONE.purl) == (True, False, "pkg:pypi/one@1.0")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("one>=1.0", "not one version with its hashes: one>=1.0"),
        ("one==1.*", "not one version with its hashes: one==1.*"),
        ("one==1.0", "without SHA-256: one"),
        (f"one==1.0 --hash=md5:{'0' * 32}", "without SHA-256: one"),
        ("--index-url https://example.org/", "not one version with its hashes: --index-url https://example.org/"),
        (f"one @ https://example.org/one.whl {HASH}", "not one version with its hashes: one @ https://example.org"),
        (f"{SOUND}One==1.1 {HASH}", "twice: one"),
    ],
)
def test_what_is_not_pinned_is_named(text: str, problem: str) -> None:
    assert any(found.startswith(problem) for found in supply.locked(text)[1])


def test_an_environment_that_differs_is_named() -> None:
    assert supply.differences([ONE, TWO], {"one": "1.0", "setuptools": "65"}) == []
    assert supply.differences([ONE, TWO], {"one": "1.1", "two": "2.0", "stray": "3"}) == [
        *("not locked: stray 3", "not locked: two 2.0", "one is 1.1, locked 1.0"),
    ]
    assert supply.differences([ONE], {}) == ["not installed: one"]


def test_the_list_says_what_ships(tmp_path: Path) -> None:
    made = supply.bill(supply.locked()[0])
    scopes = {part["name"]: part["scope"] for part in made["components"]}
    assert (scopes["httpx"], scopes["h11"], scopes["pywin32-ctypes"]) == ("required",) * 3
    assert (scopes["pytest"], scopes["mypy"]) == ("excluded", "excluded")
    assert [made["bomFormat"], made["specVersion"]] == ["CycloneDX", "1.6"]
    references = {part["bom-ref"] for part in made["components"]}
    assert set(made["dependencies"][0]["dependsOn"]) <= references
    assert len(references) == len(made["components"])


def test_a_list_that_is_old_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supply, "SBOM", tmp_path / "sbom.json")
    assert supply.check() == ["docs/sbom.json is out of date: make sbom"]
    assert supply.main(["--update"]) == 0
    assert json.loads((tmp_path / "sbom.json").read_text())["components"]
    (tmp_path / "sbom.json").write_text("{}")
    assert supply.main(["--check"]) == 1


@pytest.mark.parametrize(("codes", "ends"), [([0, 0], 0), ([1], 1), ([0, 1], 1)])
def test_an_audit_fails_where_it_could_not_be_made(
    monkeypatch: pytest.MonkeyPatch, codes: list[int], ends: int
) -> None:
    asked: list[tuple[object, ...]] = []

    def run(words: tuple[object, ...], **_: object) -> subprocess.CompletedProcess[str]:
        asked.append(words)
        return subprocess.CompletedProcess([], codes[len(asked) - 1], "", "")

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr("venv.create", lambda *_, **__: None)
    assert supply.main(["--audit"]) == ends
    assert len(asked) == len(codes)
    assert supply.AUDITOR in asked[0]
