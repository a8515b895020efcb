"""Work that takes a while: a bar with its numbers, and the thin line of a table that is being refreshed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStyle, QVBoxLayout, QWidget

from console.domain.text import mark
from console.ui import i18n
from console.ui.controls import paint
from console.ui.controls.button import Button
from console.ui.controls.label import Label
from console.ui.i18n import Words
from console.ui.theme import theme

_STOP = mark("controls", "Stop")
_REFRESHING = mark("controls", "Refreshing…")
_STEPS = 12
_WORD = 18


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
    """A line of 2 px that moves in steps of 120 ms while old data stay in place; a word where the system wants no motion."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(2)
        self._step = 0
        self._busy = self._still = False
        self._timer = QTimer(self)
        self._timer.setInterval(120)
        self._timer.timeout.connect(self._on_tick)

    def set_busy(self, busy: bool) -> None:
        """Begin or end."""
        self._busy = busy
        self._still = _is_still(self)
        self.setFixedHeight(_WORD if self._still else 2)
        if busy and not self._still:
            self._timer.start()
        else:
            self._timer.stop()
        self.update()

    def is_busy(self) -> bool:
        """Tell whether work goes on."""
        return self._busy

    def _on_tick(self) -> None:
        self._step = (self._step + 1) % _STEPS
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._busy:
            return
        with QPainter(self) as painter:
            if self._still:
                words = QRectF(self.rect()).adjusted(0, 0, -10, 0)
                paint.text(painter, words, i18n.tr(_REFRESHING), "caption", "ink2", paint.RIGHT)
                return
            part = self.width() / _STEPS
            painter.fillRect(QRectF(self._step * part, 0, part * 2, 2), theme.colour("accent"))


def _is_still(widget: QWidget) -> bool:
    """Tell whether the system asks for no motion: its styles then have animations of no length."""
    return widget.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, widget) == 0
