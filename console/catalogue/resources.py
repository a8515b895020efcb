"""Where the files that ship with the console lie."""

from __future__ import annotations

import sys
from pathlib import Path

_BUNDLE = getattr(sys, "_MEIPASS", None)
ROOT = Path(_BUNDLE) if _BUNDLE else Path(__file__).resolve().parents[2]
"""The folder that holds `resources/`: the source tree, or where a frozen build unpacked itself."""


def resource(*parts: str) -> Path:
    """Return the path of a shipped file, for example `resource("banks", "sbp-banks.json")`."""
    return ROOT.joinpath("resources", *parts)
