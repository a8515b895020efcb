"""The wire form of a body: the bytes PHP 8's `json_encode` writes by default, or none at all.

Knows: values and their bytes (API reference 3.3 and 3.4; every rule is tested against a PHP).
Must not know: what a body means, who signs it, where it goes.
"""

from __future__ import annotations

import re

MAX_DEPTH = 128
"""Nested arrays at most: far more than any body has, and fewer than the 512 that `json_encode` takes."""

_INT = range(-(2**63), 2**63)
"""PHP's integers; beyond them PHP reads a float, whose text is another one."""

_ARRAY_KEY = re.compile(r"0|-?[1-9][0-9]*", re.ASCII)
"""A text that PHP turns into an integer when it is the key of an array."""

_SPECIAL = re.compile(r'["\\/\x00-\x1f]|[^\x00-\x7f]')
_SHORT = {
    '"': '\\"',
    "\\": "\\\\",
    "/": "\\/",
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
}


class Unencodable(ValueError):
    """A value that has no certain bytes: a float, a lone surrogate, an integer beyond 64 bits, too deep, another type."""


def encode(body: object) -> bytes:
    """Return the bytes of `body`, which is made of str, int, bool, None, list, tuple and dict.

    As in PHP an empty dict is `[]`, a dict with the keys 0 to n-1 in order is a list, and `"7"` and 7 are one key.
    Raises Unencodable rather than write bytes that PHP would not.
    """
    return _value(body, MAX_DEPTH).encode("ascii")


def _value(value: object, depth: int) -> str:
    kind = type(value)
    if value is None:
        return "null"
    if kind is bool:
        return "true" if value else "false"
    if isinstance(value, str) and kind is str:
        return _string(value)
    if isinstance(value, int) and kind is int:
        return _integer(value)
    if isinstance(value, (list, tuple)) and kind in {list, tuple}:
        return _list(list(value), depth)
    if isinstance(value, dict) and kind is dict:
        return _array(value, depth)
    raise Unencodable(f"a body holds no {kind.__name__}")


def _integer(value: int) -> str:
    if value not in _INT:
        raise Unencodable("an integer beyond 64 bits")
    return str(value)


def _string(text: str) -> str:
    return f'"{_SPECIAL.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    char = found[0]
    if char in _SHORT:
        return _SHORT[char]
    code = ord(char)
    if code < 0x10000:
        if 0xD800 <= code < 0xE000:
            raise Unencodable("half of a surrogate pair")
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


def _list(values: list[object], depth: int) -> str:
    inner = _deeper(depth)
    return "[" + ",".join([_value(value, inner) for value in values]) + "]"


def _array(values: dict[object, object], depth: int) -> str:
    keys = [_key(key) for key in values]
    if len(set(keys)) != len(keys):
        raise Unencodable("two keys that are one in PHP")
    if keys == list(range(len(keys))):
        return _list(list(values.values()), depth)
    inner = _deeper(depth)
    pairs = [f"{_string(str(key))}:{_value(value, inner)}" for key, value in zip(keys, values.values(), strict=True)]
    return "{" + ",".join(pairs) + "}"


def _key(key: object) -> str | int:
    if isinstance(key, str) and type(key) is str:
        if len(key) <= 20 and _ARRAY_KEY.fullmatch(key) and int(key) in _INT:
            return int(key)
        return key
    if isinstance(key, int) and type(key) is int:
        _integer(key)
        return key
    raise Unencodable(f"a key is no {type(key).__name__}")


def _deeper(depth: int) -> int:
    if depth == 0:
        raise Unencodable("nested too deeply")
    return depth - 1
