"""Keys of the whole window against a console at work: search, help, hidden amounts, lock, notices, the offline bar."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QWidget

from console.app.pulse import BACKUP_FIRST
from console.catalogue.methods import by_code
from console.domain.secret import Secret
from console.domain.text import Text
from console.services.lock import FREE
from console.settings.settings import HIDE_AMOUNTS, IDLE_MINUTES
from console.ui import formats
from console.ui.controls.button import Button
from console.ui.pages.help import HelpDialog
from console.ui.pages.help_keys import KeysDialog
from console.ui.pages.operations_export import ExportDialog
from console.ui.pages.order import OrderPage
from console.ui.pages.palette import Palette
from console.vault import pin as pins
from tests.flows.driver import Driver
from tests.gui.order_bench import type_text

D = TypeVar("D", bound=QDialog)
SBP = "payment_card_sbp_rub"
CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
PIN = "осень-26"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pins, "COST", 2)


def press(driver: Driver, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press a key in the window, wherever the keyboard is."""
    driver.window.activateWindow()
    driver.qtbot.waitActive(driver.window)
    QTest.keyClick(driver.window, key, modifiers)


def dialog(driver: Driver, kind: type[D]) -> D:
    """The open dialog of a kind."""
    driver.until(lambda: any(each.isVisible() for each in driver.window.findChildren(kind)), f"no {kind.__name__}")
    return next(each for each in driver.window.findChildren(kind) if each.isVisible())


def start(driver: Driver) -> None:
    driver.until(lambda: driver.window.current() == "overview")
    driver.until(driver.console.jobs.is_idle)


def seen(driver: Driver) -> str:
    """Everything that can be read in the window."""
    return "\n".join(each.text() for each in driver.window.findChildren(QLabel) if each.isVisible())


def lock(driver: Driver) -> None:
    press(driver, Qt.Key.Key_L, CTRL)
    driver.until(lambda: driver.get("lock/unlock", Button).isEnabled())
    driver.until(driver.console.jobs.is_idle)


class TestSearch:
    def test_finds_an_operation_by_its_phone(self, driver: Driver) -> None:
        start(driver)
        order_id = driver.send(by_code(SBP), number="79031112299")
        driver.go("overview")
        press(driver, Qt.Key.Key_K, CTRL)
        palette = dialog(driver, Palette)
        type_text(palette.box.edit, "+7 903 111-22-99")
        driver.until(lambda: palette.names() and palette.names()[0].startswith(order_id))
        QTest.keyClick(palette.box.edit, Qt.Key.Key_Return)
        driver.until(lambda: driver.window.current() == "operations")
        driver.until(lambda: order_id in seen(driver))

    def test_finds_settings_methods_and_help(self, driver: Driver) -> None:
        start(driver)
        press(driver, Qt.Key.Key_K, CTRL)
        palette = dialog(driver, Palette)
        type_text(palette.box.edit, "backup")
        assert palette.names()[0] == "Backup"
        QTest.keyClick(palette.box.edit, Qt.Key.Key_Return)
        assert driver.get("settings/backup/choose")
        press(driver, Qt.Key.Key_K, CTRL)
        palette = dialog(driver, Palette)
        type_text(palette.box.edit, by_code("virtual_account_rub").code)
        QTest.keyClick(palette.box.edit, Qt.Key.Key_Return)
        driver.until(lambda: driver.find("virtual_account_rub/review") is not None)

    def test_arrows_choose_and_escape_closes(self, driver: Driver) -> None:
        start(driver)
        press(driver, Qt.Key.Key_K, CTRL)
        palette = dialog(driver, Palette)
        QTest.keyClick(palette.box.edit, Qt.Key.Key_Down)
        QTest.keyClick(palette.box.edit, Qt.Key.Key_Up)
        QTest.keyClick(palette.box.edit, Qt.Key.Key_Down)
        QTest.keyClick(palette.box.edit, Qt.Key.Key_Return)
        driver.until(lambda: driver.window.current() == "payout")
        press(driver, Qt.Key.Key_K, CTRL)
        palette = dialog(driver, Palette)
        type_text(palette.box.edit, "qqqqq")
        assert palette.names() == []
        QTest.keyClick(palette.box.edit, Qt.Key.Key_Escape)
        driver.until(lambda: not driver.window.findChildren(Palette) or not palette.isVisible())


def test_help_opens_at_the_page_that_is_shown(driver: Driver) -> None:
    start(driver)
    driver.go("payout")
    press(driver, Qt.Key.Key_F1)
    help_ = dialog(driver, HelpDialog)
    assert "Making a payout" in help_.text()
    help_.show_page("method-payment_card_sbp_rub")
    assert "payment_card_sbp_rub" in help_.text()
    help_.reject()
    press(driver, Qt.Key.Key_Question)
    dialog(driver, KeysDialog).reject()


def test_a_question_mark_can_be_typed(driver: Driver) -> None:
    start(driver)
    driver.go("operations")
    box = driver.get("operations/search", QLineEdit)
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Question)
    assert box.text() == "?"
    assert not driver.window.findChildren(KeysDialog)


def test_ctrl_n_begins_anew_after_a_result(driver: Driver) -> None:
    start(driver)
    driver.send(by_code(SBP))
    page = driver.window.page("payout")
    assert isinstance(page, OrderPage)
    assert page.order_id
    press(driver, Qt.Key.Key_N, CTRL)
    driver.get(f"{SBP}/review")
    assert not page.order_id


def test_amounts_are_hidden_everywhere_and_stay_so(driver: Driver) -> None:
    start(driver)
    driver.send(by_code(SBP), amount="1234.56")
    driver.go("overview")
    driver.until(lambda: "1,234.56" in seen(driver))
    press(driver, Qt.Key.Key_H, CTRL | SHIFT)
    try:
        for page in ("overview", "operations"):
            driver.go(page)
            driver.until(driver.console.jobs.is_idle)
            driver.until(lambda: "1,234.56" not in seen(driver), "the amount is still there")
        assert "•••" in seen(driver)
        driver.until(lambda: driver.services.settings.get(HIDE_AMOUNTS))
    finally:
        press(driver, Qt.Key.Key_H, CTRL | SHIFT)
    assert not formats.amounts_are_hidden()


def test_ctrl_e_writes_what_the_table_shows(driver: Driver, tmp_path: Path) -> None:
    start(driver)
    order_id = driver.send(by_code(SBP))
    driver.go("operations")
    driver.until(driver.console.jobs.is_idle)
    press(driver, Qt.Key.Key_E, CTRL)
    export = dialog(driver, ExportDialog)
    export.write(tmp_path / "nowhere" / "out.csv")
    driver.until(lambda: "cannot be written" in export._said.text())
    export.write(tmp_path / "out")
    driver.until((tmp_path / "out.csv").exists)
    assert order_id in (tmp_path / "out.csv").read_text("utf-8-sig")
    driver.until(lambda: driver.find("toast") is not None)


class TestLock:
    def test_nothing_personal_stays_and_no_key_of_the_window_works(self, driver: Driver) -> None:
        start(driver)
        driver.go("operations")
        lock(driver)
        visible = [each for each in driver.window.findChildren(QWidget) if each.isVisible()]
        assert not [
            each.objectName() for each in visible if each.objectName().startswith(("nav/", "bar/", "operations"))
        ]
        assert "only a curtain" in seen(driver)
        for key, modifiers in ((Qt.Key.Key_1, CTRL), (Qt.Key.Key_K, CTRL), (Qt.Key.Key_F1, NONE)):
            press(driver, key, modifiers)
        assert driver.window.current() == "operations"
        assert not [each for each in driver.window.findChildren(QDialog) if each.isVisible()]
        driver.click("lock/unlock")
        driver.get("nav/operations")
        driver.until(lambda: not driver.services.lock.is_locked)

    def test_a_pin_is_asked_for_and_wrong_ones_are_told(self, driver: Driver) -> None:
        start(driver)
        driver.services.lock.set_pin(Secret(PIN), Secret(PIN))
        lock(driver)
        edit = driver.get("lock/pin", QLineEdit)
        assert edit.echoMode() is QLineEdit.EchoMode.Password
        for _ in range(FREE + 1):
            type_text(edit, "no")
            driver.click("lock/unlock")
            driver.until(lambda: driver.get("lock/unlock", Button).isEnabled())
            assert driver.get("lock/pin/problem").isVisible()
        assert "next PIN is taken" in seen(driver)
        assert driver.services.lock.is_locked

    def test_a_start_with_a_pin_is_locked(self, driver: Driver, home: Path, qtbot: object) -> None:
        start(driver)
        driver.services.lock.set_pin(Secret(PIN), Secret(PIN))
        driver.close()
        again = Driver(driver.qtbot, home)
        try:
            again.until(lambda: again.find("lock/unlock") is not None)
            again.until(lambda: again.get("lock/unlock", Button).isEnabled())
            assert again.find("nav/overview") is None
            type_text(again.get("lock/pin", QLineEdit), PIN)
            again.click("lock/unlock")
            again.get("nav/overview")
        finally:
            again.console.window.hide()
            driver.console = again.console
            driver.window = again.window

    def test_an_open_review_is_void(self, driver: Driver) -> None:
        start(driver)
        driver.fill(by_code(SBP))
        driver.review(by_code(SBP))
        lock(driver)
        driver.click("lock/unlock")
        driver.get("review/back")
        assert driver.find("review/send") is None

    def test_idle_minutes_and_sleep_lock(self, driver: Driver) -> None:
        start(driver)
        locking = driver.console.deeds.locking
        driver.services.settings.set(IDLE_MINUTES, 0)
        locking.look()
        assert driver.find("lock/unlock") is None
        driver.services.settings.set(IDLE_MINUTES, 1)
        before, now = driver.console.clock, driver.console.clock()
        later = type(now)(now.utc, now.monotonic + 61, now.boot)
        driver.console.clock = lambda: later
        try:
            locking.look()
        finally:
            driver.console.clock = before
        assert driver.find("lock/unlock") is not None
        driver.until(driver.console.jobs.is_idle)


def test_a_notice_tells_of_an_outcome_while_another_page_is_shown(driver: Driver) -> None:
    start(driver)
    order_id = driver.send(by_code(SBP))
    row = driver.services.operations.get(order_id)
    assert row is not None
    driver.go("settings")
    driver.until(lambda: driver.find(f"notice/{order_id}") is not None, "no notice")
    driver.click("notice/open")
    driver.until(lambda: driver.window.current() == "operations")
    assert driver.find(f"notice/{order_id}") is None


def test_the_offline_bar_comes_and_goes(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    start(driver)
    said = Text("", "No connection since noon.")
    monkeypatch.setattr(driver.services.follow, "paused", lambda _: said)
    driver.until(lambda: driver.find("window/offline") is not None, "no bar")
    assert said.source in seen(driver)
    monkeypatch.setattr(driver.services.follow, "paused", lambda _: None)
    driver.until(lambda: driver.find("window/offline") is None, "the bar stays")


def test_the_days_backup_is_made_by_itself(driver: Driver, tmp_path: Path) -> None:
    start(driver)
    driver.services.backups.choose(tmp_path)
    pulse = driver.console.desk()._pulse
    pulse._beats = BACKUP_FIRST - 1
    driver.until(lambda: len(driver.services.backups.all()) == 1, "no backup")
