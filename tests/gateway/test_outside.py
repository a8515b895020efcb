"""Texts from outside show everything that is in them, and end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.gateway.outside import LONGEST, clean


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Иван И.\u00a0П. <b>№ 5</b> 😀", "Иван И.\u00a0П. <b>№ 5</b> 😀"),
        ("a\nb\tc\x00\x1b", "a␊b␉c␀␛"),
        ("a\x7f\x85", "a␡⟨U+0085⟩"),
        ("001\u202e50\u2066", "001⟨U+202E⟩50⟨U+2066⟩"),
        ("a\u200bb\ufeff\u2028\ud83d", "a⟨U+200B⟩b⟨U+FEFF⟩⟨U+2028⟩⟨U+D83D⟩"),
        ("", ""),
    ],
)
def test_known_texts(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_what_is_too_long_is_cut() -> None:
    assert clean("a" * LONGEST) == "a" * LONGEST
    assert clean("a" * (LONGEST + 1)) == "a" * (LONGEST - 1) + "…"
    assert clean("abcdef", 4) == "abc…"


@given(text=st.text(st.characters(exclude_categories=[]), max_size=600))
def test_nothing_hides(text: str) -> None:
    shown = clean(text)
    assert all(char.isprintable() or char.isspace() for char in shown)
    assert not set(shown) & set("\n\r\t\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029")
