"""Where the files that ship with the program lie, in a source tree and in a frozen one; knows nothing of what they mean."""

from __future__ import annotations

import sys
from pathlib import Path


def resource(*parts: str) -> Path:
    """Return the path of a file or folder below `resources`; PyInstaller unpacks them below `sys._MEIPASS`."""
    frozen: str | None = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).resolve().parents[2]
    return root.joinpath("resources", *parts)
