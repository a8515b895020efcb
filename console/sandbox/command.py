"""The command `gateway`: the sandbox's gateway alone, for other programs, until it is told to end."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from threading import Event

from console.sandbox.sandbox import Busy, Sandbox

SIGNALS = (signal.SIGTERM, signal.SIGINT)


def serve(home: Path, port: int | None, name: str = "") -> int:
    """Serve the gateway of `home` and print one line of JSON when it listens; return 0 after SIGTERM or SIGINT.

    With a `name` it is served by TLS as well, and the line and `port` are about that. Returns 1, with one sentence on
    stderr, when this home is served already or the port cannot be had. It has to run on the main thread, since it
    handles signals.
    """
    ending = Event()
    before = {number: signal.signal(number, lambda *_: ending.set()) for number in SIGNALS}
    try:
        return _serve(home, port, name, ending)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _serve(home: Path, port: int | None, name: str, ending: Event) -> int:
    sandbox = None
    try:
        sandbox = Sandbox.open(home, port=0 if name else port or 0, alone=True)
        facts = sandbox.secure(name, port or 0) if name else sandbox.facts()
    except Busy:
        print(f"The sandbox gateway of {home} runs already in another process.", file=sys.stderr)
        return 1
    except (OSError, OverflowError) as trouble:
        if sandbox is not None:
            sandbox.close()
        why = getattr(trouble, "strerror", None) or str(trouble).rstrip(".")
        print(f"The sandbox gateway of {home} cannot start: {why}.", file=sys.stderr)
        return 1
    try:
        print(facts.as_json(), flush=True)
        while not ending.wait(1.0):
            pass  # a wait without end cannot be interrupted on Windows
    finally:
        sandbox.close()
    return 0
