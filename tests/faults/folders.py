"""T-PWR for the folder of copies: what a power loss leaves of it, by a recording of the calls that made them.

Every copy under its name has to be whole; what was acknowledged has to be there, or a newer one, and so has its head.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from console.journal.backup import head_in
from console.journal.check import check
from tests.faults import power
from tests.faults.power import Deed, Disk

CALLS = ("write", "pwrite64", "fsync", "fdatasync", "ftruncate", "unlink", "rename", "openat")
_LINE = re.compile(r"^\d+ +(?P<name>[a-z0-9]+)\((?P<rest>.*)\) += (?P<result>-?\d+)")
_TEXTS = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_FILE = re.compile(r"^-?\d+<((?:\\x[0-9a-f]{2})+)>")


@dataclass
class _Recording:
    """Reads what was done in one folder: every file of it, and the writes that follow one another."""

    folder: str
    known: set[str] = field(default_factory=set)
    ends: dict[str, int] = field(default_factory=dict)

    def deeds(self, name: str, rest: str, result: int) -> Iterator[Deed]:
        """Translate one call that succeeded."""
        texts = [bytes.fromhex(text.replace("\\x", "")) for text in _TEXTS.findall(rest)]
        if name == "write" and rest.startswith("-1,"):
            yield Deed("said", data=texts[0])
        elif result >= 0 and name in {"openat", "unlink", "rename"}:
            yield from self._named(name, rest, [text.decode() for text in texts])
        elif result >= 0:
            yield from self._written(name, rest, texts)

    def _named(self, name: str, rest: str, paths: list[str]) -> Iterator[Deed]:
        file = self._file(paths[0])
        if file is None:
            return
        if name == "openat":
            if "O_CREAT" in rest and file not in self.known:
                self.known.add(file)
                yield Deed("create", file)
            elif "O_TRUNC" in rest:
                yield Deed("truncate", file)
            self.ends[file] = 0
        elif file in self.known:
            self.known.discard(file)
            if name == "unlink":
                yield Deed("unlink", file)
                return
            target = self._file(paths[1])
            assert target is not None, rest
            self.known.add(target)
            yield Deed("rename", file, target.encode())

    def _written(self, name: str, rest: str, texts: list[bytes]) -> Iterator[Deed]:
        match = _FILE.match(rest)
        path = "" if match is None else bytes.fromhex(match[1].replace("\\x", "")).decode()
        if path == self.folder:
            yield Deed("flush-folder")
            return
        file = self._file(path)
        if file is None or file not in self.known:
            return
        if name in {"fsync", "fdatasync"}:
            yield Deed("flush", file)
        elif name == "write":
            yield Deed("write", file, texts[0], self.ends[file])
            self.ends[file] += len(texts[0])
        else:
            last = int(rest.rpartition(", ")[2])
            yield Deed("truncate", file, offset=last) if name == "ftruncate" else Deed("write", file, texts[0], last)

    def _file(self, path: str) -> str | None:
        folder, _, file = path.rpartition("/")
        return file if folder == self.folder else None


@cache
def read(recorded: Path, folder: str) -> tuple[Deed, ...]:
    """Return what a recording says about the files in `folder`."""
    recording = _Recording(folder)
    deeds: list[Deed] = []
    for line in power.whole(recorded.read_text("latin-1").splitlines()):
        match = _LINE.match(line)
        assert match or re.match(r"^\d+ +(\+\+\+|---)", line), f"a line that is not understood: {line[:80]}"
        if match:
            deeds += recording.deeds(match["name"], match["rest"], int(match["result"]))
    return tuple(deeds)


def examine(order: dict[str, Any]) -> dict[str, Any]:
    """Build the images of a range of seeds; return how many there were and what was broken in which."""
    deeds = read(Path(order["recorded"]), order["folder"])
    broken: list[str] = []
    for seed in range(order["first"], order["last"]):
        random = Random(seed)
        disk, acknowledged = Disk({}), 0
        for deed in deeds[: random.randrange(1, len(deeds) + 1)]:
            if deed.name != "said":
                disk.play(deed)
            elif deed.data.startswith(b"copied"):
                acknowledged = int(deed.data.split()[2])
        with tempfile.TemporaryDirectory(dir=Path(order["recorded"]).parent) as folder:
            for name, content in disk.image(random):
                Path(folder, name).write_bytes(content)
            found = _look(Path(folder), acknowledged)
        broken += [f"{seed}: {found}"] if found else []
    return {"cases": order["last"] - order["first"], "broken": broken}


def _look(folder: Path, acknowledged: int) -> str:
    """Say what is wrong with a folder in which a copy up to some record was acknowledged, or nothing."""
    heads = []
    for path in folder.glob("journal-*.db"):
        checked = check(path)
        if checked.findings or checked.head is None:
            return f"{path.name} is not whole: {checked.findings[:1]}"
        heads.append(checked.head)
    newest = max((head.seq for head in heads), default=0)
    if newest < acknowledged:
        return f"a copy up to record {acknowledged} was acknowledged and the newest ends at {newest}"
    kept = head_in(folder, heads[0].journal_id) if heads else None
    if acknowledged and (kept is None or kept.seq < acknowledged):
        return f"the folder remembers {kept}, not record {acknowledged}"
    return ""
