"""What a field of a method is: how its text is read, doubted, sent, masked, shown, and which input takes it.

A kind of field knows nothing of windows, of the journal or of other fields of its method.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from console.domain.characters import named
from console.domain.doubt import Doubt
from console.domain.money import Money
from console.domain.text import Text, mark
from console.domain.trouble import Invalid

Value = Money | str | int
"""What a field holds once its text was understood."""

DOT = "•"
_REQUIRED = mark("form", "Fill this in: without it the gateway does not accept the order.")
_TOO_LONG = mark("form", "At most {limit} characters; this has {length}.")
_UNPRINTABLE = mark("form", "There is a hidden character in the text: {chars}. Type it by hand.")


class Look(str, Enum):
    """The input that shows a field."""

    TEXT = "text"
    MONO = "mono"
    MONEY = "money"
    BANK = "bank"


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field by the gateway's `name`, in the order of API reference 6.0.

    `sample` is a text that is understood without a doubt, `bad` are texts that are refused; tests walk both.
    A `folded` field stands under *More*; a field that is not `typed` is filled in by the console. `beside` names a field
    whose row in the form this one shares, where both are short; the order of the body does not depend on it.
    """

    name: str
    label: Text = Text("", "")
    help: Text | None = None
    placeholder: Text | str = ""
    required: bool = True
    folded: bool = False
    beside: str = ""
    sample: str = ""
    bad: tuple[str, ...] = ()

    typed: ClassVar[bool] = True
    look: ClassVar[Look] = Look.TEXT
    limit: ClassVar[int] = 100
    counted: ClassVar[bool] = False
    """Whether the form counts the digits up to `limit`."""

    def parse(self, text: str) -> Value | None:
        """Return the value of a typed text, None where an optional field is empty; raises Invalid."""
        plain = text.strip()
        if not plain:
            if self.required:
                raise Invalid(self.missing(), self.name)
            return None
        try:
            return self.understand(plain)
        except Invalid as trouble:
            raise Invalid(trouble.text, self.name) from None

    def missing(self) -> Text:
        """Return the problem of a required field that is empty."""
        return _REQUIRED

    def understand(self, text: str) -> Value:
        """Return the value of a text that is not empty; raises Invalid."""
        return printable(text, self.limit)

    def recognise(self, wire: str) -> Value:
        """Return the value of a text that stands in a body; raises Invalid."""
        return self.understand(wire)

    def wire(self, value: Value) -> str | int:
        """Return what goes into the body: a text or an integer, never a fraction."""
        return value.wire() if isinstance(value, Money) else value

    def read(self, wire: object) -> Value:
        """Return the value of what stands in a body; raises ValueError for what the console would not have written."""
        if not isinstance(wire, str) or not wire or wire != wire.strip():
            raise ValueError(self.name)
        try:
            value = self.recognise(wire)
        except Invalid:
            raise ValueError(self.name) from None
        if self.wire(value) != wire:
            raise ValueError(self.name)
        return value

    def show(self, value: Value, language: str) -> str:
        """Return the whole value as a person reads it."""
        del language
        return str(self.wire(value))

    def mask(self, value: Value) -> str:
        """Return the value for masked bodies: hidden unless a kind declares what may be shown."""
        del value
        return DOT * 3

    def short(self, value: Value) -> str:
        """Return the masked value for tables."""
        return self.mask(value)

    def doubts(self, value: Value) -> tuple[Doubt, ...]:
        """Return what may be wrong with a value that can be sent."""
        del value
        return ()

    def understood(self, text: str, value: Value) -> str | None:
        """Return how the text was read, where it differs from what was typed."""
        del text, value
        return None


def printable(text: str, limit: int) -> str:
    """Return `text` when it is at most `limit` printable characters; raises Invalid and names the hidden ones."""
    hidden = named(char for char in text if not char.isprintable())
    if hidden:
        raise Invalid(_UNPRINTABLE.with_(chars=hidden))
    if len(text) > limit:
        raise Invalid(_TOO_LONG.with_(limit=limit, length=len(text)))
    return text
