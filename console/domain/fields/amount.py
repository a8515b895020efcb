"""The amount of an order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from console.domain.doubt import Doubt
from console.domain.fields.field import Field, Look, Value
from console.domain.money import Money, format_money
from console.domain.text import Text, mark

_MISSING = mark("form", "Enter the amount")
_WHOLE_TITLE = mark("form", "An amount with kopecks")
_WHOLE = mark("form", "This method may refuse kopecks or change them. Whole roubles are safer.")


@dataclass(frozen=True, kw_only=True)
class Amount(Field):
    """decimal (11.2), 0.01 to 999999999.99, sent as a string with two decimals (API reference 6.0).

    `whole`: the channel may refuse or change kopecks, so they are a doubt (API reference 6.2).
    """

    whole: bool = False

    look: ClassVar[Look] = Look.MONEY

    def missing(self) -> Text:
        return _MISSING

    def understand(self, text: str) -> Money:
        return Money.parse(text)

    def read(self, wire: object) -> Money:
        if not isinstance(wire, str):
            raise ValueError(self.name)
        return Money.from_wire(wire)

    def show(self, value: Value, language: str) -> str:
        assert isinstance(value, Money)
        return format_money(value, language)

    def mask(self, value: Value) -> str:
        return str(self.wire(value))

    def doubts(self, value: Value) -> tuple[Doubt, ...]:
        assert isinstance(value, Money)
        if self.whole and value.kopecks % 100:
            return (Doubt("kopecks", _WHOLE_TITLE, _WHOLE, field=self.name),)
        return ()
