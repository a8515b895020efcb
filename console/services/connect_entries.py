"""What a person types to connect an account: a name, the gateway's host, the account's UUID. Read here, or refused.

Knows the rules of an address (failure model H8): https only, the documented hosts or one that was confirmed by typing it,
and never this computer itself, where only the sandbox lives.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass

from console.domain.environment import DOCUMENTED_HOSTS
from console.domain.secret import Secret
from console.domain.text import Text, mark
from console.domain.trouble import Invalid
from console.services.connect_rules import is_this_computer

NAME, HOST, UUID = "connect/name", "connect/host", "connect/uuid"
LONGEST_NAME = 60

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)", re.ASCII)
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*", re.ASCII)
"""A last label that systems read as a part of an IPv4 address, whatever form that has."""
_CODE = re.compile(r"[a-z0-9_-]{1,64}", re.ASCII | re.IGNORECASE)

_NO_NAME = mark("connect", "Enter a name: it tells accounts apart on every page.")
_LONG_NAME = mark("connect", "A name has at most {limit} characters.")
_HIDDEN = mark("connect", "The name holds characters that cannot be seen.")
_SAME_NAME = mark("connect", "Another account has this name.")
_NO_HOST = mark("connect", "Enter the gateway's host.")
_NOT_HTTPS = mark("connect", "The gateway is reached by https only.")
_NO_PATH = mark("connect", "Enter the host alone, without what follows it: {host}")
_NOT_A_HOST = mark("connect", "“{host}” is no host's name.")
_THIS_COMPUTER = mark("connect", "A real account's keys never sign for this computer's own address.")
_NO_UUID = mark("connect", "Enter the account's UUID; it stands in the cabinet, in the accounts of the project.")
_NOT_A_UUID = mark("connect", "A UUID has 32 digits and letters a to f in five groups, like {example}.")
_EXAMPLE = "01234567-89ab-cdef-0123-456789abcdef"
_NOT_A_CODE = mark("connect", "A service's code has Latin letters, digits and underscores.")


@dataclass(frozen=True, slots=True)
class Address:
    """A gateway's address: the host as people write it, with its port where that is not the usual one."""

    host: str

    @property
    def url(self) -> str:
        """The base URL that the vault keeps."""
        return f"https://{self.host}"

    @property
    def is_documented(self) -> bool:
        """Whether the gateway's documentation names it; any other is confirmed by typing it."""
        return self.host in DOCUMENTED_HOSTS


def read_name(text: str, others: Iterable[str]) -> str:
    """Return a name as it is kept; raises Invalid."""
    name = " ".join(text.split())
    if not name:
        raise Invalid(_NO_NAME, NAME)
    if len(name) > LONGEST_NAME:
        raise Invalid(_LONG_NAME.with_(limit=LONGEST_NAME), NAME)
    if not name.isprintable():
        raise Invalid(_HIDDEN, NAME)
    if name.casefold() in {other.casefold() for other in others}:
        raise Invalid(_SAME_NAME, NAME)
    return name


def read_host(text: str) -> Address:
    """Return the address of what was typed: a host, with or without `https://` and a port. Raises Invalid."""
    typed = text.strip().lower()
    scheme, marked, rest = typed.rpartition("://")
    if marked and scheme != "https":
        raise _no_host(_NOT_HTTPS)
    authority, slash, path = rest.partition("/")
    if slash and path:
        raise _no_host(_NO_PATH.with_(host=authority))
    if not authority:
        raise _no_host(_NO_HOST)
    host, port = _parted(authority)
    if not _is_host(host) or port is None:
        raise _no_host(_NOT_A_HOST.with_(host=text.strip()))
    if is_this_computer(host):
        raise _no_host(_THIS_COMPUTER)
    shown = f"[{host}]" if ":" in host else host
    return Address(shown if port == 443 else f"{shown}:{port}")


def read_uuid(text: str) -> Secret:
    """Return an account's UUID; blanks that came along with copying it are left out. Raises Invalid."""
    typed = "".join(text.split())
    if not typed:
        raise Invalid(_NO_UUID, UUID)
    if _UUID.fullmatch(typed) is None:
        raise Invalid(_NOT_A_UUID.with_(example=_EXAMPLE), UUID)
    return Secret(typed)


def read_code(text: str) -> str:
    """Return a service's code; empty means the usual one. Raises Invalid."""
    code = text.strip()
    if code and _CODE.fullmatch(code) is None:
        raise Invalid(_NOT_A_CODE)
    return code


def _no_host(why: Text) -> Invalid:
    return Invalid(why, HOST)


def _parted(authority: str) -> tuple[str, int | None]:
    """Return host and port of an authority; a port that is none is None."""
    bracketed = authority.startswith("[")
    host, bracket, rest = authority.removeprefix("[").partition("]" if bracketed else ":")
    if bracketed:
        if not bracket or (rest and not rest.startswith(":")):
            return "", None
        rest = rest.removeprefix(":") if rest else ""
    if bracketed is not (":" in host):
        return "", None
    if not rest:
        return host.removesuffix("."), 443
    port = int(rest) if rest.isascii() and rest.isdigit() and len(rest) < 6 else 0
    return host.removesuffix("."), port if 0 < port < 65536 else None


def _is_host(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        labels = host.split(".")
        return len(host) < 254 and all(_LABEL.fullmatch(each) for each in labels) and not _NUMBER.fullmatch(labels[-1])
    return True
