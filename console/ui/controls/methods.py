"""The choice of a method: cards that say in a sentence what each does. One tab stop; arrows move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QSizePolicy, QWidget

from console.ui import i18n, icons
from console.ui.controls import paint
from console.ui.i18n import Words
from console.ui.theme import fonts, theme, tokens


@dataclass(frozen=True, slots=True)
class MethodChoice:
    """A method to choose: its service code, icon, title and one sentence."""

    service: str
    icon: str
    title: Words
    sentence: Words


class MethodCards(QWidget):
    """The cards; `chosen(str)` gives the service code. Object names are `method/<service>`."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[MethodChoice], *, columns: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: dict[str, _Card] = {}
        self._group = QButtonGroup(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(12 if columns == 2 else 11)
        for number, choice in enumerate(choices):
            card = _Card(choice, compact=columns > 2)
            self._cards[choice.service] = card
            self._group.addButton(card)
            grid.addWidget(card, number // columns, number % columns)
            grid.setColumnStretch(number % columns, 1)
            card.toggled.connect(self._on_toggled)

    def choose(self, service: str) -> None:
        """Mark the card of a service; `chosen` follows where it was another."""
        self._cards[service].setChecked(True)

    def service(self) -> str:
        """Return the chosen service, or an empty string."""
        return next((service for service, card in self._cards.items() if card.isChecked()), "")

    def _on_toggled(self, on: bool) -> None:
        if on:
            self.chosen.emit(self.service())


class _Card(QRadioButton):
    def __init__(self, choice: MethodChoice, *, compact: bool) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._choice, self._compact = choice, compact
        self.ring_radius = tokens.RADIUS_CARD
        self.setObjectName(f"method/{choice.service}")
        self.setFixedHeight(96 if compact else 84)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        i18n.current().changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words again, in the language in use."""
        self.setText("")
        self.setAccessibleName(i18n.tr(self._choice.title))
        self.setAccessibleDescription(i18n.tr(self._choice.sentence))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.height())

    def hitButton(self, spot: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            fill, border, width = self._ground()
            rect = QRectF(self.rect())
            paint.box(painter, rect, fill, border, tokens.RADIUS_CARD, width)
            on, off = self.isChecked(), not self.isEnabled()
            ink, ink2 = ("off_ink", "off_ink") if off else ("ink", "ink2")
            circle = QRectF(rect.right() - 16 - 18, 14 if self._compact else 16, 18, 18)
            icons.draw(painter, "circle-check" if on else "circle", circle, "accent" if on else "edge", 2.0)
            if self._compact:
                icons.draw(painter, self._choice.icon, QRectF(14, 14, 18, 18), "link" if on else ink2)
                title, words = QRectF(42, 12, circle.left() - 46, 22), QRectF(15, 38, rect.width() - 28, 52)
            else:
                icons.draw(painter, self._choice.icon, QRectF(17, 16, 20, 20), "link" if on else ink2)
                title = QRectF(50, 13, circle.left() - 56, 22)
                words = QRectF(50, 35, circle.left() - 56, 40)
            paint.text(painter, title, i18n.tr(self._choice.title), "body_strong", ink)
            painter.setFont(fonts.font("second"))
            painter.setPen(theme.colour(ink2))
            painter.drawText(words, Qt.TextFlag.TextWordWrap, i18n.tr(self._choice.sentence))

    def _ground(self) -> tuple[str, str, float]:
        if self.isChecked():
            return "soft", "accent", 2.0
        if self.isDown():
            return "hover", "edge", 1.0
        if self.underMouse() and self.isEnabled():
            return "hover2", "edge", 1.0
        return "surface", "line", 1.0
