"""G13, double submit: hands that press too often, at the real window; the gateway's ledger counts the creates.

A trial fills a payout to a recipient of its own and presses by a drawn plan: clicks where *Send* or *Review* was (wherever
the page has moved on to meanwhile), Ctrl+Enter or Enter held, or all at once; two to ten presses within 0 to 500 ms, in a
window of a drawn size, before a gateway of a drawn outcome.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from console.catalogue.methods import by_code
from console.services.drafts import Draft
from console.ui.pages.order import OrderPage
from tests.faults.ground import Ground
from tests.faults.judge import Found, Judge, Tally
from tests.flows.driver import Driver

SBP = by_code("payment_card_sbp_rub")
ON_SEND, ON_REVIEW, CTRL_ENTER, ENTER, ALL = "clicks on send", "clicks on review", "ctrl+enter", "enter", "all at once"
KINDS = (ON_SEND, ON_SEND, ON_REVIEW, CTRL_ENTER, CTRL_ENTER, ENTER, ALL, ALL)
SENDING = frozenset({ON_SEND, CTRL_ENTER, ALL})
"""The kinds that mean to send: once. The others must not send at all."""
KOPECKS = (0, 0, 0, 11, 12, 21, 23, 32, 33)
SIZES = ((1440, 900), (1280, 800), (1024, 700))
SPAN = 500
"""Milliseconds within which all presses fall."""
SECONDS = 20.0
CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


@dataclass(frozen=True)
class Plan:
    """One trial: what is pressed, and when after the first one (milliseconds)."""

    kind: str
    presses: tuple[tuple[int, str], ...]
    size: tuple[int, int]
    kopecks: int


def plan(random: Random) -> Plan:
    """Draw a trial."""
    kind, span = random.choice(KINDS), random.choice((0, 5, 30, 100, 250, SPAN))
    what = (ON_SEND, CTRL_ENTER, ENTER) if kind == ALL else (kind,)
    moments = sorted(random.randint(0, span) for _ in range(random.randint(2, 10)))
    presses = [(at, random.choice(what)) for at in moments]
    if kind == ALL:
        presses[0] = (presses[0][0], random.choice((ON_SEND, CTRL_ENTER)))
    return Plan(kind, tuple(presses), random.choice(SIZES), random.choice(KOPECKS))


class Patience:
    """Waits as `qtbot` does, also where there is no pytest."""

    @staticmethod
    def waitUntil(condition: Callable[[], object], timeout: int = 20_000) -> None:
        until = time.monotonic() + timeout / 1000
        while True:
            try:
                if condition():
                    return
            except AssertionError:
                if time.monotonic() > until:
                    raise
            assert time.monotonic() < until, "waited in vain"
            QTest.qWait(1)


class Hands:
    """One window over many trials."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self._left = 0
        driver.until(lambda: driver.window.current() == "overview")

    def trial(self, drawn: Plan, recipient: str) -> None:
        """Fill, press, and wait until nothing goes on any more."""
        driver = self.driver
        driver.window.resize(*drawn.size)
        page = driver.window.page("payout")
        assert isinstance(page, OrderPage)
        driver.window.go("payout")
        texts = {each.name: each.sample for each in SBP.fields if each.typed and each.required} | {"number": recipient}
        texts["amount"] = f"{100 + int(recipient[-3:])}.{drawn.kopecks:02d}"
        page.begin(Draft(SBP.kind, SBP.code, {name: text for name, text in texts.items() if name != "order_id"}))
        driver.until(lambda: recipient[1:] in re.sub(r"\D", "", driver.get(f"{SBP.code}/number", QLineEdit).text()))
        aim = f"{SBP.code}/review"
        if drawn.kind != ON_REVIEW:
            aim = "review/send"
            driver.review(SBP)
            driver.acknowledge()
            driver.until(driver.get(aim).isEnabled)
            driver.get(aim).setFocus()
        self._press(drawn, aim)
        driver.until(lambda: self._left == 0 and driver.console.jobs.is_idle() and not page.is_sending)

    def _place(self, name: str) -> QPoint:
        button = self.driver.get(name, QAbstractButton)
        return button.mapTo(self.driver.window, button.rect().center())

    def _press(self, drawn: Plan, aim: str) -> None:
        self._left = len(drawn.presses)
        QApplication.processEvents()  # the page comes to rest before somebody aims
        at = self._place(aim)
        for number, (after, what) in enumerate(drawn.presses):
            QTimer.singleShot(after, lambda what=what, number=number: self._on_time(what, at, held=number > 0))

    def _on_time(self, what: str, at: QPoint, *, held: bool) -> None:
        window = self.driver.window
        if what in {ON_SEND, ON_REVIEW}:
            under = window.childAt(at) or window
            QTest.mouseClick(under, Qt.MouseButton.LeftButton, NONE, under.mapFrom(window, at))
        else:
            self._key(CTRL if what == CTRL_ENTER else NONE, held=held)
        self._left -= 1

    def _key(self, modifiers: Qt.KeyboardModifier, *, held: bool) -> None:
        """Press Enter; one that is held comes again both as its own press and as a repeated one."""
        target: QWidget = QApplication.focusWidget() or self.driver.window
        QTest.keyClick(target, Qt.Key.Key_Return, modifiers)
        if held and (target := QApplication.focusWidget() or self.driver.window):
            event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, modifiers, "\r", autorep=True)
            QApplication.sendEvent(target, event)


@contextmanager
def window(home: Path) -> Iterator[Driver]:
    """A console on a home whose gateway runs in another process."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    patience: Any = Patience()
    driver = Driver(patience, home)
    try:
        yield driver
    finally:
        driver.close()
        assert application is not None


def play(ground: Ground, seed: int, count: int) -> Tally:
    """Play so many trials drawn by the seed."""
    tally, random = Tally("T-UI, double submit", seed, seed), Random(seed)
    judge = Judge(ground.ledger)
    with window(ground.folder) as driver:
        hands = Hands(driver)
        for _ in range(count):
            drawn, recipient = plan(random), f"7904{ground.number():07d}"
            hands.trial(drawn, recipient)
            tally.add(_found(judge, drawn, recipient).facts(), f"{drawn}")
            tally.counts[drawn.kind] += 1
    return tally


def _found(judge: Judge, drawn: Plan, recipient: str) -> Found:
    """Once where it was meant to be sent, never where it was not."""
    found, creates = Found(), judge.creates(recipient)
    if creates > 1:
        found.duplicates += creates - 1
        found.notes.append(f"{creates} creates")
    if (creates > 0) != (drawn.kind in SENDING):
        found.is_wrong(f"{creates} creates")
    return found
