import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console.ui import keys

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def press(code: int, text: str, modifiers: Qt.KeyboardModifier = NONE) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, code, modifiers, text)


@pytest.mark.parametrize(
    ("event", "letter"),
    [
        (press(Qt.Key.Key_S, "s"), "S"),
        (press(0x42B, "ы"), "S"),
        (press(0x412, "В"), "D"),
        (press(Qt.Key.Key_S, "s", CTRL), ""),
        (press(Qt.Key.Key_1, "1"), ""),
        (press(Qt.Key.Key_C, ""), "C"),
        (press(Qt.Key.Key_Return, "\r"), ""),
        (press(Qt.Key.Key_Down, ""), ""),
    ],
)
def test_a_letter_is_known_by_its_place(event: QKeyEvent, letter: str) -> None:
    assert keys.letter(event) == letter


def test_sequences_have_both_layouts() -> None:
    assert [sequence.toString() for sequence in keys.sequences("Ctrl+N")] == ["Ctrl+N", "Ctrl+Т"]
    assert [sequence.toString() for sequence in keys.sequences("Ctrl+4")] == ["Ctrl+4"]
    assert [sequence.toString() for sequence in keys.sequences("S")] == ["S", "Ы"]


@pytest.mark.parametrize("code", [Qt.Key.Key_K, ord("Л")])
def test_a_shortcut_works_in_both_layouts(qtbot: QtBot, code: int) -> None:
    window, pressed = QWidget(), []
    qtbot.addWidget(window)
    keys.shortcut(window, "Ctrl+K", lambda: pressed.append(1))
    with qtbot.waitExposed(window):
        window.show()
    QTest.sendKeyEvent(QTest.KeyAction.Click, window, Qt.Key(code), "", CTRL)
    assert pressed == [1]
