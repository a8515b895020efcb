"""Filters and the search of the operations page: what they let through, and what an empty table says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.domain.endpoint import Kind
from console.domain.states import State
from console.journal.filters import Filter
from console.ui.pages.operations import OperationsPage
from console.ui.pages.operations_filter import OPEN, UNCLEAR, Period
from tests.gui.operations_hands import (
    CARD,
    WAIT,
    Page,
    cells,
    enter,
    four,
    rows,
)
from tests.gui.order_bench import type_text
from tests.gui.reading_bench import Sitting
from tests.services.bench import Bench, answered


@pytest.fixture
def seat(qtbot: QtBot, bench: Bench) -> Iterator[Page]:
    sitting = Sitting(qtbot, bench, OperationsPage)
    yield sitting
    sitting.close()


def test_chips_narrow_the_table_and_reset_drops_them(seat: Page) -> None:
    four(seat.bench)
    enter(seat)
    filters = seat.page.filters
    filters.kind.set_value(Kind.PAYMENT)
    seat.rest()
    assert rows(seat) == ["PM-1"]
    assert seat.page.footer.count.text() == "Shown 1 of 4"
    seat.click("operations/reset")
    assert rows(seat) == ["PO-1", "PO-2", "PO-3", "PM-1"]
    assert not seat.sees("operations/reset")
    filters.state.set_value(UNCLEAR)
    seat.rest()
    assert rows(seat) == ["PO-2"]
    filters.state.set_value(OPEN)
    seat.rest()
    assert rows(seat) == ["PO-1"]
    filters.state.reset()
    filters.method.set_value(CARD)
    seat.rest()
    assert rows(seat) == ["PM-1"]
    filters.method.reset()
    seat.bench.clock.advance(24 * 3600)
    for period, count in ((Period.TODAY, 0), (Period.YESTERDAY, 4), (Period.WEEK, 4), (Period.MONTH, 4)):
        filters.period.set_value(period)
        seat.rest()
        assert len(rows(seat)) == count, period


def test_the_methods_offered_are_those_of_the_kind(seat: Page) -> None:
    filters = seat.page.filters
    assert len(filters.method._choices) == 9
    filters.kind.set_value(Kind.PAYOUT)
    assert len(filters.method._choices) == 3
    filters.method.set_value("virtual_account_rub")
    filters.kind.set_value(Kind.PAYMENT)
    assert filters.method.value() is None


@pytest.mark.parametrize(
    ("text", "found", "understood"),
    [
        ("+7 903 111-22-33", ["PO-1", "PO-2", "PO-3"], "searched as phone +7 903 111-22-33"),
        ("12345,67", ["PO-1"], "searched as amount RUB\u00a012,345.67"),
        ("100001524", ["PO-1"], "searched as gateway id, order id or amount RUB\u00a0100,001,524.00"),
        ("7648", ["PM-1"], "searched as end of a number, part of an id or amount RUB\u00a07,648.00"),
        ("PO-2", ["PO-2"], "searched as order id or name, basis or payer"),
        ("client", ["PM-1"], "searched as name, basis or payer"),
    ],
)
def test_the_search_understands_and_says_so(seat: Page, text: str, found: list[str], understood: str) -> None:
    four(seat.bench)
    enter(seat)
    seat.page.search()
    assert QApplication.focusWidget() is seat.page.search_box.edit
    type_text(seat.page.search_box.edit, text)
    seat.qtbot.waitUntil(lambda: rows(seat) == found, timeout=10_000)
    assert seat.text("operations/understood") == understood
    seat.qtbot.waitUntil(lambda: seat.page.footer.count.text() == f"Shown {len(found)} of 4", timeout=10_000)


def test_a_name_is_found_as_it_is_typed(seat: Page) -> None:
    review = seat.bench.review(recipient="Громова Е. А.")
    seat.bench.transport.creates.append(answered(200, WAIT))
    seat.bench.submit.send(review)
    enter(seat)
    type_text(seat.page.search_box.edit, "гром")
    seat.qtbot.waitUntil(lambda: seat.page.understood.text() != "", timeout=10_000)
    seat.rest()
    assert rows(seat) == [review.order_id]
    assert cells(seat, 0)["recipient"] == "Громова Е. А."


def test_a_new_journal_offers_to_begin(seat: Page) -> None:
    enter(seat)
    assert "No operations yet" in seat.told()
    with seat.qtbot.waitSignal(seat.page.wanted) as wanted:
        seat.click("operations/new/payment")
    assert wanted.args == ["payment"]
    with seat.qtbot.waitSignal(seat.page.wanted) as wanted:
        seat.click("operations/new/payout")
    assert wanted.args == ["payout"]


def test_a_filter_that_nothing_fits_says_what_it_hides(seat: Page) -> None:
    four(seat.bench)
    enter(seat)
    seat.page.filters.kind.set_value(Kind.PAYMENT)
    seat.page.filters.period.set_value(Period.YESTERDAY)
    seat.rest()
    assert "Nothing fits this filter" in seat.told()
    assert "Operations without the filter: 4." in seat.told()
    seat.click("operations/empty/all_time")
    assert rows(seat) == ["PM-1"]
    seat.page.filters.state.set_value(OPEN)
    seat.rest()
    assert not seat.sees("operations/empty/all_time")
    seat.click("operations/empty/reset")
    assert len(rows(seat)) == 4


def test_a_search_that_finds_nothing_says_what_was_searched(seat: Page) -> None:
    four(seat.bench)
    enter(seat)
    seat.page.search_box.edit.setText("0000")
    seat.qtbot.waitUntil(lambda: "Nothing was found" in seat.told(), timeout=10_000)
    assert "searched as end of a number or part of an id" in seat.told()
    seat.click("operations/empty/reset")
    seat.rest()
    assert len(rows(seat)) == 4
    assert seat.page.search_box.text() == ""


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Filter(unclear_only=True), ["PO-2"]),
        (Filter(states=OPEN), ["PO-1"]),
        (Filter(kind=Kind.PAYMENT), ["PM-1"]),
        (Filter(), ["PO-1", "PO-2", "PO-3", "PM-1"]),
    ],
)
def test_the_counters_of_the_window_open_the_table_narrowed(seat: Page, wanted: Filter, found: list[str]) -> None:
    four(seat.bench)
    enter(seat)
    seat.page.filters.period.set_value(Period.YESTERDAY)
    seat.page.show_filter(wanted)
    seat.rest()
    assert rows(seat) == found


def test_a_set_of_states_that_no_chip_has_narrows_too(seat: Page) -> None:

    four(seat.bench)
    enter(seat)
    seat.page.show_filter(Filter(states=frozenset({State.REJECTED, State.UNKNOWN})))
    seat.rest()
    assert rows(seat) == ["PO-2", "PO-3"]
    seat.click("operations/reset")
    assert len(rows(seat)) == 4
