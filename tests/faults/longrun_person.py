"""Who sits at the window of a long run: goes from page to page, searches, scrolls, opens cards and pays."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from itertools import count
from pathlib import Path
from random import Random
from typing import Any, Self, cast

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit

from console.catalogue.methods import by_code
from tests.flows.driver import Driver

PAGES = ("overview", "operations", "journal", "settings")
WORDS = ("79031112", "Громова", "PO-", "нет такого", '("*', "")
SBP = by_code("payment_card_sbp_rub")
KEYS = (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_End, Qt.Key.Key_Home)


class Waiting:
    """What a driver needs of a test's own tool: to wait for a condition while events are delivered."""

    def waitUntil(self, condition: Callable[[], object], timeout: int) -> None:
        """Deliver events until the condition holds and asserts nothing; raises AssertionError."""
        end = time.monotonic() + timeout / 1000
        while True:
            try:
                if condition():
                    return
            except AssertionError:
                if time.monotonic() > end:
                    raise
            QApplication.processEvents()


class Sitter:
    """A person at the window of a sandbox, from `with` to its end."""

    def __init__(self, home: Path, sent: set[str], steps: Counter[str]) -> None:
        self._home = home
        self._sent = sent
        self._steps = steps
        self._random = Random(0)
        self._numbers = count(1)

    def __enter__(self) -> Self:
        self._driver = Driver(cast(Any, Waiting()), self._home)
        self._driver.until(lambda: self._driver.window.current() == "overview")
        return self

    def __exit__(self, *_: object) -> None:
        self._driver.close()

    def step(self, *, pay: bool) -> None:
        """Do the next thing."""
        if pay:
            self._note("pay", self._pay)
        else:
            name = self._random.choice(("page", "search", "scroll", "scroll", "scroll", "scroll"))
            self._note(name, {"page": self._page, "search": self._search, "scroll": self._scroll}[name])

    def accepted(self) -> Counter[str]:
        """How often the gateway accepted which order."""
        return Counter(str(row["order_id"]) for row in self._driver.accepted())

    def _note(self, name: str, work: Callable[[], None]) -> None:
        work()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # as a running event loop would
        self._steps[name] += 1

    def _pay(self) -> None:
        number = next(self._numbers)
        self._sent.add(self._driver.send(SBP, number=f"7903{number:07d}", amount=f"{100 + number % 900}.00"))
        self._driver.click("result/new")

    def _page(self) -> None:
        self._driver.go(self._random.choice(PAGES))
        QApplication.processEvents()

    def _search(self) -> None:
        self._driver.go("operations")
        edit = self._driver.get("operations/search", QLineEdit)
        edit.setText(self._random.choice(WORDS))
        QTest.keyClick(edit, Qt.Key.Key_Return)
        QApplication.processEvents()

    def _scroll(self) -> None:
        """Move through whatever list is on the page, and let the window be drawn."""
        lists = [view for view in self._driver.window.findChildren(QAbstractItemView) if view.isVisible()]
        for view in lists[:2]:
            QTest.keyClick(view, self._random.choice(KEYS))
        self._driver.window.update()
        QApplication.processEvents()
