"""What a payer is shown: big values to copy, the link with its QR code, and the body of a request."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from console.domain.text import mark
from console.ui import clipboard, i18n
from console.ui.controls import paint
from console.ui.controls.button import Button
from console.ui.controls.label import Label
from console.ui.i18n import Words
from console.ui.theme import fonts, theme, tokens

_COPY = mark("controls", "Copy")
_MARGIN = 12


class ValueToShow(QWidget):
    """A caption, a value in large type and a button that copies it; `copied` comes after.

    `shown` may be grouped for reading; `value` is what is copied. `large` is for card, phone and account.
    """

    copied = Signal()

    def __init__(
        self,
        caption: Words,
        shown: Words,
        value: str,
        *,
        large: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._value = value
        self.shown = Label(shown, "id_payer" if large else "value", select=True)
        self.shown.setObjectName(name)
        self.button = Button(_COPY, icon="copy")
        self.button.clicked.connect(self._on_copy)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.shown)
        row.addStretch(1)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(Label(caption, "second", "ink2"))
        column.addLayout(row)

    def _on_copy(self) -> None:
        clipboard.copy(self._value, clipboard.LONG)
        self.copied.emit()


class QrBlock(QWidget):
    """A QR code, black on white in both themes, on a white plate; modules of at least 5 px, quiet zone of 4 modules."""

    def __init__(self, text: str, *, least: int = 237, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        import segno  # slow to import; only pages of payments need it

        code = segno.make(text, error="m", micro=False)
        self._rows = [bytes(row) for row in code.matrix]
        side = len(self._rows) + 8
        self._module = max(5, least // side)
        self.setFixedSize(QSize(side * self._module, side * self._module))
        self.setAccessibleName(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            light, dark = QColor(theme.tokens().qr_light), QColor(theme.tokens().qr_dark)
            paint.box(painter, QRectF(self.rect()), "qr_light", "line", tokens.RADIUS_CARD)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            module = self._module
            for top, row in enumerate(self._rows):
                for left, bit in enumerate(row):
                    colour = dark if bit else light
                    painter.fillRect((left + 4) * module, (top + 4) * module, module, module, colour)


class BodyBlock(QPlainTextEdit):
    """Exact bytes as text, mono on sunken; as high as its lines, at most `lines`."""

    def __init__(
        self, text: str, said: Words, *, lines: int = 12, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._lines, self._said = lines, said
        self.ring_radius = tokens.RADIUS_CONTROL
        self.setObjectName(name)
        self.setReadOnly(True)
        self.setFont(fonts.font("id_small"))
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(_MARGIN)
        self.viewport().setAutoFillBackground(False)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size)
        i18n.current().changed.connect(self.retranslate)
        self.retranslate()
        self.show_text(text)

    def retranslate(self) -> None:
        """Say the text's name to a reader of the screen again, in the language in use."""
        self.setAccessibleName(i18n.tr(self._said))

    def show_text(self, text: str) -> None:
        """Show another text."""
        self.setPlainText(text)
        self._on_size()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            paint.box(painter, QRectF(self.viewport().rect()), "sunken", "line", tokens.RADIUS_CONTROL)
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._on_size()

    def _on_size(self) -> None:
        """Be as high as the lines are, which the width decides."""
        lines = max(1, int(self.document().size().height()))
        shown = min(self._lines, lines)
        bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded if lines > shown else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(bar)
        self.setFixedHeight(shown * self.fontMetrics().lineSpacing() + 2 * _MARGIN + 2)
