"""A long run of the real window (G29): a person pages, searches and pays, the console asks, and Qt delivers events.

`python -m tests.faults.longrun MINUTES [--warm-up MINUTES] [--payouts N]`. The gateway is another process, so that its
memory is not counted here. The warm-up fills what is bounded, and its memory and events do not count: SQLite's page caches
(2 MiB a connection, some 10 KiB more with each payout) and the allocator's arenas (one a thread that sends or asks). So it
pays five times as often, and rests never; after it the person keeps to `PACE` events a minute. Prints a line a minute and,
in the end, events a minute, the slope of the memory, and what the gateway's ledger says of the payouts. It ends with 1
where one was lost or paid twice, where an exception escaped, where fewer than 100 000 events a minute came, or where the
memory grew by more than 1 MiB in 10 minutes (the last two from five minutes after the warm-up on).
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from tests.faults.judge import Tally

SUITE = "T-SOAK of the window"
LINE = re.compile(rf"{SUITE}: cases (\d+), duplicates (\d+), lost (\d+)")
EVENTS, SLOPE, WORTH = 100_000, 1.0, 5.0
"""Events a minute, MiB in ten minutes, and from how many minutes after the warm-up on both are judged."""
PACE = 1.1 * EVENTS
"""Events a minute that the person keeps to."""
REST = 5
"""Milliseconds of one rest of a person that is ahead of the pace."""
OFTEN, SELDOM = 30, 6
"""Payouts a minute, in the warm-up and after it."""


@dataclass
class Run:
    """What a run counted."""

    minutes: float = 0.0
    warm_up: float = 0.0
    """Minutes at the beginning whose memory and events do not count."""
    events: int = 0
    steps: Counter[str] = field(default_factory=Counter)
    memory: list[tuple[float, float]] = field(default_factory=list)
    escaped: list[str] = field(default_factory=list)
    sent: set[str] = field(default_factory=set)
    accepted: Counter[str] = field(default_factory=Counter)

    @property
    def per_minute(self) -> float:
        """Events a minute after the warm-up."""
        return self.events / max(self.counted, 1e-9)

    @property
    def counted(self) -> float:
        """Minutes after the warm-up."""
        return max(self.minutes - self.warm_up, 0.0)

    @property
    def slope(self) -> float:
        """MiB in ten minutes by least squares over everything after the warm-up."""
        points = [(at, size) for at, size in self.memory if at >= self.warm_up]
        mean_at = sum(at for at, _ in points) / max(len(points), 1)
        mean = sum(size for _, size in points) / max(len(points), 1)
        spread = sum((at - mean_at) ** 2 for at, _ in points)
        return 10 * sum((at - mean_at) * (size - mean) for at, size in points) / spread if spread else 0.0

    @property
    def lost(self) -> int:
        """Orders the gateway accepted that the console did not send, or does not know."""
        return len(self.accepted.keys() - self.sent)

    @property
    def duplicates(self) -> int:
        """Orders that were accepted more than once."""
        return sum(number - 1 for number in self.accepted.values())

    @property
    def is_ahead(self) -> bool:
        """Whether more events came than the pace asks for."""
        return self.counted > 0 and self.events > PACE * self.counted

    def look(self, minutes: float) -> None:
        """Note that so many minutes have passed; once a second the memory, and a line a minute."""
        before, self.minutes = self.minutes, minutes
        if before < self.warm_up <= minutes:
            self.events = 0
        if int(before * 60) != int(minutes * 60):
            self.memory.append((minutes, resident()))
        if int(before) != int(minutes):
            print(f"{minutes:5.1f} min {resident():7.1f} MiB {self.events} events", flush=True)

    @property
    def is_judged(self) -> bool:
        """Whether it was long enough for pace and memory to say something."""
        return self.counted >= WORTH

    def faults(self) -> list[str]:
        """What was not as it should be."""
        found = [*self.escaped]
        found += [f"{self.lost} lost"] if self.lost else []
        found += [f"{self.duplicates} paid twice"] if self.duplicates else []
        if self.is_judged:
            found += [f"{self.per_minute:.0f} events a minute"] if self.per_minute < EVENTS else []
            found += [f"{self.slope:+.2f} MiB in 10 minutes"] if self.slope > SLOPE else []
        return found

    def line(self) -> str:
        """The one line that each suite prints, and the figures of this one."""
        slope = f", slope {self.slope:+.2f} MiB in 10 min" if self.is_judged else ""
        return (
            f"{SUITE}: cases {sum(self.steps.values())}, duplicates {self.duplicates}, lost {self.lost}, "
            f"wrong verdicts {len(self.escaped)}, seeds 0-0 ({self.minutes:.1f} min, {self.warm_up:.1f} of them "
            f"warm-up, {self.per_minute:.0f} events a minute{slope}, {dict(self.steps)})"
        )


def resident() -> float:
    """MiB of memory that this process has now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def play(home: Path, minutes: float, warm_up: float, payouts: int) -> Run:
    """Sit at a window for a warm-up and so many minutes, and send so many payouts over the latter.

    Needs a platform that is set already.
    """
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from tests.faults.ground import gateway
    from tests.faults.longrun_person import Sitter

    run = Run(warm_up=warm_up)

    class Counting(QApplication):
        """Counts every event that is delivered."""

        def notify(self, receiver: QObject, event: QEvent) -> bool:
            run.events += 1
            return bool(super().notify(receiver, event))

    def escaped(kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
        run.escaped.append(f"{kind.__name__}: {error}"[:200])

    application = QApplication.instance() or Counting(["longrun"])
    elsewhere = gateway("main.py", "gateway", "--home", str(home))
    with _hook(escaped), elsewhere, Sitter(home, run.sent, run.steps) as sitter:
        began, run.events, whole = time.monotonic(), 0, warm_up + minutes
        while run.minutes < whole:
            due = OFTEN * min(run.minutes, warm_up) + payouts * run.counted / minutes
            sitter.step(pay=run.steps["pay"] < int(due))
            application.processEvents()
            run.look((time.monotonic() - began) / 60)
            while run.is_ahead and run.minutes < whole:
                QTest.qWait(REST)
                run.look((time.monotonic() - began) / 60)
        run.accepted = sitter.accepted()
    return run


@contextmanager
def _hook(escaped: Callable[[type[BaseException], BaseException, TracebackType | None], None]) -> Iterator[None]:
    """Hear what escapes from a slot, while this lasts."""
    kept, sys.excepthook = sys.excepthook, escaped
    try:
        yield
    finally:
        sys.excepthook = kept


def main(words: list[str]) -> int:
    """Parse, play and judge."""
    parser = argparse.ArgumentParser(description="Use the window for a long time.")
    parser.add_argument("minutes", type=float)
    parser.add_argument("--warm-up", type=float, help="minutes before them, by default four fifths as many")
    parser.add_argument("--payouts", type=int, default=0, help="payouts after the warm-up, by default six a minute")
    asked = parser.parse_args(words)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    warm_up = asked.minutes * 4 / 5 if asked.warm_up is None else asked.warm_up
    payouts = asked.payouts or max(1, int(asked.minutes * SELDOM))
    with tempfile.TemporaryDirectory(prefix="longrun-") as folder:
        run = play(Path(folder), asked.minutes, warm_up, payouts)
    print(run.line(), flush=True)
    for fault in run.faults():
        print(f"FAILED {fault}")
    return 1 if run.faults() or not run.steps else 0


def play_slice(number: int, minutes: int) -> Tally:
    """Let a process play so many minutes after its warm-up; each thing that was not as it should be is a wrong verdict."""
    code, said = in_a_process(minutes, 0)
    tally, told = Tally(SUITE, number, number), LINE.search(said)
    faults = [line for line in said.splitlines() if line.startswith("FAILED")]
    if code and not faults:
        faults = [f"it ended by {code}: {said[-300:]}"]
    tally.wrong, tally.notes = len(faults), faults
    if told is not None:
        tally.cases, tally.duplicates, tally.lost = map(int, told.groups())
        tally.counts["minutes"] = minutes
    return tally


def in_a_process(minutes: float, payouts: int) -> tuple[int, str]:
    """Run it as a process of its own, without coverage; return its exit code and what it said."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.longrun", str(minutes), "--payouts", str(payouts)],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
