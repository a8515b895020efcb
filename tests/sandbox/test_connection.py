"""One connection: what is answered to whom does not keep to HTTP, to this host, to the caps or to the time."""

import io
import json
import socket
import struct
from collections.abc import Iterator
from contextlib import closing
from threading import Event

import pytest

from console.domain.endpoint import Endpoint
from console.sandbox import connection
from console.sandbox.connection import Handler, Limits, Rationed, TooMuch
from console.sandbox.server import GatewayServer
from tests.sandbox.client import Answer, Client, heard, rows
from tests.sandbox.conftest import Open
from tests.sandbox.orders import body

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    here, there = socket.socketpair()
    with closing(here), closing(there):
        yield here, there


def say(client: Client, said: bytes, *, end: bool = False) -> Answer | None:
    """Send bytes as they are; None where nothing comes back. `end` ends our side first."""
    with closing(client.dial()) as dialled:
        dialled.sendall(said)
        if end:
            dialled.shutdown(socket.SHUT_WR)
        came = heard(dialled)
    if not came:
        return None
    head, _, content = came.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    return Answer(int(first.split()[1]), dict(line.lower().split(": ", 1) for line in lines), content)


def head(client: Client, *lines: str, first: str = "POST /v1/payout HTTP/1.1", host: str | None = None) -> bytes:
    wanted = [first, f"Host: {host or f'127.0.0.1:{client.port}'}", *lines, "", ""]
    return "\r\n".join(wanted).encode()


def signed(client: Client, sent: bytes, endpoint: Endpoint = Endpoint.PAYOUT) -> list[str]:
    headers = client.headers(endpoint.key, sent) | {"Content-Length": str(len(sent))}
    return [f"{name}: {value}" for name, value in headers.items()]


def test_an_answer_is_whole_json_and_the_connection_ends(client: Client) -> None:
    sent = json.dumps(body()).encode()
    answer = say(client, head(client, *signed(client, sent)) + sent)
    assert answer is not None
    assert answer.headers == {
        "content-type": "application/json", "content-length": str(len(answer.body)), "connection": "close",
    }  # fmt: skip
    assert answer.json["payment_status"] == "wait"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "[::1]:80", "localhost", ""])
def test_another_host_is_refused(client: Client, host: str) -> None:
    sent = json.dumps(body()).encode()
    answer = say(client, head(client, *signed(client, sent), host=host or " ") + sent)
    assert answer is not None
    assert (answer.status, list(answer.json)) == (403, ["message"])


def test_no_host_and_two_hosts_are_refused(client: Client) -> None:
    own = f"Host: 127.0.0.1:{client.port}"
    for lines in ((), (own, own)):
        answer = say(client, "\r\n".join(["POST /v1/payout HTTP/1.1", *lines, "", ""]).encode())
        assert answer is not None and answer.status == 403


def test_localhost_is_this_host(client: Client) -> None:
    sent = b"[]"
    first = f"POST {Endpoint.BALANCE.value} HTTP/1.1"
    lines = signed(client, sent, Endpoint.BALANCE)
    answer = say(client, head(client, *lines, first=first, host=f"LocalHost:{client.port}") + sent)
    assert answer is not None and answer.status == 200


@pytest.mark.parametrize("method", ["GET", "OPTIONS", "PUT", "DELETE", "HEAD", "BREW"])
def test_only_post(client: Client, method: str) -> None:
    answer = say(client, head(client, first=f"{method} /v1/payout HTTP/1.1"))
    assert answer is not None
    assert (answer.status, answer.headers["allow"]) == (405, "post")
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        ((), 411),
        (("Content-Length: 1", "Content-Length: 1"), 411),
        (("Transfer-Encoding: chunked",), 411),
        (("Content-Length: 2", "Transfer-Encoding: chunked"), 411),
        (("Content-Length: -1",), 400),
        (("Content-Length: two",), 400),
        (("Content-Length: ²",), 400),
        (("Content-Length: 65537",), 413),
        (("Content-Length: 99999999999999999999",), 413),
    ],
)
def test_lengths_that_cannot_be_served(client: Client, lines: tuple[str, ...], status: int) -> None:
    answer = say(client, head(client, *lines))
    assert answer is not None
    assert (answer.status, list(answer.json)) == (status, ["message"])


def test_64_kib_are_served_and_one_byte_more_is_not(client: Client) -> None:
    sent = b"[" + b" " * (64 * 1024 - 2) + b"]"
    assert client.post(Endpoint.BALANCE, sent).status == 200
    assert client.post(Endpoint.BALANCE, sent + b" ").status == 413
    assert rows(client.sandbox.ledger, "SELECT status, size FROM request") == [(200, 65536), (413, 0)]


def test_a_large_body_is_not_asked_for(client: Client) -> None:
    sent = b"[]"
    lines = [*signed(client, sent, Endpoint.BALANCE), "Expect: 100-continue"]
    first = f"POST {Endpoint.BALANCE.value} HTTP/1.1"
    with closing(client.dial()) as dialled:
        dialled.sendall(head(client, *lines, first=first))
        assert dialled.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        dialled.sendall(sent)
        assert heard(dialled).startswith(b"HTTP/1.1 200 OK\r\n")
    answer = say(client, head(client, "Content-Length: 65537", "Expect: 100-continue"))
    assert answer is not None and answer.status == 413


@pytest.mark.parametrize(
    "said",
    [
        b"POST /" + b"x" * 17_000 + b" HTTP/1.1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nLong: " + b"x" * 17_000 + b"\r\n\r\n",
        b"POST / HTTP/1.1\r\n" + b"A: b\r\n" * 200 + b"\r\n",
    ],
    ids=["line", "header", "headers"],
)
def test_a_head_has_a_limit(client: Client, said: bytes) -> None:
    answer = say(client, said)
    assert answer is not None
    assert (answer.status, list(answer.json)) == (431, ["message"])


@pytest.mark.parametrize(
    "said",
    [
        b"\r\n\r\n",
        b"hello\r\n\r\n",
        b"POST / HTTP/x\r\n\r\n",
        b"POST / FTP/1.1\r\n\r\n",
        b"\x16\x03\x01\x02\x00\r\n\r\n",
    ],
)
def test_what_is_no_http_is_answered_in_json(client: Client, said: bytes) -> None:
    answer = say(client, said)
    assert answer is not None
    assert (answer.status, list(answer.json)) == (400, ["message"])


def test_another_http_is_refused(client: Client) -> None:
    answer = say(client, b"POST / HTTP/2.0\r\n\r\n")
    assert answer is not None and answer.status == 505


def test_who_says_nothing_gets_nothing(client: Client) -> None:
    assert say(client, b"", end=True) is None


def test_half_a_body_is_refused(client: Client) -> None:
    sent = json.dumps(body()).encode()
    answer = say(client, head(client, *signed(client, sent)) + sent[:-1], end=True)
    assert answer is not None and answer.status == 400
    assert rows(client.sandbox.ledger, "SELECT count(*) FROM accepted") == [(0,)]


@pytest.mark.parametrize("said", [b"", b"POST / HTTP/1.1\r\nHo", "body"])
def test_a_slow_client_is_cut_short(start: Open, said: bytes | str) -> None:
    client = Client(start(limits=Limits(read_seconds=0.05)))
    answer = say(client, said if isinstance(said, bytes) else head(client, "Content-Length: 10") + b"[")
    assert answer is not None and answer.status == 408


def test_who_leaves_before_the_answer_troubles_nobody(client: Client) -> None:
    sent = json.dumps(body(amount="10.25")).encode()
    with closing(client.dial()) as dialled:
        dialled.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        dialled.sendall(head(client, *signed(client, sent)) + sent)
    assert client.post(Endpoint.BALANCE).status == 200


def test_who_does_not_take_the_answer_is_left(start: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    accepting, finishing, finished = GatewayServer.get_request, Handler.finish, Event()

    def accept(server: GatewayServer) -> tuple[socket.socket, object]:
        taken, address = accepting(server)
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        return taken, address

    def finish(handler: Handler) -> None:
        finishing(handler)
        finished.set()

    monkeypatch.setattr(GatewayServer, "get_request", accept)
    monkeypatch.setattr(Handler, "finish", finish)
    client = Client(start(limits=Limits(write_seconds=0.05)))
    sent = json.dumps(body(amount="10.25")).encode()
    with closing(client.dial()) as dialled:
        dialled.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        dialled.sendall(head(client, *signed(client, sent)) + sent)
        assert finished.wait(10)
        assert len(heard(dialled)) < 1_000_000


def test_a_ration_ends_by_bytes(pair: Pair) -> None:
    here, there = pair
    there.sendall(b"x" * 10)
    rationed = Rationed(here, 4, 5)
    reader = io.BufferedReader(rationed)
    assert rationed.readable()
    assert reader.read(4) == b"xxxx"
    with pytest.raises(TooMuch):
        reader.read(1)
    rationed.allow(1)
    assert reader.read(1) == b"x"


def test_a_ration_ends_by_time_however_often_something_comes(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = pair
    now = [100.0]
    monkeypatch.setattr(connection, "monotonic", lambda: now[0])
    rationed = Rationed(here, 1000, 10)
    for _ in range(4):
        there.sendall(b"x")
        assert rationed.readinto(bytearray(1)) == 1
        now[0] += 2.5
    there.sendall(b"x")
    with pytest.raises(TimeoutError):
        rationed.readinto(bytearray(1))
