"""Comes back at the deadline, whatever the network does (measured: M4).

Knows: the clock, the thread that carries an exchange, and handles by which its connection can be cut.
Must not know: HTTP, what is sent, what it proves. Apart from `ui/jobs.py` and the sandbox's server, the console starts
threads only here.
"""

from __future__ import annotations

import contextlib
import functools
import socket
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from console.gateway.gate import Attempt, End, Phase

T = TypeVar("T")

GRACE = 0.5
"""Seconds that a cut worker has to tell what it saw; with it a page is told within a second of the deadline."""

_AWAKE_AND_ASLEEP: int | None = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))

clock: Callable[[], float] = (
    time.monotonic if _AWAKE_AND_ASLEEP is None else functools.partial(time.clock_gettime, _AWAKE_AND_ASLEEP)
)
"""Seconds on a clock that nobody can set and that runs on while the machine sleeps, on Linux, macOS and Windows."""


class NoWorker(Exception):
    """There is no thread to carry the exchange; nothing was begun and the gate is shut."""


class Cable:
    """A handle of our own on a connection's socket: cutting it ends reading, writing and TLS handshakes at once.

    The handle is a duplicate, so it works while the TLS layer holds the socket itself, and it never touches TLS.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._handle: socket.socket | None = None
        self._is_cut = False

    def plug(self, plain: socket.socket) -> None:
        """Take hold of a new connection, before TLS is on it; a cut cable cuts it at once."""
        with self._lock:
            self._release()
            self._handle = plain.dup()
            if self._is_cut:
                self._shut()

    def cut(self) -> None:
        """Shut the connection down, now or as soon as there is one."""
        with self._lock:
            self._is_cut = True
            self._shut()

    def unplug(self) -> None:
        """Let go of the handle."""
        with self._lock:
            self._release()

    def _shut(self) -> None:
        if self._handle is not None:
            with contextlib.suppress(OSError):  # the peer was faster
                self._handle.shutdown(socket.SHUT_RDWR)

    def _release(self) -> None:
        if self._handle is not None:
            self._handle.close()
            self._handle = None


class _Outcome(Generic[T]):
    """What a worker brings: taken by who waits for it or, if nobody does any more, handed to `late`."""

    def __init__(self, late: Callable[[T], None]) -> None:
        self.arrived = threading.Event()
        self._lock = threading.Lock()
        self._late = late
        self._brought: list[T] = []
        self._abandoned = False

    def put(self, value: T) -> None:
        with self._lock:
            self._brought.append(value)
            abandoned = self._abandoned
        self.arrived.set()
        if abandoned:
            self._late(value)

    def abandon(self) -> T | None:
        """Return what was brought; from now on it goes to `late`."""
        with self._lock:
            self._abandoned = True
            return self._brought[0] if self._brought else None


def watch(attempt: Attempt, cable: Cable, work: Callable[[], T], late: Callable[[T], None]) -> T | None:
    """Run `work` in a thread of its own and return what it brings, or None when the attempt ended first.

    At the attempt's end its gate is shut and its cable is cut. A worker that had come to the gate has a moment to tell
    how it ended; one that hangs in a look-up, a connection or a handshake is left behind, and what it brings in the
    end goes to `late` in its own thread. An interrupt of the waiting thread ends the attempt and is raised again.
    Raises NoWorker where the system has no thread left.
    """
    outcome = _Outcome(late)

    def carry() -> None:
        outcome.put(work())
        attempt.news.set()

    worker = threading.Thread(target=carry, name="gateway exchange", daemon=True)
    try:
        worker.start()
    except RuntimeError as error:
        attempt.close()
        raise NoWorker from error
    try:
        while not outcome.arrived.is_set() and not attempt.is_over():
            attempt.news.wait(attempt.patience)
        if not outcome.arrived.is_set() and _end(attempt, cable) is not Phase.OPEN:
            outcome.arrived.wait(GRACE)
    except BaseException:
        attempt.stop(End.INTERRUPTED)
        _end(attempt, cable)
        brought = outcome.abandon()
        if brought is not None:
            late(brought)
        raise
    return outcome.abandon()


def _end(attempt: Attempt, cable: Cable) -> Phase:
    before = attempt.close()
    cable.cut()
    return before
