"""A server that misbehaves as it is told: one thread for the door, one for each caller, loopback only."""

import contextlib
import re
import socket
import ssl
import struct
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

PATIENCE = 20.0
"""Seconds after which a server's thread gives up, so that a broken test ends."""


class Caller:
    """One connection, as the server sees it; `received` holds every byte it read of HTTP."""

    def __init__(self, connection: socket.socket, stopping: threading.Event) -> None:
        self.socket = connection
        self.stopping = stopping
        self.received = b""

    def read(self, size: int = 65536) -> bytes:
        """Read some bytes; none at the end, however it came."""
        try:
            data = self.socket.recv(size)
        except OSError:
            return b""
        self.received += data
        return data

    def read_head(self) -> None:
        """Read up to the end of the request's head, byte by byte, so that nothing of its body is taken."""
        while b"\r\n\r\n" not in self.received and self.read(1):
            pass

    def read_request(self) -> bytes:
        """Read one request, whole."""
        start = len(self.received)
        while not (found := re.match(rb"(?s).*?\r\n\r\n", self.received[start:])) and self.read():
            pass
        length = re.search(rb"(?i)content-length: (\d+)", self.received[start:])
        whole = found.end() + int(length[1]) if found and length else 0
        while len(self.received) - start < whole and self.read():
            pass
        return self.received[start:]

    def read_to_end(self) -> None:
        """Read until the caller has closed."""
        while self.read():
            pass

    def send(self, data: bytes) -> bool:
        """Send, and tell whether that was possible."""
        try:
            self.socket.sendall(data)
        except OSError:
            return False
        return True

    def drip(self, data: bytes, pause: float = 0.02) -> None:
        """Send the bytes one by one for as long as the caller takes them, again and again."""
        while not self.stopping.wait(pause):
            if not all(self.send(data[at : at + 1]) and not self.stopping.wait(pause) for at in range(len(data))):
                return

    def reset(self) -> None:
        """End the connection by a reset."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()


Script = Callable[[Caller], None]


class FaultServer:
    """Runs `script` for each caller, after TLS when there is a context; `plain_script` before TLS, in place of it."""

    def __init__(
        self, script: Script, context: ssl.SSLContext | None = None, plain_script: Script | None = None
    ) -> None:
        self._script = script
        self._context = context
        self._plain_script = plain_script
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads: list[threading.Thread] = []
        self._open: list[socket.socket] = []
        self._lock = threading.Lock()
        self._called = threading.Event()
        self.port: int = self._listener.getsockname()[1]
        self.callers: list[Caller] = []
        self.greeted: list[Caller] = []
        """Those that `plain_script` met, before TLS."""
        self.alpn: list[str | None] = []
        self.stopping = threading.Event()

    @property
    def url(self) -> str:
        """Where it is."""
        return f"{'https' if self._context or self._plain_script else 'http'}://127.0.0.1:{self.port}"

    def received(self) -> bytes:
        """Every byte of HTTP that was read, once all callers are gone; there is at least one."""
        assert self._called.wait(PATIENCE)
        for thread in list(self._threads):
            thread.join(PATIENCE)
        return b"".join(caller.received for caller in self.callers)

    def __enter__(self) -> Self:
        self._door = threading.Thread(target=self._accept, name="fault server")
        self._door.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stopping.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._door.join(PATIENCE)
        with self._lock:
            left = list(self._open)
        for connection in left:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(connection, socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(PATIENCE)

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            connection.settimeout(PATIENCE)
            thread = threading.Thread(target=self._serve, args=(connection,), name="fault server's caller")
            thread.start()
            self._threads.append(thread)
            self._called.set()

    def _serve(self, connection: socket.socket) -> None:
        with self._lock:
            self._open.append(connection)
        caller = Caller(connection, self.stopping)
        try:
            if self._plain_script is not None:
                self.greeted.append(caller)
                self._plain_script(caller)
                return
            if self._context is not None:
                caller.socket = self._context.wrap_socket(connection, server_side=True)
                with self._lock:
                    self._open.append(caller.socket)
                self.alpn.append(caller.socket.selected_alpn_protocol())
            self.callers.append(caller)
            self._script(caller)
        except OSError:
            pass  # the caller went away, which is what many tests want
        finally:
            caller.socket.close()
            connection.close()


def answer(body: bytes = b'{"id":1,"payment_status":"wait"}', status: str = "200 OK", *headers: str) -> bytes:
    """A whole answer with its length."""
    lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode() + body


def replies(data: bytes) -> Script:
    """A script that reads each request whole and sends `data` for it."""

    def script(caller: Caller) -> None:
        while caller.read_request() and caller.send(data):
            pass

    return script


def replies_and_closes(data: bytes) -> Script:
    """A script that reads a request whole, sends `data` and closes, in TLS without a farewell (M6)."""

    def script(caller: Caller) -> None:
        caller.read_request()
        caller.send(data)

    return script


def replies_and_resets(data: bytes) -> Script:
    """A script that reads a request whole, sends `data` and resets the connection once that has arrived."""

    def script(caller: Caller) -> None:
        caller.read_request()
        caller.send(data)
        caller.stopping.wait(0.05)  # a reset overtakes what the other side has not read yet
        caller.reset()

    return script


def replies_and_waits(data: bytes) -> Script:
    """A script that reads a request whole, sends `data` and then nothing until the caller goes."""

    def script(caller: Caller) -> None:
        caller.read_request()
        caller.send(data)
        caller.read_to_end()

    return script
