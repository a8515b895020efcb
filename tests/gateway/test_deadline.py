"""An attempt ends in time and in little memory, whatever it hangs in, and a worker that wakes late sends nothing."""

import socket
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from console.domain.digest import Digest
from console.domain.endpoint import Endpoint
from console.domain.exchange import Exchange, Reason
from console.gateway.carrier import Heard
from console.gateway.limits import Limits
from console.gateway.signing import Signed
from console.gateway.transport import Transport
from tests.gateway.attempts import BRIEF, PATIENT, Gate, Make
from tests.gateway.certificates import Authority
from tests.gateway.faults import Caller, FaultServer, answer, replies, replies_and_waits

SIGNED = Signed(b'{"order_id":"1234"}', b"\x00\xff" * 128, Digest.SHA1, "f" * 64)


def _create(transport: Transport, limits: Limits = PATIENT, **options: Any) -> Exchange:
    return transport.create(Endpoint.PAYOUT, SIGNED, options.pop("gate", Gate()), limits, **options)


def _ask(transport: Transport, limits: Limits = PATIENT) -> Exchange:
    return transport.ask(Endpoint.PAYOUT_STATUS, SIGNED, limits)


def _until(is_so: Callable[[], object]) -> None:
    pause = threading.Event()
    for _ in range(1_000):
        if is_so():
            return
        pause.wait(0.01)
    raise AssertionError("it never came to that")


# The end in time


class LookUp:
    """A look-up of names that hangs until it is released, and then finds what it was told."""

    def __init__(self) -> None:
        self.asked, self.release = threading.Event(), threading.Event()
        self.ports: list[int] = []

    def __call__(self, *_: object, **__: object) -> Any:
        self.asked.set()
        self.release.wait(20)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port)) for port in self.ports]


@pytest.fixture
def look_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[LookUp]:
    """The look-up of names, which is released in the end."""
    hanging = LookUp()
    monkeypatch.setattr(socket, "getaddrinfo", hanging)
    yield hanging
    hanging.release.set()


def test_hanging_look_up_is_left_behind_and_sends_nothing(
    transports: Make, authority: Authority, look_up: LookUp
) -> None:
    gate, late = Gate(), list[Exchange]()
    context = authority.issue("gateway.example").context()
    with FaultServer(Caller.read_to_end, context) as server:
        look_up.ports = [server.port]
        transport = transports("https://gateway.example")
        exchange = _create(transport, BRIEF, gate=gate, on_abandoned=late.append)
        assert (exchange.reason, exchange.gate_passed) == (Reason.DEADLINE, False)
        assert BRIEF.total <= exchange.duration < BRIEF.total + 1
        assert exchange.facts["host"] == "gateway.example"
        assert exchange.facts["end"] == "deadline"
        assert exchange.facts["seconds"] in {"0", "1"}
        look_up.release.set()
        _until(lambda: late)
        assert server.received() == b""
    assert gate.peers == []
    assert (late[0].reason, late[0].gate_passed) == (Reason.DEADLINE, False)


def test_silent_addresses_end_with_the_attempt(transports: Make, silent_port: int, look_up: LookUp) -> None:
    """Each address has the connect limit; the attempt has one deadline (M4)."""
    look_up.ports = [silent_port] * 3
    look_up.release.set()
    late: list[Exchange] = []
    limits = Limits(connect=0.4, write=5, read=5, total=0.5)
    exchange = _create(transports("https://gateway.example"), limits, on_abandoned=late.append)
    assert (exchange.reason, exchange.gate_passed) == (Reason.DEADLINE, False)
    assert exchange.duration < 1.2
    _until(lambda: late)
    assert not late[0].gate_passed


def test_person_stops_waiting_before_the_gate(transports: Make, look_up: LookUp) -> None:
    with FaultServer(Caller.read_to_end) as server:
        look_up.ports = [server.port]
        transport = transports("https://gateway.example")

        def stop() -> None:
            look_up.asked.wait(10)
            transport.stop_waiting()

        person = threading.Thread(target=stop)
        person.start()
        exchange = _create(transport)
        person.join()
        look_up.release.set()
    assert (exchange.reason, exchange.gate_passed) == (Reason.DEADLINE, False)
    assert exchange.facts["end"] == "stopped"


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_person_stops_waiting_after_the_gate(transports: Make, local: Any, scheme: str) -> None:
    def script(caller: Caller) -> None:
        caller.read_request()
        transport.stop_waiting()
        caller.read_to_end()

    with FaultServer(script, local if scheme == "https" else None) as server:
        transport = transports(server.url)
        exchange = _create(transport)
    assert (exchange.reason, exchange.gate_passed) == (Reason.DEADLINE, True)
    assert exchange.facts["end"] == "stopped"
    assert exchange.duration < 5


def test_stopping_nothing_is_nothing(transports: Make) -> None:
    with FaultServer(replies(answer())) as server:
        transport = transports(server.url)
        transport.stop_waiting()
        assert _create(transport).reason is Reason.ANSWERED
        transport.stop_waiting()


def test_machine_that_slept_is_not_waited_for(transports: Make) -> None:
    now = [0.0]

    def script(caller: Caller) -> None:
        caller.read_request()
        now[0] += 30.0
        caller.read_to_end()

    with FaultServer(script) as server:
        exchange = _create(transports(server.url, clock=lambda: now[0]))
    assert (exchange.reason, exchange.gate_passed) == (Reason.DEADLINE, True)
    assert exchange.facts["end"] == "slept"


def test_worker_that_does_not_wake_up_is_left_behind(transports: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it hangs in after the gate: the page is told within a second of the deadline, and it is unknown."""
    release, late = threading.Event(), list[Exchange]()

    def hang(*_: object) -> None:
        release.wait(20)

    monkeypatch.setattr(Heard, "read", hang)
    with FaultServer(replies_and_waits(answer())) as server:
        exchange = _create(transports(server.url), BRIEF, on_abandoned=late.append)
        assert (exchange.reason, exchange.gate_passed) == (Reason.DEADLINE, True)
        assert exchange.duration < BRIEF.total + 1
        release.set()
        _until(lambda: late)


# What it costs


HOSTILE: dict[str, bytes] = {
    "body": b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 1_000_000,
    "header": b"HTTP/1.1 200 OK\r\nA: " + b"x" * 1_000_000,
    "continue": b"HTTP/1.1 100 Continue\r\n\r\n" * 40_000,
    "chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * 200_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_answer_costs_little_memory(transports: Make, name: str) -> None:
    data = HOSTILE[name]

    def script(caller: Caller) -> None:
        caller.read_request()
        while not caller.stopping.is_set() and caller.send(data):
            pass

    with FaultServer(script) as server:
        transport = transports(server.url)
        tracemalloc.start()
        try:
            exchange = _create(transport, Limits(connect=5, write=5, read=5, total=1))
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert exchange.reason in {Reason.TOO_BIG, Reason.DEADLINE}
    assert peak < 4 * 1024 * 1024


def test_hanging_question_is_left_behind(transports: Make, look_up: LookUp) -> None:
    with FaultServer(Caller.read_to_end) as server:
        look_up.ports = [server.port]
        transport = transports("https://gateway.example")
        for _ in range(6):
            exchange = _ask(transport, Limits(connect=5, write=5, read=5, total=0.05))
            assert (exchange.reason, exchange.gate_passed) == (Reason.DEADLINE, False)
        look_up.release.set()
