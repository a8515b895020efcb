"""The bench that the services' tests stand on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.bench import Bench


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """Services over a real journal, both keys proved."""
    made = Bench(tmp_path, monkeypatch)
    made.prove()
    yield made
    made.close()
