"""Filters as SQL: values are bound, words quoted, nothing wanted hides nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.endpoint import Kind
from console.domain.states import State
from console.journal.filters import Filter, like, match, where
from tests.journal.making import START


def test_nothing_wanted_hides_nothing() -> None:
    assert Filter().is_empty
    assert where(Filter()) == ("1", [])
    assert not Filter(amount=0).is_empty


def test_what_narrows_is_joined_by_and() -> None:
    wanted = Filter(
        states=frozenset({State.WAIT, State.PAID}), kind=Kind.PAYOUT, services=frozenset({"s"}), account="a",
        since=START, until=START + timedelta(days=1), unclear_only=True,
    )  # fmt: skip
    sql, values = where(wanted)
    assert sql == (
        "state IN (?, ?) AND service IN (?) AND kind = ? AND account = ? AND created_at >= ? AND created_at < ? "
        "AND id IN (SELECT id FROM operation WHERE state IN ('absent', 'unknown') "
        "UNION SELECT id FROM operation WHERE disputed_at IS NOT NULL)"
    )
    assert values == ["paid", "wait", "s", "payout", "a", "2026-11-24T10:00:00.000000Z", "2026-11-25T10:00:00.000000Z"]


def test_what_a_search_understood_is_joined_by_or() -> None:
    sql, values = where(
        Filter(account="a", text="иван", number_find="f", order_id="o", gateway_id="g", amount=5, tail="9310")
    )
    assert sql == (
        "account = ? AND (id IN (SELECT rowid FROM search WHERE search MATCH ?) OR number_masked LIKE ? ESCAPE '\\' "
        "OR number_find = ? OR order_id = ? OR gateway_id = ? OR amount = ?)"
    )
    assert values == ["a", '"иван"*', "%9310", "f", "o", "g", 5]


def test_a_text_without_a_word_finds_nothing() -> None:
    assert where(Filter(text=" — ")) == ("(0)", [])


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("Иванов Иван", '"Иванов"* "Иван"*'),
        ('a"b', '"a""b"*'),
        ("NOT x* OR (y)", '"NOT"* "x*"* "OR"* "(y)"*'),
        ("счёт Ёж", '"счет"* "Еж"*'),
        ("a\0b", '"ab"*'),
        ("", None),
        ("— ?", None),
    ],
)
def test_words_are_quoted(text: str, expression: str | None) -> None:
    assert match(text) == expression


@given(st.text())
def test_a_literal_stays_one(text: str) -> None:
    assert like(text).replace("\\\\", "").replace("\\%", "").replace("\\_", "").count("%") == 0
