"""A check box with words beside it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from console.ui import i18n, icons
from console.ui.controls import paint
from console.ui.i18n import Words

_SIDE = 18
_GAP = 9


class CheckBox(QCheckBox):
    """A box of 18 px and its words; `toggled(bool)` as of any check box."""

    def __init__(self, words: Words, *, name: str = "", role: str = "body", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.words: Words = words
        self._role = role
        self.ring_radius = 6
        self.setObjectName(name)
        i18n.current().changed.connect(self.retranslate)
        self.retranslate()

    def say(self, words: Words) -> None:
        """Show other words."""
        self.words = words
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words again, in the language in use."""
        said = i18n.tr(self.words)
        self.setText(said.replace("&", "&&"))
        self.setAccessibleName(said)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(_SIDE + _GAP + paint.width(i18n.tr(self.words), self._role) + 2, 24)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, spot: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            top = (self.height() - _SIDE) / 2
            square = QRectF(0, top, _SIDE, _SIDE)
            on, off = self.isChecked(), not self.isEnabled()
            fill = "off_bg" if off else "accent" if on else "hover" if self.isDown() else "surface"
            border = "off_ink" if off else "" if on else "ink2" if self.underMouse() else "edge"
            paint.box(painter, square, fill, border, 5)
            if on:
                icons.draw(painter, "check", square.adjusted(2, 2, -2, -2), "off_ink" if off else "on_accent", 3.0)
            words = QRectF(_SIDE + _GAP, 0, self.width(), self.height())
            paint.text(painter, words, i18n.tr(self.words), self._role, "off_ink" if off else "ink", elide=False)
