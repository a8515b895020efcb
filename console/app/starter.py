"""Makes the engine once, whoever asks first: the worker after the first paint, or a page that cannot wait."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.app.engine import Engine


CLOSING = 3.0
"""Seconds for which an engine that is still being made is waited for at the end."""


class Starter:
    """Holds the engine. `get` makes it, waits for the thread that makes it, or raises what making it raised."""

    def __init__(self, make: Callable[[], Engine]) -> None:
        self._make = make
        self._engine: Engine | None = None
        self._lock = threading.Lock()

    def get(self) -> Engine:
        """Return the engine; raises Trouble where it cannot be made, and tries again when asked again."""
        with self._lock:
            if self._engine is None:
                self._engine = self._make()
            return self._engine

    @property
    def engine(self) -> Engine | None:
        """The engine, where it was made."""
        return self._engine

    def close(self) -> None:
        """Stop the engine, after whoever makes it is done. What hangs is left to end with the process."""
        if not self._lock.acquire(timeout=CLOSING):
            return
        engine, self._engine = self._engine, None
        self._lock.release()
        if engine is not None:
            engine.close()
