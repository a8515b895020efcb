"""The disk fails between the gateway's answer and the journal: the window says what is known, and the next start asks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from console.catalogue.methods import by_code
from console.journal.entry import EventKind
from console.journal.store import NotStored
from tests.flows.driver import Driver

SBP = by_code("payment_card_sbp_rub")


def seen(driver: Driver) -> str:
    return "\n".join(each.text() for each in driver.window.findChildren(QLabel) if each.isVisible())


def test_an_outcome_that_is_known_and_not_kept_stands_on_the_screen(
    driver: Driver, qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.until(lambda: driver.window.current() == "overview")
    journal: Any = driver.console.desk()._engine.journal
    kept = journal.append

    def append(entry: Any, **options: Any) -> Any:
        if entry.kind in {EventKind.HEARD, EventKind.ENDED, EventKind.ASKED}:
            raise NotStored("E-DISK-FULL")
        return kept(entry, **options)

    monkeypatch.setattr(journal, "append", append)
    monkeypatch.setattr(journal, "append_quiet", append)
    driver.fill(SBP, number="79031112299")
    order_id = driver.order_id(SBP)
    driver.review(SBP)
    driver.acknowledge()
    driver.click("review/send")
    driver.until(lambda: "could not store" in seen(driver) or driver.find("result/state") is not None)
    accepted = driver.accepted()[0]
    assert accepted["order_id"] == order_id
    said = seen(driver)
    assert str(accepted["id"]) in said and order_id in said
    assert "could not" in said
    assert "The outcome is not in the journal" in said
    driver.console.deeds.locking.lock()
    driver.until(lambda: str(accepted["id"]) not in seen(driver))
    driver.until(driver.console.jobs.is_idle)
    driver.click("lock/unlock")
    driver.until(lambda: str(accepted["id"]) in seen(driver), "the strip is gone")
    monkeypatch.undo()
    driver.close()
    again = Driver(qtbot, home)
    again.until(lambda: again.state(order_id) in {"unknown", "wait", "paid"})
    again.until(lambda: again.state(order_id) == "paid")
    assert len(again.accepted()) == 1
    again.console.window.hide()
    driver.console, driver.window = again.console, again.window
