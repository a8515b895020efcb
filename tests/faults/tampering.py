"""The suite T-TAMPER: a journal changed behind the console's back, by seeds; a change that is not found is a wrong verdict.

Who finds what is the promise of failure model M21: anybody what breaks the chain, the holder of the key also a chain that
was made again, whoever has an anchor a cut tail, an older copy and a damaged write-ahead log.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from console.domain.states import State
from console.journal import chain, record
from console.journal.check import check
from console.journal.entry import EventKind, Head
from tests.faults.ground import MEMORY
from tests.faults.judge import Tally
from tests.journal.making import KEY, Desk, behind, rebuild

COLUMNS = tuple(name for name in (*chain.COLUMNS, "digest") if name != "seq")
NUMBERS = frozenset({"format", "monotonic", "attempt", "status"})
ALL = f"{record.COLUMNS}, sealed"


@dataclass(frozen=True)
class Kept:
    """A closed journal, an older copy of it, one with its write-ahead log, and the head that the vault kept."""

    folder: Path
    head: Head
    older: Path
    open_copy: Path
    wal: bytes

    @property
    def path(self) -> Path:
        """The journal."""
        return self.folder / "journal.db"


@contextmanager
def kept() -> Iterator[Kept]:
    """Make the journal that is tampered with."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as name:
        folder = Path(name)
        with closing(Desk(folder)) as desk:
            for number in range(3):
                desk.send(f"PO-{number}", amount=100 + number)
                desk.ask(f"PO-{number}")
            desk.journal.flush(desk.now())
            desk.reopen()
            older = Path(shutil.copy(desk.path, folder / "older.db"))
            for number in range(3, 7):
                desk.send(f"PO-{number}", amount=100 + number)
            desk.move(State.WAIT, State.PAID, EventKind.HEARD, "PO-1")
            open_copy = Path(shutil.copy(desk.path, folder / "open.db"))
            wal, head = (folder / "journal.db-wal").read_bytes(), desk.journal.head()
        yield Kept(folder, head, older, open_copy, wal)


def edits(journal: sqlite3.Connection, seq: int, head: Head, random: Random) -> None:
    """A clear column or a sealed byte of one record."""
    if random.random() < 0.4:
        (sealed,) = journal.execute("SELECT sealed FROM event WHERE seq = ?", [seq]).fetchone()
        at = random.randrange(len(sealed))
        changed = sealed[:at] + bytes([sealed[at] ^ 1 << random.randrange(8)]) + sealed[at + 1 :]
        journal.execute("UPDATE event SET sealed = ? WHERE seq = ?", [changed, seq])
        return
    column = random.choice(COLUMNS)
    (value,) = journal.execute(f"SELECT {column} FROM event WHERE seq = ?", [seq]).fetchone()
    other = (value or 0) + random.choice((-1, 1, 7)) if column in NUMBERS else f"{value or ''}{random.choice(' x0é')}"
    journal.execute(f"UPDATE event SET {column} = ? WHERE seq = ?", [other, seq])


def deletes(journal: sqlite3.Connection, seq: int, head: Head, random: Random) -> None:
    """A record taken out, the gap left or closed."""
    seq = min(seq, head.seq - 1)  # without its last records a journal is whole: that is for the anchor
    journal.execute("DELETE FROM event WHERE seq = ?", [seq])
    if random.random() < 0.5:
        for later in range(seq + 1, head.seq + 1):
            journal.execute("UPDATE event SET seq = seq - 1 WHERE seq = ?", [later])


def swaps(journal: sqlite3.Connection, seq: int, head: Head, random: Random) -> None:
    """Two records, or their sealed bytes, exchanged."""
    other = random.choice([each for each in range(1, head.seq + 1) if each != seq])
    if random.random() < 0.5:
        for before, after in ((seq, 9999), (other, seq), (9999, other)):
            journal.execute("UPDATE event SET seq = ? WHERE seq = ?", [after, before])
    else:
        _swap_sealed(journal, seq, other, "sealed")


def inserts(journal: sqlite3.Connection, seq: int, head: Head, random: Random) -> None:
    """A copy of a record put between two others."""
    for later in range(head.seq, seq, -1):
        journal.execute("UPDATE event SET seq = seq + 1 WHERE seq = ?", [later])
    copied = ALL.replace("seq", str(seq + 1), 1)
    journal.execute(f"INSERT INTO event ({ALL}) SELECT {copied} FROM event WHERE seq = ?", [seq])


def swaps_and_rebuilds(journal: sqlite3.Connection, seq: int, head: Head, random: Random) -> None:
    """Sealed bytes exchanged with their digests, and the chain made again."""
    other = random.choice([each for each in range(1, head.seq + 1) if each != seq])
    _swap_sealed(journal, seq, other, "sealed", "sealed_sha256")
    rebuild(journal)


def edits_and_rebuilds(journal: sqlite3.Connection, seq: int, head: Head, random: Random) -> None:
    """A clear column changed, and the chain made again."""
    column = random.choice(("account", "masked", "time", "order_id", "kind"))
    journal.execute(f"UPDATE event SET {column} = coalesce({column}, '') || ' ' WHERE seq = ?", [seq])
    rebuild(journal)


def forges(journal: sqlite3.Connection, seq: int, head: Head, random: Random) -> None:
    """A record that nobody wrote at the end, and the chain made again."""
    copied = ALL.replace("seq", str(head.seq + 1), 1)
    journal.execute(f"INSERT INTO event ({ALL}) SELECT {copied} FROM event WHERE seq = ?", [seq])
    rebuild(journal)


Deed = Callable[[sqlite3.Connection, int, Head, Random], None]
ALONE: tuple[Deed, ...] = (edits, edits, deletes, swaps, inserts)
"""What the chain shows without any key."""
BY_KEY: tuple[Deed, ...] = (swaps_and_rebuilds, edits_and_rebuilds, forges)
"""What the holder of the key finds too."""


def play(first: int, count: int) -> Tally:
    """Tamper by these seeds: edits, deletes, swaps, insertions; with the key also a chain that was made again (G17)."""
    tally = Tally("T-TAMPER", first, first + count - 1)
    with kept() as one:
        target = one.folder / "tampered.db"
        for seed in range(first, first + count):
            random = Random(seed)
            needs_key = random.random() < 0.4
            deed = random.choice(BY_KEY if needs_key else ALONE)
            shutil.copy(one.path, target)
            with behind(target) as journal:
                deed(journal, random.randint(1, one.head.seq), one.head, random)
            _count(tally, f"seed {seed}: {deed.__name__}", bool(check(target, key=KEY if needs_key else None).findings))
    return tally


def play_tails(first: int, count: int) -> Tally:
    """Cut the tail, put an older copy back, damage the write-ahead log, by these seeds (G18)."""
    tally = Tally("T-TAMPER of tails", first, first + count - 1)
    with kept() as one:
        target = one.folder / "cut.db"
        for seed in range(first, first + count):
            random = Random(seed)
            how = random.choice(("cut", "older", "wal"))
            shutil.copy({"cut": one.path, "older": one.older, "wal": one.open_copy}[how], target)
            for name in ("cut.db-wal", "cut.db-shm"):
                (one.folder / name).unlink(missing_ok=True)
            if how == "cut":
                with behind(target) as journal:
                    journal.execute("DELETE FROM event WHERE seq > ?", [random.randrange(1, one.head.seq)])
            if how == "wal":
                (one.folder / "cut.db-wal").write_bytes(_flipped(one.wal, random))
            _count(tally, f"seed {seed}: {how}", bool(check(target, key=KEY, anchor=one.head).findings))
    return tally


def _count(tally: Tally, what: str, found: bool) -> None:
    tally.cases += 1
    tally.counts[what.rpartition(": ")[2]] += 1
    if not found:
        tally.wrong += 1
        tally.notes.append(f"{what} was not found")


def _flipped(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << random.randrange(8)]) + data[at + 1 :]


def _swap_sealed(journal: sqlite3.Connection, one: int, other: int, *columns: str) -> None:
    names = ", ".join(columns)
    here, there = (
        journal.execute(f"SELECT {names} FROM event WHERE seq = ?", [seq]).fetchone() for seq in (one, other)
    )
    settings = ", ".join(f"{name} = ?" for name in columns)
    for seq, values in ((one, there), (other, here)):
        journal.execute(f"UPDATE event SET {settings} WHERE seq = ?", [*values, seq])
