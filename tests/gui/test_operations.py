"""The operations page: rows, sums, keys, and how it stays still while things change."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from console.domain.endpoint import Kind
from console.domain.trouble import Unavailable
from console.journal.filters import Filter
from console.journal.read import Sums
from console.journal.rows import OperationRow
from console.ui import i18n
from console.ui.controls.table import Fact
from console.ui.pages.operations import OperationsPage
from console.ui.shell.room import Room
from tests.gui.operations_hands import (
    WAIT,
    Page,
    cells,
    choose,
    enter,
    four,
    rows,
)
from tests.gui.order_bench import press, type_text
from tests.gui.reading_bench import Sitting
from tests.services.bench import Bench, answered


@pytest.fixture
def seat(qtbot: QtBot, bench: Bench) -> Iterator[Page]:
    sitting = Sitting(qtbot, bench, OperationsPage)
    yield sitting
    sitting.close()


def test_rows_say_everything_in_their_columns(seat: Page) -> None:
    four(seat.bench)
    enter(seat)
    assert rows(seat) == ["PO-1", "PO-2", "PO-3", "PM-1"]
    assert cells(seat, 0) == {
        "state": "Processing",
        "created": "2026-11-24 12:03",
        "method": "SBP",
        "recipient": "",
        "number": "+7 903 •••-••-33",
        "amount": "RUB\u00a012,345.67",
        "since": "",
        "asked": "not yet",
        "next": "—",
        "fee": "",
        "credited": "",
        "order": "PO-1",
        "gateway": "100001524",
        "error": "",
    }
    assert cells(seat, 1)["error"] == "no answer in time"
    assert cells(seat, 2)["error"] == "number: is wrong"
    assert (cells(seat, 3)["recipient"], cells(seat, 3)["number"]) == ("client-20418", "220070••••••7648")
    assert cells(seat, 3)["state"] == "Paid"
    assert seat.page.table.horizontalHeader().model().headerData(1, Qt.Orientation.Horizontal) == "Created (MSK)"


def test_the_footer_counts_and_sums_the_unknown_first(seat: Page) -> None:
    four(seat.bench)
    enter(seat)
    footer = seat.page.footer
    assert footer.count.text() == "4 operations"
    sums = footer._totals.accessibleName()
    assert sums.startswith("Unknown RUB\u00a018,500.00, ")
    assert "Paid RUB\u00a04,900.00" in sums


def test_contradictions_have_a_sum_of_their_own(seat: Page) -> None:
    bench = seat.bench
    bench.send(answered(200, {"id": 7, "payment_status": "paid"}), order_id="PO-1", amount="10.00")
    bench.transport.asks.append(answered(200, {"order_id": "PO-1", "payment_status": "cancel"}))
    bench.follow.ask("PO-1")
    enter(seat)
    assert seat.page.footer._totals.accessibleName() == "Contradiction RUB\u00a010.00"
    assert cells(seat, 0)["state"] == "Contradiction"


@pytest.mark.parametrize("question", ["operations", "sums", "count"])
def test_a_journal_that_cannot_be_read_is_told_and_read_again(
    seat: Page, monkeypatch: pytest.MonkeyPatch, question: str
) -> None:
    four(seat.bench)

    def broken(*_: object) -> None:
        raise Unavailable("E-IO")

    with monkeypatch.context() as patch:
        patch.setattr(seat.bench.reader, question, broken)
        enter(seat)
        assert "The disk failed while the journal was written" in seat.told()
    seat.click("operations/again")
    assert len(rows(seat)) == 4


def test_the_table_does_not_move_when_rows_come_on_top(seat: Page) -> None:
    bench = seat.bench
    for number in range(40):
        bench.send(
            answered(200, {"id": number + 1, "payment_status": "paid"}),
            order_id=f"PO-{number:02}",
            amount=f"{number + 1}",
        )
        bench.clock.advance(1)
    enter(seat)
    choose(seat, "PO-20")
    table = seat.page.table
    bar = table.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    top = seat.page.model.row_at(table.rowAt(0))
    bench.send(answered(200, {"id": 99, "payment_status": "wait"}), order_id="PO-new", amount="99")
    seat.page.operations_changed(("PO-new",))
    seat.rest()
    assert rows(seat)[0] == "PO-new"
    assert seat.page.model.row_at(table.rowAt(0)) == top
    assert seat.page.model.row_at(table.current_row()).order_id == "PO-20"  # type: ignore[union-attr]  # it is there
    seat.qtbot.waitUntil(lambda: seat.page.footer.count.text() == "41 operations", timeout=10_000)


def test_a_row_that_changed_has_a_dot_until_it_is_seen(seat: Page) -> None:
    bench = seat.bench
    four(bench)
    enter(seat)
    model = seat.page.model

    def dot(order_id: str) -> bool:
        return bool(model.index(model.place_of(order_id), 0).data(Fact.CHANGED))

    for order_id in ("PO-1", "PO-2", "PO-3", "PM-1"):
        model.see(order_id)
    assert not dot("PO-1")
    bench.clock.advance(10)
    bench.transport.asks.append(answered(200, {"order_id": "PO-1", "id": 100001524, "payment_status": "paid"}))
    bench.follow.ask("PO-1")
    seat.page.operations_changed(("PO-1",))
    seat.rest()
    assert dot("PO-1")
    assert cells(seat, 0)["state"] == "Paid out"
    choose(seat, "PO-1")
    assert not dot("PO-1")
    assert model.index(0, 0).data(Fact.VISITED)


def test_a_page_that_is_not_shown_looks_when_it_comes_up(seat: Page) -> None:
    four(seat.bench)
    enter(seat)
    seat.page.hide()
    seat.bench.clock.advance(1)
    seat.bench.send(answered(200, {"id": 9, "payment_status": "wait"}), order_id="PO-late", amount="5.00")
    seat.page.operations_changed(("PO-late",))
    seat.rest()
    assert "PO-late" not in rows(seat)
    seat.page.show()
    enter(seat)
    assert rows(seat)[0] == "PO-late"


@pytest.mark.parametrize("key", ["s", "ы"])
def test_s_asks_now_in_either_layout(seat: Page, key: str) -> None:
    four(seat.bench)
    enter(seat)
    seat.bench.transport.asks.append(answered(200, {"order_id": "PO-1", "id": 100001524, "payment_status": "paid"}))
    seat.page.table.setCurrentIndex(seat.page.model.index(0, 0))
    with seat.qtbot.waitSignal(seat.page.changed) as changed:
        type_text(seat.page.table, key)
    assert changed.args == [("PO-1",)]
    seat.rest()


@pytest.mark.parametrize("key", ["d", "в", "D"])
def test_d_fills_a_new_form_in_either_layout(seat: Page, key: str) -> None:
    four(seat.bench)
    enter(seat)
    seat.page.table.setCurrentIndex(seat.page.model.index(0, 0))
    with seat.qtbot.waitSignal(seat.page.duplicated) as duplicated:
        type_text(seat.page.table, key)
    assert duplicated.args[0].texts["amount"] == "12345.67"
    seat.rest()


@pytest.mark.parametrize("key", ["c", "с"])
def test_c_copies_the_order_id_in_either_layout(seat: Page, key: str) -> None:
    four(seat.bench)
    enter(seat)
    seat.page.table.setCurrentIndex(seat.page.model.index(1, 0))
    with seat.qtbot.waitSignal(seat.page.noticed):
        type_text(seat.page.table, key)
    assert QApplication.clipboard().text() == "PO-2"
    seat.rest()


def test_other_letters_and_an_empty_table_do_nothing(seat: Page) -> None:
    enter(seat)
    type_text(seat.page.table, "sdcx")
    four(seat.bench)
    seat.page.refresh()
    seat.rest()
    seat.page.table.setCurrentIndex(seat.page.model.index(0, 0))
    type_text(seat.page.table, "x")
    seat.rest()
    assert QApplication.clipboard().text() == ""


def test_enter_goes_into_the_card_and_escape_comes_back(seat: Page) -> None:
    four(seat.bench)
    enter(seat)
    table = seat.page.table
    table.setCurrentIndex(seat.page.model.index(1, 0))
    press(table, Qt.Key.Key_Return)
    seat.qtbot.waitUntil(seat.page.has_card, timeout=10_000)
    seat.rest()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "operations/check"
    press(focused, Qt.Key.Key_Escape)
    assert not seat.page.has_card()
    assert QApplication.focusWidget() is table
    press(table, Qt.Key.Key_Escape)
    assert not seat.page.has_card()


def test_in_a_narrow_window_the_card_lies_over_the_table(seat: Page) -> None:
    four(seat.bench)
    seat.window.resize(860, 480)
    seat.page.set_room(Room.NARROW)
    enter(seat)
    page = seat.page
    width = page.table_card.width()
    page.table.setCurrentIndex(page.model.index(1, 0))
    page._resting.timeout.emit()
    seat.rest()
    page.table.opened.emit(1)
    seat.qtbot.waitUntil(page.has_card, timeout=10_000)
    assert page.table_card.width() == width
    assert page.table_card.geometry().contains(page.card.geometry())
    press(page.table, Qt.Key.Key_Escape)
    assert not page.has_card()
    page.set_room(Room.FULL)
    page.table.opened.emit(1)
    seat.qtbot.waitUntil(page.has_card, timeout=10_000)
    QApplication.processEvents()
    assert not page.table_card.geometry().intersects(page.card.geometry())


def test_arrows_in_a_narrow_window_open_no_card(seat: Page) -> None:
    four(seat.bench)
    seat.page.set_room(Room.NARROW)
    enter(seat)
    press(seat.page.table, Qt.Key.Key_Down)
    seat.rest()
    assert not seat.page._resting.isActive()
    assert not seat.page.has_card()


def test_an_order_is_shown_whatever_the_filter_hides(seat: Page) -> None:
    four(seat.bench)
    enter(seat)
    seat.page.filters.kind.set_value(Kind.PAYMENT)
    seat.rest()
    seat.page.show_order("PO-2")
    seat.qtbot.waitUntil(seat.page.has_card, timeout=10_000)
    seat.rest()
    assert seat.page.table.current_row() == 1
    assert seat.text("operations/card/order_id") == "PO-2"


def test_more_sums_than_fit_are_offered(seat: Page) -> None:
    four(seat.bench)
    enter(seat)
    seat.page._offer_totals()

    menu = next(each for each in seat.window.findChildren(QMenu) if each.isVisible())
    assert next(action.text() for action in menu.actions()) == "Unknown: RUB\u00a018,500.00"
    menu.close()


def test_changes_that_go_on_do_not_put_the_sums_off(seat: Page) -> None:
    four(seat.bench)
    enter(seat)
    seat.page._renew()
    seat.rest()
    left = seat.page.source._summing.remainingTime()
    seat.page._renew()
    seat.rest()
    assert seat.page.source._summing.remainingTime() <= left


def test_rows_do_not_wait_for_the_sums(seat: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    four(seat.bench)
    go_on = threading.Event()
    summed = seat.services.operations.sums

    def slow(wanted: Filter) -> list[Sums]:
        assert go_on.wait(10)
        return summed(wanted)

    monkeypatch.setattr(seat.services.operations, "sums", slow)
    seat.page.entered()
    seat.qtbot.waitUntil(lambda: len(rows(seat)) == 4, timeout=10_000)
    assert seat.page.footer.count.text() == ""
    go_on.set()
    seat.rest()
    assert seat.page.footer.count.text() == "4 operations"


def test_sums_that_are_asked_for_meanwhile_come_after(seat: Page) -> None:
    four(seat.bench)
    enter(seat)
    source = seat.page.source
    source._sum()
    source._sum()
    assert source._summing.isActive()
    seat.rest()
    assert seat.page.footer.count.text() == "4 operations"


def test_a_look_that_is_under_way_is_followed_by_one_more(seat: Page) -> None:
    four(seat.bench)
    enter(seat)
    seat.page._renew()
    seat.bench.clock.advance(1)
    seat.bench.send(answered(200, {"id": 9, "payment_status": "wait"}), order_id="PO-late", amount="5.00")
    seat.page._renew()
    seat.page._renew()
    seat.rest()
    assert rows(seat)[0] == "PO-late"


def test_the_page_speaks_another_language_at_once(seat: Page) -> None:
    four(seat.bench)
    enter(seat)
    choose(seat, "PO-2")
    i18n.current().choose("ru")
    seat.rest()
    assert cells(seat, 0)["state"] == "В обработке"
    assert cells(seat, 1)["state"] == "Исход неизвестен"
    assert seat.page.footer.count.text() == "4 операции"
    assert "Что происходило" in seat.told()
    assert "18\u00a0500,00\u00a0₽" in seat.told()


def test_a_row_of_a_method_that_nobody_knows_is_shown_by_its_code(seat: Page) -> None:
    from dataclasses import replace

    from console.ui.pages.operations_columns import cell

    row: OperationRow = seat.bench.send(answered(200, WAIT)).row
    assert cell(replace(row, service="later"), "method") == "later"
    assert cell(replace(row, fee="odd", credited="1.5"), "fee") == ""
    assert cell(replace(row, credited="1.5"), "credited") == "RUB\u00a01.50"


def test_nothing_is_asked_on_the_main_thread(seat: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    main = threading.get_ident()
    reader = seat.bench.reader
    asked = reader._rows

    def watched(*arguments: object) -> list[tuple[object, ...]]:
        assert threading.get_ident() != main
        return asked(*arguments)  # type: ignore[arg-type]  # as they came

    four(seat.bench)
    monkeypatch.setattr(reader, "_rows", watched)
    enter(seat)
    choose(seat, "PO-2")
    seat.page.filters.kind.set_value(Kind.PAYOUT)
    seat.page.operations_changed(("PO-2",))
    seat.page.tick()
    seat.rest()
    assert rows(seat) == ["PO-1", "PO-2", "PO-3"]
