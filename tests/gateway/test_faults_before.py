"""What a network can do to a create before its gate: the reason, and that the server saw no byte of HTTP."""

import errno
import socket
import ssl
import threading
import warnings
from datetime import datetime
from typing import Any

import pytest

from console.domain.exchange import Exchange, Reason
from console.gateway.watchdog import Cable
from tests.gateway.attempts import SHORT, Make, unsent
from tests.gateway.certificates import DAY, Authority, now
from tests.gateway.faults import Caller, FaultServer, answer, replies
from tests.gateway.modes import HANDSHAKES

# Before the gate: name, address, connection


def _fails_to_look_up(*_: object, **__: object) -> Any:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


@pytest.mark.parametrize("scheme", ["https"])
def test_name_is_not_found(transports: Make, monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _fails_to_look_up)
    exchange = unsent(transports(f"{scheme}://gateway.invalid"))
    assert exchange.reason is Reason.DNS
    assert exchange.facts["host"] == "gateway.invalid"
    assert "gaierror" in exchange.detail


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_connection_is_refused(transports: Make, scheme: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    exchange = unsent(transports(f"{scheme}://127.0.0.1:{port}"))
    assert exchange.reason is Reason.REFUSED
    assert exchange.facts["host"] == "127.0.0.1"


def test_network_is_unreachable(transports: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: object) -> None:
        raise OSError(errno.ENETUNREACH, "Network is unreachable")

    monkeypatch.setattr(socket.socket, "connect", unreachable)
    assert unsent(transports("https://127.0.0.1:1")).reason is Reason.UNREACHABLE


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_address_is_silent(transports: Make, silent_port: int, scheme: str) -> None:
    exchange = unsent(transports(f"{scheme}://127.0.0.1:{silent_port}"), SHORT)
    assert exchange.reason is Reason.CONNECT_TIMEOUT
    assert 0.3 <= exchange.duration < 2
    assert exchange.facts["seconds"] == "0"


@pytest.mark.parametrize(
    "url", ["http://gateway.invalid", "ftp://127.0.0.1", "https://user@host", "https://host/v1", ""]
)
def test_address_is_none(transports: Make, url: str) -> None:
    exchange = unsent(transports(url))
    assert exchange.reason is Reason.BAD_URL
    assert exchange.facts == {"host": url}


# Before the gate: TLS


def _certificate_is_refused(transports: Make, context: ssl.SSLContext, **options: Any) -> Exchange:
    with FaultServer(replies(answer()), context) as server:
        exchange = unsent(transports(server.url, **options))
        assert server.received() == b""
    assert exchange.peer is None
    return exchange


def test_issuer_is_unknown(transports: Make) -> None:
    other = Authority("Antivirus Root", "Somebody")
    exchange = _certificate_is_refused(transports, other.issue("127.0.0.1").context())
    assert exchange.reason is Reason.TLS_ISSUER
    assert exchange.facts["issuer"] == "Antivirus Root (Somebody)"
    assert exchange.facts["names"] == "127.0.0.1"


def test_certificate_is_its_own_issuer(transports: Make) -> None:
    exchange = _certificate_is_refused(transports, Authority("127.0.0.1", None).root.context())
    assert exchange.reason is Reason.TLS_ISSUER
    assert exchange.facts["issuer"] == "127.0.0.1"


def test_root_of_the_tests_is_no_root_of_the_system(transports: Make, local: ssl.SSLContext) -> None:
    assert _certificate_is_refused(transports, local, extra_root=None).reason is Reason.TLS_ISSUER


@pytest.mark.parametrize("names", [["gateway.example", "10.0.0.1"], []])
def test_host_is_another(transports: Make, authority: Authority, names: list[str]) -> None:
    exchange = _certificate_is_refused(transports, authority.issue(*names).context())
    assert exchange.reason is Reason.TLS_HOST
    assert exchange.facts["names"] == (", ".join(names) or "nobody")
    assert exchange.facts["host"] == "127.0.0.1"


@pytest.mark.parametrize(("start", "end"), [(now() - 3 * DAY, now() - DAY), (now() + DAY, now() + 3 * DAY)])
def test_dates_are_not_these(transports: Make, authority: Authority, start: datetime, end: datetime) -> None:
    context = authority.issue("127.0.0.1", start=start, end=end).context()
    exchange = _certificate_is_refused(transports, context)
    assert exchange.reason is Reason.TLS_DATE
    assert (exchange.facts["from"], exchange.facts["until"]) == (f"{start:%Y-%m-%d}", f"{end:%Y-%m-%d}")


def test_protocol_is_too_old(transports: Make, authority: Authority) -> None:
    context = authority.issue("127.0.0.1").context()
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings(category=DeprecationWarning, action="ignore"):
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    assert _certificate_is_refused(transports, context).reason is Reason.TLS


@pytest.mark.parametrize("name", HANDSHAKES)
def test_handshake_fails(transports: Make, name: str) -> None:
    script, reason, limits = HANDSHAKES[name]
    with FaultServer(replies(answer()), plain_script=script) as server:
        exchange = unsent(transports(server.url), limits)
        assert exchange.reason is reason
        assert server.received() == b""
        assert all(b"POST" not in caller.received for caller in server.greeted)
        assert len(server.greeted) == 1
    assert exchange.duration < 2
    assert exchange.peer is None


def test_peer_is_gone_before_the_handshake(transports: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    connected, gone = threading.Event(), threading.Event()

    def reset(caller: Caller) -> None:
        connected.wait(10)
        caller.reset()
        gone.set()

    def plug_late(cable: Cable, plain: socket.socket) -> None:
        connected.set()
        assert gone.wait(10)
        plug(cable, plain)

    plug = Cable.plug
    monkeypatch.setattr(Cable, "plug", plug_late)
    with FaultServer(replies(answer()), plain_script=reset) as server:
        assert unsent(transports(server.url)).reason is Reason.TLS
