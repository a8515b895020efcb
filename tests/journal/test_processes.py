"""Processes that race for one order, are killed between any two calls, or meet a disk that takes no more.

What was acknowledged before is there after, the chain is whole, and one attempt has one winner.
"""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
import subprocess
import sys
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from console.domain.states import State
from console.domain.trouble import Trouble, Unavailable
from console.journal import layout
from console.journal.append import Change, Journal, Lost
from console.journal.check import check
from console.journal.connect import Connection
from console.journal.entry import Entry, EventKind, Parts
from console.journal.filters import Filter
from console.journal.lock import HomeLock
from console.journal.read import Reader
from console.journal.store import Store
from tests.journal.making import BODY, KEY, PARTS, Desk, moment, new

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")


def tell(pipe: int, word: str) -> None:
    os.write(pipe, f"{word}\n".encode())


def child(work: Callable[[Callable[[str], None]], None]) -> tuple[list[str], int]:
    """Run `work` in a process of its own; return the words it said before it ended, and its exit status."""
    ours, theirs = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            work(partial(tell, theirs))
            os._exit(0)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    os.close(theirs)
    with os.fdopen(ours) as words:
        said = words.read().split()
    return said, os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def dying(at: int, *, after: bool) -> type[Connection]:
    """A connection whose process is killed at the nth statement, before or after it."""
    left = [at]

    class Dying(Connection):
        def execute(self, sql: str, values: Any = (), /) -> sqlite3.Cursor:
            left[0] -= 1
            if left[0] == 0 and not after:
                os.kill(os.getpid(), signal.SIGKILL)
            done = super().execute(sql, values)
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return done

    return Dying


def one_payout(home: Path, kind: type[Connection], say: Callable[[str], None]) -> None:
    """Three marks of one payout and a question asked twice; each is said once it is acknowledged."""
    journal = Journal.open(home, KEY, moment(), HomeLock.take(home, moment()), kind=kind)
    say("opened")
    entry = Entry(EventKind.INTENDED, moment(1), "PO-1", "acc", attempt=1, parts=Parts(body=BODY))
    journal.append(entry, new=new())
    say("intended")
    for before, after in ((State.INTENDED, State.SENDING), (State.SENDING, State.WAIT)):
        change = Change("PO-1", frozenset({before}), 1, {"state": after})
        journal.append(Entry(EventKind.HEARD, moment(2), "PO-1", parts=PARTS), change=change)
        say(after.value)
    for second in (3, 4, 4.5):
        journal.append_quiet(Entry(EventKind.ASKED, moment(second), "PO-1", parts=PARTS))
    say("asked")
    journal.close()
    say("closed")


ORDER = ("opened", "intended", "sending", "wait", "asked", "closed")
STATE = {
    "opened": None,
    "intended": "intended",
    "sending": "sending",
    "wait": "wait",
    "asked": "wait",
    "closed": "wait",
}


@pytest.mark.parametrize("after", [False, True])
def test_what_was_acknowledged_survives_a_kill_between_any_two_calls(tmp_path: Path, after: bool) -> None:
    seen: set[str] = set()
    for at in range(1, 500):
        home = tmp_path / str(at)
        said, status = child(partial(one_payout, home, dying(at, after=after)))
        last = said[-1] if said else ""
        seen.add(last)
        desk = Desk(home)  # opens, and finishes a start that was cut short
        row = desk.reader.get("PO-1")
        reached = None if row is None else row.state.value
        allowed = {STATE.get(last), STATE.get(ORDER[min(ORDER.index(last) + 1, 5)])} if last else {None}
        assert reached in allowed
        assert desk.journal.fault is None
        assert check(desk.path, key=KEY, anchor=desk.journal.head()).findings == ()
        desk.close()
        if status == 0:
            break
        assert status == -signal.SIGKILL
    assert status == 0
    assert seen >= set(ORDER)


def test_two_processes_and_one_order_have_one_winner(desk: Desk) -> None:
    """Even with the home's lock out of the way, the database lets one attempt through."""
    rounds = 20
    for n in range(rounds):
        desk.intend(f"PO-{n}")
    journal_id = desk.journal.journal_id
    desk.journal.close()
    ready, go = os.pipe(), os.pipe()

    def race(say: Callable[[str], None]) -> None:
        journal = Journal(Store(desk.path), KEY, journal_id)
        os.write(ready[1], b"r")
        os.read(go[0], 1)
        for n in range(rounds):
            change = Change(f"PO-{n}", frozenset({State.INTENDED}), 1, {"state": State.SENDING})
            try:
                journal.append(Entry(EventKind.SENDING, moment(5), f"PO-{n}", attempt=1), change=change)
                say(f"PO-{n}")
            except Lost:
                continue
        journal.close()

    ours, theirs = os.pipe()
    processes = []
    for _ in range(2):
        process = os.fork()
        if process == 0:
            try:
                race(partial(tell, theirs))
                os._exit(0)
            finally:
                os._exit(1)
        processes.append(process)
    os.close(theirs)
    assert os.read(ready[0], 1) + os.read(ready[0], 1) == b"rr"
    os.write(go[1], b"gg")
    with os.fdopen(ours) as words:
        won = words.read().split()
    assert [os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) for process in processes] == [0, 0]
    for handle in (*ready, *go):
        os.close(handle)
    assert sorted(won) == sorted(f"PO-{n}" for n in range(rounds))
    assert check(desk.path, key=KEY).findings == ()
    assert desk.reader.totals(Filter()) == {State.SENDING: (rounds, rounds * 300_000)}


def test_a_second_process_neither_writes_nor_recovers(desk: Desk) -> None:
    desk.intend()

    def second(say: Callable[[str], None]) -> None:
        try:
            HomeLock.take(desk.home, moment())
        except Unavailable as held:
            say(f"{held.code}:{held.values['pid']}")
        reader = Reader(desk.home / layout.FILE)
        row = reader.get("PO-1")
        say("nothing" if row is None else row.state.value)

    assert child(second) == ([f"E-SECOND:{os.getpid()}", "intended"], 0)
    assert desk.journal.head().seq == 2


def test_opening_takes_no_lock_of_the_readers_away(desk: Desk) -> None:
    """The first page is read before the journal is opened; another program that comes and goes must not think it is
    alone, or it would remove the `-wal` under us."""
    desk.journal.close()
    assert desk.reader.head() is not None
    desk.reopen()
    desk.intend()

    def come_and_go() -> str:
        """A process of its own: a fork would inherit what SQLite believes of our locks."""
        code = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); "
        code += "print(c.execute('SELECT count(*) FROM event').fetchone()[0]); c.close()"
        done = subprocess.run([sys.executable, "-c", code, str(desk.path)], capture_output=True, text=True, check=True)
        return done.stdout.strip()

    wal = desk.path.with_name("journal.db-wal").stat().st_ino
    assert come_and_go() == "2"
    assert desk.path.with_name("journal.db-wal").stat().st_ino == wal
    desk.intend("PO-2")
    assert come_and_go() == "3"


def test_a_disk_that_takes_no_more_is_told_and_survived(tmp_path: Path) -> None:
    """A real error of the operating system: no file may grow beyond a limit."""
    home = tmp_path / "home"

    def fill(say: Callable[[str], None]) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        journal = Journal.open(home, KEY, moment(), HomeLock.take(home, moment()))
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        size = (home / "journal.db-wal").stat().st_size
        for extra in (5_000, 50_000, 90_000, 130_000, 170_000):
            resource.setrlimit(resource.RLIMIT_FSIZE, (size + extra, hard))
            for n in range(10):
                entry = Entry(EventKind.INTENDED, moment(1), f"PO-{extra}-{n}", "acc", attempt=1, parts=PARTS)
                try:
                    journal.append(entry, new=new())
                    say(f"PO-{extra}-{n}")
                except Trouble as trouble:
                    say(f"{type(trouble).__name__}:{trouble.code}")
                    journal.block(None)  # as a start does, which finds the disk well again
                    break
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
            size = (home / "journal.db-wal").stat().st_size
        journal.close()

    said, status = child(fill)
    assert status == 0
    desk = Desk(home)
    stored = {row.order_id for row in desk.reader.in_states(frozenset({State.INTENDED}))}
    desk.close()
    acknowledged = {word for word in said if word.startswith("PO-")}
    assert acknowledged <= stored
    assert len(stored - acknowledged) <= said.count("StoreUnknown:E-IO")
    assert len(said) > len(acknowledged) > 5
    assert check(desk.path, key=KEY).findings == ()
