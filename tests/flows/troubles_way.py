"""A way to the sandbox's gateway by TLS and a name, as a real account takes it, that can go wrong at each of its stages."""

from __future__ import annotations

import re
import socket
import ssl
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from console.app.engine import Engine
from console.domain.endpoint import Kind
from console.gateway.client import Gateway
from console.gateway.limits import Limits
from console.gateway.tls_root import read_root
from console.gateway.transport import Transport
from console.sandbox.sandbox import Sandbox
from console.services.certificates import read_certificate
from console.services.clock import system_clock
from console.settings.home import Home
from console.settings.settings import RECOVERY_KEPT, Settings
from tests.flows.troubles import Ring
from tests.gateway.certificates import Authority, now
from tests.gateway.faults import PATIENCE, Caller, FaultServer, Script

NAME = "pay.example"
DAY = timedelta(days=1)


class Front(FaultServer):
    """TLS before the sandbox; `script` and `context` are those of the next caller."""

    def __init__(self, sandbox: Sandbox, context: ssl.SSLContext) -> None:
        port = urlsplit(sandbox.url).port
        assert port is not None
        self._to_sandbox = passing(port)
        super().__init__(self._to_sandbox, context)

    def show(self, context: ssl.SSLContext) -> None:
        """Show another certificate from now on."""
        self._context = context

    def play(self, script: Script | None) -> None:
        """Answer by another script from now on, or by the sandbox again."""
        self._script = script or self._to_sandbox

    def stall(self, script: Script | None) -> None:
        """Do something else instead of TLS from now on, or TLS again."""
        self._plain_script = script


def passing(port: int) -> Script:
    """A script that lets the gateway at a port of this machine answer."""

    def script(caller: Caller) -> None:
        request = caller.read_request()
        if not request:
            return
        request = re.sub(rb"(?i)(\r\nhost: )[^\r]*", rb"\g<1>127.0.0.1:%d" % port, request, count=1)
        with socket.create_connection(("127.0.0.1", port), PATIENCE) as behind:
            behind.sendall(request)
            while data := behind.recv(65536):
                caller.send(data)

    return script


class Names:
    """What the network knows of NAME: an address, nothing, or no answer until `released`."""

    def __init__(self) -> None:
        self._real = socket.getaddrinfo
        self.address: str | None = "127.0.0.1"
        self.is_silent = False
        self.released = threading.Event()

    def __call__(self, host: Any, *rest: Any, **named: Any) -> Any:
        text = host.decode() if isinstance(host, bytes) else host
        if text != NAME:
            return self._real(host, *rest, **named)
        if self.is_silent:
            self.released.wait(PATIENCE)
        if self.address is None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return self._real(self.address, *rest, **named)


class Way:
    """A home with an account that was proved over this way, which then goes wrong."""

    def __init__(self, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
        self.authority = Authority()
        self.sandbox = sandbox
        self.good = self.authority.issue(NAME).context()
        self.front = Front(sandbox, self.good)
        self.names = Names()
        monkeypatch.setattr(socket, "getaddrinfo", self.names)

    @property
    def host(self) -> str:
        """The host as it is typed."""
        return f"{NAME}:{self.front.port}"

    def connect(self, home: Path, ring: Ring, proxy: str = "") -> str:
        """Connect and check an account without a window; return its id."""
        place = Home(home)
        engine = Engine.start(place, Settings.open(place.settings), system_clock(), sandbox=False, vault=ring.vault())
        try:
            services = engine.services
            kinds = {Kind.PAYOUT: self.sandbox.payout_certificate, Kind.PAYMENT: self.sandbox.payment_certificate}
            certificates = {kind: read_certificate([folder]) for kind, folder in kinds.items()}
            root = read_root(self.authority.root.pem, now())
            account = services.connect.add(
                "Vector", self.host, self.sandbox.account, certificates, typed_host=self.host, root=root
            )
            services.settings.set(RECOVERY_KEPT, True)
            assert services.connect.check(account.id).ok
            services.connect.set_proxy(proxy)
            return account.id
        finally:
            engine.close()

    def mend(self) -> None:
        """Let everything be as it was."""
        self.front.show(self.good)
        self.front.play(None)
        self.front.stall(None)
        self.names.address, self.names.is_silent = "127.0.0.1", False
        self.names.released.set()

    # what may go wrong

    def foreign(self) -> None:
        self.front.show(self.authority.issue("other.example").context())

    def unknown(self) -> None:
        self.front.show(Authority("Antivirus Root", "Somebody").issue(NAME).context())

    def expired(self) -> None:
        self.front.show(self.authority.issue(NAME, start=now() - 3 * DAY, end=now() - DAY).context())

    def nameless(self) -> None:
        self.names.address = None

    def refused(self) -> None:
        self.names.address = "::1"  # where nothing listens

    def stalled(self) -> None:
        self.front.stall(Caller.read_to_end)

    def unnamed(self) -> None:
        self.names.is_silent = True


def hurry(monkeypatch: pytest.MonkeyPatch, create: Limits, ask: Limits) -> None:
    """Let every exchange take these times at most."""
    asked: Callable[..., Any] = Transport.ask

    def created(self: Gateway, kind: Kind, signed: Any, gate: Any, *_: Any) -> Any:
        return self._transport.create(kind.create, signed, gate, create)

    monkeypatch.setattr(Gateway, "create", created)
    monkeypatch.setattr(Transport, "ask", lambda self, endpoint, signed: asked(self, endpoint, signed, ask))
