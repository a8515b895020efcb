"""A short word about something already done (copied, saved); never about money or trouble."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QTimer
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from console.ui import i18n, ring
from console.ui.controls import paint
from console.ui.controls.label import Label
from console.ui.controls.picture import Picture
from console.ui.i18n import Words
from console.ui.theme import tokens

STAYS = 4000
"""Milliseconds; longer while the mouse is on it."""
_HIGH, _BESIDE = 40, 16
"""Pixels: the height of one line of words, and what stays free at either side."""


class Toast(QFrame):
    """The toast at the bottom left of the sheet; one at a time, shown by `tell`."""

    def __init__(self, sheet: QWidget) -> None:
        super().__init__(sheet)
        self._sheet = sheet
        self.setObjectName("toast")
        self._icon = Picture("check", "on_tip", 16)
        self.words = Label(role="second_medium", ink="on_tip")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STAYS)
        self._timer.timeout.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 16, 0)
        row.setSpacing(10)
        row.addWidget(self._icon)
        row.addWidget(self.words, 1)
        row.addSpacing(10)
        row.addWidget(Label("Esc", "caption_medium", "on_tip"))
        self.hide()
        ring.keep_clear(self)

    def tell(self, words: Words, icon: str = "check") -> None:
        """Show `words` at once."""
        self._icon.show_icon(icon, "on_tip")
        self.words.say(words)
        self.setAccessibleName(i18n.tr(words))
        self._fit()
        self.place()
        self.show()
        self.raise_()
        self._timer.start()

    def place(self) -> None:
        """Move to the bottom left of the sheet, above the buttons that a page stands on."""
        self.move(_BESIDE, self._sheet.height() - self.height() - tokens.ACTION_BAR - 12)

    def _fit(self) -> None:
        """Take the width of the words, or that of the sheet and as many lines as they need."""
        self.words.setWordWrap(False)
        self.words.setMinimumHeight(0)
        wanted, most = self.sizeHint().width(), self._sheet.width() - 2 * _BESIDE
        self.words.setWordWrap(wanted > most)
        room = self.words.fontMetrics().horizontalAdvance(self.words.text()) + min(0, most - wanted)
        lines = self.words.heightForWidth(room) if wanted > most else 0
        self.setFixedSize(min(wanted, most), max(_HIGH, lines + 24))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._timer.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint.box(painter, QRectF(self.rect()), "tip", "", tokens.RADIUS_CONTROL)
