"""T-PWR: the disk images that a power loss could leave, built from a recording, opened and recovered as a start does.

A write that was not flushed may be there, missing or torn; so may a truncation; a file's entry in its folder counts only
once the folder was flushed. What was acknowledged before the loss has to be there.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from console.app.vaults import JOURNAL_KEY
from console.domain.trouble import Trouble
from console.journal import connect, layout
from console.journal.append import Journal
from console.journal.lock import HomeLock
from console.journal.read import Reader
from console.services.clock import system_clock
from console.services.recover import recover
from console.vault.file import FileVault
from tests.faults import newer
from tests.faults.stage import states

CALLS = ("write", "pwrite64", "fsync", "fdatasync", "ftruncate", "unlink", "openat", "sendto")
SECTOR = 512
RESERVE = "journal.reserve"
MOODS = (0.0, 0.5, 0.8, 0.95)
"""How likely an unflushed write is kept, drawn for each image."""
_LINE = re.compile(r"^\d+ +(?P<name>[a-z0-9]+)\((?P<rest>.*)\) += (?P<result>-?\d+)")
_ENDED = re.compile(r"^\d+ +(\+\+\+|---)")
_RESUMED = re.compile(r"^<\.\.\. [a-z0-9]+ resumed>(?P<rest>.*)")
_UNFINISHED = " <unfinished ...>"
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_FILE = re.compile(r"^-?\d+<((?:\\x[0-9a-f]{2})+)>")


@dataclass(frozen=True)
class Deed:
    """One recorded call: what was done to which file of the journal, or what was said or sent."""

    name: str
    file: str = ""
    data: bytes = b""
    offset: int = 0


@dataclass
class Content:
    """A file: what is surely on the disk, and what was written since."""

    sure: bytearray = field(default_factory=bytearray)
    pending: list[Deed] = field(default_factory=list)


class Disk:
    """The journal's folder while a recording is played onto it."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._now = {name: Content(bytearray(content)) for name, content in files.items()}
        self._sure = dict(self._now)
        self._entries: list[tuple[tuple[str, Content | None], ...]] = []
        """Changes of the folder since it was flushed; each is there or not, as a whole."""

    def play(self, deed: Deed) -> None:
        """Do what the call did."""
        if deed.name == "flush-folder":
            for entries in self._entries:
                _enter(self._sure, entries)
            self._entries.clear()
        elif deed.name in {"create", "unlink"}:
            self._entry((deed.file, Content() if deed.name == "create" else None))
        elif deed.name == "rename":
            self._entry((deed.file, None), (deed.data.decode(), self._now[deed.file]))
        elif deed.name in {"write", "truncate"}:
            self._now[deed.file].pending.append(deed)
        elif deed.name == "flush":
            content = self._now[deed.file]
            for write in content.pending:
                _apply(content.sure, write)
            content.pending.clear()

    def image(self, random: Random) -> Iterator[tuple[str, bytes]]:
        """The files that a power loss now could leave, drawn by `random`."""
        mood = random.choice(MOODS)
        files = dict(self._sure)
        for entries in self._entries:
            if random.random() < mood:
                _enter(files, entries)
        for name, content in files.items():
            left = bytearray(content.sure)
            for write in content.pending:
                if random.random() < mood:
                    _apply(left, write)
                elif write.name == "write" and random.random() < 0.5:
                    _apply(left, torn(write, random))
            yield name, bytes(left)

    def _entry(self, *entries: tuple[str, Content | None]) -> None:
        _enter(self._now, entries)
        self._entries.append(entries)


def _enter(files: dict[str, Content], entries: Iterable[tuple[str, Content | None]]) -> None:
    for name, content in entries:
        if content is None:
            files.pop(name, None)
        else:
            files[name] = content


def _apply(content: bytearray, deed: Deed) -> None:
    if deed.name == "truncate":
        del content[deed.offset :]
    content.extend(bytes(max(0, deed.offset - len(content))))
    content[deed.offset : deed.offset + len(deed.data)] = deed.data


def torn(write: Deed, random: Random) -> Deed:
    """Return the beginning or the end of a write, cut at a sector or, more rarely, at any byte."""
    size = len(write.data)
    cut = random.randrange(size + 1) if random.random() < 0.2 else random.randrange(size // SECTOR + 1) * SECTOR
    if random.random() < 0.5:
        return Deed("write", write.file, write.data[:cut], write.offset)
    return Deed("write", write.file, write.data[cut:], write.offset + cut)


@cache
def read(recorded: Path, home: str) -> tuple[Deed, ...]:
    """Return what a recording says about the journal's files in `home`."""
    known = {"journal.db"}
    deeds: list[Deed] = []
    for line in whole(recorded.read_text("latin-1").splitlines()):
        match = _LINE.match(line)
        assert match or _ENDED.match(line), f"a line that is not understood: {line[:80]} … {line[-40:]}"
        if match:
            deeds += _deeds(match["name"], match["rest"], int(match["result"]), home, known)
    return tuple(deeds)


def whole(lines: Iterable[str]) -> Iterator[str]:
    """Join the calls that strace wrote in two parts because another thread came between."""
    begun: dict[str, str] = {}
    for line in lines:
        thread, _, rest = line.partition(" ")
        if line.endswith(_UNFINISHED):
            begun[thread] = line.removesuffix(_UNFINISHED)
        elif resumed := _RESUMED.match(rest.strip()):
            yield begun.pop(thread) + resumed["rest"]
        else:
            yield line
    assert not begun, f"calls without an end: {begun}"


def _deeds(name: str, rest: str, result: int, home: str, known: set[str]) -> list[Deed]:
    text = _TEXT.search(rest)
    data = b"" if text is None else _bytes(text[1])
    if name == "write" and rest.startswith("-1,"):
        return [Deed("said", data=data)]
    if name == "sendto":
        return [Deed("sent")] if data.startswith(b"POST /v1/payout ") else []
    if result < 0:
        return []
    assert name != "pwrite64" or result == len(data), "a short write"
    if name in {"openat", "unlink"}:
        return _named(name, data.decode(), home, known)
    return _written(name, rest, data, home, known)


def _written(name: str, rest: str, data: bytes, home: str, known: set[str]) -> list[Deed]:
    """What a call on an open file did, where it is the journal's folder or a file of it."""
    path = _bytes(match[1]).decode() if (match := _FILE.match(rest)) else ""
    if path == home and name in {"fsync", "fdatasync"}:
        return [Deed("flush-folder")]
    file = path.rpartition("/")[2]
    if path != f"{home}/{file}" or file not in known:
        return []
    if name in {"fsync", "fdatasync"}:
        return [Deed("flush", file)]
    last = int(rest.rpartition(", ")[2])
    if name == "ftruncate":
        return [Deed("truncate", file, offset=last)]
    assert name == "pwrite64", f"a {name} of {file} that is not understood"
    return [Deed("write", file, data, last)]


def _named(name: str, path: str, home: str, known: set[str]) -> list[Deed]:
    file = path.rpartition("/")[2]
    if path != f"{home}/{file}" or not file.startswith("journal.db") or file.endswith("-shm"):
        return []
    if name == "unlink":
        known.discard(file)
        return [Deed("unlink", file)]
    if file in known:
        return []
    known.add(file)
    return [Deed("create", file)]


def _bytes(escaped: str) -> bytes:
    return bytes.fromhex(escaped.replace("\\x", ""))


@dataclass
class Told:
    """What was acknowledged and what had left by some moment of a recording."""

    acknowledged: list[tuple[int, str]] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    order: str = ""

    def hear(self, deed: Deed) -> None:
        """Take note of what was said or sent."""
        word, *rest = deed.data.decode().split() or [""]
        if word == "begin":
            self.order = rest[0]
        elif word == "ack":
            self.acknowledged.append((int(rest[0]), rest[1]))
        elif deed.name == "sent":
            self.sent.append(self.order)


def examine(order: dict[str, Any]) -> dict[str, Any]:
    """Build and open the images of a range of seeds; return how many there were and what was broken in which."""
    base = Path(order["base"])
    deeds = read(Path(order["recorded"]), order["home"])
    first = {"journal.db": (base / "journal.db").read_bytes()}
    key = FileVault(base / "vault.json").read(JOURNAL_KEY)
    before = _events(base / "journal.db")
    if order.get("newer"):
        newer.install()
    broken: list[str] = []
    for seed in range(order["first"], order["last"]):
        random = Random(seed)
        disk, told = Disk(first), Told(list(before.items()))
        for deed in deeds[: random.randrange(1, len(deeds) + 1)]:
            told.hear(deed) if deed.name in {"said", "sent"} else disk.play(deed)
        with tempfile.TemporaryDirectory(dir=base.parent) as folder:
            for name, content in disk.image(random):
                Path(folder, name).write_bytes(content)
            Path(folder, RESERVE).hardlink_to(base / RESERVE)
            found = _open(Path(folder), key, told)
        if found:
            broken.append(f"{seed}: {found}")
    return {"cases": order["last"] - order["first"], "broken": broken}


def _open(home: Path, key: Any, told: Told) -> str:
    """Open an image as a start does; return what is missing of what was acknowledged, or nothing."""
    try:
        there, after = _recovered(home, key)
        if layout.SCHEMA == newer.VERSION and not newer.is_second(home / "journal.db"):
            return "the upgrade is not whole"
    except Trouble as trouble:
        return f"does not open: {trouble.code} {trouble.values}"
    except sqlite3.Error as error:
        return f"does not open: {error}"
    lost = [seq for seq, digest in told.acknowledged if there.get(seq) != digest]
    untold = [order for order in told.sent if after.get(order) in {None, "not_sent"}]
    return " ".join(([f"lost marks {lost}"] if lost else []) + ([f"left without a mark {untold}"] if untold else []))


def _recovered(home: Path, key: Any) -> tuple[dict[int, str], dict[str, str]]:
    """Open and recover; return the records that are there and the states of the orders. Raises Trouble."""
    now = system_clock()()
    with ExitStack() as undo:
        lock = HomeLock.take(home, now)
        undo.callback(lock.release)
        journal = Journal.open(home, key, now, lock)
        undo.callback(journal.close)
        if journal.fault is not None:
            raise journal.fault
        reader = Reader(home / "journal.db")
        undo.callback(reader.close)
        recover(journal, reader, now)
        return _events(home / "journal.db"), states(home / "journal.db")


def _events(path: Path) -> dict[int, str]:
    with closing(connect.reader(path)) as looking:
        return dict(looking.execute("SELECT seq, digest FROM event"))


def keep(template: Path, folder: Path) -> Path:
    """Copy the files that a recording begins from."""
    folder.mkdir()
    for name in ("journal.db", "vault.json", RESERVE):
        shutil.copy(template / "sandbox" / name, folder / name)
    return folder
