from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from pytestqt.qtbot import QtBot

from console.ui.controls.card import column
from console.ui.controls.label import Label
from console.ui.theme.tokens import LIGHT

LONG = "A sentence that goes on for rather longer than one line of the width it is given here, as sentences do."


def test_markup_from_outside_is_shown_as_it_came(qtbot: QtBot) -> None:
    label = Label("<b>x</b>")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText and label.text() == "<b>x</b>"


def test_wrapped_text_is_never_cut(qtbot: QtBot) -> None:
    label = Label(LONG, wrap=True)
    box = column(column(column(label), 1), 1)
    qtbot.addWidget(box)
    box.resize(200, 400)
    box.show()
    line = label.fontMetrics().height()
    qtbot.waitUntil(lambda: label.height() >= 3 * line)
    box.resize(2000, 400)
    qtbot.waitUntil(lambda: label.height() < 2 * line)


def test_an_elided_label_takes_any_width(qtbot: QtBot) -> None:
    label = Label(LONG, elide="middle")
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() < 40
    label.resize(100, 20)
    assert not label.grab().isNull() and label.text() == LONG


def test_the_colour_can_change(qtbot: QtBot) -> None:
    label = Label("1", ink="ink")
    qtbot.addWidget(label)
    label.set_ink("amber")
    label.ensurePolished()
    assert label.palette().color(QPalette.ColorRole.WindowText).name().upper() == LIGHT.amber
    label.set_role("title")
    assert label.font().pixelSize() == 22
