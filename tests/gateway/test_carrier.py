"""A connection and what httpx tells of it: the canary for the order of its events, the guard, proxies."""

import contextlib
import re
import select
import socket
import ssl
from collections.abc import Callable, Mapping
from typing import Any

import httpx
import pytest

from console.domain.endpoint import Endpoint
from console.domain.exchange import Exchange, Reason
from console.gateway.carrier import Carrier, Heard, authority_of
from console.gateway.gate import Attempt, GateClosed
from console.gateway.limits import Limits
from console.gateway.tls import fingerprint_of
from console.gateway.watchdog import clock
from tests.gateway.attempts import BRIEF, PATIENT, SIGNED, Gate, Make
from tests.gateway.certificates import Authority
from tests.gateway.faults import Caller, FaultServer, Script, answer, replies

CONNECT = ["connection.connect_tcp.started", "connection.connect_tcp.complete"]
TLS = ["connection.start_tls.started", "connection.start_tls.complete"]
SEND = [
    "http11.send_request_headers.started",
    "http11.send_request_headers.complete",
    "http11.send_request_body.started",
    "http11.send_request_body.complete",
    "http11.receive_response_headers.started",
    "http11.receive_response_headers.complete",
]
READ = [
    "http11.receive_response_body.started",
    "http11.receive_response_body.complete",
    "http11.response_closed.started",
    "http11.response_closed.complete",
]


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Every event with the method of its request, in order."""
    seen: list[tuple[str, str]] = []
    original = Carrier._on_event

    def note(carrier: Carrier, event: str, info: Mapping[str, Any]) -> None:
        seen.append((event, info["request"].method.decode() if "request" in info else ""))
        original(carrier, event, info)

    monkeypatch.setattr(Carrier, "_on_event", note)
    return seen


@pytest.fixture
def alone(authority: Authority) -> Callable[[], Carrier]:
    """Makes carriers without a transport around them."""
    return lambda: Carrier(is_tls=True, extra_root=authority.root.pem, proxy=None, keep=False)


def _create(make: Make, url: str, gate: Gate | None = None, limits: Limits = PATIENT, **options: Any) -> Exchange:
    return make(url, **options).create(Endpoint.PAYOUT, SIGNED, gate or Gate(), limits)


# The canary: should one of these fail after an update of httpx, the gate must be looked at again (failure model 2.4)


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_canary_order_of_events(
    transports: Make, local: ssl.SSLContext, events: list[tuple[str, str]], scheme: str
) -> None:
    with FaultServer(replies(answer()), local if scheme == "https" else None) as server:
        assert _create(transports, server.url).reason is Reason.ANSWERED
    assert [name for name, _ in events] == CONNECT + (TLS if scheme == "https" else []) + SEND + READ
    assert {method for name, method in events if name == SEND[0]} == {"POST"}


def test_canary_no_byte_before_the_event(transports: Make, events: list[tuple[str, str]]) -> None:
    """At the moment of the event the server has nothing to read, and a while later neither."""
    silent: list[bool] = []
    with FaultServer(Caller.read_to_end) as server:

        class Looks(Gate):
            def __call__(self, peer: str | None) -> None:
                while not server.callers:
                    select.select([], [], [], 0.001)
                silent.append(not select.select([server.callers[0].socket], [], [], 0.05)[0])
                raise OSError

        exchange = _create(transports, server.url, Looks())
        assert server.received() == b""
    assert silent == [True]
    assert not exchange.gate_passed
    assert events[-1][0] in {"http11.response_closed.complete", SEND[0]}
    assert SEND[1] not in [name for name, _ in events]


@pytest.mark.parametrize("order", ["lost", "late"])
def test_guard_holds_when_the_events_change(transports: Make, monkeypatch: pytest.MonkeyPatch, order: str) -> None:
    """An httpx without our event, or with it after the bytes, sends nothing at all."""
    original = Carrier._on_event

    def changed(carrier: Carrier, event: str, info: Mapping[str, Any]) -> None:
        if event == SEND[0]:
            return
        original(carrier, SEND[0] if order == "late" and event == SEND[1] else event, info)

    monkeypatch.setattr(Carrier, "_on_event", changed)
    gate = Gate()
    with FaultServer(Caller.read_to_end) as server:
        exchange = _create(transports, server.url, gate)
        assert server.received() == b""
    assert gate.peers == []
    assert (exchange.reason, exchange.gate_passed) == (Reason.GATE, False)


def test_connection_is_tried_once(transports: Make, events: list[tuple[str, str]]) -> None:
    """A repetition is a person's, also where nothing left yet."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert _create(transports, f"http://127.0.0.1:{port}").reason is Reason.REFUSED
    assert [name for name, _ in events].count(CONNECT[0]) == 1


def test_second_request_in_one_attempt_is_refused(
    transports: Make, local: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever would repeat a create finds the gate shut."""
    original = Carrier.send

    def twice(carrier: Carrier, request: httpx.Request, attempt: Attempt, heard: Heard) -> None:
        original(carrier, request, attempt, heard)
        original(carrier, request, attempt, Heard())

    monkeypatch.setattr(Carrier, "send", twice)
    gate = Gate()
    with FaultServer(replies(answer()), local) as server:
        exchange = _create(transports, server.url, gate)
        assert server.received() == exchange.request_head + exchange.request_body
    assert len(gate.peers) == 1
    assert exchange.gate_passed


def test_peer_without_certificate_is_refused(
    transports: Make, local: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = Carrier._on_event

    def forgets(carrier: Carrier, event: str, info: Mapping[str, Any]) -> None:
        original(carrier, event, info)
        carrier.certificate = None

    monkeypatch.setattr(Carrier, "_on_event", forgets)
    gate = Gate()
    with FaultServer(Caller.read_to_end, local) as server:
        exchange = _create(transports, server.url, gate)
        assert server.received() == b""
    assert (exchange.reason, exchange.gate_passed, gate.peers) == (Reason.GATE, False, [])


class _Stream:
    """A stream of httpcore's, as far as the guard knows one."""

    def __init__(self) -> None:
        self.written: list[bytes] = []

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return b"read"

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.written.append(buffer)


def test_guard_without_an_attempt_lets_nothing_through(alone: Callable[[], Carrier]) -> None:
    with contextlib.closing(alone()) as carrier:
        stream = _Stream()
        carrier._guard(stream)
        with pytest.raises(GateClosed):
            stream.write(b"x")
        with pytest.raises(GateClosed):
            stream.read(1)
    assert stream.written == []


def test_guard_follows_the_attempt(alone: Callable[[], Carrier]) -> None:
    now = [0.0]
    with contextlib.closing(alone()) as carrier:
        stream = _Stream()
        carrier._guard(stream)
        carrier._attempt = attempt = Attempt(lambda peer: None, 1, lambda: now[0])
        with pytest.raises(GateClosed):
            stream.write(b"early")
        attempt.pass_gate(None)
        stream.write(b"x")
        assert stream.read(1) == b"read"
        now[0] = 2.0
        assert attempt.is_over()
        with pytest.raises(GateClosed):
            stream.read(1)
    assert stream.written == [b"x"]


def test_events_of_no_interest(alone: Callable[[], Carrier]) -> None:
    with contextlib.closing(alone()) as carrier:
        carrier._on_event("connection.close.started", {})
        carrier._on_event("http11.response_closed.started", {})
        carrier._on_event("http11.send_request_headers.started", {"request": httpx.Request("POST", "https://a")})


# Proxies


def _passes_on(port: int, reply: bytes = b"HTTP/1.1 200 OK\r\n\r\n") -> Script:
    """A proxy that opens a tunnel to a port of this machine."""

    def script(caller: Caller) -> None:
        caller.read_head()
        caller.send(reply)
        with socket.create_connection(("127.0.0.1", port)) as far:
            sides = {caller.socket: far, far: caller.socket}
            while True:
                for side in select.select(list(sides), [], [], 10)[0]:
                    data = side.recv(65536)
                    if not data:
                        return
                    sides[side].sendall(data)

    return script


def test_tunnel_is_asked_for_and_the_gate_is_not(
    transports: Make, authority: Authority, events: list[tuple[str, str]]
) -> None:
    issued = authority.issue("127.0.0.1")
    gate = Gate()
    with FaultServer(replies(answer()), issued.context()) as server, FaultServer(_passes_on(server.port)) as proxy:
        address = f"http://user:secret@127.0.0.1:{proxy.port}"
        exchange = _create(transports, server.url, gate, proxy=address)
        asked = proxy.received()
        assert server.received() == exchange.request_head + exchange.request_body
    assert gate.peers == [fingerprint_of(issued.der)]
    assert exchange.reason is Reason.ANSWERED
    assert exchange.facts["proxy"] == f"127.0.0.1:{proxy.port}"
    assert re.match(rb"CONNECT 127\.0\.0\.1:%d HTTP/1\.1\r\n" % server.port, asked)
    assert b"Proxy-Authorization: Basic" in asked
    assert b"POST" not in asked
    assert [method for name, method in events if name == SEND[0]] == ["CONNECT", "POST"]
    assert "secret" not in repr(exchange)


@pytest.mark.parametrize(
    ("script", "limits", "reason"),
    [
        (replies(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"), PATIENT, Reason.PROXY),
        (replies(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"), PATIENT, Reason.PROXY),
        (lambda caller: None, PATIENT, Reason.PROXY),
        (Caller.reset, PATIENT, Reason.PROXY),
        (replies(b"garbage\r\n\r\n"), PATIENT, Reason.PROXY),
        (Caller.read_to_end, Limits(connect=5, write=5, read=0.2, total=20), Reason.PROXY),
        (Caller.read_to_end, BRIEF, Reason.DEADLINE),
    ],
)
def test_proxy_that_opens_no_tunnel(transports: Make, script: Script, limits: Limits, reason: Reason) -> None:
    gate = Gate()
    with FaultServer(script) as proxy:
        exchange = _create(transports, "https://127.0.0.1:1", gate, limits, proxy=f"http://127.0.0.1:{proxy.port}")
        assert b"POST" not in proxy.received()
    assert (exchange.reason, exchange.gate_passed, gate.peers) == (reason, False, [])
    assert exchange.facts["proxy"] == f"127.0.0.1:{proxy.port}"


def test_proxy_that_is_not_there(transports: Make) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    exchange = _create(transports, "https://127.0.0.1:1", proxy=f"http://127.0.0.1:{port}")
    assert (exchange.reason, exchange.gate_passed) == (Reason.PROXY, False)


def test_proxy_that_intercepts(transports: Make) -> None:
    """A tunnel to somebody else shows another certificate."""
    other = Authority("Employer", "Proxy").issue("127.0.0.1").context()
    gate = Gate()
    with FaultServer(Caller.read_to_end, other) as stranger, FaultServer(_passes_on(stranger.port)) as proxy:
        exchange = _create(transports, "https://127.0.0.1:1", gate, proxy=f"http://127.0.0.1:{proxy.port}")
        assert stranger.received() == b""
    assert (exchange.reason, exchange.gate_passed, gate.peers) == (Reason.TLS_ISSUER, False, [])
    assert exchange.facts["issuer"] == "Employer (Proxy)"


def test_proxy_by_tls_is_verified_by_the_system(transports: Make, local: ssl.SSLContext) -> None:
    """The extra root is for the gateway alone: it does not vouch for a proxy."""
    with FaultServer(Caller.read_to_end, local) as proxy:
        exchange = _create(transports, "https://127.0.0.1:1", proxy=f"https://127.0.0.1:{proxy.port}")
        assert proxy.received() == b""
    assert (exchange.reason, exchange.gate_passed) == (Reason.PROXY, False)


def test_proxy_by_tls_carries_tls(transports: Make, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the system trusted the proxy; the peer is the gateway and not the proxy."""
    from console.gateway import carrier, tls

    monkeypatch.setattr(carrier, "context_for", lambda extra_root=None: tls.context_for(authority.root.pem))
    issued = authority.issue("127.0.0.1")
    gate = Gate()
    with (
        FaultServer(replies(answer()), issued.context()) as server,
        FaultServer(_passes_on(server.port), authority.issue("127.0.0.1").context()) as proxy,
    ):
        exchange = _create(transports, server.url, gate, proxy=f"https://127.0.0.1:{proxy.port}")
        assert b"POST" not in proxy.received()
    assert exchange.reason is Reason.ANSWERED, exchange.detail
    assert gate.peers == [fingerprint_of(issued.der)]


def test_loopback_needs_no_proxy(transports: Make) -> None:
    with FaultServer(replies(answer())) as server:
        exchange = _create(transports, server.url, proxy="http://127.0.0.1:1")
    assert exchange.reason is Reason.ANSWERED
    assert "proxy" not in exchange.facts


@pytest.mark.parametrize(
    ("proxy", "shown"),
    [
        ("http://127.0.0.1:3128", "127.0.0.1:3128"),
        ("http://user:pass@proxy.example:3128/", "proxy.example:3128"),
        ("http://a@b@host", "host"),
    ],
)
def test_name_and_password_of_a_proxy_are_not_shown(proxy: str, shown: str) -> None:
    assert authority_of(proxy) == shown


def test_clock_is_the_one_that_counts_sleep() -> None:
    assert Attempt(lambda peer: None, 1, clock).age < 1
