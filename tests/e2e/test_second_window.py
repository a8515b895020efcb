"""A second start of the real program: the first window comes to the front, and the second process ends."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.e2e.processes import ROOT, SECONDS, console, environment, script

TELLS = """
import sys
from console.app import front, main
from console.app.console import Console

kept, looked = front.to_front, Console.look

def raised(window):
    window.showMinimized()
    kept(window)
    print("raised", window.isMinimized(), flush=True)

def look(self, trouble):
    looked(self, trouble)
    print("looks", trouble.code, flush=True)
    self.start(lambda _: QApplication.exit(7))

from PySide6.QtWidgets import QApplication
front.to_front, Console.look = raised, look
listen = front.Front._listen
def listening(self):
    listen(self)
    if not self._console.is_looking:
        print("listens", flush=True)
front.Front._listen = listening
front.ANSWERS_IN, front.PATIENCE = int(sys.argv.pop(1)), float(sys.argv.pop(1))
sys.exit(main(sys.argv[1:]))
"""


@contextmanager
def first(home: Path) -> Iterator[subprocess.Popen[str]]:
    """The program at work on its sandbox, listening."""
    words = [sys.executable, "-c", TELLS, "2000", "3", "--sandbox", "--home", str(home)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment()) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "listens\n"
        try:
            yield process
        finally:
            process.send_signal(signal.SIGCONT)
            process.send_signal(signal.SIGTERM)
            assert process.wait(SECONDS) == 0


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "The console is already open; its window was brought to the front.\n"),
        ("ru", "Консоль уже открыта; её окно выведено вперёд.\n"),
    ],
)
def test_the_first_comes_to_the_front_and_the_second_goes(home: Path, language: str, said: str) -> None:
    with first(home) as process:
        second = console("--language", language, "--sandbox", "--home", str(home))
        assert (second.returncode, second.stdout, second.stderr) == (0, said, "")
        assert process.stdout is not None
        assert process.stdout.readline() == "raised False\n"


def test_one_that_hangs_is_left_alone_and_its_home_looked_at(home: Path) -> None:
    with first(home) as process:
        process.send_signal(signal.SIGSTOP)
        second = script(TELLS, "100", "0", "--sandbox", "--home", str(home))
        assert (second.returncode, second.stdout) == (7, "looks E-SECOND\n"), second.stderr


def test_one_that_was_killed_stops_nobody(home: Path) -> None:
    words = [sys.executable, "-c", TELLS, "2000", "3", "--sandbox", "--home", str(home)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment()) as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline() == "listens\n"
        killed.kill()
    with first(home):
        pass


@pytest.mark.parametrize("where", [("--sandbox",), ()], ids=["sandbox", "welcome"])
def test_two_that_start_at_once_are_one_in_the_end(home: Path, where: tuple[str, ...]) -> None:
    """Neither listens yet when the other one asks; the one that does not get the lock, or the channel where no home was
    begun, asks again until it is heard.
    """
    words = [sys.executable, str(ROOT / "main.py"), *where, "--home", str(home)]
    processes = [
        subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment()) for _ in range(2)
    ]
    while all(process.poll() is None for process in processes):
        try:
            processes[0].wait(0.05)
        except subprocess.TimeoutExpired:
            continue
    (gone,) = [process for process in processes if process.poll() is not None]
    (stays,) = [process for process in processes if process is not gone]
    assert gone.communicate()[0] == "The console is already open; its window was brought to the front.\n"
    assert gone.returncode == 0
    stays.send_signal(signal.SIGTERM)
    stays.communicate(timeout=SECONDS)
    assert stays.returncode == 0
