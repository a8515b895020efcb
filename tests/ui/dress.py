"""The window's look and language for tests: installed once for the process, English and light before each test."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.settings.translations import Translator
from console.ui import i18n
from console.ui.theme import theme


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication, qtbot: QtBot) -> Iterator[None]:
    """English and light; the clipboard is empty."""
    if not qapp.property("dressed"):
        theme.current().install(qapp, "light")
        qapp.setProperty("dressed", True)
    theme.current().choose("light")
    i18n.current().use("en", Translator("en"))
    QApplication.clipboard().clear()
    yield
    i18n.current().use("en", Translator("en"))
    theme.current().choose("light")
