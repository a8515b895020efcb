"""What an installed copy needs, a line each: by itself offscreen, without a display, and without writing anything."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.e2e.processes import console
from tests.e2e.secret_service import desktop
from tests.flows.bench import Works

CHECKS = 8
MAIN = "import sys; from console.app import main; sys.exit(main(sys.argv[1:]))"


def lines(output: str) -> dict[str, str]:
    """What is said of each thing: the first word of the line and its end."""
    found = [line.partition(": ") for line in output.splitlines()]
    return {name[8:]: f"{name[:8].strip()} {what}" for name, _, what in found}


def test_a_new_sandbox_needs_nothing_more(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    done = console("selfcheck", "--sandbox", "--home", str(home))
    assert (done.returncode, done.stderr) == (0, "")
    said = lines(done.stdout)
    assert len(said) == CHECKS
    assert all(what.startswith("ok ") for what in said.values())
    assert said["forms"] == "ok 8 are there"
    assert list(home.iterdir()) == []


def test_a_journal_is_looked_at_beside_the_console_that_writes_it(home: Path) -> None:
    works = Works.start(home)
    works.send("order-1", "1500.00")
    done = console("--language", "ru", "selfcheck", "--sandbox", "--home", str(home))
    assert done.returncode == 0
    assert "не тронуты" in lines(done.stdout)["журнал"]
    works.close()


def test_a_touched_journal_and_a_missing_store_are_named(home: Path) -> None:
    Works.start(home).close()
    with closing(sqlite3.connect(home / "sandbox" / "journal.db")) as base:
        (trigger,) = base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' LIMIT 1").fetchone()
        base.execute(f"DROP TRIGGER {trigger}")
    done = console("selfcheck", "--sandbox", "--home", str(home))
    assert done.returncode == 1
    bad = {name: what for name, what in lines(done.stdout).items() if what.startswith("FAILED")}
    assert set(bad) == {"journal"}
    real = console("selfcheck", "--home", str(home))
    assert real.returncode == 1
    assert "no password store" in lines(real.stdout)["password store"]


def test_a_real_store_answers(home: Path) -> None:
    with desktop() as desk:
        done = desk.run(MAIN, "selfcheck", "--home", str(home), password="word")
        assert done.returncode == 0, done.stdout
        assert lines(done.stdout)["password store"] == "ok it answers"
