"""The exact request: address, headers and their order, as a golden file has them.

Knows: what stands in every request and in which order. Must not know: connections, answers, where an account is kept.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass, field

import httpx

from console.domain.endpoint import Endpoint
from console.gateway.signing import Signed

USER_AGENT = "AliKassa2.0 API"
"""As the samples send it (API reference 1)."""

_URL = re.compile(r"(https?)://(\[[0-9a-f:.]{2,45}\]|[a-z0-9.-]{1,253})(?::([0-9]{1,5}))?/?", re.ASCII | re.IGNORECASE)
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)", re.ASCII | re.IGNORECASE)
_ACCOUNT = re.compile(r"[!-~]{1,128}", re.ASCII)
_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Target:
    """A gateway's address that may be sent to: https anywhere, http on this machine's own addresses only."""

    scheme: str
    host: str
    """Without the brackets of an IPv6 address."""
    port: int

    @classmethod
    def read(cls, base_url: str) -> Target | None:
        """Return the address of a URL without path, query and user, or None where it may not be sent to."""
        found = _URL.fullmatch(base_url)
        if found is None:
            return None
        scheme, host = found[1].lower(), found[2].strip("[]").lower()
        port = int(found[3] or _PORTS[scheme])
        if not 0 < port < 65536 or (scheme == "http" and not _is_loopback(host)) or not _is_host(host):
            return None
        return cls(scheme, host, port)

    @property
    def is_tls(self) -> bool:
        """Whether it is reached by TLS."""
        return self.scheme == "https"

    @property
    def authority(self) -> str:
        """The value of the header `Host`: the port stands there when it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    def url(self, endpoint: Endpoint) -> str:
        """The URL of an endpoint."""
        return f"{self.scheme}://{self.authority}{endpoint.value}"


def may_be_account(account: str) -> bool:
    """Tell whether an account's id can stand in a header: printable ASCII without blanks."""
    return _ACCOUNT.fullmatch(account) is not None


@dataclass(frozen=True, slots=True)
class Post:
    """A signed body on its way to an endpoint, with the headers that go before it."""

    target: Target
    endpoint: Endpoint
    signed: Signed
    headers: tuple[tuple[str, str], ...] = field(repr=False)

    @classmethod
    def to(cls, target: Target, endpoint: Endpoint, account: str, signed: Signed) -> Post:
        """Return the request with its headers, whole and in order; the connection is kept for questions only."""
        headers = (
            ("Host", target.authority),
            ("Content-Type", "application/json"),
            ("Accept", "application/json"),
            ("Accept-Encoding", "identity"),
            ("User-Agent", USER_AGENT),
            ("Account", account),
            ("Sign", signed.header),
            ("Content-Length", str(len(signed.body))),
        )
        return cls(target, endpoint, signed, (*headers, ("Connection", "close")) if endpoint.creates else headers)

    @property
    def head(self) -> bytes:
        """The request line and the headers as they are on the wire."""
        lines = [f"POST {self.endpoint.value} HTTP/1.1", *(f"{name}: {value}" for name, value in self.headers), "", ""]
        return "\r\n".join(lines).encode("ascii")

    def request(self, extensions: dict[str, object]) -> httpx.Request:
        """Return the request for httpx, which adds nothing to headers that are all there."""
        url = self.target.url(self.endpoint)
        return httpx.Request("POST", url, headers=list(self.headers), content=self.signed.body, extensions=extensions)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_host(host: str) -> bool:
    if ":" in host:
        try:
            ipaddress.ip_address(host)
        except ValueError:
            return False
        return True
    return all(_LABEL.fullmatch(label) for label in host.split("."))
