import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from console.domain.text import mark
from console.ui import i18n
from console.ui.controls.button import Button
from console.ui.controls.label import Label

DRAFT = mark("controls", "Draft")
MORE = mark("controls", "{n} more", "{n} more")


def test_outside_words_pass_unchanged() -> None:
    i18n.current().choose("ru")
    assert i18n.tr("Draft {n}") == "Draft {n}"


def test_texts_are_said_in_the_language() -> None:
    assert i18n.tr(DRAFT) == "Draft"
    i18n.current().choose("ru")
    assert i18n.tr(DRAFT) == "Черновик"
    assert i18n.tr(MORE.of(7)) == "ещё 7"


def test_what_stands_on_screen_is_said_again(qtbot: QtBot) -> None:
    label, button = Label(DRAFT), Button(DRAFT)
    qtbot.addWidget(label)
    qtbot.addWidget(button)
    i18n.current().choose("ru")
    assert label.text() == "Черновик"
    assert button.text() == button.accessibleName() == "Черновик"
    i18n.current().choose("en")
    assert label.text() == "Draft"


def test_a_gone_widget_is_not_asked(qtbot: QtBot) -> None:
    label = Label(DRAFT)
    with qtbot.waitSignal(label.destroyed):
        label.deleteLater()
    i18n.current().choose("ru")


def test_qt_speaks_the_same_language() -> None:
    i18n.current().choose("ru")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Отмена"
    i18n.current().choose("en")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(ValueError, match="de"):
        i18n.current().choose("de")


def test_the_system_language_is_one_of_ours() -> None:
    assert i18n.system_language() in i18n.LANGUAGES
