"""The bars of the last days: their values stand whole and apart, however large."""

from itertools import combinations
from typing import Any

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from pytestqt.qtbot import QtBot

from console.ui.controls import paint
from console.ui.controls.figures import Bar, Bars

DAYS = ("Wed", "Thu", "Fri", "Sat", "Sun", "Mon", "Tue")


def bars(qtbot: QtBot, *shown: str) -> Bars:
    """A week of equal bars; Thursday is today."""
    week = zip(DAYS, shown, strict=True)
    result = Bars([Bar(name, value, 0.2, name == "Thu") for name, value in week])
    qtbot.addWidget(result)
    result.resize(288, 132)
    result.show()
    return result


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[float, float]]:
    """What is painted: each text with its left and right edge."""
    seen: dict[str, tuple[float, float]] = {}
    painted = paint.text

    def watch(painter: QPainter, rect: QRectF, words: str, role: str, *more: Any, **named: Any) -> None:
        half = paint.width(words, role) / 2
        seen[words] = (rect.center().x() - half, rect.center().x() + half)
        painted(painter, rect, words, role, *more, **named)

    monkeypatch.setattr(paint, "text", watch)
    return seen


def test_small_values_stand_over_each_bar(qtbot: QtBot, drawn: dict[str, tuple[float, float]]) -> None:
    values = ("310", "262", "418", "46", "22", "356", "120")
    bars(qtbot, *values).grab()
    assert set(values) <= set(drawn)


def test_large_values_are_neither_cut_nor_on_each_other(qtbot: QtBot, drawn: dict[str, tuple[float, float]]) -> None:
    values = tuple(f"{number}23 456 789" for number in range(1, 8))
    shown = bars(qtbot, *values)
    shown.grab()
    edges = [drawn[value] for value in values if value in drawn]
    assert values[1] in drawn and len(edges) > 1, "today's is there, and what fits beside it"
    assert all(left >= 0 and right <= shown.width() for left, right in edges)
    assert not [pair for pair in combinations(edges, 2) if pair[0][1] > pair[1][0] and pair[1][1] > pair[0][0]]
    assert [line.split(" ", 1)[1] for line in shown.toolTip().splitlines()] == list(values)
