"""Every text that the domain and the catalogue mark is said in Russian by what ships."""

import re
from pathlib import Path

import pytest

import console
from console.domain.text import Text
from console.settings.translations import Translator
from translations import Marked, extract

CODE = Path(console.__file__).parent
FOUND = {key: text for folder in ("domain", "catalogue") for key, text in extract(CODE / folder).texts.items()}
SAME = {"SberPay"}
"""A name that is the same in both languages."""


def russian(text: Marked, count: int) -> str:
    shown = Text(text.context, text.source, text.plural)
    return Translator("ru")(shown if text.plural is None else shown.of(count))


def test_there_are_texts_of_every_area() -> None:
    assert {context for context, _ in FOUND} == {"catalogue", "form", "states", "trouble"}
    assert len(FOUND) > 300


@pytest.mark.parametrize("text", FOUND.values(), ids=lambda text: text.source[:40])
def test_every_text_is_said_in_russian(text: Marked) -> None:
    for count in (1, 2, 5):
        said = russian(text, count)
        assert said not in {text.source, text.plural} or said in SAME
        assert not any(char in said for char in "\"'“”")
        assert said == said.strip()


@pytest.mark.parametrize("text", [text for text in FOUND.values() if text.plural], ids=lambda text: text.source[:40])
def test_russian_counts_with_three_forms(text: Marked) -> None:
    one, few, many, again = (re.sub(r"\d+", "#", russian(text, count)) for count in (1, 24, 25, 21))
    assert one == again
    assert len({one, few, many}) >= 2
