"""A console at work, closed after the test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.flows.bench import Works
from tests.flows.driver import Driver
from tests.flows.troubles_home import gateway, ring, sit

__all__ = ["driver", "gateway", "ring", "sit", "works"]


@pytest.fixture
def driver(qtbot: QtBot, home: Path) -> Iterator[Driver]:
    """A console in the sandbox, on a fresh home."""
    made = Driver(qtbot, home)
    yield made
    made.close()


@pytest.fixture
def works(home: Path) -> Iterator[Works]:
    """The engine without a window, on a fresh home."""
    made = Works.start(home)
    yield made
    made.close()
