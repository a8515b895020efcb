"""One request and what came of it, as facts: enough to judge it, to journal it and to show it.

Made by the gateway's transport, judged by `console.domain.verdicts`, sealed by the journal. Nothing here decides.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class Reason(str, Enum):
    """How an exchange ended. What it proves depends on the phase (`Exchange.gate_passed`), not on this."""

    ANSWERED = "answered"
    BAD_URL = "bad-url"
    DNS = "dns"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    """This computer's network has no way to the server, or lets nobody out."""
    CONNECT_TIMEOUT = "connect-timeout"
    PROXY = "proxy"
    TLS = "tls"
    TLS_ISSUER = "tls-issuer"
    TLS_HOST = "tls-host"
    TLS_DATE = "tls-date"
    GATE = "gate"
    """The gate refused: the mark could not be committed, or the attempt was closed. No byte left."""
    DEADLINE = "deadline"
    DROPPED = "dropped"
    SILENT = "silent"
    GARBAGE = "garbage"
    TOO_BIG = "too-big"
    ENCODING = "encoding"
    OTHER = "other"
    FAULT = "fault"
    """A bug of the console's own broke the attempt off."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request as it was sent and an answer as it was read (bytes as on the wire, read up to the cap).

    `gate_passed` is whether the gate let the request go: the only proof that nothing was sent is that it did not.
    `duration` in seconds. `peer` is the SHA-256 (hex) of the peer's certificate, or None on loopback http.
    What is sealed in the journal (account, body, signature, answer) is not printed here either.
    """

    reason: Reason
    gate_passed: bool
    request_head: bytes = field(default=b"", repr=False)
    request_body: bytes = field(default=b"", repr=False)
    signature: bytes = field(default=b"", repr=False)
    status: int | None = None
    answer_head: bytes = field(default=b"", repr=False)
    answer_body: bytes = field(default=b"", repr=False)
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    duration: float = 0.0
    peer: str | None = None
    issuer: str | None = None
    detail: str = ""
    """The class of the exception and other words for the copied details, never shown by themselves."""
    facts: dict[str, str] = field(default_factory=dict)
    """Values the sentences name: host, seconds, names, from, until."""

    def header(self, name: str) -> str | None:
        """Return a header of the answer by its lower-case name."""
        return next((value for key, value in self.headers if key == name), None)
