"""What keeps keys out of files that the system makes by itself: no core dumps, and not dumpable by other processes.

Python cannot wipe memory; this is what can be done. Where the system has no such call, nothing is done.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys

PR_GET_DUMPABLE, PR_SET_DUMPABLE = 3, 4
"""prctl(2) of Linux."""


def harden() -> None:
    """Switch core dumps off for this process and what it starts; on Linux let no debugger of the same user in."""
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
