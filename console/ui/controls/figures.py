"""Figures of the overview: sums side by side in one card, and bars of the last days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.ui import i18n
from console.ui.controls import paint
from console.ui.controls.label import Label, Line
from console.ui.i18n import Words
from console.ui.theme import theme, tokens


@dataclass(frozen=True, slots=True)
class Figure:
    """A sum: what it is, the sum as shown, a word below it."""

    caption: Words
    value: Words
    note: Words = ""


class FigureRow(QFrame):
    """Figures in one card, parted by lines; `show_figures` replaces the sums and keeps the places."""

    def __init__(self, figures: Sequence[Figure], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: list[tuple[Label, Label, Label]] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 16, 20, 16)
        row.setSpacing(20)
        for number, _ in enumerate(figures):
            if number:
                row.addWidget(Line(vertical=True))
            labels = (
                Label(role="second_medium", ink="ink2"),
                Label(role="figure_small", elide="right"),
                Label(role="second", ink="ink3", elide="right"),
            )
            column = QVBoxLayout()
            column.setSpacing(3)
            for label in labels:
                column.addWidget(label)
            row.addLayout(column, 1)
            self._labels.append(labels)
        self.show_figures(figures)

    def show_figures(self, figures: Sequence[Figure]) -> None:
        """Show these figures, as many as there are places."""
        for labels, figure in zip(self._labels, figures, strict=True):
            for label, words in zip(labels, (figure.caption, figure.value, figure.note), strict=True):
                label.say(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint.box(painter, QRectF(self.rect()), "surface", "line", tokens.RADIUS_CARD)


@dataclass(frozen=True, slots=True)
class Bar:
    """A day: its name, the value as shown, its part of the largest (0 to 1), whether it is today."""

    name: Words
    shown: str
    part: float
    is_today: bool = False


class Bars(QWidget):
    """Bars of 28 px; today in the accent, the rest grey.

    A value too wide for its place gives way to today's and to those of higher bars; the tool tip has them all.
    """

    def __init__(self, bars: Sequence[Bar] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_bars(bars)
        i18n.current().changed.connect(self.update)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these days."""
        self._bars = tuple(bars)
        days = [f"{i18n.tr(bar.name)} {bar.shown}" for bar in self._bars]
        self.setAccessibleName(", ".join(days))
        self.setToolTip("\n".join(days))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(280, 132)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._bars:
            return
        with QPainter(self) as painter:
            base = self.height() - 26
            for left, bar in self._places():
                self._draw(painter, bar, left, base)
            for value, bar in self._values(base):
                role, ink = _look(bar)
                paint.text(painter, value, bar.shown, role, ink, Qt.AlignmentFlag.AlignCenter, elide=False)
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(0, base, self.width(), base)

    def _places(self) -> list[tuple[float, Bar]]:
        """Return each bar with its left edge."""
        step = (self.width() - 28) / max(1, len(self._bars) - 1)
        return [(number * step, bar) for number, bar in enumerate(self._bars)]

    def _values(self, base: int) -> list[tuple[QRectF, Bar]]:
        """Return where the values stand that fit: inside the widget, and none on another."""
        result: list[tuple[QRectF, Bar]] = []
        for left, bar in sorted(self._places(), key=lambda place: (not place[1].is_today, -place[1].part)):
            wide = paint.width(bar.shown, _look(bar)[0]) + 4.0
            start = min(max(0.0, left + 14 - wide / 2), self.width() - wide)
            value = QRectF(start, base - _height(bar, base) - 20, wide, 18)
            if not any(value.intersects(taken) for taken, _ in result):
                result.append((value, bar))
        return result

    def _draw(self, painter: QPainter, bar: Bar, left: float, base: int) -> None:
        height = _height(bar, base)
        painter.setOpacity(1.0 if bar.is_today else 0.45)
        painter.setClipRect(QRectF(left, 0, 28, base))
        paint.box(painter, QRectF(left, base - height, 28, height + 4), "accent" if bar.is_today else "edge", "", 4)
        painter.setClipping(False)
        painter.setOpacity(1.0)
        role, ink = _look(bar)
        name = QRectF(left - 12, base + 6, 52, 18)
        paint.text(painter, name, i18n.tr(bar.name), role, ink, Qt.AlignmentFlag.AlignCenter, elide=False)


def _look(bar: Bar) -> tuple[str, str]:
    """Return text role and ink of a day's words."""
    return ("caption_strong", "ink") if bar.is_today else ("caption_tabular", "ink2")


def _height(bar: Bar, base: int) -> float:
    return max(2.0, bar.part * (base - 22))
