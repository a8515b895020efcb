"""Work that takes a while: a bar with its numbers, and the thin line of a table that is being refreshed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.text import mark
from console.ui.controls import paint
from console.ui.controls.button import Button
from console.ui.controls.label import Label
from console.ui.i18n import Words
from console.ui.theme import theme

_STOP = mark("controls", "Stop")
_STEPS = 12


class Progress(QWidget):
    """Title, numbers, bar, what is left; `stopped` comes when a person stops the work."""

    stopped = Signal()

    def __init__(self, title: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bar = _Bar()
        self._numbers = Label(role="second_tabular", ink="ink2")
        self._left = Label(role="second", ink="ink2")
        stop = Button(_STOP, "quiet", size="row")
        stop.clicked.connect(self.stopped)
        head = QHBoxLayout()
        head.addWidget(Label(title, "body_strong"), 1)
        head.addWidget(self._numbers)
        foot = QHBoxLayout()
        foot.addWidget(self._left, 1)
        foot.addWidget(stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._bar)
        column.addLayout(foot)

    def show_progress(self, done: int, total: int, numbers: Words, left: Words = "") -> None:
        """Show how far the work is."""
        self._bar.part = done / total if total else 0.0
        self._bar.update()
        self._numbers.say(numbers)
        self._left.say(left)


class _Bar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.part = 0.0
        self.setFixedHeight(6)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            rect = QRectF(self.rect())
            paint.box(painter, rect, "line", "", 3)
            if self.part > 0:
                paint.box(painter, QRectF(0, 0, max(6.0, rect.width() * min(1.0, self.part)), 6), "accent", "", 3)


class BusyLine(QWidget):
    """A line of 2 px that moves in steps of 120 ms while old data stay in place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(2)
        self._step = 0
        self._timer = QTimer(self)
        self._timer.setInterval(120)
        self._timer.timeout.connect(self._on_tick)

    def set_busy(self, busy: bool) -> None:
        """Begin or end."""
        if busy:
            self._timer.start()
        else:
            self._timer.stop()
        self.update()

    def is_busy(self) -> bool:
        """Tell whether the line moves."""
        return self._timer.isActive()

    def _on_tick(self) -> None:
        self._step = (self._step + 1) % _STEPS
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._timer.isActive():
            return
        with QPainter(self) as painter:
            part = self.width() / _STEPS
            painter.fillRect(QRectF(self._step * part, 0, part * 2, 2), theme.colour("accent"))
