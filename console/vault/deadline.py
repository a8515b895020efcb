"""A deadline for calls that may block for ever: a keyring that waits for a hidden window cannot be interrupted.

The call runs on a thread of its own, which is left behind as a daemon where it does not come back in time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
SECONDS = 30.0


class Late(Exception):
    """The call did not come back in time; what it does later is dropped."""


def within(seconds: float, work: Callable[[], T]) -> T:
    """Return what `work` returns or raise what it raises; raises Late after `seconds`."""
    done = threading.Event()
    values: list[T] = []
    errors: list[BaseException] = []

    def carry() -> None:
        try:
            values.append(work())
        except BaseException as error:  # noqa: BLE001  # handed over whole to the thread that waits
            errors.append(error)
        finally:
            done.set()

    threading.Thread(target=carry, name="vault-call", daemon=True).start()
    if not done.wait(seconds):
        raise Late
    if errors:
        raise errors[0]
    return values[0]
