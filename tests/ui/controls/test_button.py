from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.domain.text import mark
from console.ui.controls.button import Button, IconButton, look_of
from console.ui.theme import tokens


def test_a_busy_button_takes_no_click_and_says_so(qtbot: QtBot) -> None:
    button, clicks = Button("Send A & B", "primary", size="send", key="Ctrl+Enter"), []
    qtbot.addWidget(button)
    button.clicked.connect(lambda: clicks.append(1))
    wide = button.sizeHint().width()
    button.set_busy("Sending…")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert clicks == [] and button.accessibleName() == "Sending…"
    button.set_busy(None)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert clicks == [1] and button.accessibleName() == "Send A & B"
    assert button.sizeHint().width() == wide


def test_an_ampersand_is_no_key(qtbot: QtBot) -> None:
    button = Button("R&D")
    qtbot.addWidget(button)
    assert button.shortcut().isEmpty()


def test_heights_and_room_for_words(qtbot: QtBot) -> None:
    heights = {
        "normal": tokens.BUTTON,
        "send": tokens.BUTTON_SEND,
        "small": tokens.BUTTON_SMALL,
        "row": tokens.BUTTON_ROW,
    }
    for size, height in heights.items():
        button = Button("Copy", size=size)
        qtbot.addWidget(button)
        wide = button.sizeHint().width()
        button.say("Copy the details")
        assert button.height() == height and button.sizeHint().width() > wide


def test_looks_by_state(qtbot: QtBot) -> None:
    button = Button("Send", "primary")
    qtbot.addWidget(button)
    assert look_of(button, "primary")[0] == "accent"
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    assert look_of(button, "primary")[0] == "accent2"
    button.setDown(True)
    assert look_of(button, "primary")[0] == "accent3"
    button.setEnabled(False)
    assert look_of(button, "primary")[0] == "off_bg"


def test_an_icon_button_has_a_name_and_a_tip(qtbot: QtBot) -> None:
    button = IconButton("refresh-cw", mark("controls", "Copy"), key="F5", name="bar/refresh")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Copy" and button.toolTip() == "Copy  F5"
    button.show_icon("check", "Copied")
    assert button.accessibleName() == "Copied"


def test_enter_presses_but_never_sends(qtbot: QtBot) -> None:
    back, send = Button("Back"), Button("Send RUB 1.00", "primary", size="send")
    clicks: list[str] = []
    for button in (back, send):
        qtbot.addWidget(button)
        button.clicked.connect(lambda _=False, button=button: clicks.append(button.accessibleName()))
        QTest.keyClick(button, Qt.Key.Key_Return)
        QTest.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert clicks == ["Back"]
    QTest.keyClick(send, Qt.Key.Key_Space)
    assert clicks == ["Back", "Send RUB 1.00"]
