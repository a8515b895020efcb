"""What ships beside the code is whole: icons draw, fonts load with the letters we need, translations open."""

import ast
import gettext
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from console.catalogue.resources import resource
from tests.architecture.source import modules, name, nodes

ICONS = {path.stem: path for path in sorted(resource("icons").glob("*.svg"))}
FONTS = sorted(resource("fonts").glob("*.ttf"))
LETTERS = "0123456789АЯЁаяё№₽€«»—•−…·"
WEIGHTS = {400: QFont.Weight.Normal, 500: QFont.Weight.Medium, 600: QFont.Weight.DemiBold, 700: QFont.Weight.Bold}


@pytest.mark.parametrize("path", ICONS.values(), ids=list(ICONS))
def test_every_icon_draws_in_the_colour_it_is_given(qapp: QApplication, path: Path) -> None:
    source = path.read_bytes()
    assert QSvgRenderer(QByteArray(source)).isValid()
    assert b"currentColor" in source
    assert b"<script" not in source


def test_every_icon_that_the_code_names_is_there() -> None:
    """An icon's name is the argument `icon` of a component, or the first one of `icon(…)`."""
    named = {
        (word.value, f"{name(path)}:{word.lineno}")
        for path in modules("console/ui", "console/catalogue")
        for node in nodes(path)
        if isinstance(node, ast.Call)
        for word in _icons(node)
    }
    assert sorted(place for word, place in named if word and word not in ICONS) == []


def _icons(call: ast.Call) -> list[ast.Constant]:
    words = [word.value for word in call.keywords if word.arg == "icon"]
    if isinstance(call.func, ast.Name) and call.func.id == "icon":
        words += call.args[:1]
    return [word for word in words if isinstance(word, ast.Constant) and isinstance(word.value, str)]


@pytest.mark.parametrize("path", FONTS, ids=lambda path: path.stem)
def test_every_font_loads_and_has_the_letters(qapp: QApplication, path: Path) -> None:
    number = QFontDatabase.addApplicationFont(str(path))
    try:
        family = "Inter" if path.stem.startswith("Inter") else "JetBrains Mono"
        assert family in QFontDatabase.applicationFontFamilies(number)
        font = QFont(family)
        font.setWeight(next(weight for size, weight in WEIGHTS.items() if str(size) in path.stem))
        metrics = QFontMetrics(font)
        assert [letter for letter in LETTERS if not metrics.inFontUcs4(ord(letter))] == []
    finally:
        QFontDatabase.removeApplicationFont(number)


def test_every_font_has_its_licence_beside_it() -> None:
    families = {path.stem.split("_")[0] for path in FONTS}
    assert {path.stem.removesuffix("-OFL") for path in resource("fonts").glob("*-OFL.txt")} == families


def test_the_russian_translations_open() -> None:
    with resource("i18n", "ru.mo").open("rb") as file:
        assert gettext.GNUTranslations(file).info()["content-type"] == "text/plain; charset=utf-8"
