"""A bug in the window: told once in a sentence, with a report without values, and no create until the next start."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from console import __version__
from console.app.crash import Crash, report
from console.catalogue.methods import by_code
from tests.flows.driver import Driver

SBP = by_code("payment_card_sbp_rub")
TRACE = "  window.py:81 go\nValueError"


@pytest.fixture
def driver(qtbot: Any, home: Path) -> Iterator[Driver]:
    made = Driver(qtbot, home)
    made.until(lambda: made.window.current() == "overview")
    yield made
    made.close()


def said(driver: Driver) -> str:
    return "\n".join(each.text() for each in driver.window.findChildren(QLabel) if each.isVisible())


def test_a_bug_is_told_once_and_its_report_is_copied(driver: Driver) -> None:
    crash = Crash(driver.console)
    worker = threading.Thread(target=crash.tell, args=(TRACE,))
    worker.start()
    worker.join()
    driver.get("dialog/close")
    assert "Payouts are stopped until restart. What became of each order stands under Operations." in said(driver)
    driver.click("dialog/copy")
    assert QApplication.clipboard().text() == report(TRACE)
    assert report(TRACE).startswith(f"alikassa-console {__version__}, E-INTERNAL\n")
    driver.click("dialog/close")
    driver.until(lambda: driver.find("dialog/close") is None)
    crash.tell(TRACE)
    QApplication.processEvents()
    assert driver.find("dialog/close") is None


def test_no_create_begins_after_a_bug(driver: Driver) -> None:
    Crash(driver.console).tell(TRACE)
    driver.click("dialog/close")
    driver.fill(SBP)
    order_id = driver.order_id(SBP)
    driver.review(SBP)
    assert "Payouts are stopped until restart." in said(driver)
    assert driver.find("review/send") is None
    assert (driver.state(order_id), driver.accepted()) == ("", [])


def test_a_home_that_is_opened_after_a_bug_creates_nothing_either(driver: Driver) -> None:
    Crash(driver.console).tell(TRACE)
    driver.click("dialog/close")
    before = driver.console.services
    driver.console.enter(sandbox=True)
    driver.until(lambda: driver.console.is_made and driver.console.services is not before)
    fault = driver.console.services.gap.fault
    assert fault is not None
    assert fault.code == "E-INTERNAL"


def test_a_bug_while_another_is_told_or_after_the_end_is_only_logged(driver: Driver) -> None:
    crash = Crash(driver.console)
    crash.tell(TRACE)
    driver.get("dialog/close")
    crash.tell("  other.py:1 x\nKeyError")
    QApplication.processEvents()
    driver.click("dialog/close")
    driver.until(lambda: driver.find("dialog/close") is None)
    driver.window.hide()
    crash.tell("  late.py:1 x\nKeyError")
    QApplication.processEvents()
    assert driver.find("dialog/close") is None
