"""The overview: sums of the day, what needs a person, the latest operations, a week of payouts, and the health."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.domain.endpoint import Kind
from console.domain.exchange import Reason
from console.domain.text import Text
from console.domain.trouble import Unavailable
from console.journal.filters import Filter
from console.services.overview import Health
from console.ui import i18n
from console.ui.pages.overview import OverviewPage
from console.ui.pages.overview_parts import COLUMNS, LatestModel
from console.ui.shell.room import Room
from tests.gui.order_bench import press
from tests.gui.reading_bench import Sitting, watch
from tests.services.bench import Bench, answered, lost, unreachable

CARD = "payment_card_number_card"
Page = Sitting[OverviewPage]


@pytest.fixture
def seat(qtbot: QtBot, bench: Bench) -> Iterator[Page]:
    sitting = Sitting(qtbot, bench, OverviewPage)
    yield sitting
    sitting.close()


def enter(seat: Page) -> None:
    seat.page.entered()
    seat.rest()


def left_of(seat: Page) -> QWidget:
    """The left column."""
    left = seat.page.latest.parentWidget()
    assert left is not None
    return left


def some_day(bench: Bench) -> None:
    """Payouts that were paid, one that is unclear, one refused, and a payment."""
    bench.send(answered(200, {"id": 1, "payment_status": "paid"}), order_id="PO-1", amount="1000.00")
    bench.send(answered(200, {"id": 2, "payment_status": "paid"}), order_id="PO-2", amount="2000.00")
    bench.send(answered(200, {"id": 3, "payment_status": "paid"}), CARD, order_id="PM-1", amount="500.00")
    bench.send(answered(400, {"errors": {"number": ["no"]}}), order_id="PO-3", amount="7.00")
    bench.send(lost(Reason.SILENT), order_id="PO-4", amount="18500.00")


def test_the_figures_are_those_of_the_day(seat: Page) -> None:
    some_day(seat.bench)
    seat.bench.transport.asks.append(answered(200, {"currency": "RUB", "balance": "1284560.00"}))
    seat.bench.balances.refresh("acc")
    seat.bench.clock.advance(120)
    enter(seat)
    said = seat.told().splitlines()
    for words in (
        "RUB\u00a01,284,560.00", "updated 2 min ago", "RUB\u00a03,000.00", "2 payouts", "RUB\u00a0500.00", "1 payment",
        "RUB\u00a00.00", "0 operations", "Tuesday, 24 November 2026, Moscow time",
    ):  # fmt: skip
        assert words in said, words
    seat.bench.clock.advance(120)
    seat.page.tick()
    assert "updated 4 min ago" in seat.told()


def test_without_a_balance_there_is_a_dash(seat: Page) -> None:
    enter(seat)
    said = seat.told()
    assert "—" in said.splitlines()
    assert "not asked yet" in said


def test_what_needs_a_person_has_one_button_each(seat: Page) -> None:
    some_day(seat.bench)
    row = seat.bench.reader.get("PO-4")
    assert row is not None
    seat.bench.follow.watch(row, seat.bench.clock(), first=42.0)
    enter(seat)
    said = seat.told()
    assert "Outcome unknown: RUB\u00a018,500.00" in said
    assert "Payout PO-4, +7 903 •••-••-33. The request went to the gateway" in said
    assert "Next check in 42 s, asked 0 times" in said
    assert "Rejected by the gateway: RUB\u00a07.00" in said
    assert "No money moves. Correct it and create a new payout" in said
    seat.bench.clock.advance(2)
    seat.page.tick()
    assert "Next check in 40 s, asked 0 times" in seat.told()
    seat.bench.clock.advance(100)
    seat.page.tick()
    assert "Next check now, asked 0 times" in seat.told()
    with seat.qtbot.waitSignal(seat.page.opened) as opened:
        seat.click("overview/open/PO-4")
    assert opened.args == ["PO-4"]
    with seat.qtbot.waitSignal(seat.page.duplicated) as duplicated:
        seat.click("overview/open/PO-3")
    assert duplicated.args[0].texts["amount"] == "7.00"


def test_contradictions_and_what_was_not_sent_say_what_to_do(seat: Page) -> None:
    bench = seat.bench
    bench.send(answered(200, {"id": 1, "payment_status": "paid"}), order_id="PO-1", amount="1.00")
    bench.transport.asks.append(answered(200, {"order_id": "PO-1", "payment_status": "cancel"}))
    bench.follow.ask("PO-1")
    bench.send(unreachable(), order_id="PO-2", amount="2.00")
    enter(seat)
    said = seat.told()
    assert "Contradiction: RUB\u00a01.00" in said
    assert "The gateway has it. Nothing was changed." in said
    assert "Not sent: RUB\u00a02.00" in said
    assert "it cannot become two" in said
    assert said.index("Contradiction: RUB") < said.index("Not sent: RUB")


def test_an_unknown_outcome_without_a_plan_promises_no_check(seat: Page) -> None:
    seat.bench.send(lost(), order_id="PO-1")
    enter(seat)
    assert "{t}" not in seat.told()
    assert "Next check" not in seat.told()


def test_a_name_that_ends_with_a_dot_ends_the_sentence(seat: Page) -> None:
    review = seat.bench.review(recipient="Громова Е. А.")
    seat.bench.transport.creates.append(answered(400, {"errors": {"number": ["no"]}}))
    seat.bench.submit.send(review)
    enter(seat)
    assert "Громова Е. А. What did not fit" in seat.told()


def test_the_page_itself_has_the_focus_when_it_comes_up(seat: Page) -> None:
    enter(seat)
    assert QApplication.focusWidget() is seat.page


def test_when_all_is_calm_it_says_so(seat: Page) -> None:
    enter(seat)
    assert "Nothing needs you now" in seat.told()
    assert not seat.sees("overview/more")


def test_what_does_not_fit_leads_to_the_table(seat: Page) -> None:
    for number in range(5):
        seat.bench.send(lost(), order_id=f"PO-{number}", amount=f"{number + 1}.00")
    enter(seat)
    assert "2 more operations need you" in seat.told()
    with seat.qtbot.waitSignal(seat.page.filtered) as filtered:
        seat.click("overview/more")
    assert filtered.args == [Filter(unclear_only=True)]


def test_more_refusals_lead_to_all_operations(seat: Page) -> None:
    for number in range(5):
        answer = answered(400, {"errors": {"number": ["no"]}})
        seat.bench.send(answer, order_id=f"PO-{number}", amount=f"{number + 1}.00")
    enter(seat)
    with seat.qtbot.waitSignal(seat.page.filtered) as filtered:
        seat.click("overview/more")
    assert filtered.args == [Filter()]


def test_the_latest_operations_open_their_card(seat: Page) -> None:
    some_day(seat.bench)
    enter(seat)
    table = seat.page.table
    assert [table.model().index(0, number).data() for number in range(len(COLUMNS))] == [
        "Outcome unknown", "12:00:00", "Payout, SBP", "+7 903 •••-••-33", "RUB\u00a018,500.00",
    ]  # fmt: skip
    assert table.model().index(4, 2).data() == "Payment, card"
    table.setCurrentIndex(table.model().index(1, 0))
    table.setFocus()
    with seat.qtbot.waitSignal(seat.page.opened) as opened:
        press(table, Qt.Key.Key_Return)
    assert opened.args == ["PO-3"]
    table.opened.emit(99)
    with seat.qtbot.waitSignal(seat.page.filtered) as filtered:
        seat.click("overview/all")
    assert filtered.args == [Filter()]


def test_operations_of_another_day_say_their_date(seat: Page) -> None:
    some_day(seat.bench)
    seat.bench.clock.advance(24 * 3600)
    enter(seat)
    assert seat.page.table.model().index(0, 1).data() == "2026-11-24"


def test_an_empty_journal_says_so_in_the_table(seat: Page) -> None:
    enter(seat)
    assert "No operations yet" in seat.told()


def test_a_week_of_payouts_is_shown_in_thousands(seat: Page) -> None:
    seat.bench.send(answered(200, {"id": 1, "payment_status": "paid"}), order_id="PO-1", amount="284120.50")
    seat.bench.clock.advance(24 * 3600)
    seat.bench.send(answered(200, {"id": 2, "payment_status": "paid"}), order_id="PO-2", amount="96000.00")
    enter(seat)
    bars = seat.page._bars._bars
    assert [bar.shown for bar in bars] == ["0", "0", "0", "0", "0", "284", "96"]
    assert bars[-1].is_today
    assert bars[-2].part == 1.0
    assert seat.page._bars.accessibleName().endswith("Tue 284, Wed 96")


@pytest.mark.parametrize(("button", "name"), [("overview/payout", "payout"), ("overview/payment", "payment")])
def test_a_new_order_is_one_click_away(seat: Page, button: str, name: str) -> None:
    with seat.qtbot.waitSignal(seat.page.wanted) as wanted:
        seat.click(button)
    assert wanted.args == [name]


def test_health_says_how_things_are(seat: Page) -> None:
    some_day(seat.bench)
    seat.bench.transport.asks.append(answered(200, {"currency": "RUB", "balance": "10.00"}))
    seat.bench.balances.refresh("acc")
    enter(seat)
    said = seat.told()
    assert "Gateway answers" in said
    assert "100 ms" in said
    assert "both accepted" in said
    assert "Journal is whole" in said


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"paused": Text("", "No connection")}, "Gateway is not asked\nNo connection"),
        ({"fault": Unavailable("E-TAMPER", n=1)}, "Journal needs care\nThe journal was changed by another program"),
        ({"fault": Unavailable("E-SECOND")}, "Only looking\nThe console is already open"),
        ({"keys": frozenset()}, "Keys\nnot accepted yet"),
        ({"keys": frozenset({Kind.PAYOUT})}, "Keys\nnot accepted yet: Payment key"),
        ({"gateway": None}, "Gateway answers\nnot asked yet"),
        ({"skew": -420.0}, "Clock of this computer\noff by 7 min"),
    ],
)
def test_health_names_what_is_wrong(seat: Page, changed: dict[str, object], words: str) -> None:
    enter(seat)
    health = Health(0.18, None, 4812, None, frozenset(Kind))
    seat.page._health.show_health(replace(health, **changed))  # type: ignore[arg-type]  # fields of Health
    QApplication.processEvents()
    assert words in seat.told()


def test_a_journal_that_takes_no_payouts_needs_a_person(seat: Page) -> None:
    enter(seat)
    assert "Nothing needs you now" in seat.told()
    seen = seat.page._seen
    assert seen is not None
    seat.page.show_overview(replace(seen, health=replace(seen.health, fault=Unavailable("E-ROLLBACK", k=3))))
    QApplication.processEvents()
    assert "Nothing needs you now" not in seat.told()
    assert "The journal may lack its latest records. Compare the latest orders with the cabinet" in seat.told()
    seat.page.show_overview(replace(seen, health=replace(seen.health, fault=Unavailable("E-SECOND"))))
    QApplication.processEvents()
    assert "Nothing needs you now" in seat.told()


def test_changes_elsewhere_are_shown_after_a_moment(seat: Page) -> None:
    enter(seat)
    some_day(seat.bench)
    seat.page.operations_changed(("PO-4",))
    seat.page.operations_changed(("PO-3",))
    seat.qtbot.waitUntil(lambda: "Outcome unknown: RUB\u00a018,500.00" in seat.told(), timeout=10_000)
    seat.page.hide()
    seat.page.operations_changed(("PO-1",))
    seat.page.tick()
    assert not seat.page._resting.isActive()


def test_another_account_is_shown_at_once(seat: Page) -> None:
    enter(seat)
    seat.bench.accounts._known.clear()
    seat.page.account_changed()
    seat.rest()
    assert seat.page._seen is not None
    assert seat.page._seen.account is None
    seat.page.tick()
    assert "not asked yet" in seat.told()


def test_a_narrow_window_has_one_column_and_two_rows_of_figures(seat: Page) -> None:
    some_day(seat.bench)
    enter(seat)
    seat.page.set_room(Room.NARROW)
    seat.window.resize(860, 500)
    QApplication.processEvents()
    side, left = seat.page._side.geometry(), left_of(seat).geometry()
    assert side.top() >= left.bottom()
    assert [figures.isVisible() for figures in (seat.page._figures, *seat.page._halves)] == [False, True, True]
    seat.page.set_room(Room.FULL)
    seat.window.resize(1240, 820)
    QApplication.processEvents()
    assert seat.page._side.geometry().left() > left_of(seat).geometry().right()


def test_trouble_with_the_journal_is_told_and_goes_again(seat: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise Unavailable("E-IO")

    with monkeypatch.context() as patch:
        patch.setattr(seat.services.overviews._reader, "day_flow", broken)
        enter(seat)
        enter(seat)
        assert seat.told().count("The disk failed while the journal was written") == 1
    enter(seat)
    assert "The disk failed" not in seat.told()
    with pytest.raises(ZeroDivisionError):
        seat.page._on_failed(ZeroDivisionError())


def test_the_page_speaks_another_language_at_once(seat: Page) -> None:
    i18n.current().choose("ru")
    i18n.current().choose("en")
    some_day(seat.bench)
    enter(seat)
    i18n.current().choose("ru")
    seat.rest()
    said = seat.told()
    assert "Вторник, 24 ноября 2026, время московское" in said
    assert "Исход неизвестен: 18\u00a0500,00\u00a0₽" in said
    assert "2 выплаты" in said
    assert seat.page.table.model().index(4, 2).data() == "Платёж, карта"


def test_the_latest_keep_the_rules_of_models(seat: Page) -> None:
    some_day(seat.bench)
    enter(seat)
    model = seat.page.table.model()
    assert isinstance(model, LatestModel)
    watch(model)
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) is None
    row = model.row_at(0)
    assert row is not None
    model.show_rows((replace(row, service="later"),), seat.bench.clock().utc)
    assert model.index(0, 2).data() == "Payout, later"
