"""What notices a window that stands still notices one."""

from __future__ import annotations

import threading
import time

import pytest
from pytestqt.qtbot import QtBot

from tests.flows.troubles import lively


def work(seconds: float) -> None:
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def test_a_main_thread_that_waits_is_noticed(qtbot: QtBot) -> None:
    with pytest.raises(AssertionError, match="waited for"), lively():
        threading.Event().wait(0.6)


def test_a_main_thread_that_works_for_long_is_noticed(qtbot: QtBot) -> None:
    with pytest.raises(AssertionError, match="worked for"), lively():
        work(0.3)


def test_a_main_thread_at_its_events_is_not(qtbot: QtBot) -> None:
    done: list[bool] = []
    with lively() as beat:
        waiting = threading.Timer(0.3, lambda: done.append(True))
        waiting.start()
        qtbot.waitUntil(lambda: bool(done), timeout=5000)
        waiting.join()
    assert beat.control > 0
