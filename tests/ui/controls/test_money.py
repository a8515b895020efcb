import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.domain.money import Money
from console.domain.trouble import Invalid
from console.ui import i18n
from console.ui.controls.money import MoneyInput, as_typed, grouped


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("1", "1"),
        ("1234", "1\u00a0234"),
        ("1234567,8", "1\u00a0234\u00a0567,8"),
        ("12345.67", "12\u00a0345.67"),
        ("12 345,6", "12\u00a0345,6"),
        ("1,234", "1,234"),
        ("", ""),
        ("abc", "abc"),
        ("1.234.567,00", "1.234.567,00"),
        (",5", ",5"),
        ("0001500", "0001500"),
        ("01\u00a0234", "01234"),
    ],
)
def test_digits_are_grouped_and_nothing_else_is_touched(typed: str, shown: str) -> None:
    assert grouped(typed) == shown


@given(st.integers(1, 99_999_999_999))
def test_grouping_never_changes_the_amount(kopecks: int) -> None:
    assert Money.parse(grouped(f"{kopecks // 100},{kopecks % 100:02d}")) == Money(kopecks)


def test_typing_keeps_the_caret_and_undo(qtbot: QtBot) -> None:
    field = MoneyInput()
    qtbot.addWidget(field)
    heard: list[str] = []
    field.edited.connect(heard.append)
    QTest.keyClicks(field.edit, "12345,67")
    assert field.text() == "12\u00a0345,67" == heard[-1]
    assert field.edit.cursorPosition() == len("12\u00a0345,67")
    field.edit.setCursorPosition(1)
    QTest.keyClicks(field.edit, "9")
    assert field.text() == "192\u00a0345,67" and field.edit.cursorPosition() == 2
    QTest.keyClick(field.edit, Qt.Key.Key_Backspace)
    assert field.text() == "12\u00a0345,67" and field.edit.cursorPosition() == 1
    assert field.edit.isUndoAvailable()


def test_a_draft_is_grouped_too(qtbot: QtBot) -> None:
    field = MoneyInput()
    qtbot.addWidget(field)
    field.set_text("3000,00")
    assert field.text() == "3\u00a0000,00"


@pytest.mark.parametrize(
    ("before", "pasted", "shown"),
    [
        ("", "100 50", "100 50"),
        ("7", "100 50", "100 50"),
        ("100", "100 50", "100 50"),
        ("", "12 34 567,8", "12 34 567,8"),
        ("", "12 345,67", "12\u00a0345,67"),
        ("", "1 234 567", "1\u00a0234\u00a0567"),
        ("", "12345", "12\u00a0345"),
    ],
)
def test_two_sums_are_never_grouped_into_one(qtbot: QtBot, before: str, pasted: str, shown: str) -> None:
    field = MoneyInput()
    qtbot.addWidget(field)
    field.set_text(before)
    heard: list[str] = []
    field.edited.connect(heard.append)
    field.edit.selectAll()
    field.edit.insert(pasted)
    field.edit.textEdited.emit(field.edit.text())
    assert field.text() == shown == heard[-1]


def test_what_was_pasted_stays_refused_until_its_blanks_are_mended(qtbot: QtBot) -> None:
    field = MoneyInput()
    qtbot.addWidget(field)
    field.set_text("100 50")
    QTest.keyClicks(field.edit, ",7")
    assert field.text() == "100 50,7"
    with pytest.raises(Invalid):
        Money.parse(field.text())
    field.edit.setCursorPosition(3)
    QTest.keyClick(field.edit, Qt.Key.Key_Delete)
    assert field.text() == "10\u00a0050,7"
    QTest.keyClicks(field.edit, "9")
    assert field.text() == "100\u00a0950,7"


def test_an_amount_is_put_in_as_it_is_typed_in_the_language_in_use() -> None:
    amount = Money(1234567)
    assert as_typed(amount) == "12\u00a0345.67"
    i18n.current().choose("ru")
    assert as_typed(amount) == "12\u00a0345,67"


def test_the_sample_is_in_the_language_in_use(qtbot: QtBot) -> None:
    field = MoneyInput()
    qtbot.addWidget(field)
    assert field.edit.placeholderText() == "0.00"
    i18n.current().choose("ru")
    assert field.edit.placeholderText() == "0,00"
