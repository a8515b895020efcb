"""T-FUZZ: answers, cells, inputs and searched texts by seeds; nothing escapes, and no answer proves what it does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random

import pytest

from tests.faults import fuzz_answers, fuzz_texts
from tests.faults.judge import Tally

Tell = Callable[[Tally], Tally]
ANSWERS, TEXTS = 100_000, 10_000
KINDS = ("cells", "inputs", "searches")


@pytest.mark.timeout(240)
def test_no_answer_proves_what_it_does_not(seed: int, tell: Tell) -> None:
    tally = tell(fuzz_answers.pooled(seed * ANSWERS, ANSWERS))
    assert tally.cases == ANSWERS
    assert tally.is_clean, tally.explain()


@pytest.mark.timeout(120)
@pytest.mark.parametrize("kind", KINDS)
def test_no_text_breaks_anything(kind: str, seed: int, tell: Tell) -> None:
    tally = tell(fuzz_texts.play(kind, seed * TEXTS, TEXTS))
    assert tally.cases == TEXTS
    assert tally.is_clean, tally.explain()


def test_one_seed_is_one_answer() -> None:
    assert fuzz_answers.made(Random(7)) == fuzz_answers.made(Random(7)) != fuzz_answers.made(Random(8))


@pytest.mark.parametrize(
    ("name", "spoilt"),
    [
        ("console.gateway.strict._DECODER", json.JSONDecoder(strict=False)),
        ("console.gateway.answers._mentions_order", lambda _: False),
        ("console.domain.inquiry._names", lambda *_: True),
        ("console.domain.inquiry._disagreement", lambda *_: None),
        ("console.domain.verdicts.id_of", lambda *_: "1"),
    ],
)
def test_a_reader_with_a_mistake_is_seen(monkeypatch: pytest.MonkeyPatch, name: str, spoilt: object) -> None:
    monkeypatch.setattr(name, spoilt)
    assert fuzz_answers.play(0, 10_000).wrong > 0


def test_a_cell_and_a_search_with_a_mistake_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz_texts, "safe_cell", lambda text: text)
    assert fuzz_texts.play("cells", 0, 300).wrong > 0
    monkeypatch.setattr("console.journal.filters.match", lambda text: text or None)
    assert fuzz_texts.play("searches", 0, 300).wrong > 0
    monkeypatch.setattr("console.domain.fields.field.Field.understand", lambda _, text: text[:5])
    assert fuzz_texts.play("inputs", 0, 2000).wrong > 0
