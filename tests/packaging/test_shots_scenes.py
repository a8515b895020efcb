"""Every sentence of trouble whose feature is built has a picture; what has none says why."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.domain.sentences import CODES

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
NO_PICTURE = {
    "E-ABSENT-AUTO": "not built: the gateway's form of “not found” is not confirmed (R5)",
    "E-QUEUE-STOP": "not built: there are no batches yet",
    "E-IMPORT": "not built: there are no batches yet",
    "E-INPUT": "said at its field, in the field's own words",
    "E-TWIN": "said by the doubt of a review, in its own words",
    "E-TWIN-TYPED": "said by the doubt of a review, in its own words",
    "E-RESOLVE-MISSING": "said at the fields of the dialog that misses something",
    "E-INTERRUPTED": "said to nobody: whoever stopped a search or a copy knows it",
    "E-ASLEEP": "the reason of an order that was not sent; it stops the sending in its gate",
}


@pytest.fixture
def codes(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, list[str]]]:
    """The codes with the scenes that show them."""
    monkeypatch.setattr(sys, "path", [str(PACKAGING), *sys.path])
    stage, scenes = importlib.import_module("shots_stage"), importlib.import_module("shots_scenes")
    for module in pkgutil.iter_modules(scenes.__path__):
        importlib.import_module(f"shots_scenes.{module.name}")
    found: dict[str, list[str]] = {}
    for scene in stage.SCENES.values():
        for code in scene.codes:
            found.setdefault(code, []).append(scene.name)
    yield found
    for name in [name for name in sys.modules if name.partition(".")[0] in {"shots_stage", "shots_scenes"}]:
        del sys.modules[name]


def test_every_sentence_has_a_picture_or_a_reason_why_not(codes: dict[str, list[str]]) -> None:
    assert set(codes) | set(NO_PICTURE) == CODES
    assert not set(codes) & set(NO_PICTURE)
