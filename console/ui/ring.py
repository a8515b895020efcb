"""The ring round what has the keyboard: one overlay for each window, drawn 2 px outside the control.

It follows the focus and the control's moves. Text inputs show the focus by their own border (`ring_radius` 0), and focus
by mouse shows no ring. Knows no component: a control says its corner radius by the attribute `ring_radius`, and what floats
over others asks by `keep_clear` that no ring is drawn on it.
"""

from __future__ import annotations

from weakref import WeakSet

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from console.ui.theme import theme, tokens

_OUT = 4
_FLOATING: WeakSet[QWidget] = WeakSet()
_MOVES = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide}


def keep_clear(floating: QWidget) -> None:
    """Draw no ring on this widget from now on, but for one round something in it."""
    _FLOATING.add(floating)


class FocusRing(QWidget):
    """The overlay of one window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("focus/ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self.hide()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)

    def target(self) -> QWidget | None:
        """Return the control the ring is round, or None."""
        return self._target

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVES:
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._target is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setClipRegion(QRegion(self._clip).subtracted(self._covered(self._target)))
            radius = self._radius + 2
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)

    def _covered(self, target: QWidget) -> QRegion:
        """Return what floats over the target, in the ring's own pixels."""
        result, window = QRegion(), self.window()
        for floating in list(_FLOATING):
            if not shiboken6.isValid(floating) or not floating.isVisible() or floating.isAncestorOf(target):
                continue
            if floating.window() is window:
                result += QRegion(QRect(self.mapFromGlobal(floating.mapToGlobal(QPoint(0, 0))), floating.size()))
        return result

    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        self._follow(None if _by_mouse() or new is None or new.window() is not self.window() else new)

    def _follow(self, target: QWidget | None) -> None:
        for widget in self._watched:
            if shiboken6.isValid(widget):
                widget.removeEventFilter(self)
        self._watched = []
        self._target = None
        radius = _radius(target)
        if target is None or radius == 0:
            self.hide()
            return
        self._target, self._radius = target, radius
        step: QWidget | None = target
        while step is not None and step is not self.window():
            step.installEventFilter(self)
            self._watched.append(step)
            step = step.parentWidget()
        target.destroyed.connect(self._on_gone)
        self._place()

    def _on_gone(self) -> None:
        self._target = None
        self._watched = []
        self.hide()

    def _place(self) -> None:
        target = self._target
        if target is None:
            return
        outer = _inside_card(target)
        spot = QRect(outer.mapTo(self.window(), QPoint(0, 0)), outer.size())
        around = spot.adjusted(-_OUT, -_OUT, _OUT, _OUT)
        if isinstance(target, QAbstractScrollArea):
            around = spot
        clip = _visible(target, self.window()).adjusted(-_OUT, -_OUT, _OUT, _OUT).intersected(around)
        self.setGeometry(around)
        self._clip = clip.translated(-around.topLeft())
        self.setVisible(target.isVisible() and not clip.isEmpty())
        self.raise_()
        self.update()

    _radius = tokens.RADIUS_CONTROL
    _clip = QRect()


def _by_mouse() -> bool:
    """Tell whether a mouse button is down: `focusChanged` does not say why the focus came."""
    return QApplication.mouseButtons() != Qt.MouseButton.NoButton


def _radius(target: QWidget | None) -> int:
    return int(getattr(target, "ring_radius", tokens.RADIUS_CONTROL)) if target is not None else 0


def _inside_card(target: QWidget) -> QWidget:
    """Return the box around a table, on whose edge the ring lies; any other control is its own box."""
    parent = target.parentWidget()
    if isinstance(target, QAbstractScrollArea) and parent is not None and hasattr(parent, "ring_radius"):
        return parent
    return target


def _visible(target: QWidget, window: QWidget) -> QRect:
    """Return the part of the window through which the target can be seen."""
    result = window.rect()
    step = target.parentWidget()
    while step is not None and step is not window:
        result = result.intersected(QRect(step.mapTo(window, QPoint(0, 0)), step.size()))
        step = step.parentWidget()
    return result
