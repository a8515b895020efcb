"""A few values side by side, of which one is chosen: for choices that a person should see without opening anything."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from console.ui import i18n, icons
from console.ui.controls import paint
from console.ui.i18n import Words
from console.ui.theme import tokens

_SIGN, _GAP, _SIDE = 16, 7, 12


class Segment(QAbstractButton):
    """One value: chosen by a click, by space, and by arrows among its neighbours."""

    def __init__(self, words: Words, group: Words, *, name: str) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._words, self._group = words, group
        self.ring_radius = tokens.RADIUS_CONTROL
        self.setObjectName(name)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFixedHeight(tokens.BUTTON)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        i18n.current().changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words again, in the language in use."""
        self.setText(i18n.tr(self._words))
        self.setAccessibleName(f"{i18n.tr(self._group)}: {self.text()}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_SIDE + _SIGN + _GAP + paint.width(self.text(), "body_medium") + _SIDE + 2, tokens.BUTTON)

    def paintEvent(self, event: QPaintEvent) -> None:
        on = self.isChecked()
        fill = "soft" if on else "hover2" if self.underMouse() else "surface"
        with QPainter(self) as painter:
            rect = QRectF(self.rect())
            paint.box(painter, rect, fill, "accent" if on else "edge", tokens.RADIUS_CONTROL)
            if on:
                icons.draw(painter, "check", QRectF(_SIDE, rect.center().y() - _SIGN / 2, _SIGN, _SIGN), "link")
            left = _SIDE + _SIGN + _GAP if on else _SIDE + (_SIGN + _GAP) / 2
            paint.text(painter, rect.adjusted(left, 0, -_SIDE, 0), self.text(), "body_medium", "ink")


class Segments(QWidget):
    """A row of segments for `choices` (value, words); a segment is `name/value`. `changed(object)` gives the value."""

    changed = Signal(object)

    def __init__(
        self,
        words: Words,
        choices: Sequence[tuple[str, Words]],
        value: str,
        *,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts = {code: Segment(said, words, name=f"{name}/{code}") for code, said in choices}
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for part in self._parts.values():
            line.addWidget(part)
        line.addStretch(1)
        self.set_value(value)
        for code, part in self._parts.items():
            part.toggled.connect(lambda on, code=code: self.changed.emit(code) if on else None)

    def value(self) -> str:
        """Return the value chosen."""
        return next(code for code, part in self._parts.items() if part.isChecked())

    def set_value(self, value: str) -> None:
        """Choose a value; `changed` follows where it was another. KeyError for an unknown one."""
        self._parts[value].setChecked(True)
