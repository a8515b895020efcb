"""Searching: what each filter finds, and that no text is bad syntax."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.domain.endpoint import Kind
from console.domain.states import State
from console.journal.filters import Filter
from tests.journal.making import FIND, START, Desk, behind


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(states=frozenset({State.WAIT})), {"PO-1", "PO-2", "PA-1"}),
        (Filter(kind=Kind.PAYMENT), {"PA-1"}),
        (Filter(services=frozenset({"payment_card_rub", "other"})), {"PA-1"}),
        (Filter(account="other"), set()),
        (Filter(since=START + timedelta(seconds=8)), {"PA-1", "PO-4", "PO-5", "PO-6"}),
        (Filter(until=START + timedelta(seconds=4)), {"PO-1"}),
        (Filter(unclear_only=True), {"PO-4", "PO-6"}),
        (Filter(partial_only=True), {"PA-1"}),
        (Filter(disputed_only=True), set()),
        (Filter(text="петр"), {"PO-2"}),
        (Filter(text="смир п"), {"PO-2"}),
        (Filter(text="СЧЕТ 1", states=frozenset({State.WAIT, State.INTENDED})), {"PO-1", "PO-2", "PO-3"}),
        (Filter(text="g-po-1"), {"PO-1"}),
        (Filter(text="PO"), {"PO-1", "PO-2", "PO-3", "PO-4", "PO-5", "PO-6"}),
        (Filter(text="+7903"), set()),
        (Filter(tail="9310"), {"PO-1"}),
        (Filter(tail="%"), set()),
        (Filter(number_find=FIND), {"PO-1", "PO-2", "PO-3"}),
        (Filter(order_id="PA-1"), {"PA-1"}),
        (Filter(gateway_id="g-PO-2"), {"PO-2"}),
        (Filter(amount=12_345_67), {"PO-2"}),
        (Filter(amount=12_345_67, order_id="PA-1", text="nothing"), {"PO-2", "PA-1"}),
    ],
)
def test_filters_find(filled: Desk, wanted: Filter, found: set[str]) -> None:
    assert {row.order_id for row in filled.reader.operations(wanted)} == found
    totals = filled.reader.totals(wanted)
    assert sum(count for count, _ in totals.values()) == len(found)


def test_no_digit_beyond_the_mask_is_in_the_search(filled: Desk) -> None:
    with behind(filled.path, unguarded=False) as other:
        other.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, search, row)")
        words = {word for (word,) in other.execute("SELECT term FROM temp.words")}
    assert not any(word.isdigit() and len(word) > 4 for word in words)
    assert "смирнов" in words


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text())
def test_no_text_is_bad_syntax(desk: Desk, text: str) -> None:
    desk.reader.operations(Filter(text=text.encode(errors="replace").decode()))
