"""A filter: its name, its value, a menu of values, and a way back to the value that filters nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from console.ui import i18n, icons
from console.ui.controls import paint
from console.ui.controls.menu import offer
from console.ui.i18n import Words
from console.ui.theme import tokens

Choices = Sequence[tuple[object, Words]]


class FilterChip(QAbstractButton):
    """A chip named `words`; `choices` are (value, words), the first of them filters nothing.

    `changed(object)` gives the value chosen. Delete or a click on the cross returns to the first choice.
    """

    changed = Signal(object)

    def __init__(self, words: Words, choices: Choices, *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.words: Words = words
        self._choices = list(choices)
        self._chosen = 0
        self.ring_radius = tokens.RADIUS_CONTROL
        self.setObjectName(name)
        self.setFixedHeight(tokens.CHIP)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(self.open_menu)
        i18n.current().changed.connect(self.retranslate)
        self.retranslate()

    def value(self) -> object:
        """Return the value chosen."""
        return self._choices[self._chosen][0]

    def is_on(self) -> bool:
        """Tell whether the chip filters anything."""
        return self._chosen > 0

    def set_value(self, value: object) -> None:
        """Choose a value; `changed` follows where it was another. An unknown value raises ValueError."""
        number = [choice for choice, _ in self._choices].index(value)
        if number != self._chosen:
            self._chosen = number
            self.retranslate()
            self.changed.emit(value)

    def set_choices(self, choices: Choices) -> None:
        """Offer other choices; the chosen value stays if it is still there."""
        value = self.value()
        self._choices = list(choices)
        values = [choice for choice, _ in self._choices]
        self._chosen = values.index(value) if value in values else 0
        self.retranslate()

    def reset(self) -> None:
        """Return to the choice that filters nothing."""
        self.set_value(self._choices[0][0])

    def open_menu(self) -> None:
        """Offer the choices."""
        offer(self, self._choices, self._chosen).triggered.connect(self._on_triggered)

    def retranslate(self) -> None:
        """Say the words again, in the language in use."""
        self.setAccessibleName(f"{i18n.tr(self.words)}: {self._value_words()}")
        self.setFixedWidth(self.sizeHint().width())
        self.update()

    def sizeHint(self) -> QSize:
        name = paint.width(i18n.tr(self.words), "second")
        return QSize(11 + name + 7 + paint.width(self._value_words(), "second_medium") + 7 + 14 + 8, tokens.CHIP)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.is_on() and event.position().x() > self.width() - 30:
            self.reset()
            return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.reset()
        elif event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.open_menu()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        on = self.is_on()
        fill = "soft" if on else "hover" if self.isDown() else "hover2" if self.underMouse() else "surface"
        with QPainter(self) as painter:
            rect = QRectF(self.rect())
            paint.box(painter, rect, fill, "accent" if on else "edge", tokens.RADIUS_CONTROL)
            name = i18n.tr(self.words)
            paint.text(painter, rect.adjusted(11, 0, 0, 0), name, "second", "ink2", elide=False)
            left = 11 + paint.width(name, "second") + 7
            ink = "link" if on else "ink"
            paint.text(painter, rect.adjusted(left, 0, 0, 0), self._value_words(), "second_medium", ink, elide=False)
            sign = QRectF(rect.right() - 8 - 14, 9, 14, 14)
            icons.draw(painter, "x" if on else "chevron-down", sign, "link" if on else "ink2")

    def _on_triggered(self, action: QAction) -> None:
        self.set_value(self._choices[int(action.data())][0])

    def _value_words(self) -> str:
        return i18n.tr(self._choices[self._chosen][1])
