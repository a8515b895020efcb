"""An answer's JSON object and how its values are read: nothing missing or added is ever an error (API reference 7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from console.domain.money import Sum


@dataclass(frozen=True, slots=True)
class Number:
    """A JSON number as its text: never a float, so that nothing is rounded."""

    text: str

    @property
    def is_integer(self) -> bool:
        """Whether the text is digits with an optional minus."""
        return self.text.isascii() and self.text.removeprefix("-").isdigit()

    @property
    def decimal(self) -> Decimal:
        """The exact value."""
        return Decimal(self.text)


Fields = Mapping[str, object]
"""A parsed JSON object: values are str, Number, bool, None, lists and such objects."""


def text_of(fields: Fields, name: str) -> str | None:
    """Return a field as text: a string that is not blank, or a number as written; None for anything else."""
    value = fields.get(name)
    if isinstance(value, Number):
        return value.text
    return value if isinstance(value, str) and value.strip() else None


def id_of(fields: Fields, name: str = "id") -> str | None:
    """Return the gateway's id: a non-empty text or an integer, never a fraction (failure model 2.5)."""
    value = fields.get(name)
    if isinstance(value, Number) and not value.is_integer:
        return None
    text = text_of(fields, name)
    return text if text is not None and len(text) <= 128 and text.isprintable() else None


def sum_of(fields: Fields, name: str) -> Sum | None:
    """Return a sum as the gateway wrote it, a string or a number; None where there is none."""
    text = text_of(fields, name)
    return None if text is None else Sum.read(text)


def flag_of(fields: Fields, name: str) -> bool | None:
    """Return a boolean; texts and numbers of call-backs ("true", "1") count too, anything else is None."""
    value = fields.get(name)
    if isinstance(value, bool):
        return value
    return {"true": True, "1": True, "false": False, "0": False}.get(text_of(fields, name) or "")
