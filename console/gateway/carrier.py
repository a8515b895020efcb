"""One connection: httpx's HTTP/1.1 transport with its TLS context and the cable by which it is cut.

Knows: httpx's transport and its trace events. It is used below httpx's client, so there is nothing that could repeat,
follow a redirect, keep cookies or read an environment. Must not know: what is sent, what an answer means.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx

from console.gateway.gate import Attempt, GateClosed
from console.gateway.outside import clean
from console.gateway.reasons import Stage, TooBig
from console.gateway.tls import context_for, fingerprint_of
from console.gateway.watchdog import Cable

for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)  # at DEBUG they print headers, and the account with them

BODY_CAP = 64 * 1024
HEAD_CAP = 64 * 1024
KEPT = 20.0
"""Seconds for which an idle connection is kept: less than a server's usual 60 or 75."""


@dataclass(slots=True)
class Heard:
    """What was read of an answer so far, up to the caps."""

    status: int | None = None
    head: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    body: bytearray = field(default_factory=bytearray)
    is_whole: bool = False

    def read(self, response: httpx.Response) -> None:
        """Read the answer as it is on the wire, not inflated. Raises TooBig one byte over a cap."""
        with contextlib.closing(response):
            self.status = response.status_code
            raw = response.headers.raw
            self.headers = tuple((name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in raw)
            self.head = _head(response)
            if len(self.head) > HEAD_CAP:
                self.head = self.head[:HEAD_CAP]
                raise TooBig("head")
            for chunk in response.iter_raw():
                self.body += chunk[: BODY_CAP + 1 - len(self.body)]
                if len(self.body) > BODY_CAP:
                    del self.body[BODY_CAP:]
                    raise TooBig("body")
            self.is_whole = True


def _head(response: httpx.Response) -> bytes:
    version = response.extensions.get("http_version", b"HTTP/1.1")
    reason = response.extensions.get("reason_phrase", b"")
    lines = [b"%b %d %b" % (version, response.status_code, reason)]
    lines += [b"%b: %b" % (name, value) for name, value in response.headers.raw]
    return b"\r\n".join([*lines, b"", b""])


def authority_of(proxy: str) -> str:
    """Return a proxy's host and port, without the name and password that may stand before them."""
    return clean(urlsplit(proxy).netloc.rpartition("@")[2])


def _proxy(proxy: str) -> httpx.Proxy:
    is_tls = urlsplit(proxy).scheme == "https"
    return httpx.Proxy(proxy, ssl_context=context_for() if is_tls else None)


class Carrier:
    """A way to one gateway, for one request at a time; `keep` keeps its connection for the next one.

    What httpx tells of a connection by its trace is used to hold it: its socket by a cable, its streams by a guard.
    """

    def __init__(self, *, is_tls: bool, extra_root: bytes | None, proxy: str | None, keep: bool) -> None:
        self.cable = Cable()
        self.certificate: bytes | None = None
        """The certificate that the peer of the standing connection was accepted with."""
        self.proxy = None if proxy is None else authority_of(proxy)
        """The proxy's host and port, for people."""
        self.stage = Stage.CONNECT
        self.has_tunnel = proxy is None
        """Whether nothing but the gateway hears what is sent: no proxy, or its tunnel stands."""
        self.context = context_for(extra_root)
        self._is_tls = is_tls
        self._attempt: Attempt | None = None
        self._http = httpx.HTTPTransport(
            verify=self.context,
            trust_env=False,
            http1=True,
            http2=False,
            retries=0,
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=int(keep), keepalive_expiry=KEPT),
            proxy=None if proxy is None else _proxy(proxy),
        )

    def send(self, request: httpx.Request, attempt: Attempt, heard: Heard) -> None:
        """Send the request and read its answer. Raises what httpx and the gate raise."""
        self._attempt = attempt
        request.extensions["trace"] = self._on_event
        heard.read(self._http.handle_request(request))

    def close(self) -> None:
        """Close the connection."""
        self._http.close()
        self.cable.unplug()

    def _on_event(self, event: str, info: Mapping[str, Any]) -> None:
        """Take one event of httpx's trace; raising in it stops the request where it stands (M2)."""
        source, _, name = event.partition(".")
        if source == "http11":
            self._on_http(name, info)
        elif name == "connect_tcp.started":
            self.stage, self.certificate, self.has_tunnel = Stage.CONNECT, None, self.proxy is None
        elif name == "connect_tcp.complete":
            self._on_connected(info["return_value"])
        elif name == "start_tls.started":
            self.stage = Stage.TLS
            self.has_tunnel = self.has_tunnel or source == "proxy"
        elif name == "start_tls.complete":
            self._guard(info["return_value"])
            if self.has_tunnel:
                self.certificate = info["return_value"].get_extra_info("ssl_object").getpeercert(True)

    def _on_connected(self, stream: Any) -> None:
        self.cable.plug(stream.get_extra_info("socket"))
        self._guard(stream)
        if self._attempt is None or self._attempt.end is not None:
            stream.close()
            raise GateClosed("the attempt was over before it was connected")

    def _on_http(self, name: str, info: Mapping[str, Any]) -> None:
        """Ask the gate before the first byte of any request but a proxy's CONNECT (M1)."""
        if (
            name == "send_request_headers.started"
            and info["request"].method != b"CONNECT"
            and self._attempt is not None
        ):
            self._attempt.pass_gate(self._peer())

    def _peer(self) -> str | None:
        if not self._is_tls:
            return None
        if self.certificate is None:
            raise GateClosed("the peer showed no certificate")
        return fingerprint_of(self.certificate)

    def _guard(self, stream: Any) -> None:
        """Let nothing through a stream of httpcore's to the gateway that the attempt does not allow.

        Writing needs a passed gate, whatever becomes of httpx's events. Reading ends with the attempt: a cut socket
        still gives what it holds, and to a flood of `100 Continue` there is no end (measured).
        """
        read, write = stream.read, stream.write

        def guarded_read(max_bytes: int, timeout: float | None = None) -> Any:
            if self._attempt is None or self._attempt.end is not None:
                raise GateClosed("the attempt is over")
            return read(max_bytes, timeout)

        def guarded_write(buffer: bytes, timeout: float | None = None) -> Any:
            if self.has_tunnel and (self._attempt is None or not self._attempt.passed):
                raise GateClosed("the gate was not asked")
            return write(buffer, timeout)

        stream.read, stream.write = guarded_read, guarded_write
