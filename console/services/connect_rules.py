"""For which addresses an account's keys may sign: a real one's for https elsewhere, the sandbox's for http on this machine.

The address comes from the vault and not from a file; this is looked at all the same before a key is loaded.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from console.domain.trouble import Unavailable

if TYPE_CHECKING:
    from console.vault.entry import AccountEntry

SANDBOX, LIVE = "sandbox", "live"


def is_this_computer(host: str) -> bool:
    """Whether a host names this machine: loopback, `localhost`, or no address at all."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None) or address
    return bool(mapped.is_loopback or mapped.is_unspecified)


def host_of(entry: AccountEntry) -> str:
    """Return the host that is shown of an account: with its port where that is not the usual one.

    The sandbox's port is another at each start and says nothing.
    """
    found = urlsplit(entry.host)
    host = found.hostname or entry.host
    return host if entry.kind == SANDBOX else found.netloc.lower() or host


def require_lawful(entry: AccountEntry) -> None:
    """Raise Unavailable("E-ADDRESS") where a key of this account must not sign for its address."""
    found = urlsplit(entry.host)
    here = is_this_computer((found.hostname or "").removesuffix("."))
    is_lawful = (found.scheme == "http" and here) if entry.kind == SANDBOX else (found.scheme == "https" and not here)
    if not is_lawful:
        raise Unavailable("E-ADDRESS", host=host_of(entry))
