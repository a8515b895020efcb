"""The lock of a whole console: with the screen, in mid-send, and what can still be read anywhere once it is down."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QToolTip,
    QWidget,
)

from console.catalogue.methods import by_code
from console.gateway import transport
from console.ui import clipboard
from console.ui.controls.bank_list import BankList
from console.ui.controls.button import Button
from console.ui.pages.help import HelpDialog
from tests.app.test_system_lock import Bus
from tests.flows.driver import Driver

SBP = by_code("payment_card_sbp_rub")
PHONE, PAYEE, AMOUNT = "79031112299", "Громова Е. А.", "4321.00"
PERSONAL = (PHONE, "+7 903", "Громова", "4,321", "4321", "1,284,560")


@pytest.fixture
def driver(qtbot: Any, home: Path) -> Iterator[Driver]:
    made = Driver(qtbot, home)
    made.until(lambda: made.window.current() == "overview")
    made.until(made.console.jobs.is_idle)
    yield made
    made.close()


class Held:
    """Keeps answers of the gateway from the console until they are let go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_out, self._go = threading.Event(), threading.Event()
        real = transport.Transport.create

        def create(*arguments: Any, **options: Any) -> Any:
            exchange = real(*arguments, **options)
            self.is_out.set()
            assert self._go.wait(30)
            return exchange

        monkeypatch.setattr(transport.Transport, "create", create)

    def let_go(self) -> None:
        self._go.set()


def words(widget: QWidget) -> Iterator[str]:
    """Everything that a visible widget shows or tells, to the eye, the mouse, the task bar and the screen reader."""
    yield from (widget.windowTitle(), widget.toolTip(), widget.statusTip(), widget.whatsThis())
    yield from (widget.accessibleName(), widget.accessibleDescription())
    if isinstance(widget, QLabel | QLineEdit):
        yield widget.text()
    elif isinstance(widget, QPlainTextEdit | QTextEdit):
        yield widget.toPlainText()


def told() -> str:
    """Everything that can be read on the screen, in titles and on the clipboard."""
    shown = [each for top in QApplication.topLevelWidgets() if top.isVisible() for each in visible(top)]
    return "\n".join([*(text for each in shown for text in words(each)), QGuiApplication.clipboard().text()])


def visible(window: QWidget) -> list[QWidget]:
    return [window, *(each for each in window.findChildren(QWidget) if each.isVisible())]


def personal(order_id: str = "") -> list[str]:
    """What of one order, and of the balance, stands anywhere."""
    text = told()
    return [each for each in (*PERSONAL, order_id) if each and each in text]


def lock(driver: Driver) -> None:
    driver.console.deeds.locking.lock()
    driver.until(lambda: driver.services.lock.is_locked)
    driver.until(lambda: driver.get("lock/unlock", Button).isEnabled())


def fill(driver: Driver) -> str:
    driver.fill(SBP, number=PHONE, amount=AMOUNT)
    driver.type("own/recipient", PAYEE)
    return driver.order_id(SBP)


class TestNothingPersonalStays:
    def test_of_a_form_a_review_and_a_result(self, driver: Driver) -> None:
        order_id = fill(driver)
        assert personal(order_id)
        self._locked(driver, order_id)
        driver.review(SBP)
        assert personal(order_id)
        self._locked(driver, order_id)

    def test_of_a_result_the_table_a_card_and_the_overview(self, driver: Driver) -> None:
        order_id = fill(driver)
        driver.review(SBP)
        driver.acknowledge()
        driver.click("review/send")
        driver.get("result/state")
        assert personal(order_id)
        self._locked(driver, order_id)
        driver.console.desk().show_order(order_id)
        driver.until(lambda: order_id in told())
        self._locked(driver, order_id)
        for page in ("overview", "journal", "settings"):
            driver.go(page)
            driver.until(driver.console.jobs.is_idle)
            self._locked(driver, order_id)

    def test_of_a_tip_under_the_mouse(self, driver: Driver) -> None:
        QToolTip.showText(driver.window.mapToGlobal(driver.window.rect().center()), PHONE, driver.window)
        driver.until(lambda: PHONE in personal())
        lock(driver)
        driver.until(lambda: personal() == [], "the tip stays")

    def test_of_notices_that_come_while_it_is_locked(self, driver: Driver) -> None:
        order_id = fill(driver)
        driver.review(SBP)
        driver.acknowledge()
        driver.click("review/send")
        driver.get("result/state")
        driver.go("settings")
        lock(driver)
        driver.until(lambda: driver.state(order_id) == "paid", "it is not followed while locked")
        driver.until(driver.console.jobs.is_idle)
        assert personal(order_id) == []
        driver.click("lock/unlock")
        driver.get(f"notice/{order_id}")

    def _locked(self, driver: Driver, order_id: str) -> None:
        lock(driver)
        assert personal(order_id) == []
        driver.click("lock/unlock")
        driver.until(lambda: not driver.services.lock.is_locked)
        driver.until(driver.console.jobs.is_idle)


def test_one_goes_on_where_one_was_and_finds_no_list_left_open(driver: Driver) -> None:
    fill(driver)
    edit = driver.get(f"{SBP.code}/customer_code", QLineEdit)
    driver.window.activateWindow()
    driver.qtbot.waitActive(driver.window)
    edit.setFocus()
    edit.clear()
    QTest.keyClicks(edit, "t")
    bank = driver.window.findChild(BankList)
    assert bank is not None
    assert bank.isVisible()
    lock(driver)
    driver.click("lock/unlock")
    driver.until(edit.isVisible)
    driver.until(lambda: QApplication.focusWidget() is edit, "the keyboard is nowhere")
    assert not bank.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_L, Qt.Key(0x414)])  # the same key in the Russian layout
@pytest.mark.parametrize("what", ["dialog", "menu"])
def test_the_key_locks_from_a_dialog_or_a_menu_too(driver: Driver, key: Qt.Key, what: str) -> None:
    driver.go("operations")
    if what == "dialog":
        driver.console.deeds.help()
        driver.until(lambda: driver.window.findChild(HelpDialog) is not None)
    else:
        QTest.mouseClick(driver.get("operations/filter/state"), Qt.MouseButton.LeftButton)
        driver.until(lambda: QApplication.activePopupWidget() is not None)
    opened = QApplication.activePopupWidget() or driver.window.findChild(HelpDialog)
    assert opened is not None
    driver.until(opened.isVisible)
    pressed = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.ControlModifier)
    QApplication.sendEvent(opened, pressed)
    driver.until(lambda: driver.services.lock.is_locked, "the key does nothing")
    driver.until(lambda: QApplication.activePopupWidget() is None and driver.window.findChild(HelpDialog) is None)
    driver.until(driver.console.jobs.is_idle)


def test_what_was_copied_leaves_the_clipboard_with_the_lock_and_with_the_console(driver: Driver, home: Path) -> None:
    clipboard.copy(PHONE, clipboard.LONG)
    lock(driver)
    assert QGuiApplication.clipboard().text() == ""
    driver.click("lock/unlock")
    clipboard.copy(PHONE, clipboard.LONG)
    other = Driver(driver.qtbot, home.parent / "other")
    other.close()
    assert QGuiApplication.clipboard().text() == ""


def test_a_send_that_is_under_way_ends_behind_the_curtain(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Held(monkeypatch)
    order_id = fill(driver)
    driver.review(SBP)
    driver.acknowledge()
    driver.click("review/send")
    driver.until(held.is_out.is_set)
    lock(driver)
    assert driver.state(order_id) == "sending"
    assert personal(order_id) == []
    held.let_go()
    driver.until(lambda: driver.state(order_id) in {"wait", "paid"}, "the outcome is not journalled")
    driver.until(driver.console.jobs.is_idle)
    assert driver.find("lock/unlock") is not None
    assert personal(order_id) == []
    driver.until(lambda: QApplication.focusWidget() is driver.get("lock/unlock"), "keys reach what is hidden")
    QTest.keyClick(driver.get("lock/unlock"), Qt.Key.Key_Return)
    driver.get("result/state")
    assert order_id in told()
    assert [row["order_id"] for row in driver.accepted()] == [order_id]


def test_the_screen_lock_locks_and_its_end_does_not_unlock(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    bus = Bus("org.freedesktop.ScreenSaver")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
    locking = driver.console.deeds.locking
    locking.heed_system()
    locking._on_ready()
    assert isinstance(locking._system, QObject)
    driver.until(driver.console.jobs.is_idle)
    assert driver.find("lock/unlock") is None
    saver = ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged")
    bus.say(*saver, "true")
    driver.until(lambda: driver.services.lock.is_locked)
    driver.until(lambda: driver.get("lock/unlock", Button).isEnabled())
    bus.say(*saver, "false")
    bus.say(*saver, "true")
    driver.until(driver.console.jobs.is_idle)
    assert driver.services.lock.is_locked
    locking._on_ready()  # as after another home was begun: it is not listened twice
    driver.click("lock/unlock")
    driver.until(lambda: driver.find("lock/unlock") is None)
    bus.close()
