"""The dialog for files: where it begins, what it remembers, and that Qt's own can be read in each theme."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QStandardPaths
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QFileDialog, QHeaderView, QLabel, QLineEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from console.ui import i18n
from console.ui.controls import file_dialog as controls
from console.ui.controls.file_dialog import Mode, file_dialog
from console.ui.theme import theme
from console.ui.theme.tokens import DARK, LIGHT, Tokens


@pytest.fixture
def place(qtbot: QtBot, qapp: QApplication) -> Iterator[QWidget]:
    """A window to stand over; what the application remembers is forgotten."""
    window = QWidget()
    qtbot.addWidget(window)
    qapp.setProperty(controls._LAST, None)
    yield window
    qapp.setProperty(controls._LAST, None)


def test_it_begins_among_the_downloads_and_then_where_the_last_one_ended(
    place: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    downloads, elsewhere = tmp_path / "Downloads", tmp_path / "elsewhere"
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(downloads))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert file_dialog(place, "A file").directory().absolutePath() == str(tmp_path)
    downloads.mkdir()
    dialog = file_dialog(place, "A file", Mode.ExistingFiles)
    assert dialog.directory().absolutePath() == str(downloads)
    dialog.filesSelected.emit([str(elsewhere / "payout.zip")])
    assert file_dialog(place, "A file").directory().absolutePath() == str(downloads), "that folder is gone"
    elsewhere.mkdir()
    assert file_dialog(place, "A folder", Mode.Directory).directory().absolutePath() == str(elsewhere)


def test_it_proposes_a_name_for_a_new_file(place: QWidget) -> None:
    dialog = file_dialog(place, "Save", saves="operations.csv")
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave
    assert [Path(name).name for name in dialog.selectedFiles()] == ["operations.csv"]


@pytest.mark.parametrize(("name", "tokens"), [("light", LIGHT), ("dark", DARK)])
def test_its_heads_and_proposals_stand_on_the_ground_of_the_theme(place: QWidget, name: str, tokens: Tokens) -> None:
    theme.current().choose(name)
    dialog = file_dialog(place, "A file")
    dialog.setViewMode(QFileDialog.ViewMode.Detail)
    dialog.show()
    header = next(each for each in dialog.findChildren(QHeaderView) if each.isVisible())
    assert _ground(header) == QColor(tokens.sunken)
    line = dialog.findChild(QLineEdit)
    assert line is not None
    popup = line.completer().popup()
    assert popup is not None
    popup.resize(200, 100)
    popup.show()
    assert _ground(popup) == QColor(tokens.surface)
    popup.close()
    dialog.close()


@pytest.mark.parametrize(("name", "tokens"), [("light", LIGHT), ("dark", DARK)])
def test_its_arrows_have_an_ink_of_the_theme(place: QWidget, name: str, tokens: Tokens) -> None:
    theme.current().choose(name)
    dialog = file_dialog(place, "A file")
    for button in ("backButton", "forwardButton", "toParentButton"):
        shown = dialog.findChild(QToolButton, button)
        assert shown is not None
        image = shown.icon().pixmap(16, 16).toImage()
        inks = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
        assert QColor(tokens.ink2).name() in inks, button


def _ground(widget: QWidget) -> QColor:
    return widget.grab().toImage().pixelColor(QPoint(widget.width() - 2, widget.height() - 3))


def test_no_label_of_qts_own_stays_english(place: QWidget) -> None:
    def labels() -> set[str]:
        return {each.text() for each in file_dialog(place, "A file").findChildren(QLabel) if each.text()}

    assert labels() == {"&Look in:", "File &name:", "Files of &type:"}
    i18n.current().choose("ru")
    assert labels() == {"&Перейти к:", "&Имя файла:", "&Тип файлов:"}
