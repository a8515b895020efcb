"""Buttons: primary, secondary, quiet and danger, in four heights, with icon, key hint and a busy state; icon buttons."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QWidget

from console.ui import i18n, icons
from console.ui.controls import paint
from console.ui.i18n import Words
from console.ui.theme import tokens

_GAP = 9
_KEY_GAP = 14
_PLAIN = Qt.KeyboardModifier.NoModifier


@dataclass(frozen=True, slots=True)
class _Look:
    rest: tuple[str, str, str]
    hover: tuple[str, str, str]
    pressed: tuple[str, str, str]
    off: tuple[str, str, str]
    padding: int = 17


# (fill, border, text) by state
_LOOKS = {
    "primary": _Look(
        ("accent", "", "on_accent"),
        ("accent2", "", "on_accent"),
        ("accent3", "", "on_accent"),
        ("off_bg", "", "off_ink"),
    ),
    "secondary": _Look(
        ("surface", "edge", "ink"), ("hover2", "edge", "ink"), ("hover", "edge", "ink"), ("off_bg", "", "off_ink")
    ),
    "quiet": _Look(("", "", "link"), ("hover", "", "link"), ("soft", "", "link"), ("", "", "off_ink"), 11),
    "danger": _Look(
        ("danger", "", "on_danger"),
        ("danger2", "", "on_danger"),
        ("danger3", "", "on_danger"),
        ("off_bg", "", "off_ink"),
    ),
}
_HEIGHTS = {
    "normal": tokens.BUTTON,
    "send": tokens.BUTTON_SEND,
    "small": tokens.BUTTON_SMALL,
    "row": tokens.BUTTON_ROW,
}


def look_of(button: QAbstractButton, role: str) -> tuple[str, str, str]:
    """Return (fill, border, text) tokens for the state the button is in."""
    look = _LOOKS[role]
    if not button.isEnabled():
        return look.off
    if button.isDown() or button.isChecked():
        return look.pressed
    return look.hover if button.underMouse() else look.rest


class Button(QPushButton):
    """A button with words; `role` is primary, secondary, quiet or danger, `size` normal, send, small or row.

    Enter presses it as Space does, but not where the size is `send`: plain Enter never sends.
    `key` is the name of a key shown at the right ("Ctrl+Enter"). `set_busy` disables it and shows that work goes on.
    """

    def __init__(
        self,
        words: Words,
        role: str = "secondary",
        *,
        size: str = "normal",
        icon: str = "",
        key: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.words: Words = words
        self._role, self._icon, self._key = role, icon, key
        self._small = size in {"small", "row"}
        self._busy: Words | None = None
        self._enters = size != "send"
        self.ring_radius = tokens.RADIUS_BADGE if self._small else tokens.RADIUS_CONTROL
        self.setObjectName(name)
        self.setFixedHeight(_HEIGHTS[size])
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoDefault(False)
        i18n.current().changed.connect(self.retranslate)
        self.retranslate()

    def say(self, words: Words) -> None:
        """Show other words."""
        self.words = words
        self.retranslate()

    def show_icon(self, icon: str) -> None:
        """Show another icon before the words."""
        self._icon = icon
        self.update()

    def set_busy(self, words: Words | None) -> None:
        """Show `words` with the sign of work and take no clicks; None ends it."""
        self._busy = words
        self.setEnabled(words is None)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words again, in the language in use."""
        said = i18n.tr(self.words if self._busy is None else self._busy)
        self.setText(said.replace("&", "&&"))
        self.setAccessibleName(said)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        wide = 2 * self._inset() + paint.width(self._said(), self._font())
        if self._shown_icon():
            wide += 16 + _GAP
        if self._key and self._busy is None:
            wide += _KEY_GAP + paint.width(self._key, "caption_medium")
        return QSize(wide, self.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            if self._enters and event.modifiers() in {_PLAIN, Qt.KeyboardModifier.KeypadModifier}:
                self.click()
            else:
                event.ignore()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        fill, border, ink = look_of(self, self._role)
        with QPainter(self) as painter:
            if fill or border:
                paint.box(painter, QRectF(self.rect()), fill, border, self.ring_radius)
            free = self.width() - self.sizeHint().width()
            left = self._inset() + max(0, free) / 2
            middle = self.height() / 2
            shown = self._shown_icon()
            if shown:
                icons.draw(painter, shown, QRectF(left, middle - 8, 16, 16), ink)
                left += 16 + _GAP
            said = self._said()
            wide = paint.width(said, self._font())
            paint.text(painter, QRectF(left, 0, wide + 2, self.height()), said, self._font(), ink, elide=False)
            if self._key and self._busy is None:
                spot = QRectF(left + wide + _KEY_GAP, 0, self.width(), self.height())
                paint.text(painter, spot, self._key, "caption_medium", ink, elide=False)

    def _inset(self) -> int:
        return _LOOKS[self._role].padding - (2 if self._small and self._role != "quiet" else 0)

    def _said(self) -> str:
        return self.text().replace("&&", "&")

    def _shown_icon(self) -> str:
        return self._icon if self._busy is None else "loader-circle"

    def _font(self) -> str:
        return "second_medium" if self._small else "body_medium"


class IconButton(QAbstractButton):
    """A square button with an icon; `words` are its tool tip and accessible name."""

    def __init__(
        self,
        icon: str,
        words: Words,
        *,
        side: int = tokens.ICON_BUTTON,
        glyph: int = 16,
        token: str = "ink2",
        name: str = "",
        key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.words: Words = words
        self._icon, self._glyph, self._token, self._key = icon, glyph, token, key
        self.ring_radius = tokens.RADIUS_BADGE
        self.setObjectName(name)
        self.setFixedSize(side, side)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        i18n.current().changed.connect(self.retranslate)
        self.retranslate()

    def show_icon(self, icon: str, words: Words | None = None) -> None:
        """Show another icon, with other words if given."""
        self._icon = icon
        self.words = self.words if words is None else words
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words again, in the language in use."""
        said = i18n.tr(self.words)
        self.setAccessibleName(said)
        self.setToolTip(f"{said}  {self._key}".strip())
        self.update()

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            fill, _, ink = look_of(self, "quiet")
            if fill and self.isEnabled():
                paint.box(painter, QRectF(self.rect()), fill, "", self.ring_radius)
            inset = (self.width() - self._glyph) / 2
            token = self._token if self.isEnabled() else ink
            icons.draw(painter, self._icon, QRectF(inset, inset, self._glyph, self._glyph), token)
