"""Text on the screen: a label that knows its role, colour and language, and a line between things.

Everything is plain text: what comes from a gateway or a person is never read as markup.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from console.ui import i18n
from console.ui.i18n import Words
from console.ui.theme import fonts, theme


class Label(QLabel):
    """Words in a text role and a colour token.

    `wrap` breaks lines and keeps the height right in nested layouts (Qt loses height-for-width there, so the label sets its
    own minimum height); `elide` cuts one line in the `middle` or at the `right`; `select` lets a person copy.
    """

    def __init__(
        self,
        words: Words = "",
        role: str = "body",
        ink: str = "ink",
        *,
        wrap: bool = False,
        elide: str = "",
        select: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.words: Words = words
        self._elide = elide
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(fonts.font(role))
        self.setProperty("ink", ink)
        self.setWordWrap(wrap)
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if select:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            self.setCursor(Qt.CursorShape.IBeamCursor)
        i18n.current().changed.connect(self.retranslate)
        self.retranslate()

    def say(self, words: Words) -> None:
        """Show other words."""
        self.words = words
        self.retranslate()

    def set_role(self, role: str) -> None:
        """Change the text role."""
        self.setFont(fonts.font(role))
        self._fit()

    def set_ink(self, ink: str) -> None:
        """Change the colour."""
        if self.property("ink") == ink:
            return
        self.setProperty("ink", ink)
        self.style().unpolish(self)
        self.style().polish(self)
        self.update()

    def retranslate(self) -> None:
        """Say the words again, in the language in use."""
        said = i18n.tr(self.words)
        if said != self.text():
            self.setText(said)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self.wordWrap() and self.width() > 0 and not self.testAttribute(Qt.WidgetAttribute.WA_PendingResizeEvent):
            # Qt guesses a width for wrapped text; the height belongs to the width the label has.
            hint.setHeight(self.heightForWidth(self.width()))
        return hint

    def heightForWidth(self, width: int) -> int:
        if not self.wordWrap():
            return super().heightForWidth(width)
        # Qt's own answer never falls below the minimum height, which is set from this answer.
        room = QRect(0, 0, max(1, width), 1 << 15)
        return self.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), self.text()).height()

    def minimumSizeHint(self) -> QSize:
        if self._elide:
            return QSize(24, super().sizeHint().height())
        return super().minimumSizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._elide:
            super().paintEvent(event)
            return
        metrics = QFontMetrics(self.font())
        mode = Qt.TextElideMode.ElideMiddle if self._elide == "middle" else Qt.TextElideMode.ElideRight
        with QPainter(self) as painter:
            painter.setPen(theme.colour(str(self.property("ink"))))
            painter.drawText(self.rect(), self.alignment(), metrics.elidedText(self.text(), mode, self.width()))

    def _fit(self) -> None:
        if self.wordWrap() and self.width() > 0:
            height = self.heightForWidth(self.width())
            if height != self.minimumHeight():
                self.setMinimumHeight(height)


class Line(QFrame):
    """A line of 1 px between things; `vertical` stands between columns."""

    def __init__(self, *, vertical: bool = False, token: str = "line", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token = token
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.colour(self._token))
