"""What floats over a page never lies on the buttons that a page stands on: *Review*, *Back*, *Send*."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.catalogue.methods import by_code
from console.ui.controls.states import look
from console.ui.shell.notices import MOST, Notices
from tests.flows.driver import Driver

SBP = by_code("payment_card_sbp_rub")


@pytest.fixture
def driver(qtbot: QtBot, home: Path) -> Iterator[Driver]:
    made = Driver(qtbot, home)
    made.until(lambda: made.window.current() == "overview")
    yield made
    made.close()


def place(driver: Driver, name: str) -> QRect:
    widget = driver.get(name)
    return QRect(widget.mapTo(driver.window, widget.rect().topLeft()), widget.size())


def float_over(driver: Driver) -> tuple[QWidget, QWidget]:
    """Show as many notices as there can be, and a word about something done."""
    notices = driver.window.sheet.findChild(Notices)
    assert notices is not None
    for number in range(MOST):
        words = "Payout 91c3a8f0d2b84c07: paid out " * (number + 1)
        notices.tell(str(number), look("paid", "payout"), words, "1,500.00, •••• 22-33", stays=True)
    driver.window.notice("Copied for 10 s: 91c3a8f0d2b84c07")
    QApplication.processEvents()
    return notices, driver.get("toast")


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700)])
def test_nothing_lies_on_the_buttons_of_a_page(driver: Driver, size: tuple[int, int]) -> None:
    driver.window.resize(*size)
    driver.fill(SBP)
    for floating in float_over(driver):
        assert not place(driver, floating.objectName()).intersects(place(driver, f"{SBP.code}/review"))
    driver.review(SBP)
    for floating in float_over(driver):
        for name in ("review/back", "review/send"):
            assert not place(driver, floating.objectName()).intersects(place(driver, name)), name
