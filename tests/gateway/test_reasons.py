"""Exceptions and the reasons they stand for; the chain behind one is followed to its end, which comes."""

import errno
import socket
import ssl

import httpx
import pytest

from console.domain.exchange import Reason
from console.gateway.reasons import Stage, TooBig, after_gate, before_gate, causes


def _because(error: Exception, cause: BaseException) -> Exception:
    error.__cause__ = cause
    return error


CERTIFICATE = ssl.SSLCertVerificationError(1, "certificate verify failed")


@pytest.mark.parametrize(
    ("error", "stage", "proxied", "reason"),
    [
        (httpx.UnsupportedProtocol("x"), Stage.CONNECT, False, Reason.BAD_URL),
        (httpx.InvalidURL("x"), Stage.CONNECT, True, Reason.BAD_URL),
        (httpx.ProxyError("403"), Stage.CONNECT, True, Reason.PROXY),
        (httpx.ReadTimeout("x"), Stage.CONNECT, True, Reason.PROXY),
        (httpx.ConnectTimeout("x"), Stage.CONNECT, False, Reason.CONNECT_TIMEOUT),
        (httpx.ConnectTimeout("x"), Stage.TLS, False, Reason.CONNECT_TIMEOUT),
        (httpx.PoolTimeout("x"), Stage.CONNECT, False, Reason.CONNECT_TIMEOUT),
        (httpx.ConnectError("x"), Stage.CONNECT, False, Reason.REFUSED),
        (_because(httpx.ConnectError("x"), ConnectionRefusedError(111, "x")), Stage.CONNECT, False, Reason.REFUSED),
        (_because(httpx.ConnectError("x"), OSError(errno.ENETUNREACH, "x")), Stage.CONNECT, False, Reason.UNREACHABLE),
        (_because(httpx.ConnectError("x"), OSError(errno.EHOSTUNREACH, "x")), Stage.CONNECT, False, Reason.UNREACHABLE),
        (_because(httpx.ConnectError("x"), OSError(errno.EPERM, "x")), Stage.CONNECT, False, Reason.UNREACHABLE),
        (_because(httpx.ConnectError("x"), OSError(errno.ENETUNREACH, "x")), Stage.CONNECT, True, Reason.PROXY),
        (_because(httpx.ConnectError("x"), socket.gaierror()), Stage.CONNECT, False, Reason.DNS),
        (httpx.ConnectError("x"), Stage.TLS, False, Reason.TLS),
        (_because(httpx.ConnectError("x"), CERTIFICATE), Stage.TLS, False, Reason.TLS),
        (httpx.RemoteProtocolError("x"), Stage.CONNECT, False, Reason.OTHER),
        (ZeroDivisionError(), Stage.TLS, True, Reason.OTHER),
    ],
)
def test_before_the_gate(error: Exception, stage: Stage, proxied: bool, reason: Reason) -> None:
    assert before_gate(error, stage, None, proxied=proxied) is reason


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (TooBig("body"), Reason.TOO_BIG),
        (httpx.ReadTimeout("x"), Reason.SILENT),
        (httpx.WriteTimeout("x"), Reason.SILENT),
        (httpx.ReadError("x"), Reason.DROPPED),
        (httpx.WriteError("x"), Reason.DROPPED),
        (httpx.CloseError("x"), Reason.DROPPED),
        (httpx.RemoteProtocolError("Server disconnected without sending a response."), Reason.DROPPED),
        (httpx.RemoteProtocolError("peer closed connection without sending complete message body"), Reason.DROPPED),
        (httpx.RemoteProtocolError("illegal status line"), Reason.GARBAGE),
        (httpx.LocalProtocolError("x"), Reason.OTHER),
        (MemoryError(), Reason.OTHER),
        (KeyboardInterrupt(), Reason.OTHER),
    ],
)
def test_after_the_gate(error: BaseException, reason: Reason) -> None:
    assert after_gate(error) is reason


def test_circle_of_causes_ends() -> None:
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first
    assert len(list(causes(first))) == 12
