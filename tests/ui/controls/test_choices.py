"""Method cards, check boxes, chips, drop-downs, the search box."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QRadioButton
from pytestqt.qtbot import QtBot

from console.ui.controls.check import CheckBox
from console.ui.controls.chip import FilterChip
from console.ui.controls.choice import Choice
from console.ui.controls.methods import MethodCards, MethodChoice
from console.ui.controls.search import SearchBox

CHOICES = (
    MethodChoice("payment_card_sbp_rub", "smartphone", "By phone", "To a phone."),
    MethodChoice("virtual_account_rub", "landmark", "To an account", "To an account."),
)
STATES = ((None, "any"), ("paid", "paid out"), ("wait", "processing"))


def test_cards_are_one_tab_stop_and_arrows_move(qtbot: QtBot) -> None:
    cards = MethodCards(CHOICES)
    heard: list[str] = []
    qtbot.addWidget(cards)
    cards.chosen.connect(heard.append)
    with qtbot.waitActive(cards):
        cards.show()
    cards.choose("payment_card_sbp_rub")
    first, second = (cards.findChild(QRadioButton, f"method/{choice.service}") for choice in CHOICES)
    assert first is not None and second is not None
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert cards.service() == "virtual_account_rub" and second.hasFocus()
    assert heard == ["payment_card_sbp_rub", "virtual_account_rub"]
    assert not first.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert (second.accessibleName(), second.accessibleDescription()) == ("To an account", "To an account.")


def test_a_click_anywhere_on_a_card_chooses(qtbot: QtBot) -> None:
    cards = MethodCards(CHOICES)
    qtbot.addWidget(cards)
    with qtbot.waitActive(cards):
        cards.show()
    card = cards.findChild(QRadioButton, "method/virtual_account_rub")
    assert card is not None
    QTest.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(card.width() - 6, card.height() - 6))
    assert cards.service() == "virtual_account_rub"


def test_a_check_box_takes_space_and_has_its_name(qtbot: QtBot) -> None:
    box = CheckBox("Checked & sent", name="review/acknowledge/1")
    qtbot.addWidget(box)
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert box.isChecked() and box.accessibleName() == "Checked & sent"
    box.say("Other")
    assert box.accessibleName() == "Other"


def test_a_chip_filters_and_lets_go(qtbot: QtBot) -> None:
    chip = FilterChip("State", STATES, name="operations/filter/state")
    heard: list[object] = []
    qtbot.addWidget(chip)
    chip.changed.connect(heard.append)
    assert not chip.is_on() and chip.accessibleName() == "State: any"
    chip.set_value("wait")
    chip.set_value("wait")
    assert chip.is_on() and chip.accessibleName() == "State: processing"
    QTest.keyClick(chip, Qt.Key.Key_Delete)
    assert heard == ["wait", None] and not chip.is_on()
    chip.set_value("paid")
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 10, 16))
    assert chip.value() is None


def test_a_chip_keeps_its_value_among_other_choices(qtbot: QtBot) -> None:
    chip = FilterChip("State", STATES)
    qtbot.addWidget(chip)
    chip.set_value("paid")
    chip.set_choices(((None, "any"), ("paid", "paid")))
    assert chip.value() == "paid"
    chip.set_choices(((None, "any"),))
    assert chip.value() is None


def test_a_menu_chooses(qtbot: QtBot) -> None:
    for widget in (FilterChip("State", STATES), Choice("State", STATES, None)):
        qtbot.addWidget(widget)
        widget.show()
        widget.open_menu()
        menu = widget.findChild(QMenu)
        assert isinstance(menu, QMenu)
        assert [action.text() for action in menu.actions()] == ["any", "paid out", "processing"]
        menu.actions()[2].trigger()
        menu.close()
        assert widget.value() == "wait"


def test_a_drop_down_ignores_the_value_it_has(qtbot: QtBot) -> None:
    choice = Choice("Language", (("ru", "Русский"), ("en", "English")), "ru")
    heard: list[object] = []
    qtbot.addWidget(choice)
    choice.changed.connect(heard.append)
    choice.set_value("ru")
    choice.set_value("en")
    assert heard == ["en"] and choice.accessibleName() == "Language: English"


def test_the_search_box_empties_by_escape(qtbot: QtBot) -> None:
    box = SearchBox("Order, id, phone", name="operations/search")
    heard: list[str] = []
    qtbot.addWidget(box)
    box.searched.connect(heard.append)
    assert box.edit.objectName() == "operations/search" and box.edit.accessibleName() == "Order, id, phone"
    QTest.keyClicks(box.edit, "0014")
    box.set_understood("tail of an account")
    assert heard[-1] == box.text() == "0014"
    QTest.keyClick(box.edit, Qt.Key.Key_Escape)
    assert heard[-1] == "" == box.text()
