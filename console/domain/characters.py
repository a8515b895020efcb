"""Characters that do not belong into a value, named so that a person can see them: hidden ones and look-alikes too."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import combining

_MOST = 8


def named(chars: Iterable[str]) -> str:
    """Return the characters in their order, each once; what cannot be seen or poses as a digit has its number beside it.

    At most eight are named, so that a sentence stays one whatever was pasted.
    """
    each = list(dict.fromkeys(chars))
    names = [_name(char) for char in each[:_MOST]]
    return ", ".join([*names, "…"] if len(each) > _MOST else names)


def _name(char: str) -> str:
    number = f"U+{ord(char):04X}"
    if not char.isprintable() or char.isspace() or combining(char):
        return number
    return f"{char} ({number})" if char.isnumeric() and not char.isascii() else char
