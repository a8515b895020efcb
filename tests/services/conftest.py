"""The bench that the services' tests stand on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from console.services.backups import Backups
from tests.services.bench import Bench


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """Services over a real journal, both keys proved."""
    made = Bench(tmp_path, monkeypatch)
    made.prove()
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where copies go."""
    made = tmp_path / "backups"
    made.mkdir()
    return made


@pytest.fixture
def backups(bench: Bench, folder: Path) -> Backups:
    """The backups of the bench's journal, with a folder chosen."""
    made = Backups(bench.home, bench.journal.journal_id, bench.settings, bench.clock)
    made.choose(folder)
    return made
