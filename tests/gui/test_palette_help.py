"""The palette and the help apart from a console: what is found, what is read, and that every page is there twice."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from console.catalogue.methods import every
from console.ui import i18n
from console.ui.pages.help import PAGES, HelpDialog
from console.ui.pages.help_text import WRITTEN, names, read, title
from console.ui.pages.palette import MOST, Palette, Target


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    widget.resize(1200, 800)
    qtbot.addWidget(widget)
    widget.show()
    return widget


def click(inside: QWidget, name: str) -> None:
    button = inside.findChild(QAbstractButton, name)
    assert isinstance(button, QAbstractButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def target(name: str, also: str = "", act: object = None) -> Target:
    return Target("info", name, "page", act if callable(act) else list, also)


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("", True),
        ("жу", True),
        ("учёт жу", True),
        ("учет", True),
        ("жур нет", False),
        ("journal", True),
        ("урнал", False),
    ],
)
def test_words_are_found_by_how_they_begin(text: str, fits: bool) -> None:
    words = text.casefold().replace("ё", "е").split()
    assert target("Журнал: учёт", "journal").fits(words) is fits


def test_a_row_is_taken_by_the_mouse_and_done_once(window: QWidget) -> None:
    done: list[str] = []
    palette = Palette([target("One", act=lambda: done.append("one")), target("Two")], lambda *_: None, window)
    palette.open()
    click(palette, "palette/0")
    assert done == ["one"]


def test_no_more_rows_than_fit_and_late_answers_are_dropped(window: QWidget) -> None:
    asked: list[tuple[str, object]] = []
    palette = Palette([target(f"Page {n}") for n in range(20)], lambda text, done: asked.append((text, done)), window)
    palette.open()
    assert len(palette.names()) == MOST
    palette.box.edit.setText("page 1")
    palette._look_up()
    palette.box.edit.setText("page 2")
    (_, done), *_ = asked
    done([target("late")])  # type: ignore[operator]  # what the palette gave
    assert "late" not in palette.names()
    palette.reject()


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("name", names())
def test_every_page_has_a_title_and_words(name: str, language: str) -> None:
    blocks = read(name, language)
    assert [block.kind for block in blocks].count("title") == 1
    assert len(blocks) > 2
    assert all(block.words for block in blocks)


def test_every_method_and_every_page_of_the_window_has_one() -> None:
    assert {f"method-{method.code}" for method in every()} == set(names()) - set(WRITTEN)
    assert set(PAGES.values()) <= set(WRITTEN)


def test_the_help_follows_the_language(window: QWidget, qtbot: QtBot) -> None:
    dialog = HelpDialog("unknown", window)
    dialog.open()
    assert title("unknown", "en") in dialog.text()
    i18n.current().choose("ru")
    assert title("unknown", "ru") in dialog.text()
    click(dialog, "help/keys")
    assert title("keys", "ru") in dialog.text()
    dialog.reject()
