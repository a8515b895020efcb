"""`resource` in a source tree and in a frozen one."""

import sys
from pathlib import Path

import pytest

from console.catalogue.resources import resource


def test_a_source_tree_has_its_resources_at_the_top() -> None:
    assert resource("fonts", "Inter_400Regular.ttf").is_file()


def test_a_frozen_program_has_them_where_it_was_unpacked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource("icons", "x.svg") == tmp_path / "resources" / "icons" / "x.svg"
