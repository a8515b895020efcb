"""Notes in the tray: how many operations became final or contradictory, and nothing that is anybody's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QLabel, QSystemTrayIcon
from pytestqt.qtbot import QtBot

from console.app import watch
from console.app.watch import Watch
from console.catalogue.methods import by_code
from console.journal.rows import OperationRow
from console.ui import i18n
from tests.flows.driver import Driver

SBP = by_code("payment_card_sbp_rub")
WARNING, INFORMATION = QSystemTrayIcon.MessageIcon.Warning, QSystemTrayIcon.MessageIcon.Information


class FakeTray(QObject):
    """Stands in the tray's place and keeps what it is told."""

    MessageIcon = QSystemTrayIcon.MessageIcon
    messageClicked = Signal()  # noqa: N815  # as Qt calls it
    there = True
    shown: list[tuple[str, str, object]]

    def __init__(self, icon: QIcon, parent: QObject) -> None:
        super().__init__(parent)
        assert not icon.isNull()
        self.shown = []
        self.is_visible = False

    @classmethod
    def isSystemTrayAvailable(cls) -> bool:
        return cls.there

    def show(self) -> None:
        self.is_visible = True

    def showMessage(self, title: str, words: str, icon: object) -> None:
        assert self.is_visible
        self.shown.append((title, words, icon))


class Beside:
    """A console beside which another program is used, and its tray."""

    def __init__(self, driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
        self.driver = driver
        self.is_active = False
        monkeypatch.setattr(watch, "QSystemTrayIcon", FakeTray)
        monkeypatch.setattr(driver.window, "isActiveWindow", lambda: self.is_active)
        self.watch: Watch = driver.console.desk()._watch

    @property
    def tray(self) -> FakeTray:
        tray = self.watch.findChild(FakeTray)
        assert tray is not None
        return tray

    def row(self, order_id: str) -> OperationRow:
        row = self.driver.services.operations.get(order_id)
        assert row is not None
        return row


@pytest.fixture
def beside(qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Beside]:
    driver = Driver(qtbot, home)
    driver.until(lambda: driver.window.current() == "overview")
    yield Beside(driver, monkeypatch)
    FakeTray.there = True
    i18n.current().choose("en")
    driver.close()


def test_notes_count_what_became_final_and_name_nobody(beside: Beside) -> None:
    driver = beside.driver
    order_id = driver.send(SBP, number="79031112299")
    driver.until(lambda: driver.state(order_id) == "paid")
    driver.until(lambda: beside.watch.findChild(FakeTray) is not None)
    row = beside.row(order_id)
    assert beside.tray.shown == [("AliKassa Console", "1 operation has a final state", INFORMATION)]
    beside.watch.hear(row)  # told once
    beside.watch.hear(replace(row, order_id="other"))
    contrary = replace(row, order_id="third", disputed_at=row.created.isoformat())
    assert contrary.is_disputed
    beside.watch.hear(contrary)
    assert [words for _, words, _ in beside.tray.shown[1:]] == [
        "2 operations have a final state",
        "The gateway contradicts itself about 1 operation\n2 operations have a final state",
    ]
    assert [icon for _, _, icon in beside.tray.shown] == [INFORMATION, INFORMATION, WARNING]
    for title, words, _ in beside.tray.shown:
        said = title + words
        assert order_id not in said and "third" not in said
        assert not re.search(r"\d{2}", said), "more than a count"


def test_a_click_brings_the_window_back_and_the_count_begins_anew(beside: Beside) -> None:
    driver = beside.driver
    order_id = driver.send(SBP)
    driver.until(lambda: beside.watch.findChild(FakeTray) is not None)
    driver.window.showMinimized()
    beside.tray.messageClicked.emit()
    assert not driver.window.windowState() & Qt.WindowState.WindowMinimized
    i18n.current().choose("ru")
    beside.watch.hear(replace(beside.row(order_id), order_id="b"))
    assert beside.tray.shown[-1][:2] == ("Консоль AliKassa", "Итог есть у 1 операции")


def test_a_window_in_use_and_a_desktop_without_a_tray_get_none(beside: Beside) -> None:
    beside.is_active = True
    order_id = beside.driver.send(SBP)
    beside.driver.until(lambda: beside.driver.state(order_id) == "paid")
    beside.driver.until(beside.driver.console.jobs.is_idle)
    row = beside.row(order_id)
    beside.watch.hear(replace(row, order_id="b"))
    beside.is_active, FakeTray.there = False, False
    beside.watch.hear(replace(row, order_id="c"))
    assert beside.watch.findChild(FakeTray) is None


def test_a_clock_that_is_off_is_told_once_and_stands_on_the_overview(beside: Beside) -> None:
    """Payouts are not affected, so nothing is stopped."""
    driver = beside.driver
    account = driver.services.accounts.current
    assert account is not None
    driver.until(lambda: driver.services.balances.latest(account.id) is not None)
    driver.until(driver.console.jobs.is_idle)
    said: list[str] = []
    driver.window.notice = lambda words, icon="check": said.append(i18n.tr(words))  # type: ignore[method-assign]  # heard here
    balances = driver.services.balances
    held = balances.latest(account.id)
    assert held is not None
    for skew in (-420.0, -420.0, 0.0, 7200.0):
        balances._held[account.id] = replace(held, skew=skew)
        beside.watch.look()
    assert said == [
        "This computer's clock differs from the gateway's by 7 min. Times in the journal may look wrong.",
        "This computer's clock differs from the gateway's by 2 h. Times in the journal may look wrong.",
    ]
    balances._held[account.id] = replace(held, skew=-420.0)
    driver.go("payout")
    driver.go("overview")
    driver.until(lambda: "off by 7 min" in "\n".join(each.text() for each in driver.window.findChildren(QLabel)))
