"""A forked child that waits until strace holds it, and a board in shared memory where it tells what happened.

Telling is no call to the kernel, so it is never the call that a fault hits, and SIGKILL cannot take it back.
"""

from __future__ import annotations

import mmap
import os
import signal
import threading
import traceback
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

from tests.faults import strace

Tell = Callable[[str], None]
Work = Callable[[Tell], None]
Tracing = Sequence[tuple[int, list[str]]]
ROOM = 1 << 20
SECONDS = 30
"""A child that takes longer is ended by SIGALRM: a fault may not make the console hang."""


class Board:
    """Lines in shared memory: one process writes, the other reads after its end."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, ROOM)
        self._end = 0

    def tell(self, line: str) -> None:
        """Add a line."""
        raw = line.replace("\n", " ").encode()[: ROOM // 2] + b"\n"
        self._memory[self._end : self._end + len(raw)] = raw
        self._end += len(raw)

    def lines(self) -> list[str]:
        """Everything that was told; then the board is gone."""
        told = self._memory[:].partition(b"\0")[0].decode().splitlines()
        self._memory.close()
        return told


class Child:
    """A child at its start line. `go` lets it run, `wait` waits for its end.

    Of `tracing` each entry is a lane and its strace options; a lane above 0 is attached when that thread starts.
    """

    def __init__(self, work: Work, tracing: Tracing = (), seconds: int = SECONDS) -> None:
        self._board = Board()
        self._tracing = tracing
        self._lane = max((lane for lane, _ in tracing), default=0)
        ready, self._go = os.pipe()
        release, self._release = os.pipe()
        self._thread, thread = os.pipe()
        self._process = os.fork()
        if self._process == 0:
            os.close(self._thread)
            _hold(self._lane, thread, release)
            os._exit(_live(work, self._board, ready, seconds))
        for handle in (ready, release, thread):
            os.close(handle)
        whole = [options for lane, options in tracing if lane == self._lane == 0]
        self._tracers = [strace.attach(self._process, options) for options in whole]

    def go(self) -> None:
        """Let it run, and attach to the thread that is wanted once it is there."""
        os.write(self._go, b"!")
        os.close(self._go)
        named = os.read(self._thread, 32) if self._lane else b""
        if named:
            threads = {0: self._process, self._lane: int(named)}
            self._tracers = [strace.attach(threads[lane], options) for lane, options in self._tracing]
            os.write(self._release, b"!")
        os.close(self._release)
        os.close(self._thread)

    def wait(self) -> tuple[int, list[str]]:
        """Return its exit code (or -signal) and what it told."""
        _, status = os.waitpid(self._process, 0)
        for tracer in self._tracers:
            tracer.communicate()
        return os.waitstatus_to_exitcode(status), self._board.lines()


def run(work: Work, tracing: Tracing = (), seconds: int = SECONDS) -> tuple[int, list[str]]:
    """Run `work` in a child to its end; return its exit code (or -signal) and what it told."""
    child = Child(work, tracing, seconds)
    child.go()
    return child.wait()


def _live(work: Work, board: Board, ready: int, seconds: int) -> int:
    signal.alarm(seconds)
    os.read(ready, 1)
    try:
        work(board.tell)
    except BaseException as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        board.tell(f"raised {type(error).__name__}: {error} at {Path(where.filename).name}:{where.lineno}"[:500])
        return 3
    return 0


def _hold(lane: int, named: int, release: int) -> None:
    """Let the thread of this lane say its number and wait before it does anything."""
    started, live = count(1), threading.Thread.run

    def held(thread: threading.Thread) -> None:
        if next(started) == lane:
            os.write(named, str(threading.get_native_id()).encode())
            os.read(release, 1)
        live(thread)

    setattr(threading.Thread, "run", held)  # noqa: B010  # mypy knows no assignment to a method
