"""The disk fails between the gateway's answer and the journal: the window says what is known until it is stored or dealt
with, stores it as soon as it can, and the next start says what was left in the air and asks.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from console.catalogue.methods import by_code
from console.journal.entry import EventKind
from console.journal.store import NotStored
from tests.flows.driver import Driver

SBP, LINK = by_code("payment_card_sbp_rub"), by_code("payment_card_number_card")


def seen(driver: Driver) -> str:
    return "\n".join(each.text() for each in driver.window.findChildren(QLabel) if each.isVisible())


class Disk:
    """Refuses what ends an order, as a full disk does, until it is mended."""

    def __init__(self, driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
        self.full = True
        journal: Any = driver.console.desk()._engine.journal
        for name in ("append", "append_quiet"):
            monkeypatch.setattr(journal, name, self._refusing(getattr(journal, name)))

    def _refusing(self, kept: Any) -> Any:
        def append(entry: Any, *given: Any, **options: Any) -> Any:
            if self.full and entry.kind in {EventKind.HEARD, EventKind.ENDED, EventKind.ASKED}:
                raise NotStored("E-DISK-FULL")
            return kept(entry, *given, **options)

        return append


def lose(driver: Driver, method: Any = SBP, **changed: str) -> tuple[str, str]:
    """Send a payout whose outcome is not stored; return its order id and the gateway's id."""
    driver.fill(method, **changed)
    order_id = driver.order_id(method)
    driver.review(method)
    driver.acknowledge()
    driver.click("review/send")
    driver.until(lambda: driver.find(f"strip/{order_id}") is not None, "no strip")
    accepted = driver.accepted()[-1]
    assert accepted["order_id"] == order_id
    return order_id, str(accepted["id"])


def begun(driver: Driver) -> None:
    driver.until(lambda: driver.window.current() == "overview")


def test_the_strip_stays_over_every_page_and_after_the_lock_until_the_journal_has_it(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(driver)
    disk = Disk(driver, monkeypatch)
    order_id, gateway_id = lose(driver, number="79031112299")
    said = seen(driver)
    assert "The answer is known but not stored" in said
    assert f"{order_id} (id {gateway_id})" in said
    assert "The gateway has it." in said
    closed = "Payouts of this amount to this recipient are closed until the gateway answers."
    driver.until(lambda: closed in seen(driver), "the page of the result says nothing of it")
    new = driver.get("result/new")
    assert isinstance(new, QAbstractButton)
    assert new.text() == "A payout to another recipient", "an invitation to pay once more"
    for page in ("overview", "settings", "operations"):
        driver.go(page)
        driver.get(f"strip/{order_id}")
    driver.console.deeds.locking.lock()
    driver.until(lambda: gateway_id not in seen(driver))
    driver.until(driver.console.jobs.is_idle)
    driver.click("lock/unlock")
    driver.until(lambda: gateway_id in seen(driver), "the strip is gone")
    assert driver.state(order_id) == "sending"
    disk.full = False
    driver.until(lambda: driver.find(f"strip/{order_id}") is None, "the strip stays")
    assert driver.state(order_id) in {"wait", "paid"}
    driver.until(lambda: driver.state(order_id) == "paid")
    assert len(driver.accepted()) == 1


def test_a_person_sees_the_order_and_takes_the_strip_away(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    begun(driver)
    disk = Disk(driver, monkeypatch)
    order_id, _ = lose(driver, number="79031112299")
    driver.go("overview")
    still = "1 outcome is not in the journal yet"
    driver.until(lambda: still in seen(driver), "the overview is calm")
    assert "Nothing needs you now" not in seen(driver)
    driver.click("strip/open")
    driver.until(lambda: driver.window.current() == "operations")
    driver.click("strip/close")
    driver.until(lambda: driver.find(f"strip/{order_id}") is None)
    driver.console.desk()._standing.look()
    assert driver.find(f"strip/{order_id}") is None
    driver.go("overview")
    driver.until(lambda: driver.window.current() == "overview")
    assert still in seen(driver), "it was seen, and is not over"
    disk.full = False
    driver.until(lambda: "Nothing needs you now" in seen(driver), "it stays when it is over")


def test_an_outcome_without_an_id_does_not_claim_that_the_gateway_has_it(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(driver)
    Disk(driver, monkeypatch)
    lose(driver, number="79031112299", amount="3000.33")
    said = seen(driver)
    assert "What came of the order is not stored" in said
    assert "We do not know yet." in said
    assert "The gateway has it." not in said


def test_the_next_start_says_what_was_left_in_the_air(
    driver: Driver, qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(driver)
    Disk(driver, monkeypatch)
    order_id, _ = lose(driver, number="79031112299")
    lose(driver, LINK)
    driver.close()
    again = Driver(qtbot, home)
    driver.console, driver.window = again.console, again.window
    again.get("strip/start/payout")
    again.get("strip/start/payment")
    said = seen(again)
    assert "The last session ended while 1 payout was being sent" in said
    assert "The last session ended while 1 payment was being created" in said
    assert "We do not know yet." in said
    again.until(lambda: again.state(order_id) == "paid")
    again.until(lambda: "We do not know yet." not in seen(again), "it says that it does not know what it knows")
    known = "The gateway has told the outcome since."
    again.until(lambda: seen(again).count(known) == 2, "one of the strips says nothing of it")  # each is shown anew
    assert "The last session ended while 1 payout was being sent" in seen(again)
    again.click("strip/open")
    again.until(lambda: again.window.current() == "operations")
    payout, payment = again.get("strip/start/payout"), again.get("strip/start/payment")
    assert payout.y() < payment.y(), "what changed lost its place"
    again.click("strip/close")
    again.click("strip/close")
    again.until(lambda: again.window.sheet.strips.keys() == frozenset())
    assert len(again.accepted()) == 2


def test_a_strip_outlives_its_run_and_goes_with_the_answer(
    driver: Driver, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(driver)
    Disk(driver, monkeypatch)
    order_id, _ = lose(driver, number="79031112299")
    first = driver.console.desk()
    driver.console.enter(sandbox=True)
    driver.until(lambda: driver.console.is_made and driver.console.desk() is not first)
    driver.services = driver.console.services
    driver.until(lambda: driver.state(order_id) == "paid")
    driver.until(lambda: driver.find(f"strip/{order_id}") is None, "the strip stays")
    driver.get("strip/start/payout")
