"""The ground that fault suites stand on: one gateway in a process of its own, a template home, and two nurseries."""

from __future__ import annotations

import json
import os
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from tests.faults.child import Tracing

ROOT = Path(__file__).resolve().parents[2]
MEMORY = Path("/dev/shm")
SECONDS = 60
NURSERIES = 2
GATEWAY = """
import sys
from console.sandbox import entries, replies
entries.SETTLES_AFTER, entries.LATE_BY, replies.SLOW_BY = 0.0, 0.2, 0.0
from console.app import main
sys.exit(main(["gateway", "--home", sys.argv[1]]))
"""
"""The gateway as `main.py gateway` runs it, but for its waits, which no case waits for."""


class Ground:
    """Where cases are played. Numbers of cases are never used twice, so recipients are not either."""

    def __init__(self, folder: Path, ledger: Path, nurseries: Sequence[subprocess.Popen[str]]) -> None:
        self.folder = folder
        self.ledger = ledger
        self._nurseries = nurseries
        self._numbers = count(1)
        self.template = folder / "template"

    def case(self, *acts: tuple[str, Tracing], look: str | None, kopecks: int = 0) -> dict[str, Any]:
        """An order for one case: the acts with their strace options, and how the aftermath looks at them."""
        number = next(self._numbers)
        first = bool(acts) and acts[0][0] in {"founding", "connect"}
        return {
            "deed": "case", "folder": str(self.folder / f"case-{number}"), "number": number, "kopecks": kopecks,
            "template": None if first else str(self.template), "gateway": str(self.folder / "sandbox" / "gateway"),
            "acts": acts, "look": look,
        }  # fmt: skip

    def number(self) -> int:
        """A fresh number."""
        return next(self._numbers)

    def play(self, orders: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Let the nurseries work through the orders; return the answers in the order of the orders."""
        answers: dict[int, dict[str, Any]] = {}
        waiting = list(enumerate(orders))[::-1]
        busy: dict[int, int] = {}
        with selectors.DefaultSelector() as selector:
            for place, nursery in enumerate(self._nurseries):
                assert nursery.stdout is not None
                selector.register(nursery.stdout, selectors.EVENT_READ, place)
            while waiting or busy:
                for place in range(len(self._nurseries)):
                    if waiting and place not in busy:
                        busy[place], order = waiting.pop()
                        _hand(self._nurseries[place], order)
                for key, _ in selector.select():
                    answers[busy.pop(key.data)] = _answer(self._nurseries[key.data])
        return [answers[place] for place in range(len(orders))]

    def first(self, order: dict[str, Any]) -> dict[str, Any]:
        """Play one order."""
        return self.play([order])[0]

    def everywhere(self, order: dict[str, Any]) -> None:
        """Let every nursery do the same."""
        for nursery in self._nurseries:
            _hand(nursery, order)
        for nursery in self._nurseries:
            _answer(nursery)


@contextmanager
def ground() -> Iterator[Ground]:
    """Start the gateway and the nurseries, and make the template home; all of it is gone afterwards."""
    with ExitStack() as undo:
        folder = Path(tempfile.mkdtemp(prefix="faults-", dir=MEMORY if MEMORY.is_dir() else None))
        undo.callback(shutil.rmtree, folder, ignore_errors=True)
        (folder / "sandbox").mkdir(mode=0o700)
        ledger = undo.enter_context(gateway("-c", GATEWAY, str(folder)))
        nurseries = [
            undo.enter_context(_process(["-m", "tests.faults.nursery", str(ledger)])) for _ in range(NURSERIES)
        ]
        made = Ground(folder, ledger, nurseries)
        connected = made.first({**made.case(("connect", []), look=None), "folder": str(made.template)})
        assert connected == {"code": 0, "told": ["opened"]}, connected
        made.everywhere({"deed": "warm", "template": str(made.template)})
        yield made


@contextmanager
def gateway(*words: str) -> Iterator[Path]:
    """Run a gateway as a Python process of its own with these arguments; give its ledger."""
    with _process(words) as process:
        assert process.stdout is not None
        yield Path(json.loads(process.stdout.readline())["ledger"])


@contextmanager
def _process(words: Sequence[str]) -> Iterator[subprocess.Popen[str]]:
    """A Python process without coverage: what it does is counted by the suites of its own module."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    with subprocess.Popen(
        [sys.executable, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
        env={**environment, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"},
    ) as process:  # fmt: skip
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=SECONDS)


def _hand(nursery: subprocess.Popen[str], order: dict[str, Any]) -> None:
    assert nursery.stdin is not None
    nursery.stdin.write(json.dumps(order) + "\n")
    nursery.stdin.flush()


def _answer(nursery: subprocess.Popen[str]) -> dict[str, Any]:
    assert nursery.stdout is not None
    line = nursery.stdout.readline()
    assert line, "a nursery ended"
    return dict(json.loads(line))
