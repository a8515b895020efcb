"""A strict JSON parser for answers: what is doubtful is no answer (failure model 0.2, M7).

Knows: JSON. Must not know: what an answer means.
"""

from __future__ import annotations

import json
import re

from console.domain.answer import Number

MAX_BYTES = 64 * 1024
MAX_DEPTH = 32

_NUMBER = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,40})?(?:[eE][+-]?[0-9]{1,3})?", re.ASCII)
"""Numbers of any use: longer ones, or such with a greater exponent, cost time and memory to calculate with."""


class NotJson(ValueError):
    """Bytes that are no single JSON text, or one that two readers could read in two ways."""


def parse(data: bytes) -> object:
    """Return the value of a JSON text of at most 64 KiB: str, Number, bool, None, list and dict.

    Raises NotJson for anything but UTF-8 without a byte order mark, for doubled names, NaN and infinities, halves of
    surrogate pairs, numbers out of reason, nesting deeper than 32 and bytes after the value.
    """
    if len(data) > MAX_BYTES:
        raise NotJson("too long")
    try:
        value = _DECODER.decode(data.decode("utf-8"))
        _check(value, MAX_DEPTH)
    except NotJson:
        raise
    except (ValueError, RecursionError, MemoryError) as error:
        raise NotJson(type(error).__name__) from None  # the cause holds the whole answer
    return value


def _number(text: str) -> Number:
    if _NUMBER.fullmatch(text) is None:
        raise NotJson("a number out of reason")
    return Number(text)


def _constant(text: str) -> object:
    raise NotJson(f"{text} is no JSON")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise NotJson("a doubled name")
    return fields


def _check(value: object, depth: int) -> None:
    if isinstance(value, str):
        value.encode("utf-8")  # raises for halves of surrogate pairs, which escapes can spell
        return
    if not isinstance(value, (dict, list)):
        return
    if depth == 0:
        raise NotJson("nested too deeply")
    for item in value:
        _check(item, depth - 1)
        if isinstance(value, dict):
            _check(value[item], depth - 1)


_DECODER = json.JSONDecoder(
    parse_float=_number, parse_int=_number, parse_constant=_constant, object_pairs_hook=_object, strict=True
)
