"""The licence texts: complete, current, and noticed when they are not."""

from pathlib import Path

import pytest

import licences


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh copy of the folder as the environment would have it."""
    monkeypatch.setattr(licences, "FOLDER", tmp_path / "licences")
    licences.update()
    return tmp_path / "licences"


def test_what_update_makes_passes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert licences.main(["--check"]) == 0
    assert capsys.readouterr().out == "licences are complete\n"


def test_every_runtime_dependency_and_every_resource_has_its_text(folder: Path) -> None:
    names = {path.name for path in folder.iterdir()}
    assert {"httpx.txt", "cryptography.txt", "keyring.txt", "sqlite-utils.txt", "h11.txt"} <= names
    assert {"qt.txt", "LGPL-3.0.txt", "GPL-3.0.txt", "lucide-icons.txt", "bank-list.txt", "font-Inter-OFL.txt"} <= names
    assert not {"pytest.txt", "pip.txt", "pyside6-essentials.txt"} & names


def test_the_bank_list_names_its_author() -> None:
    text = (licences.NOTICES / "bank-list.txt").read_text()
    assert "eav93/sbp" in text
    assert "Permission is hereby granted" in text


def test_each_difference_is_found(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "httpx.txt").write_text("changed")
    (folder / "h11.txt").unlink()
    (folder / "stray.txt").write_text("stray")
    assert licences.main(["--check"]) == 1
    said = capsys.readouterr().out
    assert "out of date: httpx.txt" in said
    assert "missing: h11.txt" in said
    assert "not needed: stray.txt" in said
    assert licences.main(["--update"]) == 0
    assert licences.check() == []


def test_a_package_under_the_gpl_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(licences, "terms", lambda _package: "GPL-3.0-only")
    assert "under the GPL: httpx.txt" in licences.check()


def test_a_package_without_a_text_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(licences, "texts", lambda _package: [])
    with pytest.raises(ValueError, match="carries no licence text"):
        licences.pages()
