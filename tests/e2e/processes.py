"""The real program in processes of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 60
NO_QT = """
import sys
class Block:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"PySide6", "shiboken6"}:
            raise ImportError("Qt is blocked")
sys.meta_path.insert(0, Block())
from console.app import main
sys.exit(main(sys.argv[1:]))
"""


def environment() -> dict[str, str]:
    """The environment of a process that must find nothing of this test's."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}


def console(*arguments: str, without_qt: bool = False) -> subprocess.CompletedProcess[str]:
    """Run `main.py` to its end."""
    start = ["-c", NO_QT] if without_qt else [str(ROOT / "main.py")]
    return subprocess.run(
        [sys.executable, *start, *arguments],
        capture_output=True, text=True, timeout=SECONDS, cwd=ROOT, env=environment(), check=False,
    )  # fmt: skip


def script(text: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a Python text to its end, however that comes."""
    return subprocess.run(
        [sys.executable, "-c", text, *arguments],
        capture_output=True, text=True, timeout=SECONDS, cwd=ROOT, env=environment(), check=False,
    )  # fmt: skip


@contextmanager
def gateway(home: Path) -> Iterator[dict[str, str]]:
    """The sandbox's gateway in a process of its own; what it said of itself."""
    with subprocess.Popen(
        [sys.executable, "-c", NO_QT, "gateway", "--home", str(home)],
        stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment(),
    ) as process:  # fmt: skip
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(SECONDS) == 0
