import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.ui import ring
from console.ui.controls.button import Button
from console.ui.controls.card import Scroll
from console.ui.controls.inputs import TextInput
from console.ui.ring import FocusRing
from console.ui.theme.tokens import LIGHT


@pytest.fixture(autouse=True)
def _no_mouse(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another test may have left a button of the mouse pressed."""
    monkeypatch.setattr(ring, "_by_mouse", lambda: False)


class Stand(QWidget):
    """A window with a ring, two buttons and an input in a scrolled part."""

    def __init__(self) -> None:
        super().__init__()
        inner = QWidget()
        column = QVBoxLayout(inner)
        self.first, self.second, self.input = Button("First"), Button("Second"), TextInput()
        column.addWidget(self.first)
        column.addWidget(self.input)
        column.addSpacing(900)
        column.addWidget(self.second)
        self.area = Scroll(inner)
        outer = QVBoxLayout(self)
        outer.addWidget(self.area)
        self.ring = FocusRing(self)
        self.resize(300, 300)


def stand(qtbot: QtBot) -> Stand:
    result = Stand()
    qtbot.addWidget(result)
    with qtbot.waitActive(result):
        result.show()
    return result


def test_the_ring_lies_round_what_the_keyboard_has(qtbot: QtBot) -> None:
    window = stand(qtbot)
    window.first.setFocus(Qt.FocusReason.TabFocusReason)
    assert window.ring.isVisible() and window.ring.target() is window.first
    window.input.edit.setFocus(Qt.FocusReason.TabFocusReason)
    spot = window.first.mapTo(window, QPoint(0, 0))
    assert window.ring.geometry().topLeft() == spot - QPoint(4, 4)
    assert window.ring.width() == window.first.width() + 8


def test_inputs_show_the_focus_themselves(qtbot: QtBot) -> None:
    window = stand(qtbot)
    window.first.setFocus(Qt.FocusReason.TabFocusReason)
    window.input.edit.setFocus(Qt.FocusReason.TabFocusReason)
    assert not window.ring.isVisible()


def test_the_mouse_shows_no_ring(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    window = stand(qtbot)
    window.input.edit.setFocus(Qt.FocusReason.TabFocusReason)
    monkeypatch.setattr(ring, "_by_mouse", lambda: True)
    window.first.setFocus(Qt.FocusReason.MouseFocusReason)
    assert window.first.hasFocus() and not window.ring.isVisible()


def test_the_ring_follows_a_scroll_and_hides_with_its_control(qtbot: QtBot) -> None:
    window = stand(qtbot)
    window.first.setFocus(Qt.FocusReason.TabFocusReason)
    bar = window.area.verticalScrollBar()
    before = window.ring.y()
    bar.setValue(10)
    assert window.ring.y() == before - 10
    bar.setValue(bar.maximum())
    assert not window.ring.isVisible()


def test_a_deleted_control_takes_its_ring_along(qtbot: QtBot) -> None:
    window = stand(qtbot)
    window.first.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(window.first.destroyed):
        window.first.deleteLater()
    qtbot.waitUntil(lambda: window.ring.target() is not window.first)


def test_the_ring_lets_the_mouse_through(qtbot: QtBot) -> None:
    window = stand(qtbot)
    assert window.ring.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def has_accent(window: Stand, floating: QWidget) -> bool:
    """Tell whether the ring's colour shows on what floats."""
    image = window.grab(floating.geometry()).toImage()
    return any(
        QColor(image.pixel(left, top)).name().upper() == LIGHT.accent
        for left in range(image.width())
        for top in range(image.height())
    )


def test_no_ring_is_drawn_on_what_floats_over_its_control(qtbot: QtBot) -> None:
    window = stand(qtbot)
    window.first.setFocus(Qt.FocusReason.TabFocusReason)
    floating = QWidget(window)
    floating.setAutoFillBackground(True)
    around = window.ring.geometry()
    floating.setGeometry(around.x() - 10, around.y() - 10, 10 + around.width() // 2, around.height() + 20)
    floating.show()
    window.ring.raise_()
    assert has_accent(window, floating), "nobody asked to keep it clear"
    ring.keep_clear(floating)
    assert not has_accent(window, floating)


def test_what_floats_has_the_rings_of_its_own_controls(qtbot: QtBot) -> None:
    window = stand(qtbot)
    floating = QWidget(window)
    ring.keep_clear(floating)
    floating.setGeometry(50, 50, 200, 80)
    button = Button("Close", parent=floating)
    button.move(20, 20)
    floating.show()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert window.ring.target() is button and has_accent(window, floating)
