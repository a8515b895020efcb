"""Closing where the password store hangs: the process goes at once, and what it did not keep is named at a next check."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from console.app import engine as engines
from console.app import starter as starters
from console.app.starter import Starter
from console.domain.secret import Secret
from console.journal.entry import Entry, EventKind
from console.vault.memory import MemoryVault
from tests.flows.driver import Driver


class Hung:
    """Holds whoever comes until it is let go."""

    def __init__(self) -> None:
        self.go, self.came = threading.Event(), threading.Event()

    def wait(self) -> None:
        self.came.set()
        assert self.go.wait(30)


@pytest.fixture
def hung(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hung]:
    monkeypatch.setattr(engines, "CLOSING", 0.2)
    monkeypatch.setattr(starters, "CLOSING", 0.2)
    made = Hung()
    yield made
    made.go.set()
    for thread in threading.enumerate():
        if thread.name == "vault-call" or thread.name.startswith("making"):
            thread.join(30)


def test_a_store_that_hangs_does_not_hold_the_home(qtbot: QtBot, home: Any, hung: Hung) -> None:
    class Vault(MemoryVault):
        is_hung = False

        def write(self, name: str, secret: Secret) -> None:
            if self.is_hung and name == "journal/head":
                hung.wait()
            super().write(name, secret)

    vault = Vault()
    driver = Driver(qtbot, home, sandbox=True, vault=vault)
    driver.until(lambda: driver.window.current() == "overview")
    driver.until(driver.console.jobs.is_idle)
    driver.console.desk().stop()
    vault.is_hung = True
    journal: Any = driver.console.desk()._engine.journal
    journal.append(Entry(EventKind.EXPORTED, driver.services.clock()))
    began = time.monotonic()
    driver.close()
    assert hung.came.is_set()
    assert time.monotonic() - began < 5
    vault.is_hung = False
    again = Driver(qtbot, home, sandbox=True, vault=vault)
    again.until(lambda: again.window.current() == "overview", "the home is still held")
    again.close()


def test_an_engine_that_is_still_being_made_is_left(hung: Hung) -> None:
    def make() -> Any:
        hung.wait()
        raise OSError

    def get() -> None:
        with pytest.raises(OSError):
            starter.get()

    starter = Starter(make)
    threading.Thread(target=get, name="making").start()
    assert hung.came.wait(30)
    began = time.monotonic()
    starter.close()
    assert time.monotonic() - began < 5
