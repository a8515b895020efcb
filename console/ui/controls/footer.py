"""The footer of a table: how many rows are shown, the way to drop the filter, and sums by state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from console.domain.text import mark
from console.ui import i18n, icons
from console.ui.controls import paint
from console.ui.controls.button import Button
from console.ui.controls.label import Label
from console.ui.controls.states import Look
from console.ui.i18n import Words
from console.ui.theme import theme, tokens

_RESET = mark("controls", "Reset")
_MORE = mark("controls", "{n} more", "{n} more")
_ICON = 14


@dataclass(frozen=True, slots=True)
class Total:
    """A sum of a state: its look, the words before the sum, the sum as shown; `loud` stands out (unknown)."""

    look: Look
    words: Words
    amount: str
    loud: bool = False


class TableFooter(QWidget):
    """The footer of 48 px; `reset` comes when the filter shall go, `more` when what did not fit is asked for."""

    reset = Signal()
    more = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(tokens.TABLE_FOOTER)
        self.count = Label(role="second_medium")
        self._reset = Button(_RESET, "quiet", size="row")
        self._reset.hide()
        self._reset.clicked.connect(self.reset)
        self._totals = _Totals()
        self._totals.resized.connect(self._count_more)
        self._more = Button("", "quiet", size="row")
        self._more.hide()
        self._more.clicked.connect(self.more)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(20, 1, 12, 0)
        self.row.setSpacing(4)
        self.row.addWidget(self.count)
        self.row.addWidget(self._reset)
        self.row.addSpacing(12)
        self.row.addWidget(self._totals, 1)
        self.row.addWidget(self._more)

    def set_count(self, words: Words, *, filtered: bool = False) -> None:
        """Say how many rows are shown; with a filter, offer to drop it."""
        self.count.say(words)
        self._reset.setVisible(filtered)

    def set_totals(self, totals: Sequence[Total], elsewhere: int = 0) -> None:
        """Show sums by state, the unknown first; `elsewhere` counts those that the caller left out."""
        self._totals.show_totals(totals)
        self._elsewhere = elsewhere
        self._count_more()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setClipRect(self.rect())
            ground = QRectF(self.rect()).adjusted(0, -12, 0, 0)
            paint.box(painter, ground, "sunken", "", tokens.RADIUS_CARD - 1)
            painter.fillRect(0, 0, self.width(), 1, theme.colour("line"))

    _elsewhere = 0

    def _count_more(self) -> None:
        self._more.setVisible(self._totals.hidden() + self._elsewhere > 0)
        # The button takes room from the sums at once, so what is hidden is counted again.
        self._more.say(_MORE.of(self._totals.hidden() + self._elsewhere))


class _Totals(QWidget):
    """Draws the sums that fit, one after the other."""

    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._totals: tuple[Total, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        i18n.current().changed.connect(self.retranslate)

    def show_totals(self, totals: Sequence[Total]) -> None:
        """Show these sums."""
        self._totals = tuple(totals)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words again, in the language in use."""
        self.setAccessibleName(", ".join(_said(total) for total in self._totals))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def hidden(self) -> int:
        """Return how many sums do not fit."""
        return len(self._totals) - len(self._fitting())

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            left = 0.0
            for total in self._fitting():
                role = "second_money_strong" if total.loud else "second_tabular"
                ink = total.look.colour if total.loud else "ink2"
                icons.draw(
                    painter, total.look.icon, QRectF(left, self.height() / 2 - 7, _ICON, _ICON), total.look.colour
                )
                words = QRectF(left + _ICON + 6, 0, self.width(), self.height())
                paint.text(painter, words, _said(total), role, ink, Qt.AlignmentFlag.AlignVCenter, elide=False)
                left += _width(total)

    def _fitting(self) -> list[Total]:
        room, result = self.width(), []
        for total in self._totals:
            room -= _width(total)
            if room < -16:
                break
            result.append(total)
        return result


def _said(total: Total) -> str:
    return f"{i18n.tr(total.words)} {total.amount}"


def _width(total: Total) -> int:
    return _ICON + 6 + paint.width(_said(total), "second_money_strong" if total.loud else "second_tabular") + 16
