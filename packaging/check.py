"""The gate: `.venv/bin/python packaging/check.py [STEP]…`.

Runs every step in order, or the named ones, goes on after a failure, and exits 1 when any failed. Needs no display, no
keyring service and no network.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypedDict

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
MEASURED = ROOT / ".cache" / "coverage.json"
MEASURING = ROOT / ".cache" / "coverage"
PYTEST_SECONDS = 2400
# What every package below the window keeps: all statements and branches. The one place where the threshold stands.
COVERED = 100.0
PACKAGES = ("domain", "catalogue", "gateway", "journal", "vault", "settings", "services", "sandbox")


class Summary(TypedDict):
    """The part of coverage's JSON that is counted."""

    num_statements: int
    num_branches: int
    covered_lines: int
    covered_branches: int


class Measured(TypedDict):
    """The part of coverage's JSON about one file."""

    summary: Summary
    missing_lines: list[int]
    missing_branches: list[list[int]]


def environment() -> dict[str, str]:
    """Offscreen, and without the screen that a developer's machine may have."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    return {**kept, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"}


def command(*words: str | Path) -> Callable[[], int]:
    return lambda: subprocess.run(words, cwd=ROOT, env=environment(), check=False).returncode


def pytest() -> int:
    """The tests with branch coverage; the time limit here holds also when a hang in C++ code outlives pytest's own.

    The folder of the measured data is emptied before and not removed after: the process that `multiprocessing` starts
    beside spawned ones ends after pytest, and writes what was measured of it then.
    """
    MEASURED.unlink(missing_ok=True)
    if MEASURING.exists():
        shutil.rmtree(MEASURING)
    MEASURING.mkdir(parents=True)
    words = (BIN / "pytest", "-q", "--cov", f"--cov-report=json:{MEASURED}", "--durations=10")
    variables = {**environment(), "COVERAGE_FILE": str(MEASURING / "data")}
    try:
        return subprocess.run(words, cwd=ROOT, env=variables, check=False, timeout=PYTEST_SECONDS).returncode
    except subprocess.TimeoutExpired:
        print(f"pytest did not end within {PYTEST_SECONDS} s")
        return 1


def coverage() -> int:
    """Compare what the last pytest step measured with `COVERED`; print file and line of what no test reached."""
    if not MEASURED.exists():
        print("no coverage was measured")
        return 1
    files: dict[str, Measured] = json.loads(MEASURED.read_text())["files"]
    low = 0
    for package in PACKAGES:
        inside = {path: facts for path, facts in files.items() if Path(path).parts[:2] == ("console", package)}
        percent = percentage(facts["summary"] for facts in inside.values())
        if percent < COVERED:
            low += 1
            print(f"console/{package}: {percent:.1f} %, below {COVERED:g} %")
            print_gaps(inside)
    return 1 if low else 0


def percentage(summaries: Iterable[Summary]) -> float:
    """Statements and branches together; an empty package counts as covered."""
    wanted = covered = 0
    for summary in summaries:
        wanted += summary["num_statements"] + summary["num_branches"]
        covered += summary["covered_lines"] + summary["covered_branches"]
    return 100 * covered / wanted if wanted else 100.0


def print_gaps(files: dict[str, Measured]) -> None:
    """One line a file: ranges of lines, and branches `from->to` that start on a line that was reached."""
    for path, facts in sorted(files.items()):
        missing = set(facts["missing_lines"])
        branches = [
            f"{start}->{end if end > 0 else 'exit'}" for start, end in facts["missing_branches"] if start not in missing
        ]
        if missing or branches:
            print(f"    {path}: {' '.join(ranges(facts['missing_lines']) + branches)}")


def ranges(lines: list[int]) -> list[str]:
    """`[3, 4, 5, 9]` as `["3-5", "9"]`."""
    found: list[list[int]] = []
    for line in sorted(lines):
        if found and line == found[-1][1] + 1:
            found[-1][1] = line
        else:
            found.append([line, line])
    return [str(first) if first == last else f"{first}-{last}" for first, last in found]


STEPS: dict[str, Callable[[], int]] = {
    "format": command(BIN / "ruff", "format", "--check", "."),
    "ruff": command(BIN / "ruff", "check", "."),
    "mypy": command(BIN / "mypy"),
    "contracts": command(BIN / "lint-imports", "--no-logo"),
    "translations": command(sys.executable, "packaging/translations.py", "--check"),
    "help": command(sys.executable, "packaging/help.py", "--check"),
    "licences": command(sys.executable, "packaging/licences.py", "--check"),
    "supply": command(sys.executable, "packaging/supply.py", "--check"),
    "pytest": pytest,
    "coverage": coverage,
}


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in STEPS]
    if unknown:
        print(f"no such step: {' '.join(unknown)}; there are {' '.join(STEPS)}", file=sys.stderr)
        return 2
    results: list[tuple[str, int, float]] = []
    for name in names or STEPS:
        print(f"== {name}", flush=True)
        start = time.monotonic()
        results.append((name, STEPS[name](), time.monotonic() - start))
    print("== summary")
    for name, code, seconds in results:
        print(f"{'ok    ' if code == 0 else 'FAILED'} {name:<13} {seconds:6.1f} s")
    return 1 if any(code for _, code, _ in results) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
