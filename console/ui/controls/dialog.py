"""A question over the window. It never blocks the event loop: it is opened, and its `finished` tells."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from console.ui import i18n
from console.ui.controls import paint
from console.ui.controls.button import Button
from console.ui.controls.corners import round_off
from console.ui.controls.label import Label
from console.ui.i18n import Words
from console.ui.ring import FocusRing
from console.ui.theme import tokens


class Dialog(QDialog):
    """A question of 440 px: title, text, and buttons at the right.

    `answers` are (code, words) and end with the safe one, which is primary and has the focus. `answer` holds the code
    after `finished`; Esc gives an empty one. `column` takes more between text and buttons. Show it by `open()`.
    """

    def __init__(
        self, title: Words, text: Words, answers: Sequence[tuple[str, Words]], parent: QWidget, *, danger: str = ""
    ) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        round_off(self, tokens.RADIUS_SHEET)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setFixedWidth(440)
        self.setWindowTitle(i18n.tr(title))
        self.answer = ""
        self.buttons: dict[str, Button] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 22, 24, 20)
        outer.setSpacing(8)
        outer.addWidget(Label(title, "heading", wrap=True))
        outer.addWidget(Label(text, "body", "ink2", wrap=True))
        self.column = QVBoxLayout()
        self.column.setSpacing(12)
        outer.addLayout(self.column)
        outer.addSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for number, (code, words) in enumerate(answers):
            safe = number == len(answers) - 1
            button = Button(words, "danger" if code == danger else "primary" if safe else "secondary")
            button.setObjectName(f"dialog/{code}")
            button.clicked.connect(lambda _=False, code=code: self._on_answer(code))
            self.buttons[code] = button
            row.addWidget(button)
        self._safe = self.buttons[answers[-1][0]]
        outer.addLayout(row)
        self._ring = FocusRing(self)

    def allows(self, code: str) -> bool:
        """Tell whether an answer may close the dialog: one that asks for texts says here what is missing."""
        return bool(code)

    def sizeHint(self) -> QSize:
        # Qt asks for the height at the width of the longest line, where the line just wraps.
        layout, wide = self.layout(), self.minimumWidth()
        return QSize(wide, layout.totalHeightForWidth(wide)) if layout is not None else super().sizeHint()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:  # wrapped words know their height once they have a width
            self.adjustSize()
        return done

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._centre()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._centre()
        self._safe.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint.box(painter, QRectF(self.rect()), "surface", "edge", tokens.RADIUS_SHEET)

    def _centre(self) -> None:
        """Stand over the middle of the window: Qt places a dialog once, before its wrapped words know their height."""
        window = self.parentWidget()
        if window is not None and self.isWindow():
            middle, screen = window.mapToGlobal(window.rect().center()), window.screen().availableGeometry()
            left, top = middle.x() - self.width() // 2, middle.y() - self.height() // 2
            self.move(max(screen.left(), left), max(screen.top(), top))

    def _on_answer(self, code: str) -> None:
        if self.allows(code):
            self.answer = code
            self.accept()
