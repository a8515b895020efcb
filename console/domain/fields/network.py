"""A payer's address on the internet, and addresses of web pages."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlsplit

from console.domain.doubt import Doubt, Weight
from console.domain.fields.field import DOT, Field, Look, Value, printable
from console.domain.text import mark
from console.domain.trouble import Invalid

_NOT_ADDRESS = mark("form", "An internet address has four numbers with dots, for example 95.24.17.8, or is IPv6.")
_LOCAL_TITLE = mark("form", "This cannot be the payer's address")
_LOCAL = mark("form", "{address} is a private, loopback or example address: the gateway may refuse or block the payer.")
_NOT_URL = mark("form", "A web address begins with https:// and names a host.")
_PLAIN_TITLE = mark("form", "The address is not protected")
_PLAIN = mark("form", "Calls to http:// addresses can be read and changed on the way. Use https://.")


@dataclass(frozen=True, kw_only=True)
class IpAddress(Field):
    """ip: the payer's address, IPv4 or IPv6; never this computer's own."""

    look: ClassVar[Look] = Look.MONO

    def understand(self, text: str) -> str:
        try:
            address = ipaddress.ip_address(text)
        except ValueError:
            raise Invalid(_NOT_ADDRESS) from None
        if isinstance(address, ipaddress.IPv6Address) and address.scope_id is not None:
            raise Invalid(_NOT_ADDRESS)
        return str(address)

    def understood(self, text: str, value: Value) -> str | None:
        return None if text.strip() == value else str(value)

    def mask(self, value: Value) -> str:
        text = str(value)
        if ":" in text:
            return f"{text.split(':', maxsplit=1)[0]}:{DOT * 3}"
        return f"{'.'.join(text.split('.')[:2])}.{DOT}.{DOT}"

    def doubts(self, value: Value) -> tuple[Doubt, ...]:
        address = ipaddress.ip_address(str(value))
        if address.is_global and not address.is_multicast:
            return ()
        return (Doubt("address", _LOCAL_TITLE, _LOCAL.with_(address=str(value)), Weight.STRONG, self.name),)


@dataclass(frozen=True, kw_only=True)
class Url(Field):
    """url: at most 255 characters (API reference 6.0)."""

    look: ClassVar[Look] = Look.MONO
    limit: ClassVar[int] = 255

    def understand(self, text: str) -> str:
        printable(text, self.limit)
        try:
            parts = urlsplit(text)
            host, _ = parts.hostname, parts.port
        except ValueError:
            host = None
        if not host or parts.scheme not in {"http", "https"} or " " in text:
            raise Invalid(_NOT_URL)
        return text

    def mask(self, value: Value) -> str:
        try:
            parts = urlsplit(str(value))
        except ValueError:
            return DOT * 3
        return f"{parts.scheme}://{parts.hostname}/{DOT * 3}"

    def doubts(self, value: Value) -> tuple[Doubt, ...]:
        if urlsplit(str(value)).scheme == "https":
            return ()
        return (Doubt("http", _PLAIN_TITLE, _PLAIN, field=self.name),)
