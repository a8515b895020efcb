"""The window is closed in each state it can be in: the next start has everything, and the gateway one order or none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from console.catalogue.methods import by_code
from console.ui.controls.button import Button
from console.ui.controls.dialog import Dialog
from console.ui.pages.palette import Palette
from tests.app.test_locking import Held
from tests.flows.driver import Driver

SBP = by_code("payment_card_sbp_rub")
AMOUNT, PARTY = f"{SBP.code}/amount", "own/recipient"


def nothing(_: Driver) -> None:
    """It was hardly seen."""


def typed(driver: Driver) -> None:
    driver.fill(SBP, amount="4321.00")
    driver.type(PARTY, "Громова Е. А.")


def half_typed(driver: Driver) -> None:
    """The cursor is still in the field, and nothing was saved yet."""
    driver.go("payout")
    driver.click(f"method/{SBP.code}")
    driver.type(PARTY, "Громова Е. А.")
    driver.get(AMOUNT, QLineEdit).setFocus()
    QTest.keyClicks(driver.get(AMOUNT, QLineEdit), "4321.00")


def bank_list(driver: Driver) -> None:
    typed(driver)
    edit = driver.get(f"{SBP.code}/customer_code", QLineEdit)
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, "T")


def being_reviewed(driver: Driver) -> None:
    typed(driver)
    driver.review(SBP)


def acknowledged(driver: Driver) -> None:
    being_reviewed(driver)
    driver.acknowledge()


def sent(driver: Driver) -> None:
    acknowledged(driver)
    driver.click("review/send")
    driver.get("result/state")


def unclear(driver: Driver) -> None:
    driver.send(SBP, amount="4321.32")


def refused(driver: Driver) -> None:
    driver.fill(SBP, amount="4321.21")
    driver.review(SBP)
    driver.acknowledge()
    driver.click("review/send")
    driver.until(lambda: driver.find("review/back") is None and driver.find(AMOUNT), "the form is not back")


def card_dialog(driver: Driver) -> None:
    """Support's answer is being typed."""
    order_id = driver.send(SBP, amount="4321.32")
    driver.console.desk().show_order(order_id)
    driver.click("operations/resolve")


def palette(driver: Driver) -> None:
    driver.until(lambda: driver.window.current() == "overview")
    QTest.keyClick(driver.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    driver.until(lambda: [each for each in driver.window.findChildren(Palette) if each.isVisible()], "no search")


def locked(driver: Driver) -> None:
    typed(driver)
    driver.console.deeds.locking.lock()
    driver.until(lambda: driver.get("lock/unlock", Button).isEnabled())


def checking(driver: Driver) -> None:
    """The journal is being verified."""
    driver.send(SBP, amount="4321.00")
    driver.go("journal")
    driver.click("journal/verify")


STATES: dict[Callable[[Driver], None], tuple[int, bool]] = {
    nothing: (0, False), typed: (0, True), half_typed: (0, True), bank_list: (0, True), being_reviewed: (0, True),
    acknowledged: (0, True), sent: (1, False), unclear: (0, False), refused: (0, False), card_dialog: (0, False),
    palette: (0, False), locked: (0, True), checking: (1, False),
}  # fmt: skip
"""Each state with the orders the gateway has in the end, and whether what was typed comes back."""


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_nothing_is_lost_by_closing(state: Callable[[Driver], None], qtbot: QtBot, home: Path) -> None:
    orders, comes_back = STATES[state]
    driver = Driver(qtbot, home)
    state(driver)
    assert driver.window.close()
    driver.close()
    again = Driver(qtbot, home)
    try:
        assert again.services.records.verify(lambda done, total: None).ok
        assert len(again.accepted()) == orders
        for row in again.accepted():
            assert again.state(row["order_id"]) in {"wait", "paid"}
        again.go("payout")
        if comes_back:
            again.until(lambda: again.get(AMOUNT, QLineEdit).text().replace("\u00a0", "") == "4321.00", "not typed")
            assert again.get(PARTY, QLineEdit).text() == "Громова Е. А."
    finally:
        again.close()


class TestWhileAnOrderIsOnItsWay:
    @pytest.fixture
    def held(self, monkeypatch: pytest.MonkeyPatch) -> Held:
        return Held(monkeypatch)

    def sending(self, driver: Driver, held: Held) -> str:
        typed(driver)
        order_id = driver.order_id(SBP)
        driver.review(SBP)
        driver.acknowledge()
        driver.click("review/send")
        driver.until(held.is_out.is_set)
        assert not driver.window.close(), "nobody was asked"
        return order_id

    def test_the_window_asks_and_waiting_shows_the_result(self, driver: Driver, held: Held) -> None:
        order_id = self.sending(driver, held)
        driver.click("dialog/wait")
        held.let_go()
        driver.get("result/state")
        assert driver.state(order_id) in {"wait", "paid"}
        assert [row["order_id"] for row in driver.accepted()] == [order_id]

    def test_the_question_goes_with_the_sending_that_it_was_about(self, driver: Driver, held: Held) -> None:
        self.sending(driver, held)
        [question] = driver.window.findChildren(Dialog)
        gone = QSignalSpy(question.finished)
        held.let_go()
        driver.get("result/state")
        driver.until(lambda: gone.count() == 1, "it still says that an order is being sent")
        assert driver.window.isVisible()

    def test_leaving_now_has_the_next_start_ask(self, qtbot: QtBot, home: Path, held: Held) -> None:
        driver = Driver(qtbot, home)
        order_id = self.sending(driver, held)
        driver.click("dialog/leave")
        driver.until(lambda: not driver.window.isVisible())
        held.let_go()
        driver.close()
        again = Driver(qtbot, home)
        try:
            again.until(lambda: again.state(order_id) in {"wait", "paid"}, "the order is not asked about")
            assert [row["order_id"] for row in again.accepted()] == [order_id]
            assert again.services.records.verify(lambda done, total: None).ok
        finally:
            again.close()
