"""Seeds known mistakes into a copy of the console, one at a time, and tells which of them no test notices.

`python packaging/mutants.py [--first] [NAME]…`: the mutants of `tests/mutants`, those of the gate and the verdicts only,
or those whose names hold one of the words. Exits 1 where one survived, is stale, or broke more than a test. What a run of
all of them came to is remembered in `.soak/mutants.json`, for `packaging/reliability.py`.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from soak import commit

if TYPE_CHECKING:
    from tests.mutants.mutant import Mutant

ROOT = Path(__file__).resolve().parent.parent
LAST = ROOT / ".soak" / "mutants.json"
SECONDS, WHOLE_SECONDS = 120, 1200
"""For the tests of one mutant, and for those of all of them without a mistake."""
LEFT_OUT = frozenset({".git", ".venv", ".cache"})
COPIED = frozenset({"console", "tests"})
PYTEST = ("-m", "pytest", "-p", "no:randomly", "-p", "no:cacheprovider", "-x", "-q", "--no-header", "--timeout=30")
PASSED, FAILED = 0, 1


class Fate(str, Enum):
    """What became of a mutant."""

    CAUGHT = "caught"
    SURVIVED = "SURVIVED"
    STALE = "STALE"
    BROKEN = "BROKEN"
    """Its tests could not be run, so nothing is known."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A mutant's fate, and what pytest or the table said."""

    mutant: Mutant
    fate: Fate
    seconds: float
    said: str = ""


class Workshop:
    """A folder with a copy of the project whose console may be spoilt; what no test imports is a link.

    The tests are copied too: some start processes where they stand themselves.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.console = folder / "console"
        for path in ROOT.iterdir():
            if path.name in COPIED:
                shutil.copytree(path, folder / path.name)
            elif path.suffix == ".py":
                shutil.copy2(path, folder)
            elif path.name not in LEFT_OUT:
                (folder / path.name).symlink_to(path)

    def pytest(self, nodes: Iterable[str], seconds: float = SECONDS) -> tuple[int, str]:
        """Run tests against the copy, so many seconds at most; return pytest's status and what it printed last."""
        words = [sys.executable, *PYTEST, *(f"tests/{node}" for node in nodes)]
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("COV", "PYTEST"))}
        variables = {**kept, "PYTHONDONTWRITEBYTECODE": "1", "QT_QPA_PLATFORM": "offscreen"}
        try:
            ran = subprocess.run(
                words, cwd=self.folder, env=variables, check=False, capture_output=True, text=True, timeout=seconds
            )
        except subprocess.TimeoutExpired:
            return FAILED, "it hung"
        return ran.returncode, "\n".join((ran.stdout + ran.stderr).splitlines()[-15:])

    @contextlib.contextmanager
    def spoilt(self, mutant: Mutant) -> Iterator[None]:
        """Have the mistake in the copy for a while; raises Stale."""
        path = self.console / mutant.file
        mutated, before = mutant.mutated(self.console), path.read_bytes()
        for compiled in path.parent.glob(f"__pycache__/{path.stem}.*.pyc"):
            compiled.unlink()  # told from the source by second and size: too coarse here
        path.write_text(mutated, "utf-8")
        try:
            yield
        finally:
            path.write_bytes(before)

    def judge(self, mutant: Mutant) -> Outcome:
        """Seed the mistake, run its tests and tell what became of it."""
        from tests.mutants.mutant import Stale

        began = time.monotonic()
        try:
            with self.spoilt(mutant):
                status, said = self.pytest(mutant.nodes)
        except Stale as stale:
            return Outcome(mutant, Fate.STALE, 0.0, str(stale))
        fate = {PASSED: Fate.SURVIVED, FAILED: Fate.CAUGHT}.get(status, Fate.BROKEN)
        return Outcome(mutant, fate, time.monotonic() - began, said)


def hunt(mutants: Sequence[Mutant]) -> Iterator[Outcome]:
    """Judge the mutants one by one. Raises RuntimeError where their tests fail also without a mistake."""
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        workshop = Workshop(Path(folder))
        status, said = workshop.pytest(
            dict.fromkeys(node for mutant in mutants for node in mutant.nodes), WHOLE_SECONDS
        )
        if status != PASSED:
            raise RuntimeError(f"the tests fail without any mutant:\n{said}")
        for mutant in mutants:
            yield workshop.judge(mutant)


def remember(outcomes: Sequence[Outcome]) -> None:
    """Keep what a whole run came to."""
    others = [outcome.mutant.name for outcome in outcomes if outcome.fate is not Fate.CAUGHT]
    facts = {"commit": commit(), "mutants": len(outcomes), "caught": len(outcomes) - len(others), "others": others}
    LAST.parent.mkdir(exist_ok=True)
    LAST.write_text(json.dumps(facts, ensure_ascii=False), "utf-8")


def last() -> dict[str, Any]:
    """What the last whole run here came to; nothing where there was none."""
    return dict(json.loads(LAST.read_text("utf-8"))) if LAST.exists() else {}


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Seed known mistakes and tell which of them no test notices.")
    parser.add_argument("--first", action="store_true", help="only those of the gate and the verdicts")
    parser.add_argument("names", nargs="*", help="only those whose names hold one of these words")
    wanted = parser.parse_args(words)
    sys.path.insert(0, str(ROOT))
    from tests.mutants.whole import FIRST, WHOLE

    chosen = FIRST if wanted.first else WHOLE
    if wanted.names:
        chosen = tuple(each for each in chosen if any(name in each.name for name in wanted.names))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the copy goes with us
    outcomes: list[Outcome] = []
    for outcome in hunt(chosen):
        outcomes.append(outcome)
        print(f"{outcome.fate.value:<9} {outcome.seconds:5.1f} s  {outcome.mutant.name}", flush=True)
        if outcome.fate is not Fate.CAUGHT:
            print(outcome.said)
    caught = sum(outcome.fate is Fate.CAUGHT for outcome in outcomes)
    if not (wanted.first or wanted.names):
        remember(outcomes)
    print(f"T-MUT mutants {len(outcomes)}, caught {caught}, others {len(outcomes) - caught}")
    return 0 if outcomes and caught == len(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
