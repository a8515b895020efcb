"""Characters that do not belong are named so that a person can see them."""

import pytest

from console.domain.characters import named


@pytest.mark.parametrize(
    ("chars", "names"),
    [
        ("", ""),
        ("аба", "а, б"),
        ("-\u2212", "-, \u2212"),
        ("\u202e\u200b\ufeff", "U+202E, U+200B, U+FEFF"),
        ("\t\n\u00a0 ", "U+0009, U+000A, U+00A0, U+0020"),
        ("\u0661\uff11", "\u0661 (U+0661), \uff11 (U+FF11)"),
        ("7", "7"),
        ("1\u0301", "1, U+0301"),
        ("\ud800", "U+D800"),
        ("abcdefgh", "a, b, c, d, e, f, g, h"),
        ("abcdefghi", "a, b, c, d, e, f, g, h, …"),
    ],
)
def test_each_is_named_once_in_its_order(chars: str, names: str) -> None:
    assert named(chars) == names
