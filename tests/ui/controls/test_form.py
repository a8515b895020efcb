"""The layout of a form page: side panel beside, or folded into the strip."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console.ui.controls.bars import ActionBar, PageHead
from console.ui.controls.button import Button
from console.ui.controls.card import Card, Fold
from console.ui.controls.form import FormLayout, SidePanel, SideStrip
from console.ui.controls.label import Label


def page(qtbot: QtBot) -> FormLayout:
    form = QWidget()
    form.setMinimumHeight(900)
    card = Card("Account")
    card.column.addWidget(Label("RUB 1.00"))
    bar = ActionBar((Button("Review", "primary"),))
    result = FormLayout(form, SidePanel(card), bar, PageHead("New payout"))
    qtbot.addWidget(result)
    result.resize(1200, 700)
    with qtbot.waitActive(result):
        result.show()
    return result


def test_with_room_the_panel_stands_beside_the_form(qtbot: QtBot) -> None:
    shown = page(qtbot)
    assert shown.side.isVisible() and shown.side.width() == 360 and not shown.strip.isVisible()


def test_without_room_it_folds_and_opens_over_the_form(qtbot: QtBot) -> None:
    shown = page(qtbot)
    shown.resize(860, 480)
    shown.set_narrow(True)
    shown.set_narrow(True)
    assert shown.strip.isVisible() and not shown.side.isVisible()
    QTest.mouseClick(shown.strip.more, Qt.MouseButton.LeftButton)
    drawer = shown.findChild(QWidget, "side/drawer")
    assert isinstance(drawer, QWidget) and drawer.isVisible() and shown.side.isVisible()
    assert drawer.geometry().right() < shown.width() and drawer.geometry().bottom() < shown.strip.y()
    QTest.keyClick(drawer, Qt.Key.Key_Escape)
    assert not drawer.isVisible() and shown.strip.more.hasFocus()
    QTest.mouseClick(shown.strip.more, Qt.MouseButton.LeftButton)
    shown.resize(1200, 700)
    shown.set_narrow(False)
    assert shown.side.isVisible() and not drawer.isVisible() and not shown.strip.isVisible()
    assert shown.side.mapTo(shown, shown.side.rect().topLeft()).x() > 690


def test_the_strip_says_what_is_left_and_the_first_warning(qtbot: QtBot) -> None:
    strip = SideStrip()
    qtbot.addWidget(strip)
    strip.show()
    strip.set_figure("Left", "RUB 1.00")
    strip.set_warning("The same amount went before", "strong")
    assert strip._warning.text() == "The same amount went before" and strip._icon.isVisible()
    strip.set_warning("", "hint")
    assert not strip._icon.isVisible()


def test_a_panel_shows_other_cards(qtbot: QtBot) -> None:
    first, second = Card("First"), Card("Second")
    panel = SidePanel(first)
    qtbot.addWidget(panel)
    panel.show()
    panel.show_cards(second)
    assert second.isVisible() and not first.isVisible()


def test_a_fold_opens_and_closes(qtbot: QtBot) -> None:
    inner = Label("inside")
    fold = Fold("More", inner, flush=True)
    qtbot.addWidget(fold)
    fold.show()
    opened: list[bool] = []
    fold.toggled.connect(opened.append)
    assert not fold.is_open()
    QTest.keyClick(fold.button, Qt.Key.Key_Return)
    assert inner.isVisible() and fold.is_open()
    fold.set_open(True)
    fold.set_open(False)
    assert opened == [True, False] and not inner.isVisible()
