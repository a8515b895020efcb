import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.ui.controls.label import Label
from console.ui.theme import theme
from console.ui.theme.tokens import DARK, LIGHT


def test_switching_changes_palette_and_labels_that_stand(qapp: QApplication, qtbot: QtBot) -> None:
    label = Label("word", ink="red")
    qtbot.addWidget(label)
    label.ensurePolished()
    with qtbot.waitSignal(theme.current().changed):
        theme.current().choose("dark")
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == DARK.canvas
    assert label.palette().color(QPalette.ColorRole.WindowText).name().upper() == DARK.red
    theme.current().choose("light")
    assert label.palette().color(QPalette.ColorRole.WindowText).name().upper() == LIGHT.red


def test_an_unknown_theme_is_an_error() -> None:
    with pytest.raises(ValueError, match="purple"):
        theme.current().choose("purple")


def test_the_system_is_followed_only_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    theme.current().choose("dark")
    theme.current()._on_system_changed()
    assert theme.tokens() is DARK
    theme.current().choose("system")
    monkeypatch.setattr(theme, "_tokens", lambda choice: DARK)
    theme.current()._on_system_changed()
    assert theme.tokens() is DARK
