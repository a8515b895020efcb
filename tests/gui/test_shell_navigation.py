"""The window navigates: rail, keys of both layouts, pages built at the first visit."""

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.domain.text import mark
from console.ui import i18n
from console.ui.controls.outcome import Outcome
from console.ui.shell.entry import NUMBERS, Entry
from console.ui.shell.room import Room
from console.ui.window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier


class Page(QWidget):
    """A page that remembers what the window told it."""

    def __init__(self, told: list[object]) -> None:
        super().__init__()
        self._told = told
        column = QVBoxLayout(self)
        column.addWidget(QLineEdit())

    def entered(self) -> None:
        self._told.append("entered")

    def refresh(self) -> None:
        self._told.append("refresh")

    def search(self) -> None:
        self._told.append("search")

    def set_room(self, room: Room) -> None:
        self._told.append(room)


class Built:
    """What the window built and what its pages were told."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.told: list[object] = []

    def page(self, name: str) -> QWidget:
        self.names.append(name)
        return Page(self.told)


@pytest.fixture
def built() -> Built:
    return Built()


@pytest.fixture
def window(qtbot: QtBot, built: Built) -> MainWindow:
    result = MainWindow()
    qtbot.addWidget(result)
    for name in ("journal", "payout", "operations", "settings", "overview"):
        title = mark("controls", "Details")
        result.register(Entry(name, "list", title, title, partial(built.page, name)))
    result.resize(1440, 900)
    with qtbot.waitActive(result):
        result.show()
    return result


def item(window: MainWindow, name: str) -> QAbstractButton:
    found = window.findChild(QAbstractButton, f"nav/{name}")
    assert isinstance(found, QAbstractButton)
    return found


def press(window: MainWindow, code: int, modifiers: Qt.KeyboardModifier = CTRL) -> None:
    QTest.sendKeyEvent(QTest.KeyAction.Click, window, Qt.Key(code), "", modifiers)


def test_pages_are_built_at_the_first_visit_only(window: MainWindow, built: Built) -> None:
    assert built.names == [] and window.current() == ""
    window.go("operations")
    window.go("payout")
    window.go("operations")
    assert built.names == ["operations", "payout"] and window.current() == "operations"


def test_a_click_in_the_rail_goes_there(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.shown) as shown:
        QTest.mouseClick(item(window, "payout"), Qt.MouseButton.LeftButton)
    assert shown.args == ["payout"] and window.current() == "payout"
    assert item(window, "payout").isChecked() and not item(window, "journal").isChecked()


@pytest.mark.parametrize("name", ["overview", "payout", "operations", "journal", "settings"])
def test_each_page_keeps_its_number(window: MainWindow, name: str) -> None:
    press(window, ord(str(NUMBERS[name])))
    assert window.current() == name


@pytest.mark.parametrize("code", [Qt.Key.Key_N, ord("Т")])
def test_a_new_payout_by_its_letter(window: MainWindow, code: int) -> None:
    press(window, code)
    assert window.current() == "payout"


def test_the_number_of_an_absent_page_does_nothing(window: MainWindow) -> None:
    window.go("journal")
    press(window, Qt.Key.Key_7)
    assert window.current() == "journal"


def test_the_order_in_the_rail_is_fixed(window: MainWindow) -> None:
    places = {
        name: item(window, name).mapTo(window, item(window, name).rect().topLeft()).y()
        for name in NUMBERS
        if window.findChild(QAbstractButton, f"nav/{name}") is not None
    }
    assert sorted(places, key=lambda name: places[name]) == ["overview", "payout", "operations", "journal", "settings"]
    assert places["settings"] > window.height() - 80, "at the foot"


def test_arrows_move_along_the_rail_and_enter_opens(window: MainWindow) -> None:
    item(window, "overview").setFocus()
    QTest.keyClick(item(window, "overview"), Qt.Key.Key_Down)
    assert item(window, "payout").hasFocus()
    QTest.keyClick(item(window, "payout"), Qt.Key.Key_Return)
    assert window.current() == "payout"
    QTest.keyClick(item(window, "payout"), Qt.Key.Key_Up)
    QTest.keyClick(item(window, "overview"), Qt.Key.Key_Up)
    assert item(window, "overview").hasFocus()


@pytest.mark.parametrize("code", [Qt.Key.Key_F, ord("А")])
def test_search_and_refresh_reach_the_page(window: MainWindow, built: Built, code: int) -> None:
    window.go("operations")
    built.told.clear()
    press(window, code)
    press(window, Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier)
    press(window, Qt.Key.Key_E)
    assert built.told == ["search", "refresh"], "a page without `export` is left alone"


def test_pages_are_told_when_they_come_up_and_how_much_room_there_is(window: MainWindow, built: Built) -> None:
    window.go("operations")
    assert built.told == [Room.FULL, "entered"]
    window.resize(1000, 700)
    assert built.told[-1] is Room.NARROW


def test_the_panel_of_outcomes_goes_when_another_page_comes(window: MainWindow, qtbot: QtBot) -> None:
    window.sheet.strip.offer((Outcome("", "circle-check", "green", "Usual", "wait, then paid"),))
    QTest.mouseClick(window.findChildren(QAbstractButton, "sandbox/outcome")[0], Qt.MouseButton.LeftButton)
    assert window.findChild(QWidget, "sandbox/outcomes") is not None
    window.go("journal")
    qtbot.waitUntil(lambda: window.findChild(QWidget, "sandbox/outcomes") is None)


def test_an_unknown_page_is_an_error(window: MainWindow) -> None:
    with pytest.raises(KeyError):
        window.go("nowhere")


def test_names_and_tips_for_those_who_do_not_see(window: MainWindow) -> None:
    window.show_counts(4, 1)
    assert item(window, "operations").accessibleName() == "Details, needs attention: 1"
    assert item(window, "operations").toolTip() == "Details  Ctrl+4"
    i18n.current().choose("ru")
    assert item(window, "operations").accessibleName() == "Подробнее, требует внимания: 1"
