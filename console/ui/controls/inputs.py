"""Inputs of text: a frame that shows focus, problem and doubt by its border, with one line of text inside.

Nothing here knows what a text means: parsing is done by the field kinds, showing the result by `console.ui.controls.field`.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from console.ui import i18n
from console.ui.controls import paint
from console.ui.controls.picture import Picture
from console.ui.i18n import Words
from console.ui.theme import fonts, tokens


class Edit(QLineEdit):
    """A line of text without a frame; `left` comes when the focus leaves it."""

    left = Signal()
    entered = Signal()
    ring_radius = 0

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class Input(QWidget):
    """A framed line of text. `edit` is the QLineEdit that has the focus and the object name.

    `edited(str)` comes while a person types or pastes, `left()` when the focus goes away.
    """

    edited = Signal(str)
    left = Signal()

    def __init__(
        self,
        placeholder: Words = "",
        *,
        role: str = "lead",
        height: int = tokens.INPUT,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._placeholder: Words = placeholder
        self._tone = ""
        self.edit = Edit(self)
        self.edit.setFont(fonts.font(role))
        self.edit.setObjectName(name)
        self.edit.setFrame(False)
        self.edit.textEdited.connect(self._on_edited)
        self.edit.entered.connect(self.update)
        self.edit.left.connect(self.update)
        self.edit.left.connect(self.left)
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self.edit)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(11, 1, 11, 1)
        self._row.setSpacing(8)
        self._row.addWidget(self.edit, 1)
        i18n.current().changed.connect(self.retranslate)
        self.retranslate()

    def lead_with(self, icon: str) -> None:
        """Put an icon before the text."""
        self._row.insertWidget(0, Picture(icon, "ink2", 16))

    def trail_with(self, widget: QWidget) -> None:
        """Put a widget (a unit, a pill, an icon button) after the text."""
        widget.setCursor(Qt.CursorShape.ArrowCursor)
        self._row.addWidget(widget)

    def squeeze(self, spacing: int) -> None:
        """Set icon, text and what trails closer together."""
        self._row.setContentsMargins(10, 1, 9, 1)
        self._row.setSpacing(spacing)

    def text(self) -> str:
        """Return what stands in the input."""
        return self.edit.text()

    def set_text(self, text: str) -> None:
        """Put a text in, as from a draft; `edited` is not emitted."""
        self.edit.setText(text)

    def set_tone(self, tone: str) -> None:
        """Show `problem`, `doubt` or nothing by the border."""
        self._tone = tone
        self.update()

    def set_read_only(self, fixed: bool) -> None:
        """Let the text be read and copied only."""
        self.edit.setReadOnly(fixed)
        self.update()

    def retranslate(self) -> None:
        """Say the placeholder again, in the language in use."""
        self.edit.setPlaceholderText(i18n.tr(self._placeholder))

    def sizeHint(self) -> QSize:
        return QSize(240, self.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.edit.setFocus(Qt.FocusReason.MouseFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        fixed = self.edit.isReadOnly() or not self.isEnabled()
        border, width = self._border(fixed)
        with QPainter(self) as painter:
            paint.box(
                painter, QRectF(self.rect()), "sunken" if fixed else "surface", border, tokens.RADIUS_CONTROL, width
            )

    def _border(self, fixed: bool) -> tuple[str, float]:
        if self._tone == "problem":
            return "red", 2.0
        if self.edit.hasFocus():
            return "accent", 2.0
        if self._tone == "doubt":
            return "amber_e", 2.0
        if fixed:
            return "line", 1.0
        return ("ink2" if self.underMouse() else "edge"), 1.0

    def _on_edited(self, text: str) -> None:
        self.edited.emit(text)


class TextInput(Input):
    """An input for words; `mono` for ids, accounts and codes."""

    def __init__(
        self, placeholder: Words = "", *, mono: bool = False, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(placeholder, role="id_large" if mono else "lead", name=name, parent=parent)
