"""TLS before a server that has none: one request a connection, passed on byte by byte, and the answer passed back."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 20.0
_END = b"\r\n\r\n"


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = False
    allow_reuse_address = True

    def __init__(self, context: ssl.SSLContext, upstream: int) -> None:
        self.context = context
        self.upstream = upstream
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(socketserver.BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        """Pass one request on; a peer that does not like our certificate goes away, which is its right."""
        plain: socket.socket = self.request
        plain.settimeout(PATIENCE)
        with contextlib.suppress(OSError), self.server.context.wrap_socket(plain, server_side=True) as peer:
            request = _whole(peer)
            with socket.create_connection(("127.0.0.1", self.server.upstream), PATIENCE) as behind:
                behind.sendall(request)
                while data := behind.recv(65536):
                    peer.sendall(data)


def _whole(peer: ssl.SSLSocket) -> bytes:
    """A request to its last byte, by its Content-Length."""
    data = b""
    while _END not in data:
        data += _more(peer)
    head, _, _ = data.partition(_END)
    lengths = [line.partition(b":")[2] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
    while len(data) < len(head) + len(_END) + int(lengths[0]):
        data += _more(peer)
    return data


def _more(peer: ssl.SSLSocket) -> bytes:
    data = peer.recv(65536)
    if not data:
        raise ConnectionResetError("the peer went away")
    return data


@contextmanager
def tls_front(context: ssl.SSLContext, upstream: int) -> Iterator[int]:
    """Serve TLS on a port of this machine until the block ends; the port."""
    with _Server(context, upstream) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, name="tls-front")
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()
