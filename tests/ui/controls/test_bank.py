from collections.abc import Sequence

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from console.ui.controls.bank import BankInput
from console.ui.controls.bank_list import BankList, BankRow

ROWS = (
    BankRow("Т-Банк", "T-Bank", "100000000004", recent=True),
    BankRow("Банк Точка", "Tochka Bank", "100000000284"),
    BankRow("Сбербанк", "Sberbank", "100000000111", doubt="one list"),
)


def search(text: str) -> Sequence[BankRow]:
    wanted = text.casefold()
    return [row for row in ROWS if wanted in f"{row.name} {row.other} {row.code}".casefold()]


@pytest.fixture
def bank(qtbot: QtBot) -> BankInput:
    window = QWidget()
    window.resize(500, 600)
    column = QVBoxLayout(window)
    result = BankInput(search, name="payment_card_sbp_rub/customer_code")
    column.addWidget(result)
    column.addWidget(QLineEdit())
    column.addStretch(1)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    result.edit.setFocus()
    result.window_kept = window  # type: ignore[attr-defined]  # keeps the window as long as the fixture
    return result


def listed(bank: BankInput) -> BankList:
    found = bank.window().findChild(BankList)
    assert isinstance(found, BankList)
    return found


def type_(widget: QWidget, text: str) -> None:
    for char in text:
        QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, char))


def leave(bank: BankInput, qtbot: QtBot) -> None:
    other = bank.window().findChildren(QLineEdit)[-1]
    other.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: not bank.edit.hasFocus())


def test_a_bank_by_name_and_the_keyboard(bank: BankInput, qtbot: QtBot) -> None:
    type_(bank.edit, "т")
    assert bank.is_open() and bank.value() == ""
    with qtbot.waitSignal(bank.picked):
        QTest.keyClick(bank.edit, Qt.Key.Key_Down)
        QTest.keyClick(bank.edit, Qt.Key.Key_Return)
    assert bank.value() == "100000000284" and bank.text() == "Банк Точка" and bank.is_listed()
    assert not bank.is_open()


def test_an_exact_name_is_taken_on_leaving(bank: BankInput, qtbot: QtBot) -> None:
    type_(bank.edit, "сбербанк")
    leave(bank, qtbot)
    assert bank.value() == "100000000111" and bank.text() == "Сбербанк"


def test_a_known_code_becomes_its_bank_on_leaving(bank: BankInput, qtbot: QtBot) -> None:
    QTest.keyClicks(bank.edit, "100000000004")
    assert bank.value() == "100000000004" and not bank.is_listed()
    leave(bank, qtbot)
    assert bank.is_listed() and bank.text() == "Т-Банк"


def test_half_a_name_is_no_bank(bank: BankInput, qtbot: QtBot) -> None:
    type_(bank.edit, "сбер")
    leave(bank, qtbot)
    assert bank.value() == "" and not bank.is_open()


def test_another_text_only_as_typed(bank: BankInput, qtbot: QtBot) -> None:
    QTest.keyClicks(bank.edit, "sber-new")
    assert bank.value() == ""
    with qtbot.waitSignal(bank.picked):
        QTest.keyClick(bank.edit, Qt.Key.Key_Return)
    assert bank.value() == "sber-new" and not bank.is_listed()
    QTest.keyClicks(bank.edit, "x")
    assert bank.value() == ""


def test_an_unknown_code_stays_as_it_is(bank: BankInput, qtbot: QtBot) -> None:
    QTest.keyClicks(bank.edit, "100000000999")
    leave(bank, qtbot)
    assert bank.value() == "100000000999" and not bank.is_listed()


def test_escape_closes_the_list_and_keeps_the_text(bank: BankInput, qtbot: QtBot) -> None:
    QTest.keyClicks(bank.edit, "bank")
    QTest.keyClick(bank.edit, Qt.Key.Key_Escape)
    assert not bank.is_open() and bank.text() == "bank"
    QTest.keyClick(bank.edit, Qt.Key.Key_Down)
    assert bank.is_open()


def test_the_list_goes_with_its_page_also_in_a_window_without_the_focus(bank: BankInput) -> None:
    type_(bank.edit, "банк")
    assert bank.is_open()
    QApplication.sendEvent(bank.edit, QHideEvent())
    assert not bank.is_open()


def test_the_list_lies_under_the_input_at_its_width(bank: BankInput) -> None:
    bank.open_list()
    shown = listed(bank)
    assert shown.width() == bank.width()
    assert shown.y() > bank.mapTo(bank.window(), bank.rect().bottomLeft()).y()


def test_a_draft_comes_back(bank: BankInput) -> None:
    bank.set_value("100000000111")
    assert bank.is_listed() and bank.value() == "100000000111"
    bank.set_value("something")
    assert not bank.is_listed() and bank.value() == "something"
    bank.set_value("")
    assert bank.value() == ""


def test_a_read_only_bank_opens_nothing(bank: BankInput, qtbot: QtBot) -> None:
    bank.set_read_only(True)
    QTest.keyClick(bank.edit, Qt.Key.Key_Down)
    assert not bank.is_open()
