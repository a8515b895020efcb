"""strace at a thread that waits to begin: injects a fault at its n-th call of a name, or records the calls of all.

strace counts for each thread by itself, so a point names the thread too: lane 0 is the act's own, lane n the n-th that
the console started (each request has one, and the mark before the first byte is written there).
"""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from pathlib import Path

WRITES = ("write", "pwrite64", "fsync", "fdatasync", "ftruncate")
NAMES = ("rename", "unlink")
NETWORK = ("connect", "sendto", "recvfrom")
KILLED_AT = (*WRITES, *NAMES, *NETWORK)
FAILING = (*WRITES, *NAMES)
ERRORS = ("ENOSPC", "EIO", "EROFS", "EDQUOT")
_CALL = re.compile(r"^(?P<thread>\d+) +(?:(?P<name>[a-z0-9_]+)\(|\+\+\+)")


def kill_at(name: str, count: int) -> list[str]:
    """SIGKILL on entering the call: it has no effect any more."""
    return ["-e", f"trace={name}", "-e", f"inject={name}:signal=SIGKILL:when={count}"]


def fail_at(name: str, count: int, error: str, *, on: bool) -> list[str]:
    """An error at the call, once, or `on` from then on at every writing call of that name."""
    return ["-e", f"trace={name}", "-e", f"inject={name}:error={error}:when={count}{'+' if on else ''}"]


def record(path: Path, names: tuple[str, ...]) -> list[str]:
    """Record calls with their whole data and the paths of their files."""
    return ["-f", "-e", f"trace={','.join(names)}", "-y", "-xx", "-s", "1000000", "-o", str(path)]


def attach(thread: int, options: list[str]) -> subprocess.Popen[str]:
    """Attach to a thread (of a whole process with `-f`) and return once it is held."""
    quiet = [] if "-o" in options else ["-o", "/dev/null"]
    tracer = subprocess.Popen(["strace", "-p", str(thread), *quiet, *options], stderr=subprocess.PIPE, text=True)
    assert tracer.stderr is not None
    said = tracer.stderr.readline()
    assert "attached" in said, said
    return tracer


def count(recorded: Path) -> Counter[tuple[int, str]]:
    """How often each lane made each call, by a recording that began with lane 0 alone."""
    lanes: dict[str, int] = {}
    calls: Counter[tuple[int, str]] = Counter()
    for line in recorded.read_text("latin-1").splitlines():
        call = _CALL.match(line)
        if call:
            lane = lanes.setdefault(call["thread"], len(lanes))
            calls[lane, call["name"] or "exit"] += 1
    return calls
