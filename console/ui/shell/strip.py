"""The sandbox's strip: it says that no money moves, and offers the outcome of the next request."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from console.domain.text import mark
from console.ui import i18n, icons
from console.ui.controls import paint
from console.ui.controls.label import Label
from console.ui.controls.outcome import Outcome, OutcomePanel
from console.ui.controls.picture import Picture
from console.ui.theme import theme, tokens

_SENTENCE = mark("window", "Sandbox. The gateway runs inside the program, no money moves.")
_NEXT = mark("window", "Outcome of the next request: {name}")
_USUAL = mark("window", "usual")


class SandboxStrip(QWidget):
    """The strip of 36 px; `outcome_chosen(str)` gives the code, empty for the usual outcome."""

    outcome_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(tokens.STRIP)
        self._outcomes: tuple[Outcome, ...] = ()
        self._panel: OutcomePanel | None = None
        self._button = _Drop()
        self._button.clicked.connect(self._on_clicked)
        self._button.hide()
        self._code = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 8, 1)
        row.setSpacing(8)
        row.addWidget(Picture("flask-conical", "sand", 16))
        row.addWidget(Label(_SENTENCE, "second_medium", "sand", elide="right"), 1)
        row.addWidget(self._button)

    def offer(self, outcomes: Sequence[Outcome], code: str = "") -> None:
        """Offer these outcomes; `code` is the one chosen."""
        self._outcomes = tuple(outcomes)
        self._button.setVisible(bool(outcomes))
        self.show_outcome(code)

    def show_outcome(self, code: str) -> None:
        """Show which outcome is chosen, as after it was used up."""
        self._code = code
        chosen = next((outcome for outcome in self._outcomes if outcome.code == code), None)
        self._button.say(chosen.name if chosen is not None and code else _USUAL)
        if self._panel is not None:
            self._panel.mark(code)

    def place_panel(self) -> None:
        """Keep the panel under the strip's right end."""
        if self._panel is None:
            return
        window = self.window()
        spot = self.mapTo(window, QPoint(self.width(), self.height() + 4))
        room = window.height() - spot.y() - 24
        self._panel.setGeometry(spot.x() - 360 - 12, spot.y(), 360, min(self._panel.wanted_height(), room))

    def close_panel(self) -> None:
        """Take the panel away, as when another page comes up."""
        if self._panel is not None:
            self._panel.hide()
            self._panel.deleteLater()
            self._panel = None

    def _on_clicked(self) -> None:
        if self._panel is not None:
            self._on_closed()
            return
        self._panel = OutcomePanel(self._outcomes, self._code, self.window())
        self._panel.chosen.connect(self._on_chosen)
        self._panel.closed.connect(self._on_closed)
        self.place_panel()
        self._panel.show()
        self._panel.raise_()
        self._panel.focusNextChild()

    def _on_chosen(self, code: str) -> None:
        self.show_outcome(code)
        self._on_closed()
        self.outcome_chosen.emit(code)

    def _on_closed(self) -> None:
        self.close_panel()
        self._button.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("sand_h"))


class _Drop(QAbstractButton):
    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._name: object = _USUAL
        self.ring_radius = tokens.RADIUS_BADGE
        self.setObjectName("sandbox/outcome")
        self.setFixedHeight(28)
        i18n.current().changed.connect(self.retranslate)
        self.retranslate()

    def say(self, name: object) -> None:
        """Name the outcome."""
        self._name = name
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words again, in the language in use."""
        self.setAccessibleName(self._said())
        self.setFixedWidth(self.sizeHint().width())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(paint.width(self._said(), "second_medium") + 12 + 24, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            rect = QRectF(self.rect())
            if self.underMouse():
                paint.box(painter, rect, "", "sand_e", tokens.RADIUS_BADGE)
            paint.text(painter, rect.adjusted(8, 0, 0, 0), self._said(), "second_medium", "sand", elide=False)
            icons.draw(painter, "chevron-down", QRectF(rect.right() - 22, 7, 14, 14), "sand")

    def _said(self) -> str:
        return i18n.tr(_NEXT.with_(name=self._name))
