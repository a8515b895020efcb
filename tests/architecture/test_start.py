"""The start: light before the first paint, clear without a display, and free of Qt where no window is needed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import console
from bench import CONSOLE, LATE, WATCH
from tests.architecture.source import ROOT
from tests.architecture.test_contracts import BLOCK_QT

MAIN = "import runpy, sys\nsys.argv = ['main.py', *sys.argv[1:]]\nrunpy.run_path('main.py', run_name='__main__')"


def run(script: str, *arguments: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **variables}
    words = (sys.executable, "-c", script, *arguments)
    return subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60)


def test_nothing_heavy_is_imported_before_the_first_paint(home: Path) -> None:
    """The four together cost more than the rest of the start; what needs them is imported after it."""
    done = run(WATCH + CONSOLE, home)
    assert done.returncode == 0, done.stderr
    assert set(json.loads(done.stdout)["modules"]) & set(LATE) == set()


def test_without_a_display_one_sentence_says_so() -> None:
    done = run(MAIN, "--sandbox", QT_QPA_PLATFORM="")
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "display" in done.stderr


@pytest.mark.parametrize("arguments", [("--version",), ("--help",), ("gateway", "--help"), ("verify", "--help")])
def test_what_needs_no_window_runs_without_qt(arguments: tuple[str, ...]) -> None:
    done = run(BLOCK_QT + MAIN, *arguments)
    assert done.returncode == 0, done.stderr
    assert console.__version__ in done.stdout or "usage:" in done.stdout


def test_wrong_usage_is_exit_2() -> None:
    assert run(MAIN, "--no-such-option").returncode == 2
