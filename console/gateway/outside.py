"""Texts from outside, made fit to be shown: cut, and with nothing in them that hides or reorders (failure model 2.7).

Must not know: where a text came from and who reads it.
"""

from __future__ import annotations

import unicodedata

LONGEST = 500


def clean(text: str, longest: int = LONGEST) -> str:
    """Return the text with control characters as symbols (␊), those that hide or turn text around as `⟨U+202E⟩`.

    What is longer than `longest` characters is cut, and ends with `…`.
    """
    cut = text if len(text) <= longest else text[: longest - 1] + "…"
    return "".join([char if char.isprintable() else _symbol(char) for char in cut])


def _symbol(char: str) -> str:
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if unicodedata.category(char) == "Zs":
        return char  # a wider or narrower blank
    return f"⟨U+{code:04X}⟩"
