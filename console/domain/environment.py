"""Where an account's money is: real, nowhere, or behind an address that is not on the gateway's list."""

from __future__ import annotations

from enum import Enum

DOCUMENTED_HOSTS = frozenset({"api-merchant.alikassa.com", "api-merchant.alikassa.io"})
"""The hosts that the gateway documents (API reference section 1)."""


class Environment(str, Enum):
    """Marked on every page, never by colour alone."""

    SANDBOX = "sandbox"
    LIVE = "live"
    OTHER = "other"


def environment_of(kind: str, host: str) -> Environment:
    """Return the environment of an account by its kind and its host."""
    if kind == "sandbox":
        return Environment.SANDBOX
    return Environment.LIVE if host in DOCUMENTED_HOSTS else Environment.OTHER
