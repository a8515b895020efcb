"""One connection to the sandbox: one request within its rations of bytes and time, one reply, and the end."""

from __future__ import annotations

import contextlib
import io
import socket
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from time import monotonic
from typing import TYPE_CHECKING, Any, NoReturn

from console.sandbox.replies import Reply

if TYPE_CHECKING:
    from console.sandbox.server import GatewayServer


@dataclass(frozen=True, slots=True)
class Limits:
    """What connections may cost: bytes of head and body, seconds to send a request and to take the reply, bytes and
    seconds that are still listened to after a refusal, and how many connections there are at once."""

    head: int = 16 * 1024
    body: int = 64 * 1024
    read_seconds: float = 10.0
    write_seconds: float = 10.0
    drain: int = 1024 * 1024
    drain_seconds: float = 1.0
    lanes: int = 32


class TooMuch(OSError):
    """More bytes came than one request may have."""


class Refusal(Exception):
    """A request that is answered without being received."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


class Rationed(io.RawIOBase):
    """What a client sends, up to `size` bytes and `seconds` in all, however it is spread over them."""

    def __init__(self, connection: socket.socket, size: int, seconds: float) -> None:
        self._connection = connection
        self._left = size
        self._until = monotonic() + seconds

    def readable(self) -> bool:
        """Whether it can be read; it can."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what is there; raises TooMuch or TimeoutError beyond the ration."""
        remaining = self._until - monotonic()
        if self._left <= 0:
            raise TooMuch
        if remaining <= 0:
            raise TimeoutError
        self._connection.settimeout(remaining)
        count = self._connection.recv_into(memoryview(buffer)[: self._left])
        self._left -= count
        return count

    def allow(self, size: int) -> None:
        """Let so many bytes more come, in the same time."""
        self._left += size


class Handler(BaseHTTPRequestHandler):
    """Serves one connection; whoever keeps it open after the reply is left alone."""

    server: GatewayServer
    protocol_version = "HTTP/1.1"
    path = ""
    _refused = False

    def setup(self) -> None:
        """Read through a ration instead of the library's unlimited file."""
        super().setup()
        self.rfile.close()
        limits = self.server.limits
        self._ration = Rationed(self.request, limits.head, limits.read_seconds)
        self.rfile = io.BufferedReader(self._ration)

    def handle(self) -> None:
        """Take one request and answer it; a connection that breaks meanwhile is nobody's trouble."""
        with contextlib.suppress(OSError):
            reply = self._received()
            if reply.pause:
                self.server.clock.wait(reply.pause, self.server.stopping)
            if reply.status is not None and not self.server.stopping.is_set():
                self._send(reply.status, reply)

    def _received(self) -> Reply:
        reception = self.server.reception
        try:
            body = self._request()
        except Refusal as refusal:
            self._refused = True
            return reception.refuse(self.path, refusal.status, refusal.message)
        return reception.receive(self.path, self.headers.get("Account", ""), self.headers.get("Sign", ""), body)

    def _request(self) -> bytes:
        """Return the body of the request; raises Refusal, and OSError when nobody is there any more."""
        try:
            self.raw_requestline = self.rfile.readline(self.server.limits.head + 1)
            if not self.raw_requestline:
                raise ConnectionResetError
            if not self.parse_request():
                raise Refusal(400, "Bad Request")
            length = self._length()
            self._ration.allow(length)
            body = self.rfile.read(length)
        except TooMuch:
            raise Refusal(431, "The head of the request is too long.") from None
        except TimeoutError:
            raise Refusal(408, "The request took too long.") from None
        if len(body) < length:
            raise Refusal(400, "The body is shorter than it was said to be.")
        return body

    def _length(self) -> int:
        """Check the head and return the length of the body; raises Refusal."""
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or hosts[0].lower() not in self.server.hosts:
            raise Refusal(403, "This gateway is reached by its own address only.")
        if self.command != "POST":
            raise Refusal(405, "Every method of this gateway is a POST.")
        lengths = self.headers.get_all("Content-Length", [])
        if len(lengths) != 1 or "Transfer-Encoding" in self.headers:
            raise Refusal(411, "The length of the body has to be given, once.")
        text = lengths[0].strip()
        if not (text.isascii() and text.isdigit()):
            raise Refusal(400, "The length of the body is not a number.")
        if len(text) > 9 or int(text) > self.server.limits.body:
            raise Refusal(413, f"A body has at most {self.server.limits.body} bytes.")
        return int(text)

    def handle_expect_100(self) -> bool:
        """Ask for the body only after the head was found good."""
        self._length()
        return super().handle_expect_100()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> NoReturn:
        """Answer what the library finds wrong with a head as the gateway answers everything, in JSON."""
        del explain
        raise Refusal(code, message or "Bad Request")

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's own name
        """Log nothing: the ledger has every request."""

    def _send(self, status: int, reply: Reply) -> None:
        headers = {**dict(reply.headers), "Content-Length": str(len(reply.body)), "Connection": "close"}
        if status == 405:
            headers["Allow"] = "POST"
        lines = [
            f"HTTP/1.1 {status} {HTTPStatus(status).phrase}",
            *(f"{name}: {value}" for name, value in headers.items()),
        ]
        self.request.settimeout(self.server.limits.write_seconds)
        self.request.sendall("\r\n".join([*lines, "", ""]).encode("ascii") + reply.body)
        if self._refused:
            self._drain()

    def _drain(self) -> None:
        """Read on for a moment: closing over unread bytes would reset the connection, and the answer be lost."""
        self.request.shutdown(socket.SHUT_WR)
        rest = io.BufferedReader(Rationed(self.request, self.server.limits.drain, self.server.limits.drain_seconds))
        while rest.read(8192):
            pass
