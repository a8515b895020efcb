"""Why an exchange ended, in the words of `Reason`: for sentences only, never for the verdict (measured: M3).

Knows: the exceptions of httpx and what caused them. Must not know: what an end means for the money.
"""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator
from enum import Enum

import httpx

from console.domain.exchange import Reason
from console.gateway import tls


class TooBig(Exception):
    """An answer is longer than the cap."""


class Stage(Enum):
    """What was last begun."""

    CONNECT = "connect"
    TUNNEL = "tunnel"
    TLS = "tls"


_CHAIN = 12
_NO_WAY = frozenset(
    {
        errno.ENETDOWN,
        errno.ENETUNREACH,
        errno.EHOSTDOWN,
        errno.EHOSTUNREACH,
        errno.EADDRNOTAVAIL,
        errno.EPERM,
        errno.EACCES,
    }
)
"""What connecting ends with where the computer is offline, no route leads there, or a firewall of its own forbids it."""
_CUT = ("disconnected", "closed connection")
"""httpcore's and h11's words for a peer that closed too early, as against one that wrote nonsense."""


def causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception and what led to it; httpcore hides some of the chain from `__cause__`."""
    current: BaseException | None = error
    for _ in range(_CHAIN):
        if current is None:
            return
        yield current
        current = current.__cause__ or current.__context__


def before_gate(error: BaseException, stage: Stage, certificate: bytes | None, *, proxied: bool) -> Reason:
    """Return why nothing was sent. `certificate` is the last that was shown; `proxied` while no tunnel stands."""
    if isinstance(error, (httpx.UnsupportedProtocol, httpx.InvalidURL)):
        return Reason.BAD_URL
    if proxied and isinstance(error, httpx.TransportError):
        return Reason.PROXY
    if isinstance(error, httpx.TimeoutException):
        return Reason.CONNECT_TIMEOUT
    if not isinstance(error, httpx.TransportError):
        return Reason.OTHER
    if stage is Stage.TLS:
        return _of_handshake(error, certificate)
    if any(isinstance(cause, socket.gaierror) for cause in causes(error)):
        return Reason.DNS
    if any(isinstance(cause, OSError) and cause.errno in _NO_WAY for cause in causes(error)):
        return Reason.UNREACHABLE
    return Reason.REFUSED if isinstance(error, httpx.ConnectError) else Reason.OTHER


def after_gate(error: BaseException) -> Reason:
    """Return how a request that left came to its end without a whole answer."""
    if isinstance(error, TooBig) or any(getattr(cause, "error_status_hint", 0) == 431 for cause in causes(error)):
        return Reason.TOO_BIG
    if isinstance(error, httpx.TimeoutException):
        return Reason.SILENT
    if isinstance(error, httpx.RemoteProtocolError):
        return Reason.DROPPED if any(words in str(error) for words in _CUT) else Reason.GARBAGE
    return Reason.DROPPED if isinstance(error, httpx.NetworkError) else Reason.OTHER


def _of_handshake(error: BaseException, certificate: bytes | None) -> Reason:
    for cause in causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return tls.reason_of(cause, certificate)
    return Reason.TLS
