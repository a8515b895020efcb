"""Search over everything (Ctrl+K): pages, methods, settings, deeds, help, and operations by number, phone or amount.

Knows what it may offer by `Target`s that somebody gives; operations are looked up while a person types.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QDialog, QVBoxLayout, QWidget

from console.domain.text import mark
from console.ui import i18n, icons
from console.ui.controls import paint
from console.ui.controls.corners import round_off
from console.ui.controls.label import Label
from console.ui.controls.search import SearchBox
from console.ui.i18n import Words
from console.ui.ring import FocusRing
from console.ui.theme import tokens
from console.ui.timers import once

_SEARCH = mark("palette", "Page, method, setting, help; order id, number, phone, amount")
_TITLE = mark("palette", "Search everything")
_NOTHING = mark("palette", "Nothing is called so")
_HINT = mark("palette", "Enter opens, arrows choose, Esc closes")
WIDTH, MOST, ROW = 620, 9, 44
PAUSE = 180
"""Milliseconds after the last key before operations are looked up."""


@dataclass(frozen=True, slots=True)
class Target:
    """Something to go to: icon, name, what it is, and the deed; `also` are further words it is found by."""

    icon: str
    name: Words
    note: Words
    act: Callable[[], object]
    also: str = ""

    def fits(self, parts: Sequence[str]) -> bool:
        """Tell whether every part begins a word of it, in either language's spelling of ё."""
        said = f"{i18n.tr(self.name)} {i18n.tr(self.note)} {self.also}"
        words = _plain(said).split()
        return all(any(word.startswith(part) for word in words) for part in parts)


Look = Callable[[str, Callable[[Sequence[Target]], None]], None]
"""Looks operations up for a text, and calls back with them, later."""


class Palette(QDialog):
    """The search. Show it by `open()`; what is chosen is done after it closed."""

    def __init__(self, targets: Sequence[Target], look: Look, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        round_off(self, tokens.RADIUS_SHEET)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(i18n.tr(_TITLE))
        self.setFixedWidth(WIDTH)
        self._targets, self._look = tuple(targets), look
        self._found: tuple[Target, ...] = ()
        self._chosen = 0
        self._rows: list[_Row] = []
        self.box = SearchBox(_SEARCH, name="palette/search", key="", width=WIDTH - 32)
        self.box.searched.connect(self._on_searched)
        self.box.edit.installEventFilter(self)
        self._typing = once(self, PAUSE, self._look_up)
        self._none = Label(_NOTHING, "body", "ink2")
        self._none.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(6)
        column.addWidget(self.box)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        column.addLayout(self._list)
        column.addWidget(self._none)
        column.addWidget(Label(_HINT, "caption", "ink3"))
        self._ring = FocusRing(self)
        self._show()

    def open(self) -> None:
        """Open over the window, near its top, with the keyboard in the box."""
        super().open()
        window = self.parentWidget()
        if window is not None:
            spot = window.mapToGlobal(window.rect().topLeft())
            self.move(spot.x() + (window.width() - WIDTH) // 2, spot.y() + min(96, window.height() // 8))
        self.box.edit.setFocus()

    def names(self) -> list[str]:
        """Return what is offered, in order."""
        return [i18n.tr(row.target.name) for row in self._rows]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
                self._step(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._take(self._chosen)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.reject()
                return True
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint.box(painter, QRectF(self.rect()), "surface", "edge", tokens.RADIUS_SHEET)

    def _on_searched(self) -> None:
        self._found = ()
        self._chosen = 0
        self._show()
        self._typing.start()

    def _look_up(self) -> None:
        text = self.box.text().strip()
        if text:
            self._look(text, lambda found: self._on_found(text, found))

    def _on_found(self, text: str, found: Sequence[Target]) -> None:
        if text == self.box.text().strip():
            self._found = tuple(found)
            self._show()

    def _show(self) -> None:
        parts = _plain(self.box.text()).split()
        named = [target for target in self._targets if target.fits(parts)]
        shown = [*self._found, *named][:MOST]
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [_Row(target, number) for number, target in enumerate(shown)]
        for number, row in enumerate(self._rows):
            row.clicked.connect(lambda _=False, number=number: self._take(number))
            self._list.addWidget(row)
        self._none.setVisible(not shown)
        self._mark()
        self.adjustSize()

    def _step(self, by: int) -> None:
        if self._rows:
            self._chosen = (self._chosen + by) % len(self._rows)
            self._mark()

    def _mark(self) -> None:
        for number, row in enumerate(self._rows):
            row.setChecked(number == self._chosen)

    def _take(self, number: int) -> None:
        if number < len(self._rows):
            act = self._rows[number].target.act
            self.accept()
            act()


class _Row(QAbstractButton):
    def __init__(self, target: Target, number: int) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.target = target
        self.ring_radius = tokens.RADIUS_CONTROL
        self.setObjectName(f"palette/{number}")
        self.setCheckable(True)
        self.setFixedHeight(ROW)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(f"{i18n.tr(target.name)}, {i18n.tr(target.note)}")

    def nextCheckState(self) -> None:
        """The dialog marks the row that is chosen."""

    def sizeHint(self) -> QSize:
        return QSize(WIDTH - 32, ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            rect = QRectF(self.rect())
            if self.isChecked() or self.underMouse():
                paint.box(painter, rect, "soft" if self.isChecked() else "hover2", "", tokens.RADIUS_CONTROL)
            icons.draw(painter, self.target.icon, QRectF(12, rect.center().y() - 8, 16, 16), "ink2")
            note = i18n.tr(self.target.note)
            wide = min(paint.width(note, "second") + 2.0, rect.width() * 0.45)
            paint.text(painter, rect.adjusted(40, 0, -wide - 24, 0), i18n.tr(self.target.name), "body_medium", "ink")
            paint.text(painter, rect.adjusted(rect.width() - wide - 12, 0, -12, 0), note, "second", "ink3", paint.RIGHT)


def _plain(text: str) -> str:
    """Return a text as it is compared: small letters, ё as е, no signs between words."""
    small = text.casefold().replace("ё", "е")
    return "".join(char if char.isalnum() else " " for char in small)
