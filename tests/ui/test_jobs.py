"""The door to threads: where answers arrive, what is dropped, what is never left behind."""

import gc
import threading
import weakref
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from console.ui.jobs import LANES, Jobs


class Owner(QObject):
    """Keeps what it hears, and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.values: list[object] = []
        self.errors: list[BaseException] = []
        self.threads: set[int] = set()

    def done(self, value: object) -> None:
        self.values.append(value)
        self.threads.add(threading.get_ident())

    def failed(self, error: BaseException) -> None:
        self.errors.append(error)
        self.threads.add(threading.get_ident())


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    result = Jobs()
    yield result
    assert result.shutdown()


@pytest.fixture
def owner() -> Owner:
    return Owner()


def test_work_runs_elsewhere_and_the_answer_comes_here(jobs: Jobs, owner: Owner, qtbot: QtBot) -> None:
    ran: list[int] = []

    def work() -> int:
        ran.append(threading.get_ident())
        return 2**40

    jobs.run(owner, work, owner.done, owner.failed)
    qtbot.waitUntil(jobs.is_idle)
    assert owner.values == [2**40]
    assert owner.threads == {threading.get_ident()} and ran[0] not in owner.threads


@pytest.mark.parametrize("error", [ValueError("wrong"), SystemExit(3), KeyboardInterrupt()])
def test_every_end_of_the_work_is_told(jobs: Jobs, owner: Owner, qtbot: QtBot, error: BaseException) -> None:
    def work() -> None:
        raise error

    jobs.run(owner, work, owner.done, owner.failed)
    qtbot.waitUntil(jobs.is_idle)
    assert owner.errors == [error] and not owner.values


def test_an_answer_for_a_gone_owner_is_dropped(jobs: Jobs, qtbot: QtBot) -> None:
    owner, go = Owner(), threading.Event()
    heard: list[object] = []
    jobs.run(owner, go.wait, heard.append, heard.append)
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    go.set()
    qtbot.waitUntil(jobs.is_idle)
    assert heard == []


def test_the_money_lane_has_one_worker_and_keeps_the_order(jobs: Jobs, owner: Owner, qtbot: QtBot) -> None:
    running, most = [0], [0]
    lock = threading.Lock()

    def work(number: int) -> int:
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        with lock:
            running[0] -= 1
        return number

    for number in range(50):
        jobs.run(owner, partial(work, number), owner.done, owner.failed, "money")
    qtbot.waitUntil(jobs.is_idle)
    assert owner.values == list(range(50)) and most == [1]


def test_a_busy_lane_does_not_hold_up_another(jobs: Jobs, owner: Owner, qtbot: QtBot) -> None:
    go = threading.Event()
    for _ in range(LANES["follow"]):
        jobs.run(owner, go.wait, lambda _: None, owner.failed, "follow")
    jobs.run(owner, lambda: "sent", owner.done, owner.failed, "money")
    qtbot.waitUntil(lambda: owner.values == ["sent"])
    go.set()
    qtbot.waitUntil(jobs.is_idle)


def test_the_follow_lane_has_four_workers(jobs: Jobs, owner: Owner, qtbot: QtBot) -> None:
    together = threading.Barrier(4, timeout=5)
    for _ in range(4):
        jobs.run(owner, together.wait, owner.done, owner.failed, "follow")
    qtbot.waitUntil(jobs.is_idle)
    assert sorted(owner.values) == [0, 1, 2, 3] and not owner.errors  # type: ignore[type-var]  # places at the barrier


def test_nothing_is_kept_when_the_work_is_over(jobs: Jobs, owner: Owner, qtbot: QtBot) -> None:
    class Big:
        def work(self) -> int:
            return 1

    big = Big()
    seen = weakref.ref(big)
    jobs.run(owner, big.work, owner.done, owner.failed)
    qtbot.waitUntil(jobs.is_idle)
    del big
    gc.collect()
    qtbot.waitUntil(lambda: seen() is None)


def test_shutdown_is_bounded_and_drops_what_comes_late(owner: Owner, qtbot: QtBot) -> None:
    jobs, go, begun = Jobs(), threading.Event(), threading.Event()

    def work() -> str:
        begun.set()
        go.wait()
        return "late"

    jobs.run(owner, work, owner.done, owner.failed, "money")
    jobs.run(owner, lambda: "never begun", owner.done, owner.failed, "money")
    assert begun.wait(5)
    assert jobs.shutdown(0.05) is False
    go.set()
    assert jobs.shutdown() is True
    assert owner.values == []


def test_after_shutdown_nothing_is_taken(jobs: Jobs, owner: Owner) -> None:
    assert not jobs.is_stopped()
    jobs.shutdown()
    assert jobs.is_stopped()
    with pytest.raises(RuntimeError):
        jobs.run(owner, lambda: 1, owner.done, owner.failed)


def test_an_unknown_lane_is_an_error(jobs: Jobs, owner: Owner) -> None:
    with pytest.raises(KeyError):
        jobs.run(owner, lambda: 1, owner.done, owner.failed, "fast")


def test_settling_delivers_what_is_under_way_and_does_not_wait_for_ever(qtbot: QtBot) -> None:
    jobs, owner, go = Jobs(), QObject(), threading.Event()
    heard: list[object] = []
    assert jobs.settle(10)
    jobs.run(owner, lambda: 1, heard.append, heard.append)
    assert jobs.settle(10)
    assert heard == [1]
    jobs.run(owner, lambda: go.wait(30), heard.append, heard.append)
    assert not jobs.settle(0.05)
    go.set()
    assert jobs.settle(10)
    assert jobs.shutdown()
