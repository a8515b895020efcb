"""The seed by which `make test` draws its slices: made of the commit, so that a slice can be drawn again."""

from __future__ import annotations

import subprocess
from random import Random
from typing import TypeVar

from tests.faults.ground import ROOT

T = TypeVar("T")


def commit_seed() -> int:
    """The first digits of the commit's name; 0 where there is no git."""
    try:
        asked = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    except OSError:
        return 0
    return int(asked.stdout[:6] or "0", 16)


def drawn(everything: list[T], size: int, seed: int) -> list[T]:
    """Draw a slice, in the order it is to be played."""
    return Random(seed).sample(everything, min(size, len(everything)))
