"""The whole journal is checked in the background: what was changed long ago stops payouts and is told over every page."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from console.app import chain_check
from console.app.chain_check import ChainCheck
from console.catalogue.methods import by_code
from console.domain.text import Text
from console.domain.trouble import Unavailable
from console.services.verify import Report
from console.ui import i18n
from tests.flows.driver import Driver

SBP = by_code("payment_card_sbp_rub")


@pytest.fixture
def driver(qtbot: QtBot, home: Path) -> Iterator[Driver]:
    found = Driver(qtbot, home)
    found.until(lambda: found.window.current() == "overview")
    yield found
    i18n.current().choose("en")
    found.close()


def check_of(driver: Driver) -> ChainCheck:
    return driver.console.desk()._chain


def strip(driver: Driver) -> QWidget | None:
    return driver.window.findChild(QWidget, f"strip/{chain_check.KEY}")


def change(driver: Driver, order_id: str) -> None:
    with closing(sqlite3.connect(driver.console.home.journal)) as other:
        other.execute("UPDATE operation SET amount = 1 WHERE order_id = ?", [order_id])
        other.commit()


def test_a_sound_journal_is_not_spoken_of(driver: Driver) -> None:
    assert check_of(driver)._timer.isActive(), "it begins by itself"
    assert check_of(driver)._timer.interval() == chain_check.AFTER
    driver.send(SBP)
    before = driver.services.records.first()
    check_of(driver).begin()
    driver.until(driver.console.jobs.is_idle)
    assert strip(driver) is None
    assert driver.services.records.first() == before


@pytest.mark.parametrize(
    ("language", "words", "advice"),
    [
        ("en", "does not agree with its records. Payouts are stopped.", "Touch nothing"),
        ("ru", "расходится с его записями. Выплаты остановлены.", "Ничего не трогайте"),
    ],
)
def test_a_changed_journal_stops_payouts_and_stands_over_every_page(
    driver: Driver, language: str, words: str, advice: str
) -> None:
    order_id = driver.send(SBP)
    driver.until(lambda: driver.state(order_id) == "paid")
    i18n.current().choose(language)
    change(driver, order_id)
    driver.window.go("overview")
    driver.until(driver.console.jobs.is_idle)
    check_of(driver).begin()
    driver.until(lambda: strip(driver) is not None)
    shown = strip(driver)
    assert shown is not None
    said = " ".join(child.accessibleName() or getattr(child, "text", str)() for child in shown.findChildren(QWidget))
    assert words in said
    fault = driver.console.desk()._engine.journal.fault
    assert fault is not None and fault.code == "E-TAMPER"
    assert "  " not in said.strip()
    overview = driver.window.page("overview")
    driver.until(lambda: any(advice in label.text() for label in overview.findChildren(QLabel)))
    buttons = {button.objectName(): button for button in shown.findChildren(QPushButton)}
    buttons["strip/open"].click()
    assert driver.window.current() == "journal"
    buttons["strip/close"].click()
    assert driver.window.sheet.strips.keys() == frozenset()


def test_a_gap_that_is_known_is_no_change_by_another_program(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy that was put back: the overview, the review and the settings say so until it is signed off (R9)."""
    journal = driver.console.desk()._engine.journal
    report = Report(
        ok=False, lines=(), first_fault=Text("verify", "gap"), records=1, signatures=0, vouched_to=None, is_gap=True
    )
    ended: list[Report] = []

    def check(_progress: object) -> Report:
        journal.block(None)  # signed off meanwhile
        ended.append(report)
        return report

    monkeypatch.setattr(driver.services.records, "_check", check)
    journal.block(Unavailable("E-ROLLBACK", k=5))
    check_of(driver).begin()
    driver.until(lambda: ended and driver.console.jobs.is_idle())
    assert strip(driver) is None
    assert journal.fault is None


def test_it_ends_with_the_home(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain_check, "REST", 600.0)
    driver.send(SBP)
    check_of(driver).begin()
    check_of(driver).stop()
    driver.until(driver.console.jobs.is_idle)
    assert strip(driver) is None


def test_a_bug_in_it_is_raised_and_trouble_is_not(driver: Driver) -> None:
    check_of(driver)._on_failed(Unavailable("E-BUSY"))
    with pytest.raises(ZeroDivisionError):
        check_of(driver)._on_failed(ZeroDivisionError())
