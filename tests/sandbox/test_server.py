"""The server: what it costs to connect is bounded, and stopping ends everything at once."""

import contextlib
import socket
from collections.abc import Iterator
from contextlib import closing
from threading import Event, Thread
from time import monotonic

import pytest

from console.domain.endpoint import Endpoint
from console.sandbox import server
from console.sandbox.clock import Clock
from console.sandbox.connection import Handler, Limits
from console.sandbox.ledger import Ledger
from console.sandbox.reception import Reception
from console.sandbox.replies import Reply
from console.sandbox.server import GatewayServer
from tests.sandbox.client import Client, accepted, heard, rows
from tests.sandbox.conftest import Open
from tests.sandbox.orders import body


class Entered(Clock):
    """The real clock, which tells when somebody waits."""

    def __init__(self) -> None:
        self.entered = Event()

    def wait(self, seconds: float, stop: Event) -> None:
        self.entered.set()
        super().wait(seconds, stop)


class Waiting(Reception):
    """A desk whose late orders are due when a test says so, and cannot be written down at first if it says so."""

    def __init__(self) -> None:
        self.due: float | None = None
        self.failures = 0
        self.surfaced = Event()

    def until_late(self) -> float | None:
        return self.due

    def surface(self) -> None:
        if self.due is not None:
            self.failures -= 1
            if self.failures >= 0:
                raise OSError("the disk is full")
            self.surfaced.set()
            self.due = None

    def receive(self, path: str, account: str, signature: str, body: bytes) -> Reply:
        del path, account, signature, body
        self.due = 0.001
        return Reply(200)


@pytest.fixture
def waiting() -> Iterator[GatewayServer]:
    running = GatewayServer(Waiting(), clock=Clock(), limits=Limits())
    running.start()
    yield running
    running.stop()


def test_it_listens_on_this_machine_alone(start: Open) -> None:
    client = Client(start())
    assert client.sandbox.url == f"http://127.0.0.1:{client.port}"
    with closing(client.dial()) as connection:
        assert connection.getpeername() == ("127.0.0.1", client.port)
    with socket.socket() as other, pytest.raises(ConnectionRefusedError):
        other.connect(("127.0.0.2", client.port))


def test_a_taken_port_is_an_error(start: Open) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError):
        start(port=taken.getsockname()[1])
    assert start().is_own


def test_it_listens_where_it_is_told(start: Open) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert start(port=port).url.endswith(f":{port}")


def test_who_finds_no_lane_free_is_sent_away(start: Open) -> None:
    client = Client(start(limits=Limits(lanes=1)))
    with closing(client.dial()) as first, closing(client.dial()) as second:
        assert heard(second) == b""
        first.shutdown(socket.SHUT_WR)
        assert heard(first) == b""
    while not (answer := served(client)):
        pass  # the first lane may be a moment from free
    assert b" 403 " in answer


def served(client: Client) -> bytes:
    with closing(client.dial()) as dialled, contextlib.suppress(ConnectionError):
        dialled.sendall(b"GET / HTTP/1.1\r\n\r\n")
        return heard(dialled)
    return b""


def test_stopping_ends_a_slow_answer_at_once(start: Open) -> None:
    clock = Entered()
    sandbox = start(clock=clock)
    client = Client(sandbox)
    ended: list[type[BaseException]] = []

    def post() -> None:
        try:
            client.post(Endpoint.PAYOUT, body(amount="10.31"))
        except OSError as trouble:
            ended.append(type(trouble))

    asking = Thread(target=post)
    asking.start()
    assert clock.entered.wait(10)
    before = monotonic()
    sandbox.close()
    asking.join(10)
    assert monotonic() - before < 5
    assert len(ended) == 1
    assert accepted(sandbox.ledger) == [body()["order_id"]]


def test_stopping_ends_a_silent_connection_at_once(start: Open) -> None:
    sandbox = start()
    client = Client(sandbox)
    with closing(client.dial()) as silent, closing(client.dial()) as half:
        half.sendall(b"POST /v1/payout HTTP/1.1\r\n")
        before = monotonic()
        sandbox.close()
        for connection in (silent, half):
            with contextlib.suppress(ConnectionResetError):
                assert heard(connection) == b""
        assert monotonic() - before < 5


def test_an_order_is_in_the_ledger_before_its_answer_goes_out(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    there: list[list[object]] = []
    sending = Handler._send

    def look(handler: Handler, status: int, reply: Reply) -> None:
        there.append(accepted(client.sandbox.ledger))
        sending(handler, status, reply)

    monkeypatch.setattr(Handler, "_send", look)
    assert client.post(Endpoint.PAYOUT, body()).status == 200
    assert there == [[body()["order_id"]]]


def test_a_bug_drops_the_connection_and_is_logged(
    client: Client, monkeypatch: pytest.MonkeyPatch, expected_log: list[object]
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Ledger, "accept", fail)
    with pytest.raises(ConnectionError):
        client.post(Endpoint.PAYOUT, body())
    assert len(expected_log) == 1
    assert accepted(client.sandbox.ledger) == []
    monkeypatch.undo()
    assert client.post(Endpoint.PAYOUT, body()).status == 200


def surfaces(waiting: GatewayServer, failures: int) -> bool:
    """Make a late order due in a moment, and tell whether it is accepted without another request."""
    reception = waiting.reception
    assert isinstance(reception, Waiting)
    reception.failures = failures
    with socket.create_connection(("127.0.0.1", waiting.server_port)) as connection:
        head = f"POST / HTTP/1.1\r\nHost: 127.0.0.1:{waiting.server_port}\r\nContent-Length: 0\r\n\r\n"
        connection.sendall(head.encode())
        assert heard(connection).startswith(b"HTTP/1.1 200 OK\r\n")
    return reception.surfaced.wait(10)


def test_late_orders_surface_while_nobody_asks(waiting: GatewayServer) -> None:
    assert surfaces(waiting, 0)


def test_a_fault_of_the_disk_is_outlived(
    waiting: GatewayServer, monkeypatch: pytest.MonkeyPatch, expected_log: list[object]
) -> None:
    monkeypatch.setattr(server, "PAUSE_SECONDS", 0)
    assert surfaces(waiting, 2)
    assert len(expected_log) == 2


def test_many_at_once_are_all_served_once(client: Client) -> None:
    def post(number: int) -> None:
        client.post(Endpoint.PAYOUT, body(order_id=f"PO-{number % 10}"))

    lanes = [Thread(target=post, args=(number,)) for number in range(20)]
    for lane in lanes:
        lane.start()
    for lane in lanes:
        lane.join(30)
    assert sorted(str(one) for one in accepted(client.sandbox.ledger)) == [f"PO-{number}" for number in range(10)]
    assert rows(client.sandbox.ledger, "SELECT status, count(*) FROM request GROUP BY status") == [(200, 10), (400, 10)]
