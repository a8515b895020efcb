"""What happened, in order: round nodes joined by a line, newest last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from console.ui import icons
from console.ui.controls import paint
from console.ui.controls.card import clear
from console.ui.controls.label import Label
from console.ui.i18n import Words
from console.ui.theme import theme

_NODE = 24


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened: icon, colour (a state's token), title, time as shown, detail."""

    icon: str
    colour: str
    title: Words
    time: Words = ""
    detail: Words = ""


class Timeline(QWidget):
    """The steps; `show_steps` replaces them all."""

    def __init__(self, steps: Sequence[Step] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.show_steps(steps)

    def say_time(self, words: Words) -> None:
        """Say another time at the last step, as a countdown does."""
        item = self._column.itemAt(self._column.count() - 1)
        row = item.widget() if item is not None else None
        if isinstance(row, _Row):
            row.time.say(words)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show these steps, the newest last."""
        clear(self._column)
        for number, step in enumerate(steps):
            self._column.addWidget(_Row(step, is_last=number == len(steps) - 1))


class _Row(QWidget):
    def __init__(self, step: Step, *, is_last: bool) -> None:
        super().__init__()
        self._step, self._is_last = step, is_last
        grid = QGridLayout(self)
        grid.setContentsMargins(_NODE + 10, 3, 0, 0 if is_last else 10)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(1)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(step.title, "second_medium", wrap=True), 1)
        self.time = Label(step.time, "caption_tabular", "ink3")
        head.addWidget(self.time, 0, paint.Align.AlignTop)
        grid.addLayout(head, 0, 0)
        if step.detail:
            grid.addWidget(Label(step.detail, "second", "ink2", wrap=True), 1, 0)
        self.setMinimumHeight(_NODE if is_last else _NODE + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            if not self._is_last:
                painter.fillRect(QRectF(_NODE / 2 - 1, 0, 2, self.height()), theme.colour("line"))
            node = QRectF(0, 0, _NODE, _NODE)
            paint.box(painter, node, f"{self._step.colour}_t", "", _NODE / 2)
            icons.draw(painter, self._step.icon, QRectF(5, 5, 14, 14), self._step.colour)
