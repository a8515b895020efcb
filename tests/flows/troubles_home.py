"""The fixtures of the tests of troubles: a gateway, a store that fails as told, and a person at a window over both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from console.sandbox.sandbox import Sandbox
from console.ui import i18n
from tests.flows.troubles import Ring, Watched
from tests.gui.console_bench import answer_by

Sit = Callable[..., Watched]

__all__ = ["Sit", "gateway", "ring", "sit"]


@pytest.fixture
def gateway(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """The sandbox's gateway in the place of the real one."""
    made = Sandbox.open(tmp_path / "gateway")
    answer_by(made, monkeypatch)
    yield made
    made.close()


@pytest.fixture
def ring() -> Iterator[Ring]:
    """A store that does everything right until it is told otherwise."""
    made = Ring()
    yield made
    made.mend()


@pytest.fixture
def sit(qtbot: QtBot, home: Path, ring: Ring) -> Iterator[Sit]:
    """Seats a person at a window over the store, which is waited for as many seconds."""
    seated: list[Watched] = []

    def make(seconds: float = 30.0, limit: int | None = None, **options: Any) -> Watched:
        seated.append(Watched(qtbot, home, vault=ring.vault(seconds, limit), **options))
        return seated[-1]

    yield make
    ring.mend()
    for person in reversed(seated):
        person.close()
    i18n.current().choose("en")
