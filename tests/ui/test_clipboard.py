"""The clipboard holds what was copied here for a while only, and another program's text for as long as that one likes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from console.ui import clipboard
from console.ui.clipboard import LONG, SHORT, guard

NUMBER = "2200 7015 5301 7648"


@pytest.fixture(autouse=True)
def _empty(qapp: object) -> Iterator[None]:
    del qapp
    yield
    clipboard.clear()
    QGuiApplication.clipboard().clear()


def held() -> str:
    return QGuiApplication.clipboard().text()


def test_the_times_are_those_that_are_told() -> None:
    assert (SHORT, LONG) == (10_000, 120_000)
    clipboard.copy(NUMBER)
    assert (held(), guard().stays) == (NUMBER, SHORT)
    clipboard.copy("link", LONG)
    assert (held(), guard().stays) == ("link", LONG)


def test_it_is_cleared_when_its_time_is_over(qtbot: QtBot) -> None:
    clipboard.copy(NUMBER, 20)
    qtbot.waitUntil(lambda: held() == "")
    assert guard().stays == 0


def test_what_was_copied_later_has_its_own_time(qtbot: QtBot) -> None:
    clipboard.copy(NUMBER, 20)
    clipboard.copy("later", LONG)
    clipboard.copy("last", 20)
    qtbot.waitUntil(lambda: held() == "")


def test_anothers_text_is_left_alone(qtbot: QtBot) -> None:
    clipboard.copy(NUMBER, 20)
    QGuiApplication.clipboard().setText("of another program")
    qtbot.waitUntil(lambda: guard().stays == 0)
    assert held() == "of another program"
    clipboard.clear()
    assert held() == "of another program"


def test_it_is_cleared_at_once_when_asked_to() -> None:
    clipboard.copy(NUMBER)
    clipboard.clear()
    assert (held(), guard().stays) == ("", 0)


def test_what_is_copied_by_keys_counts_too(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    """The offscreen platform does not know whose the clipboard is; the next test asks one that does."""
    assert guard()
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _: True)
    edit = QLineEdit(NUMBER)
    qtbot.addWidget(edit)
    edit.selectAll()
    edit.copy()
    assert (held(), guard().stays) == (NUMBER, SHORT)
    clipboard.copy("link", LONG)
    assert guard().stays == LONG
