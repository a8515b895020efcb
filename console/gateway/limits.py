"""How long an exchange may take, in seconds (failure model 2.4)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds for reaching one address with its TLS, for one write, for one silence, and for the whole attempt."""

    connect: float
    write: float
    read: float
    total: float

    def timeouts(self) -> dict[str, float]:
        """The limits as httpx's requests carry them."""
        return {"connect": self.connect, "write": self.write, "read": self.read, "pool": self.connect}


CREATE = Limits(connect=10, write=10, read=45, total=60)
"""The read limit is longer than the samples' 30 s on purpose: an answer given up is an unknown outcome."""

ASK = Limits(connect=5, write=5, read=15, total=20)
"""Questions may be repeated, so they may be given up early."""
