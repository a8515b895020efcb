"""The watchdog comes back in time, whatever its worker does, and forgets nothing."""

import contextlib
import functools
import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from console.gateway import watchdog
from console.gateway.gate import Attempt, End, GateClosed
from console.gateway.watchdog import Cable, clock, watch
from tests.gateway.test_gate import Clock


def _attempt(total: float, gate: Callable[[str | None], None] = lambda peer: None) -> Attempt:
    return Attempt(gate, total, clock)


def _unwanted(value: object) -> None:
    raise AssertionError(f"nobody waits for {value}")


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Two sockets that are connected."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


@pytest.fixture
def cable() -> Iterator[Cable]:
    """A cable that is unplugged in the end."""
    cable = Cable()
    yield cable
    cable.unplug()


def test_clock_runs_on_while_the_machine_sleeps() -> None:
    assert abs(clock() - time.clock_gettime(time.CLOCK_BOOTTIME)) < 5
    assert isinstance(clock, functools.partial) and clock.args == (time.CLOCK_BOOTTIME,)  # alike until it slept


def test_what_is_brought_is_returned(cable: Cable) -> None:
    assert watch(_attempt(20), cable, lambda: "brought", _unwanted) == "brought"


def test_worker_that_never_came_to_the_gate_is_left_behind(cable: Cable) -> None:
    wake = threading.Event()
    late: list[str] = []
    arrived = threading.Event()
    attempt = _attempt(0.05)

    def hang() -> str:
        wake.wait(10)
        with contextlib.suppress(GateClosed):
            attempt.pass_gate(None)
        return "woken"

    def hear(value: str) -> None:
        late.append(value)
        arrived.set()

    assert watch(attempt, cable, hang, hear) is None
    assert attempt.end is End.DEADLINE
    assert late == []
    wake.set()
    assert arrived.wait(10)
    assert late == ["woken"]
    assert not attempt.passed


def test_worker_that_passed_the_gate_is_cut_and_heard(cable: Cable, pair: tuple[socket.socket, socket.socket]) -> None:
    ours, _theirs = pair
    attempt = _attempt(0.05)

    def read() -> bytes:
        cable.plug(ours)
        attempt.pass_gate(None)
        return ours.recv(1)

    assert watch(attempt, cable, read, _unwanted) == b""
    assert attempt.end is End.DEADLINE


def test_worker_that_passed_the_gate_and_hangs_is_left_behind(cable: Cable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchdog, "GRACE", 0.05)
    wake = threading.Event()
    late: list[str] = []
    attempt = _attempt(0.1)

    def hang() -> str:
        attempt.pass_gate(None)
        wake.wait(10)
        return "woken"

    assert watch(attempt, cable, hang, late.append) is None
    assert attempt.passed
    wake.set()
    _until(lambda: late == ["woken"])


def _until(is_so: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(1_000):
        if is_so():
            return
        pause.wait(0.01)
    raise AssertionError("it never came to that")


def test_gate_that_commits_too_long_is_given_up(cable: Cable) -> None:
    """The row may say anything then, but no byte leaves."""
    release = threading.Event()

    def slow(_peer: str | None) -> None:
        release.wait(10)

    attempt = _attempt(0.05, slow)
    late: list[str] = []

    def work() -> str:
        try:
            attempt.pass_gate(None)
        except GateClosed:
            return "refused"
        return "sent"

    assert watch(attempt, cable, work, late.append) is None
    assert not attempt.passed
    release.set()
    _until(lambda: late == ["refused"])


def test_person_ends_it_at_once(cable: Cable) -> None:
    wake = threading.Event()
    attempt = _attempt(600)
    late: list[str] = []

    def hang() -> str:
        attempt.stop(End.STOPPED)
        wake.wait(10)
        return "woken"

    begun = clock()
    assert watch(attempt, cable, hang, late.append) is None
    assert clock() - begun < 5
    assert attempt.end is End.STOPPED
    wake.set()
    _until(lambda: late == ["woken"])


def test_sleep_ends_it(cable: Cable) -> None:
    sleepy = Clock()
    attempt = Attempt(lambda peer: None, 600, sleepy)
    woken = threading.Event()

    def doze() -> str:
        sleepy.now += 300
        attempt.news.set()
        woken.wait(10)
        return "woken"

    late: list[str] = []
    assert watch(attempt, cable, doze, late.append) is None
    assert attempt.end is End.SLEPT
    woken.set()
    _until(lambda: late == ["woken"])


@pytest.mark.parametrize("brings_first", [True, False])
def test_interrupt_of_the_waiting_thread_ends_it(cable: Cable, brings_first: bool) -> None:
    late: list[str] = []
    wake, waits, done = threading.Event(), threading.Event(), threading.Event()

    class Interrupted(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            waits.set()
            if brings_first:
                done.wait(10)
            raise KeyboardInterrupt

    attempt = _attempt(600)
    attempt.news = Interrupted()

    def work() -> str:
        (waits if brings_first else wake).wait(10)
        return "brought"

    def told(value: str) -> None:
        late.append(value)

    original = watchdog._Outcome.put

    def put(outcome: "watchdog._Outcome[str]", value: str) -> None:
        original(outcome, value)
        done.set()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(watchdog._Outcome, "put", put)
        with pytest.raises(KeyboardInterrupt):
            watch(attempt, cable, work, told)
        assert attempt.end is End.INTERRUPTED
        wake.set()
        _until(lambda: late == ["brought"])


def test_cable_cuts_a_reader(cable: Cable, pair: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = pair
    cable.plug(ours)
    cable.cut()
    cable.cut()
    assert ours.recv(1) == b""
    assert theirs.recv(1) == b""


def test_cable_that_was_cut_cuts_at_once(cable: Cable, pair: tuple[socket.socket, socket.socket]) -> None:
    cable.cut()
    cable.plug(pair[0])
    assert pair[1].recv(1) == b""


def test_cable_takes_the_next_connection(cable: Cable, pair: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = pair
    with socket.socket() as old:
        cable.plug(old)
        cable.plug(ours)
    cable.cut()
    assert theirs.recv(1) == b""


def test_cable_suffers_a_peer_that_is_gone(cable: Cable) -> None:
    with socket.socket() as never_connected:
        cable.plug(never_connected)
        cable.cut()


def test_unplugged_cable_cuts_nothing(cable: Cable, pair: tuple[socket.socket, socket.socket]) -> None:
    ours, theirs = pair
    cable.plug(ours)
    cable.unplug()
    cable.unplug()
    cable.cut()
    ours.sendall(b"x")
    assert theirs.recv(1) == b"x"
