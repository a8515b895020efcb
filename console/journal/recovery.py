"""The recovery code: the journal's key as groups that a person prints or writes down, and reads back without mistakes.

56 signs of Crockford's base 32 in 14 groups of four: 32 bytes of key and three of a checksum, so that a mistyped code
is known as such (one of 16 million passes by chance) before it is tried on a journal.
"""

from __future__ import annotations

import hashlib

from console.domain.secret import Secret

GROUP = 4
GROUPS = 14
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ALIKE = str.maketrans("OILАВСЕНКМОРТХ", "011ABCEHKM0PTX")
"""Signs that are read for others: O, I and L, and Russian letters that look like Latin ones."""
_LABEL = b"alikassa-console recovery code 1"
_CHECK = 3


class Mistyped(ValueError):
    """The code is not one that the console made: too short, a strange sign, or a checksum that does not fit."""


def code_of(key: Secret) -> str:
    """Return the recovery code of a journal's key, its groups parted by dashes."""
    raw = bytes.fromhex(key.reveal())
    number = int.from_bytes(raw + _checksum(raw), "big")
    signs = "".join(_SIGNS[number >> shift & 31] for shift in range(5 * (GROUP * GROUPS - 1), -1, -5))
    return "-".join(signs[place : place + GROUP] for place in range(0, len(signs), GROUP))


def key_of(code: str) -> Secret:
    """Return the journal's key of a typed code; raises Mistyped."""
    signs = "".join(char for char in code.upper().translate(_ALIKE) if char.isalnum())
    if len(signs) != GROUP * GROUPS or any(sign not in _SIGNS for sign in signs):
        raise Mistyped("a recovery code has 14 groups of four signs")
    number = 0
    for sign in signs:
        number = number << 5 | _SIGNS.index(sign)
    whole = number.to_bytes(GROUP * GROUPS * 5 // 8, "big")
    raw, check = whole[:-_CHECK], whole[-_CHECK:]
    if check != _checksum(raw):
        raise Mistyped("the checksum does not fit")
    return Secret(raw.hex())


def group_of(code: str, number: int) -> str:
    """Return one group, counted from 1."""
    return code.split("-")[number - 1]


def same_group(typed: str, group: str) -> bool:
    """Whether a typed group is that one, read as tolerantly as a code."""
    return "".join(typed.upper().translate(_ALIKE).split()) == group


def _checksum(raw: bytes) -> bytes:
    return hashlib.sha256(_LABEL + raw).digest()[:_CHECK]
