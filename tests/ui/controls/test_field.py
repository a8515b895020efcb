from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from console.domain.text import mark
from console.ui import i18n
from console.ui.controls.field import FieldFrame
from console.ui.controls.inputs import TextInput

NAME = "payment_card_sbp_rub/number"


def shown(field: FieldFrame, qtbot: QtBot) -> FieldFrame:
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    return field


def lines(field: FieldFrame) -> list[str]:
    return [label.text() for label in field.findChildren(QLabel) if label.isVisible() and label.text()][1:]


def test_names_are_those_outsiders_rely_on(qtbot: QtBot) -> None:
    field = FieldFrame(NAME, "Phone", TextInput())
    qtbot.addWidget(field)
    assert isinstance(field.findChild(QWidget, NAME), QLineEdit)
    assert isinstance(field.findChild(QWidget, f"{NAME}/problem"), QLabel)
    assert field.input.edit.accessibleName() == "Phone"


def test_one_line_below_the_gravest_first(qtbot: QtBot) -> None:
    field = shown(FieldFrame(NAME, "Phone", TextInput(), note="Any form"), qtbot)
    assert lines(field) == ["Any form"]
    field.set_understood("Read as +7 903")
    assert lines(field) == ["Read as +7 903"]
    field.set_doubt("Strange")
    assert lines(field) == ["Strange"]
    field.set_problem("Ten digits")
    assert lines(field) == ["Ten digits"] and field.has_problem()
    assert field.input.edit.accessibleDescription() == "Ten digits"
    field.set_problem(None)
    assert lines(field) == ["Strange"] and field.problem.text() == ""
    field.set_doubt(None)
    field.set_understood(None)
    assert lines(field) == ["Any form"]


def test_a_field_with_nothing_to_say_is_lower(qtbot: QtBot) -> None:
    field = shown(FieldFrame(NAME, "Phone", TextInput()), qtbot)
    low = field.sizeHint().height()
    field.set_problem("Ten digits")
    assert field.sizeHint().height() > low


def test_a_long_problem_gets_all_its_lines(qtbot: QtBot) -> None:
    field = shown(FieldFrame(NAME, "Phone", TextInput()), qtbot)
    field.resize(240, 200)
    field.set_problem("A sentence that is much too long for one line of two hundred and forty pixels, is it not")
    qtbot.waitUntil(lambda: field.problem.height() >= 3 * field.problem.fontMetrics().height())
    field.resize(900, 200)
    qtbot.waitUntil(lambda: field.problem.minimumHeight() <= field.problem.fontMetrics().height() + 2)


def test_the_name_follows_the_language(qtbot: QtBot) -> None:
    field = FieldFrame(NAME, mark("controls", "Reason"), TextInput())
    qtbot.addWidget(field)
    i18n.current().choose("ru")
    assert field.input.edit.accessibleName() == "Причина"
    field.set_label("Номер")
    assert field.input.edit.accessibleName() == "Номер"


def test_outside_text_is_no_markup(qtbot: QtBot) -> None:
    field = shown(FieldFrame(NAME, "Phone", TextInput()), qtbot)
    field.set_problem("<b>bold</b>")
    assert lines(field) == ["<b>bold</b>"]
