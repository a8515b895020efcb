"""Badges: the state of an operation, the environment, counters of the top bar, codes in a pill."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from console.domain.text import Text, mark
from console.ui import i18n, icons
from console.ui.controls import paint
from console.ui.controls.states import Look, look
from console.ui.i18n import Words
from console.ui.theme import tokens

_WIDEST = 300
"""Of an environment badge, whatever the host is called; the tool tip has it whole."""

_LIVE = mark("window", "LIVE")
_SANDBOX = mark("window", "SANDBOX")
_OTHER_SHORT = mark("window", "OTHER GATEWAY")
_OTHER = mark("window", "OTHER GATEWAY: {host}")


def badge_width(shown: Look, *, big: bool = False) -> int:
    """Return how wide the badge of a look is."""
    padding, icon, gap, role = _measures(big)
    return 2 * padding + icon + gap + paint.width(i18n.tr(shown.words), role)


def draw_badge(painter: QPainter, spot: QPointF, shown: Look, *, big: bool = False, room: float = 9999) -> int:
    """Draw a badge with its top left corner at `spot`, at most `room` wide; returns its width. For widgets and cells."""
    padding, icon, gap, role = _measures(big)
    height = tokens.BADGE_BIG if big else tokens.BADGE
    wide = min(badge_width(shown, big=big), int(room))
    rect = QRectF(spot.x(), spot.y(), wide, height)
    paint.box(painter, rect, shown.ground, shown.border, tokens.RADIUS_BADGE)
    spot_icon = QRectF(rect.left() + padding, rect.top() + (height - icon) / 2, icon, icon)
    icons.draw(painter, shown.icon, spot_icon, shown.colour, icons.STROKE_SMALL)
    words = rect.adjusted(padding + icon + gap, 0, -padding, 0)
    paint.text(painter, words, i18n.tr(shown.words), role, shown.colour)
    return wide


def _measures(big: bool) -> tuple[int, int, int, str]:
    return (12, 18, 8, "lead_medium") if big else (8, 14, 6, "second_medium")


class Badge(QWidget):
    """The state of an operation: word, icon and colour; `big` for cards and results."""

    def __init__(
        self, state: str, kind: str = "payment", *, big: bool = False, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._big = big
        self.look = look(state, kind)
        self.setObjectName(name)
        self.setFixedHeight(tokens.BADGE_BIG if big else tokens.BADGE)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        i18n.current().changed.connect(self.retranslate)
        self.retranslate()

    def show_state(self, state: str, kind: str = "payment") -> None:
        """Show another state."""
        self.show_look(look(state, kind))

    def show_look(self, shown: Look) -> None:
        """Show a look of one's own, for facts that are no state (a key that works)."""
        self.look = shown
        self.retranslate()

    def text(self) -> str:
        """Return the word on the badge."""
        return i18n.tr(self.look.words)

    def retranslate(self) -> None:
        """Say the word again, in the language in use."""
        self.setAccessibleName(self.text())
        self.setFixedWidth(badge_width(self.look, big=self._big))
        self.update()

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            draw_badge(painter, QPointF(0, 0), self.look, big=self._big)


class EnvironmentBadge(QWidget):
    """Live, sandbox or another gateway: a word with an icon, no button.

    Another gateway is named by its host, but not where the badge is `short`: the host then stands beside it.
    """

    def __init__(
        self,
        environment: str = "sandbox",
        host: str = "",
        *,
        short: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFixedHeight(28)
        self._environment, self._host, self._short = environment, host, short
        i18n.current().changed.connect(self.retranslate)
        self.retranslate()

    def show_environment(self, environment: str, host: str = "") -> None:
        """Show `live`, `sandbox` or `other`; the latter names its host."""
        self._environment, self._host = environment, host
        self.retranslate()

    def text(self) -> str:
        """Return the word on the badge."""
        if self._short and self._environment == "other":
            return i18n.tr(_OTHER_SHORT)
        return i18n.tr(environment_words(self._environment, self._host))

    def retranslate(self) -> None:
        """Say the word again, in the language in use."""
        self.setAccessibleName(self.text())
        wide = 24 + 14 + 8 + paint.width(self.text(), "environment")
        self.setFixedWidth(min(wide, _WIDEST))
        self.setToolTip(self.text() if wide > _WIDEST else "")
        self.update()

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        fill, border, ink, icon = _ENVIRONMENTS[self._environment]
        with QPainter(self) as painter:
            rect = QRectF(self.rect())
            paint.box(painter, rect, fill, border, tokens.RADIUS_BADGE)
            icons.draw(painter, icon, QRectF(11, 7, 14, 14), ink)
            paint.text(painter, rect.adjusted(33, 0, -8, 0), self.text(), "environment", ink)


_ENVIRONMENTS = {
    "live": ("live", "", "on_live", "radio"),
    "sandbox": ("sand_t", "sand_e", "sand", "flask-conical"),
    "other": ("violet_t", "violet", "violet", "triangle-alert"),
}


def environment_words(environment: str, host: str = "") -> Text:
    """Return the word of an environment; `other` names its host."""
    if environment == "other":
        return _OTHER.with_(host=host)
    return _LIVE if environment == "live" else _SANDBOX


class CounterBadge(QAbstractButton):
    """A counter of the top bar: «Processing 4». A click opens what it counts; zero hides it unless `keep`."""

    def __init__(self, shown: Look, *, keep: bool = False, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._look, self._keep = shown, keep
        self._count, self._narrow = 0, False
        self.ring_radius = tokens.RADIUS_BADGE
        self.setObjectName(name)
        self.setFixedHeight(28)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        i18n.current().changed.connect(self.retranslate)
        self.retranslate()

    def count(self, number: int) -> None:
        """Show another number."""
        self._count = number
        self.retranslate()

    def set_narrow(self, narrow: bool) -> None:
        """Show icon and number only; the word stays in the tool tip and the accessible name."""
        self._narrow = narrow
        self.retranslate()

    def retranslate(self) -> None:
        """Say the word again, in the language in use."""
        said = f"{i18n.tr(self._look.words)} {self._count}"
        self.setAccessibleName(said)
        self.setToolTip(said if self._narrow else "")
        self.setVisible(self._keep or self._count > 0)
        self.setFixedWidth(20 + 14 + 6 + paint.width(self._shown(), "second_medium"))
        self.update()

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            border = "edge" if self.underMouse() else self._look.border
            rect = QRectF(self.rect())
            paint.box(painter, rect, self._look.ground, border, tokens.RADIUS_BADGE)
            icons.draw(painter, self._look.icon, QRectF(10, 7, 14, 14), self._look.colour)
            words = rect.adjusted(30, 0, 0, 0)
            paint.text(painter, words, self._shown(), "second_medium", self._look.colour, elide=False)

    def _shown(self) -> str:
        return str(self._count) if self._narrow else f"{i18n.tr(self._look.words)} {self._count}"


class Pill(QWidget):
    """A code from outside in a grey pill."""

    def __init__(self, words: Words = "", *, role: str = "id", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: Words = words
        self._role = role
        self.setFixedHeight(24)
        i18n.current().changed.connect(self.retranslate)
        self.retranslate()

    def say(self, words: Words) -> None:
        """Show other words."""
        self._words = words
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words again, in the language in use."""
        said = i18n.tr(self._words)
        self.setAccessibleName(said)
        self.setFixedWidth(18 + paint.width(said, self._role))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            rect = QRectF(self.rect())
            paint.box(painter, rect, "hover", "", tokens.RADIUS_BADGE)
            paint.text(painter, rect, i18n.tr(self._words), self._role, "ink2", paint.CENTRE, elide=False)
