"""The journal's page: records as they stand, one opened and shown whole, the search, and the check of everything."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from console.domain.trouble import Unavailable
from console.ui import i18n
from console.ui.controls.table import Fact
from console.ui.pages.journal import SHOWN_FOR, JournalPage
from console.ui.pages.journal_model import COLUMNS
from console.ui.pages.journal_record import as_text
from console.ui.shell.room import Room
from tests.gui.order_bench import press, type_text
from tests.gui.reading_bench import Sitting
from tests.services.bench import Bench, answered, lost

WAIT = {"id": 100001524, "payment_status": "wait"}
Page = Sitting[JournalPage]


@pytest.fixture
def seat(qtbot: QtBot, bench: Bench) -> Iterator[Page]:
    sitting = Sitting(qtbot, bench, JournalPage)
    yield sitting
    sitting.close()


def enter(seat: Page) -> None:
    seat.page.entered()
    seat.rest()


def titles(seat: Page) -> list[str]:
    seat.rest()
    model = seat.page.model
    for place in range(model.rowCount()):
        model.row_at(place)
    seat.rest()
    return [str(model.index(place, 2).data()) for place in range(model.rowCount())]


def choose(seat: Page, place: int) -> int:
    """Make a row the current one, wait for its record, and return its number."""
    titles(seat)
    row = seat.page.model.row_at(place)
    assert row is not None
    seat.page.table.setCurrentIndex(seat.page.model.index(place, 0))
    panel = seat.page.panel
    seat.qtbot.waitUntil(lambda: panel.record is not None and panel.record.row.seq == row.seq, timeout=10_000)
    seat.rest()
    return row.seq


def body(seat: Page, name: str) -> object:
    return json.loads(seat.one(f"journal/{name}", QPlainTextEdit).toPlainText())


def test_records_stand_newest_first_with_milliseconds(seat: Page) -> None:
    row = seat.bench.send(answered(200, WAIT)).row
    enter(seat)
    assert titles(seat) == [
        "Accepted by the gateway, processing",
        "Request signed and sent",
        f"Intent: payout {row.order_id}",
        "Public key recorded",
        "Journal begun",
    ]
    model = seat.page.model
    assert [model.index(0, number).data() for number in range(len(COLUMNS))] == [
        "5", "2026-11-24 12:00:00.000", "Accepted by the gateway, processing", "/v1/payout", "200", "100 ms",
    ]  # fmt: skip
    assert seat.page.footer.count.text() == "5 records, since 2026-11-24"


def test_what_is_not_calm_has_a_colour(seat: Page) -> None:
    seat.bench.send(answered(400, {"errors": {"number": ["no"]}}))
    enter(seat)
    titles(seat)
    model = seat.page.model
    assert model.index(0, 2).data(Fact.TONE) == "red"
    assert model.index(0, 4).data(Fact.TONE) == "red"
    assert model.index(0, 0).data(Fact.TONE) == "ink2"
    assert model.index(0, 1).data(Fact.TONE) is None
    assert model.index(1, 2).data(Fact.TONE) == ""


def test_a_record_is_opened_masked(seat: Page) -> None:
    seat.bench.send(answered(200, WAIT))
    enter(seat)
    assert choose(seat, 0) == 5
    said = seat.told()
    assert "Record 5" in said
    assert "POST /v1/payout" in said
    assert "right, " in said
    shown = body(seat, "request")
    assert isinstance(shown, dict)
    assert shown["number"] == "7903•••••33"
    assert body(seat, "answer") == WAIT


def test_a_record_is_shown_whole_for_ten_seconds_and_that_is_a_record(seat: Page) -> None:
    seat.bench.send(answered(200, WAIT))
    enter(seat)
    seq = choose(seat, 0)
    seat.click("journal/reveal")
    shown = body(seat, "request")
    assert isinstance(shown, dict)
    assert shown["number"] == "79031112233"
    assert titles(seat)[0] == f"Record {seq} shown for 10 s"
    assert SHOWN_FOR == 10_000
    assert seat.page._mask.isActive()
    assert seat.page.table.current_row() == 1
    seat.page._mask.timeout.emit()
    seat.rest()
    masked = body(seat, "request")
    assert isinstance(masked, dict)
    assert masked["number"] == "7903•••••33"


def test_a_record_can_be_hidden_at_once(seat: Page) -> None:
    seat.bench.send(answered(200, WAIT))
    enter(seat)
    choose(seat, 0)
    seat.click("journal/reveal")
    seat.click("journal/reveal")
    shown = body(seat, "request")
    assert isinstance(shown, dict)
    assert shown["number"] == "7903•••••33"
    assert not seat.page._mask.isActive()


def test_an_answer_that_is_no_json_is_hidden(seat: Page) -> None:
    seat.bench.send(answered(500, b"<b>no</b>"))
    enter(seat)
    choose(seat, 0)
    assert "Not JSON: 9 bytes, hidden" in seat.told()
    seat.click("journal/reveal")
    assert seat.one("journal/answer", QPlainTextEdit).toPlainText() == "<b>no</b>"


def test_a_record_leads_to_its_operation_and_is_copied_masked(seat: Page) -> None:
    order_id = seat.bench.send(answered(200, WAIT)).row.order_id
    enter(seat)
    choose(seat, 0)
    with seat.qtbot.waitSignal(seat.page.opened) as opened:
        seat.click("journal/record/operation")
    assert opened.args == [order_id]
    with seat.qtbot.waitSignal(seat.page.noticed):
        seat.click("journal/record/copy")
    copied = QApplication.clipboard().text()
    assert "79031112233" not in copied
    assert "POST /v1/payout: 200, 100 ms, 43 bytes" in copied


def test_a_request_that_is_still_to_be_answered_says_nothing_of_an_answer(seat: Page) -> None:
    seat.bench.send(answered(200, WAIT))
    enter(seat)
    choose(seat, 1)
    assert "Answer" not in seat.told().splitlines()
    with seat.qtbot.waitSignal(seat.page.noticed):
        seat.click("journal/record/copy")
    assert "POST /v1/payout\n" in QApplication.clipboard().text()


def test_a_record_without_a_request_says_little(seat: Page) -> None:
    enter(seat)
    choose(seat, 0)
    assert not seat.sees("journal/reveal")
    assert not seat.sees("journal/record/operation")
    record = seat.page.panel.record
    assert record is not None
    assert as_text(record).splitlines()[1:] == [record.digest]


def test_a_repeated_question_names_what_it_repeats(seat: Page) -> None:
    bench = seat.bench
    order_id = bench.send(answered(200, WAIT)).row.order_id
    status = {"order_id": order_id, **WAIT}
    bench.transport.asks += [answered(200, status), answered(200, status)]
    for _ in range(2):
        bench.clock.advance(60)
        bench.follow.ask(order_id)
    bench.journal.flush(bench.clock())
    enter(seat)
    choose(seat, 0)
    assert "record 6, nothing new" in seat.told()


def test_a_lost_answer_says_why(seat: Page) -> None:
    seat.bench.send(lost())
    enter(seat)
    choose(seat, 0)
    said = seat.told()
    assert "the connection was dropped" in said
    assert "none" in said.splitlines()


def test_escape_gives_the_width_back(seat: Page) -> None:
    enter(seat)
    choose(seat, 0)
    press(seat.page.table, Qt.Key.Key_Escape)
    assert not seat.page.has_panel()
    press(seat.page.table, Qt.Key.Key_Escape)
    seat.page.table.opened.emit(0)
    seat.qtbot.waitUntil(seat.page.has_panel, timeout=10_000)
    seat.rest()
    seat.click("journal/record/close")
    assert not seat.page.has_panel()


def test_in_a_narrow_window_the_record_lies_over_the_table(seat: Page) -> None:
    seat.page.set_room(Room.NARROW)
    seat.window.resize(860, 480)
    enter(seat)
    titles(seat)
    seat.page.table.setCurrentIndex(seat.page.model.index(0, 0))
    assert not seat.page._resting.isActive()
    press(seat.page.table, Qt.Key.Key_Return)
    seat.qtbot.waitUntil(seat.page.has_panel, timeout=10_000)
    assert seat.page.table_card.geometry().contains(seat.page.panel.geometry())
    seat.page.set_room(Room.FULL)
    QApplication.processEvents()
    assert not seat.page.table_card.geometry().intersects(seat.page.panel.geometry())


def test_the_search_finds_orders_numbers_and_addresses(seat: Page) -> None:
    order_id = seat.bench.send(answered(200, WAIT)).row.order_id
    enter(seat)
    seat.page.search()
    assert QApplication.focusWidget() is seat.page.search_box.edit
    type_text(seat.page.search_box.edit, order_id)
    seat.qtbot.waitUntil(lambda: seat.page.footer.count.text() == "Found 3 of 5", timeout=10_000)
    assert len(titles(seat)) == 3
    seat.page.show_records("№2")
    seat.rest()
    assert titles(seat)[0] == "Public key recorded"
    seat.page.search_box.clear()
    seat.qtbot.waitUntil(lambda: seat.page.model.rowCount() == 5, timeout=10_000)


def test_a_search_that_finds_nothing_says_where_it_looked(seat: Page) -> None:
    enter(seat)
    seat.page.show_records("nothing of the kind")
    seat.rest()
    assert "No record was found" in seat.told()
    seat.click("journal/empty/clear")
    seat.qtbot.waitUntil(lambda: seat.page.model.rowCount() == 1, timeout=10_000)


def test_records_that_are_written_appear_on_top_and_the_chosen_one_stays(seat: Page) -> None:
    enter(seat)
    choose(seat, 0)
    seat.bench.send(answered(200, WAIT))
    seat.page.operations_changed(("any",))
    seat.rest()
    assert len(titles(seat)) == 5
    assert seat.page.table.current_row() == 4
    seat.page.show_records("payout")
    seat.rest()
    count = seat.page.model.rowCount()
    seat.bench.send(answered(200, {"id": 9, "payment_status": "wait"}), order_id="PO-2", amount="7.00")
    seat.page.operations_changed(("PO-2",))
    seat.rest()
    assert seat.page.model.rowCount() == count


def test_the_head_of_the_chain_is_copied(seat: Page) -> None:
    enter(seat)
    with seat.qtbot.waitSignal(seat.page.noticed):
        seat.click("journal/head/copy")
    assert json.loads(QApplication.clipboard().text())["seq"] == 1


def test_a_journal_that_cannot_be_read_is_told_and_read_again(seat: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise Unavailable("E-IO")

    with monkeypatch.context() as patch:
        patch.setattr(seat.services.records._reader, "head", broken)
        enter(seat)
        assert "The disk failed while the journal was written" in seat.told()
    seat.click("journal/again")
    assert titles(seat) == ["Journal begun"]


def test_a_record_that_cannot_be_opened_is_told(seat: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    enter(seat)
    titles(seat)

    def broken(_: int) -> None:
        raise Unavailable("E-IO")

    monkeypatch.setattr(seat.services.records._journal, "open_parts", broken)
    seat.page.table.opened.emit(0)
    seat.qtbot.waitUntil(lambda: "The disk failed while the journal was written" in seat.told(), timeout=10_000)
    seat.click("dialog/ok")


def test_the_page_speaks_another_language_at_once(seat: Page) -> None:
    seat.bench.send(answered(200, WAIT))
    enter(seat)
    choose(seat, 0)
    i18n.current().choose("ru")
    seat.rest()
    assert titles(seat)[-1] == "Журнал начат"
    assert seat.page.footer.count.text() == "5 записей, с 24.11.2026"
    assert "Запись 5" in seat.told()


def test_more_of_a_long_search_comes_by_itself(seat: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.ui.pages.journal_source.PAGE", 2)
    monkeypatch.setattr("console.ui.pages.journal_model.PAGE", 2)
    seat.bench.send(answered(200, WAIT))
    seat.page.show_records("PO-")
    seat.rest()
    seat.qtbot.waitUntil(lambda: seat.page.model.rowCount() == 3, timeout=10_000)
