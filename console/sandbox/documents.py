"""JSON as the gateway reads and writes it: strict in, PHP's default form out.

Shares nothing with the console's own wire code, so that a mistake there cannot agree with itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import NoReturn


class NotJson(ValueError):
    """Bytes that are not one JSON text in UTF-8, or that are doubtful: repeated names, NaN, too deep."""


def read(body: bytes) -> dict[str, object]:
    """Return the object of a body; an empty list counts as an empty object, as in PHP (API reference 3.4).

    Integers are int, other numbers Decimal. Raises NotJson.
    """
    try:
        value = json.loads(body.decode("utf-8"), object_pairs_hook=_once, parse_float=Decimal, parse_constant=_refuse)
    except (ValueError, RecursionError) as trouble:
        raise NotJson(str(trouble)) from None
    if value == []:
        return {}
    if not isinstance(value, dict):
        raise NotJson("not an object")
    return value


def write(value: Mapping[str, object]) -> bytes:
    """Return PHP's default form: no blanks, `\\/` for slashes, `\\uXXXX` for letters beyond ASCII.

    A Decimal is a bare number with all its digits; sums in answers are such numbers at times (API reference 7.7).
    """
    return _text(value).encode("ascii")


def _text(value: object) -> str:
    match value:
        case dict():
            return "{" + ",".join(f"{_text(name)}:{_text(one)}" for name, one in value.items()) + "}"
        case list() | tuple():
            return "[" + ",".join(map(_text, value)) + "]"
        case Decimal():
            return f"{value:f}"
        case _:
            return json.dumps(value).replace("/", "\\/")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise NotJson("a name stands twice")
    return fields


def _refuse(word: str) -> NoReturn:
    raise NotJson(f"{word} is not JSON")
