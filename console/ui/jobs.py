"""The one door to threads: work runs off the main thread and its answer comes back on it.

Knows nothing of what the work does. Each lane has its own workers, so that following orders never delays a payout:
`money` has one worker (payouts leave in the order they were sent), `follow` four, `vault` one, `read` two. `person` has one
for the question that somebody asked for and waits for: it does not stand behind those that a timer asked. `check` has one
for the long check of the journal that nobody waits for.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Generic, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt, QTimer, Signal

from console.ui.tidy import Tidy

T = TypeVar("T")

LANES = {"money": 1, "follow": 4, "person": 1, "vault": 1, "read": 2, "check": 1}


@dataclass(frozen=True, slots=True)
class _Job(Generic[T]):
    owner: QObject
    work: Callable[[], T]
    done: Callable[[T], None]
    failed: Callable[[BaseException], None]


@dataclass(frozen=True, slots=True)
class _Answer(Generic[T]):
    job: _Job[T]
    value: T | None
    error: BaseException | None

    def deliver(self) -> None:
        """Tell the owner, unless it is gone."""
        if not shiboken6.isValid(self.job.owner):
            return
        if self.error is not None:
            self.job.failed(self.error)
        else:
            self.job.done(self.value)  # type: ignore[arg-type]  # `value` is what `work` returned: a T


class _Door(QObject):
    """Carries answers to the thread it was made in."""

    answered = Signal(object)


class Jobs:
    """Workers by lane, started when a lane gets its first job. Make it, use it and shut it down on the main thread."""

    def __init__(self, lanes: dict[str, int] | None = None) -> None:
        self._sizes = dict(lanes or LANES)
        self._queues: dict[str, SimpleQueue[_Job[object] | None]] = {}
        self._threads: list[threading.Thread] = []
        self._stopped = False
        self._waiting = 0
        self._door = _Door()
        self._door.answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)
        self._tidy = Tidy(self._door)

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
        lane: str = "read",
    ) -> None:
        """Run `work` on a worker of `lane`; `done` or `failed` is called on the main thread.

        The answer is dropped if `owner` is destroyed by then. After `shutdown` nothing is taken any more and RuntimeError
        is raised; an unknown lane raises KeyError.
        """
        if self._stopped:
            raise RuntimeError("the jobs are shut down")
        self._waiting += 1
        self._lane(lane).put(_Job(owner, work, done, failed))  # type: ignore[arg-type]  # one queue for every T

    def is_stopped(self) -> bool:
        """Tell whether no work is taken any more."""
        return self._stopped

    def is_idle(self) -> bool:
        """Tell whether every answer was delivered."""
        return self._waiting == 0

    def settle(self, seconds: float) -> bool:
        """Deliver answers until none is awaited, at most for `seconds`; returns whether all came."""
        wake = QTimer()
        wake.start(5)
        deadline = time.monotonic() + seconds
        while not self.is_idle() and time.monotonic() < deadline:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        return self.is_idle()

    def shutdown(self, seconds: float = 5.0) -> bool:
        """Take no more work, let what runs end, and wait at most `seconds`; returns whether all workers ended.

        Work that has not begun is not begun. A worker that hangs is left behind as a daemon and cannot hold the process.
        """
        self._stopped = True
        for lane, queue in self._queues.items():
            _drain(queue)
            for _ in range(self._sizes[lane]):
                queue.put(None)
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        self._tidy.stop()
        return not any(thread.is_alive() for thread in self._threads)

    def _lane(self, lane: str) -> SimpleQueue[_Job[object] | None]:
        if lane not in self._queues:
            queue: SimpleQueue[_Job[object] | None] = SimpleQueue()
            for number in range(self._sizes[lane]):
                thread = threading.Thread(target=self._serve, args=(queue,), name=f"{lane}-{number}", daemon=True)
                thread.start()
                self._threads.append(thread)
            self._queues[lane] = queue
        return self._queues[lane]

    def _serve(self, queue: SimpleQueue[_Job[object] | None]) -> None:
        while (job := queue.get()) is not None:
            answer = _answer(job)
            del job
            if not self._stopped:
                self._door.answered.emit(answer)
            del answer

    def _on_answered(self, answer: _Answer[object]) -> None:
        self._waiting -= 1
        if not self._stopped:
            answer.deliver()


def _answer(job: _Job[object]) -> _Answer[object]:
    try:
        return _Answer(job, job.work(), None)
    except BaseException as error:  # noqa: BLE001  # a worker hands over every end, also SystemExit
        return _Answer(job, None, error)


def _drain(queue: SimpleQueue[_Job[object] | None]) -> None:
    while not queue.empty():
        queue.get()
