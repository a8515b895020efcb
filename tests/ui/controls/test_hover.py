"""The pointer over a control: it paints itself anew when the pointer comes and when it goes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.ui.controls.button import Button, IconButton
from console.ui.controls.check import CheckBox
from console.ui.controls.chip import FilterChip
from console.ui.controls.choice import Choice
from console.ui.controls.inputs import TextInput
from console.ui.controls.segments import Segment


class Paints(QObject):
    """Counts how often a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return super().eventFilter(watched, event)


THEMES = (("light", "Light"), ("dark", "Dark"))


@pytest.mark.parametrize(
    "make",
    [
        lambda: Button("Copy"),
        lambda: IconButton("copy", "Copy"),
        lambda: CheckBox("Hide the amounts"),
        lambda: Choice("Theme", THEMES, "light"),
        lambda: FilterChip("Theme", THEMES),
        lambda: Segment("Light", "Theme", name="light"),
        TextInput,
    ],
    ids=["button", "icon button", "check box", "choice", "chip", "segment", "input"],
)
def test_a_control_shows_that_the_pointer_is_over_it(qtbot: QtBot, make: Callable[[], QWidget]) -> None:
    window, control = QWidget(), make()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.setContentsMargins(60, 60, 60, 60)
    layout.addWidget(control)
    QTest.mouseMove(window, QPoint(1, 1))
    with qtbot.waitExposed(window):
        window.show()
    assert _paints_when_the_pointer_goes(qtbot, control, control.geometry().center()) > 0
    assert _paints_when_the_pointer_goes(qtbot, control, QPoint(1, 1)) > 0


def _paints_when_the_pointer_goes(qtbot: QtBot, control: QWidget, place: QPoint) -> int:
    paints = Paints(control)
    QTest.mouseMove(control.window(), place)
    qtbot.waitUntil(lambda: paints.count > 0)
    return paints.count
