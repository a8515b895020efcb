"""Facts: rows of a label and a value, and where rows with a button stand among rows of text."""

from itertools import pairwise

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console.ui.controls.button import IconButton
from console.ui.controls.card import row
from console.ui.controls.facts import FactList
from console.ui.controls.label import Label
from console.ui.controls.picture import Picture


def filled(qtbot: QtBot, facts: FactList) -> list[QWidget]:
    """Give it rows of both kinds; return their values from the top."""
    qtbot.addWidget(facts)
    number = Label("+7 903 •••-••-33", "second")
    values = [facts.add("Recipient", "Gromova")]
    facts.add("Phone", row(number, IconButton("eye", "Show", side=24), 1))
    signed = Label("correct", "second")
    facts.add("Signature", row(Picture("check", size=16), signed, 1))
    values += [number, signed, facts.add("Bank", "Sberbank"), facts.add("Created", "14:03")]
    facts.resize(320, facts.sizeHint().height())
    facts.show()
    return values


def steps(facts: FactList, values: list[QWidget]) -> set[int]:
    """Return how far the middles of neighbouring values are from each other."""
    middles = [value.mapTo(facts, QPoint(0, 0)).y() + value.height() / 2 for value in values]
    return {round(below - above) for above, below in pairwise(middles)}


def test_even_rows_are_as_high_with_a_button_as_without(qtbot: QtBot) -> None:
    facts = FactList(spacing=2, even=True)
    assert len(steps(facts, filled(qtbot, facts))) == 1


def test_a_value_that_wraps_keeps_its_height(qtbot: QtBot) -> None:
    facts = FactList(spacing=2, even=True)
    qtbot.addWidget(facts)
    long = facts.add("Reason", "The gateway could not find the recipient's account in this bank " * 3)
    facts.add("Created", "14:03")
    facts.resize(320, 40)
    facts.show()
    qtbot.waitUntil(lambda: long.height() >= long.heightForWidth(long.width()) > 40)
