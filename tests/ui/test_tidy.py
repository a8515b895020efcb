"""Cyclic garbage with widgets in it is never collected by a worker."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from console.ui.tidy import Tidy


class Held(QObject):
    """What a traceback may hold: an object of Qt with a timer, in a cycle. Says on which thread it ends."""

    def __init__(self, ended: list[int]) -> None:
        super().__init__()
        self.itself = self
        self._ended = ended
        self.startTimer(1000)

    def __del__(self) -> None:
        self._ended.append(threading.get_ident())


@pytest.fixture
def tidy() -> Iterator[Tidy]:
    made = Tidy()
    yield made
    made.stop()


def work() -> None:
    """Allocate as a worker does until the collector would have run through the youngest and the middle generation."""
    kept = [[number] for number in range(40 * gc.get_threshold()[0])]
    kept.clear()


def test_a_worker_collects_nothing(tidy: Tidy, qtbot: QtBot) -> None:
    ended: list[int] = []
    Held(ended)
    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    assert ended == []
    kept = [[number] for number in range(2 * gc.get_threshold()[0])]
    qtbot.waitUntil(lambda: bool(ended), timeout=20_000)
    assert ended == [threading.get_ident()]
    assert kept


def test_older_generations_have_their_turn(tidy: Tidy, monkeypatch: pytest.MonkeyPatch) -> None:
    collected: list[int] = []
    monkeypatch.setattr(gc, "collect", collected.append)
    for counts in ((1, 1, 1), (701, 1, 1), (701, 11, 1), (1, 11, 1), (701, 11, 11)):
        monkeypatch.setattr(gc, "get_count", lambda counts=counts: counts)
        monkeypatch.setattr(gc, "get_threshold", lambda: (700, 10, 10))
        tidy.look()
    assert collected == [0, 1, 1, 2]


def test_what_was_there_before_is_not_looked_through(qtbot: QtBot) -> None:
    made = Tidy()
    assert gc.get_freeze_count() > 1000
    made.stop()
    assert gc.get_freeze_count() == 0


def test_the_collector_is_left_as_it_was() -> None:
    assert gc.isenabled()
    first = Tidy()
    second = Tidy()
    assert not gc.isenabled()
    second.stop()
    assert not gc.isenabled()
    first.stop()
    assert gc.isenabled()
