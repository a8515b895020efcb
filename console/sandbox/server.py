"""HTTP on 127.0.0.1: reads a request within caps of size and time, has it received, sends the reply.

It distrusts whoever connects (failure model H28): other programs of this machine, a web page, a client that is slow on
purpose. There is no path by which it is steered. Knows nothing of signatures, rules or the ledger.
"""

from __future__ import annotations

import contextlib
import logging
import os
import selectors
import socket
import socketserver
import ssl
from dataclasses import dataclass
from functools import partial
from http.server import ThreadingHTTPServer
from threading import BoundedSemaphore, Event, Lock, Thread, current_thread
from typing import Any

from console.sandbox.clock import Clock
from console.sandbox.connection import Handler, Limits
from console.sandbox.reception import Reception

HOST = "127.0.0.1"
JOIN_SECONDS = 5.0
PAUSE_SECONDS = 1.0
_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Secured:
    """TLS under a name, in lower case."""

    name: str
    context: ssl.SSLContext


class GatewayServer(ThreadingHTTPServer):
    """Listens from the moment it is made, serves between `start` and `stop`; OSError when the port is taken.

    With `tls` it speaks TLS under that name, and answers to no other. Each connection has a lane, a thread of its own;
    one that finds no lane free is closed at once.
    """

    daemon_threads = True
    allow_reuse_address = os.name == "posix"  # on Windows it would let another program share the port
    request_queue_size = 64

    def __init__(
        self, reception: Reception, port: int = 0, *, clock: Clock, limits: Limits, tls: Secured | None = None
    ) -> None:
        self.reception = reception
        self.clock = clock
        self.limits = limits
        self.tls = tls
        self.stopping = Event()
        self._free = BoundedSemaphore(limits.lanes)
        self._guard = Lock()
        self._lanes: dict[Thread, socket.socket] = {}
        super().__init__((HOST, port), Handler)
        self.socket.setblocking(False)
        self._woken, self._waker = socket.socketpair()
        self._waker.setblocking(False)
        self._loop = Thread(target=self._run, name="sandbox", daemon=True)

    def server_bind(self) -> None:
        """Bind without asking a name server who this machine is, as the library does."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]

    @property
    def url(self) -> str:
        """The address, without a slash at the end."""
        return f"https://{self.tls.name}:{self.server_port}" if self.tls else f"http://{HOST}:{self.server_port}"

    @property
    def hosts(self) -> frozenset[str]:
        """What the header `Host` may say: a name that a web page had resolved to here is not among it."""
        if self.tls is not None:
            return frozenset({f"{self.tls.name}:{self.server_port}"})
        return frozenset({f"{HOST}:{self.server_port}", f"localhost:{self.server_port}"})

    def start(self) -> None:
        """Serve on a thread of its own."""
        self._loop.start()

    def stop(self) -> None:
        """End every wait and every connection at once, and return when nothing runs any more."""
        self.stopping.set()
        self._wake()
        self._loop.join(JOIN_SECONDS)
        with self._guard:
            lanes = dict(self._lanes)
        for lane, request in lanes.items():
            with contextlib.suppress(OSError):
                request.shutdown(socket.SHUT_RDWR)
            lane.join(JOIN_SECONDS)
        self.server_close()
        self._woken.close()
        self._waker.close()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Give a connection a lane, or close it."""
        if not self._free.acquire(blocking=False):
            self.shutdown_request(request)
            return
        lane = Thread(
            target=self.process_request_thread, args=(request, client_address), name="sandbox-lane", daemon=True
        )
        with self._guard:
            self._lanes[lane] = request
        lane.start()

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve one connection, then let the lane go; a bug drops its connection and is logged."""
        try:
            self.finish_request(request, client_address)
        except Exception:
            _logger.exception("a request to the sandbox failed")
        finally:
            self.shutdown_request(request)
            with self._guard:
                del self._lanes[current_thread()]
            self._free.release()
            self._wake()

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Serve what a connection asks; one that does not get through the handshake is nobody's trouble."""
        if self.tls is None:
            super().finish_request(request, client_address)
            return
        request.settimeout(self.limits.read_seconds)
        wrapped = partial(self.tls.context.wrap_socket, server_side=True, do_handshake_on_connect=False)
        with contextlib.suppress(OSError), wrapped(request) as peer:
            with self._guard:  # the wrapped socket is dead from here on, and `stop` can end this one alone
                self._lanes[current_thread()] = peer
            if not self.stopping.is_set():
                peer.do_handshake()
                super().finish_request(peer, client_address)

    def _wake(self) -> None:
        with contextlib.suppress(OSError):  # full, which wakes as well, or closed
            self._waker.send(b".")

    def _run(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self.socket, selectors.EVENT_READ)
            selector.register(self._woken, selectors.EVENT_READ)
            while not self.stopping.is_set():
                try:
                    self._turn(selector)
                except Exception:  # a full disk, or no thread to be had: the gateway outlives it
                    _logger.exception("the sandbox's server failed")
                    self.stopping.wait(PAUSE_SECONDS)

    def _turn(self, selector: selectors.BaseSelector) -> None:
        """Wait for a connection, for a late order or for somebody to wake us, and see to it."""
        ready = {key.fileobj for key, _ in selector.select(self.reception.until_late())}
        if self._woken in ready:
            self._woken.recv(4096)
        self.reception.surface()
        if self.socket in ready:
            with contextlib.suppress(OSError):  # gone before it was taken
                self.process_request(*self.get_request())
