"""The corners of windows without a frame are cut away: a desktop without a compositor paints them black."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console.domain.text import Text
from console.ui.controls.dialog import Dialog
from console.ui.controls.menu import offer
from console.ui.pages.help import HelpDialog
from console.ui.pages.palette import Palette
from console.ui.shell.accounts import AccountMenu


def dialog(window: QWidget) -> QWidget:
    made = Dialog("title", "text", (("back", "Back"),), window)
    made.open()
    return made


def help_(window: QWidget) -> QWidget:
    made = HelpDialog("begin", window)
    made.open()
    return made


def palette(window: QWidget) -> QWidget:
    made = Palette((), lambda *_: None, window)
    made.open()
    return made


def accounts(window: QWidget) -> QWidget:
    made = AccountMenu((), "", window)
    made.show()
    return made


def menu(window: QWidget) -> QWidget:
    return offer(window, (("a", Text("", "one")), ("b", "two")), 0)


@pytest.mark.parametrize("make", [dialog, help_, palette, accounts, menu])
def test_nothing_is_seen_outside_the_round_box(qtbot: QtBot, make: object) -> None:
    window = QWidget()
    window.resize(900, 700)
    qtbot.addWidget(window)
    window.show()
    assert callable(make)
    shown: QWidget = make(window)
    qtbot.waitUntil(shown.isVisible)
    shape, box = shown.mask(), shown.rect()
    assert shape.boundingRect() == box
    inside = (box.center(), QPoint(box.center().x(), 0), QPoint(0, box.center().y()))
    assert all(shape.contains(each) for each in inside)
    corners = (box.topLeft(), box.topRight(), box.bottomLeft(), box.bottomRight())
    assert not any(shape.contains(each) for each in corners)
    shown.resize(shown.width(), shown.height() + 40)
    assert shown.mask().boundingRect() == shown.rect()
    shown.close()


def test_a_dialog_stands_over_the_middle_of_its_window_whatever_its_size(qtbot: QtBot) -> None:
    window = QWidget()
    window.setGeometry(100, 50, 1000, 700)
    qtbot.addWidget(window)
    window.show()
    made = Dialog("title", "text " * 60, (("back", "Back"),), window)
    made.open()
    qtbot.waitUntil(made.isVisible)
    for height in (made.height(), made.height() + 240):
        made.setMinimumHeight(height)
        qtbot.waitUntil(lambda: made.height() == made.minimumHeight())
        apart = made.geometry().center() - window.geometry().center()
        assert max(abs(apart.x()), abs(apart.y())) <= 1
    made.close()
