"""What is unclear, in one place: since when, how often and when it was asked about, when the next question is, and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timezone

import pytest
from pytestqt.qtbot import QtBot

from console.domain.exchange import Reason
from console.journal.filters import Filter
from console.services.settle import Resolution, Word, confirmation_word
from console.ui import i18n
from console.ui.controls.table_fit import LEAST
from console.ui.pages.operations import OperationsPage
from console.ui.pages.operations_columns import COLUMNS
from console.ui.pages.operations_unclear import cell, since
from tests.gui.operations_hands import WAIT, Page, cells, enter, rows
from tests.gui.reading_bench import Sitting
from tests.services.bench import Bench, answered, lost

UNCLEAR = Filter(unclear_only=True)


@pytest.fixture
def seat(qtbot: QtBot, bench: Bench) -> Iterator[Page]:
    sitting = Sitting(qtbot, bench, OperationsPage)
    yield sitting
    sitting.close()


def shown(seat: Page) -> list[str]:
    return [column.key for number, column in enumerate(COLUMNS) if not seat.page.table.isColumnHidden(number)]


def unclear(seat: Page) -> None:
    """One that is accepted, one that is unknown and was asked about twice, and one that is disputed."""
    bench = seat.bench
    bench.send(answered(200, WAIT), order_id="fine")
    bench.send(lost(Reason.SILENT), order_id="unknown", number="79031112201")
    bench.send(answered(200, {**WAIT, "order_id": "other"}), order_id="contrary", number="79031112202")
    bench.clock.advance(90)
    bench.transport.asks += [lost(Reason.SILENT), lost(Reason.SILENT)]
    bench.follow.ask("unknown")
    bench.clock.advance(30)
    bench.follow.ask("unknown")
    enter(seat)
    seat.page.show_filter(UNCLEAR)
    seat.rest()


def test_the_table_of_what_is_unclear_says_what_is_known_of_it(seat: Page) -> None:
    unclear(seat)
    assert set(rows(seat)) == {"unknown", "contrary"}
    said = {order: cells(seat, seat.page.model.place_of(order)) for order in rows(seat)}
    assert said["unknown"]["since"] == said["contrary"]["since"] == "2026-11-24 12:00"
    assert said["unknown"]["asked"] == "2 times, at 12:02:00"
    assert said["contrary"]["asked"] == "not yet"
    assert said["unknown"]["error"]
    seconds = seat.services.follow.next_check("unknown")
    assert seconds is not None
    assert said["unknown"]["next"] == f"in {int(seconds)} s" != "in 0 s"


def test_its_columns_come_and_go_with_the_filter_and_nothing_is_cut_for_those_that_are_hidden(seat: Page) -> None:
    enter(seat)
    before = shown(seat)
    assert not {"since", "asked", "next"} & set(before)
    unclear(seat)
    assert {"since", "asked", "next", "error", "recipient", "amount"} <= set(shown(seat))
    assert not {"fee", "credited"} & set(shown(seat))
    recipient = [column.key for column in COLUMNS].index("recipient")
    assert seat.page.table.columnWidth(recipient) > LEAST
    seat.page.show_filter(Filter())
    seat.rest()
    assert shown(seat) == before


def test_the_next_question_counts_down(seat: Page) -> None:
    unclear(seat)
    place = seat.page.model.place_of("unknown")
    before = cells(seat, place)["next"]
    changed: list[object] = []
    seat.page.model.dataChanged.connect(lambda *_: changed.append(1))
    seat.bench.clock.advance(3)
    seat.page.tick()
    assert changed
    assert cells(seat, place)["next"] != before
    seat.bench.clock.advance(3600)
    assert cells(seat, place)["next"] == "now"
    seat.page.show_filter(Filter())
    seat.rest()
    changed.clear()
    seat.page.tick()
    assert not changed


def test_an_order_that_is_not_asked_about_has_no_next_question(seat: Page) -> None:
    unclear(seat)
    row = seat.bench.reader.get("unknown")
    assert row is not None
    assert cell(row, "next", None) == "—"
    i18n.current().choose("ru")
    assert cell(row, "asked", None) == "2 раза, в 12:02:00"
    assert cell(row, "next", 0.5) == "сейчас"


def test_since_when_is_told_of_every_kind(seat: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.services.settle.ASKS", 0)
    bench = seat.bench
    bench.send(answered(200, WAIT), order_id="fine")
    bench.send(lost(Reason.SILENT), order_id="b", number="79031112203")
    bench.clock.advance(16 * 60)
    row = bench.reader.get("b")
    assert row is not None
    bench.settle.resolve("b", Resolution(Word.NEVER, "T-1", "Анна", confirmation_word(row)))
    absent, fine = bench.reader.get("b"), bench.reader.get("fine")
    assert absent is not None and fine is not None
    assert since(absent) == datetime(2026, 11, 24, 9, 16, tzinfo=timezone.utc)
    assert since(fine) is None
    assert cell(fine, "since", None) == ""
