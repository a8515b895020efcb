"""Ids: the order's, the service's code, a payer's at the merchant, and numbers kept in the cabinet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from console.domain.doubt import Doubt
from console.domain.fields.field import Field, Look, Value
from console.domain.text import Text, mark
from console.domain.trouble import Invalid

_LETTERS_TITLE = mark("form", "The order id has other than Latin letters")
_LETTERS = mark("form", "Letters that look alike are different to the gateway, and support may not find the order.")
_NOT_ID = mark("form", "An id of the cabinet is a whole number, for example {sample}.")


@dataclass(frozen=True, kw_only=True)
class OrderId(Field):
    """string (128), unique: made by the console with the draft, shown, and replaceable before the review."""

    name: str = "order_id"
    label: Text = mark("catalogue", "Order id")
    help: Text | None = mark("catalogue", "Made by the console. You can replace it before the review.")
    sample: str = "PO-20261124-0015"
    bad: tuple[str, ...] = ("", "x" * 129, "a\u202eb")

    look: ClassVar[Look] = Look.MONO
    limit: ClassVar[int] = 128

    def mask(self, value: Value) -> str:
        return str(value)

    def doubts(self, value: Value) -> tuple[Doubt, ...]:
        if str(value).isascii():
            return ()
        return (Doubt("order-letters", _LETTERS_TITLE, _LETTERS, field=self.name),)


@dataclass(frozen=True, kw_only=True)
class Service(Field):
    """string (100): the code of the method, or the code the account uses for it."""

    name: str = "service"

    typed: ClassVar[bool] = False

    def mask(self, value: Value) -> str:
        return str(value)


@dataclass(frozen=True, kw_only=True)
class PayerId(Field):
    """string (100): who pays, by the merchant's own id. Shown whole, like a name."""

    look: ClassVar[Look] = Look.MONO

    def mask(self, value: Value) -> str:
        return str(value)


@dataclass(frozen=True, kw_only=True)
class CabinetId(Field):
    """int: the id of something kept in the gateway's cabinet."""

    look: ClassVar[Look] = Look.MONO

    def understand(self, text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) <= 15) or int(text) == 0:
            raise Invalid(_NOT_ID.with_(sample=self.sample))
        return int(text)

    def read(self, wire: object) -> int:
        if isinstance(wire, bool) or not isinstance(wire, int) or not 1 <= wire < 10**15:
            raise ValueError(self.name)
        return wire

    def mask(self, value: Value) -> str:
        return str(value)
