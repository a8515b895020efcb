"""The rail: the pages by icon and word, one of them chosen, a counter of what needs attention."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from console.domain.text import mark
from console.ui import i18n, icons
from console.ui.controls import paint
from console.ui.shell.entry import FOOT, Entry
from console.ui.shell.room import Room
from console.ui.theme import tokens

_NAME = mark("window", "Console")
_COUNT = mark("window", "{name}, needs attention: {n}")


class Rail(QWidget):
    """The rail; `chosen(str)` gives the name of the entry a person wants."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: dict[str, _Item] = {}
        self._room = Room.FULL
        self._logo = _Logo()
        self._top = QVBoxLayout()
        self._top.setSpacing(2)
        self._foot = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 0, 10, 10)
        column.setSpacing(0)
        column.addWidget(self._logo)
        column.addSpacing(2)
        column.addLayout(self._top)
        column.addStretch(1)
        column.addLayout(self._foot)
        self.set_room(Room.FULL)

    def add(self, entry: Entry) -> None:
        """Show an entry at its fixed place."""
        item = _Item(entry)
        item.clicked.connect(lambda: self.chosen.emit(entry.name))
        item.stepped.connect(self._on_stepped)
        item.set_room(self._room)
        self._items[entry.name] = item
        if entry.name == FOOT:
            self._foot.addWidget(item)
            return
        before = [other for other in self._items.values() if FOOT != other.entry.name != entry.name]
        self._top.insertWidget(sum(other.entry.number < entry.number for other in before), item)

    def allow(self, names: frozenset[str] | None) -> None:
        """Show these entries alone; None shows all."""
        for item in self._items.values():
            item.setVisible(names is None or item.entry.name in names)

    def choose(self, name: str) -> None:
        """Mark the entry of the page that is shown."""
        for item in self._items.values():
            item.setChecked(item.entry.name == name)
            item.update()

    def count(self, name: str, number: int) -> None:
        """Show how many things of an entry need attention."""
        if name in self._items:
            self._items[name].set_count(number)

    def set_room(self, room: Room) -> None:
        """Arrange for a width of the window."""
        self._room = room
        side = 10 if room >= Room.FULL else 6
        margins = self.layout()
        if margins is not None:
            margins.setContentsMargins(side, 0, side, 3 if room >= Room.FULL else 0)
        self.setFixedWidth(room.rail_width)
        self._logo.set_room(room)
        for item in self._items.values():
            item.set_room(room)

    def _on_stepped(self, by: int) -> None:
        shown = [item for item in self._items.values() if item.isVisible()]
        order = sorted(shown, key=lambda item: item.entry.number)
        place = next((number for number, item in enumerate(order) if item.hasFocus()), -1)
        if 0 <= place + by < len(order):
            order[place + by].setFocus(Qt.FocusReason.TabFocusReason)


class _Logo(QWidget):
    """The sign of the console and its name."""

    def __init__(self) -> None:
        super().__init__()
        self._wide = True
        self.setFixedHeight(tokens.TOP_BAR)
        i18n.current().changed.connect(self.update)

    def set_room(self, room: Room) -> None:
        """Show the name only where there is room."""
        self._wide = room >= Room.FULL
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            left = 6.0 if self._wide else (self.width() - 28) / 2
            square = QRectF(left, 14, 28, 28)
            paint.box(painter, square, "accent", "", 8)
            painter.setPen(paint.pen("on_accent", 2.6))
            painter.drawPolyline(paint.points(square, ((7.5, 19.5), (14, 8.5), (20.5, 19.5))))
            painter.drawLine(*paint.points(square, ((10.6, 17.2), (17.4, 17.2))))
            if self._wide:
                words = QRectF(left + 38, 0, self.width(), self.height())
                paint.text(painter, words, i18n.tr(_NAME), "lead_strong", "ink", elide=False)


class _Item(QAbstractButton):
    stepped = Signal(object)

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.entry = entry
        self._count = 0
        self._room = Room.FULL
        self.ring_radius = tokens.RADIUS_CONTROL
        self.setObjectName(f"nav/{entry.name}")
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        i18n.current().changed.connect(self.retranslate)
        self.retranslate()

    def set_count(self, number: int) -> None:
        """Show another number; zero shows none."""
        self._count = number
        self.retranslate()

    def set_room(self, room: Room) -> None:
        """Arrange for a width of the window."""
        self._room = room
        self.setFixedHeight({Room.NARROW: 44, Room.MEDIUM: 56}.get(room, tokens.RAIL_ITEM))
        self.update()

    def retranslate(self) -> None:
        """Say the words again, in the language in use."""
        name = i18n.tr(self.entry.title)
        said = i18n.tr(_COUNT.with_(name=name, n=self._count)) if self._count else name
        self.setAccessibleName(said)
        self.setToolTip(f"{name}  Ctrl+{self.entry.number}")
        self.update()

    def nextCheckState(self) -> None:
        """A click asks; the window decides which entry is marked."""

    def sizeHint(self) -> QSize:
        return QSize(80, self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            rect = QRectF(self.rect())
            on = self.isChecked()
            if on:
                paint.box(painter, rect, "surface", "line", tokens.RADIUS_CONTROL)
            elif self.underMouse() or self.isDown():
                paint.box(painter, rect, "hover", "", tokens.RADIUS_CONTROL)
            if self._room >= Room.FULL:
                self._paint_wide(painter, rect, on=on)
            else:
                self._paint_tall(painter, rect, on=on)

    def _paint_wide(self, painter: QPainter, rect: QRectF, *, on: bool) -> None:
        if on:
            paint.box(painter, QRectF(1, rect.center().y() - 9, 3, 18), "accent", "", 1.5)
        icons.draw(painter, self.entry.icon, QRectF(13, rect.center().y() - 9, 18, 18), "link" if on else "ink2")
        words = rect.adjusted(39, 0, -44, 0)
        role, ink = ("body_strong", "ink") if on else ("body_medium", "ink2")
        paint.text(painter, words, i18n.tr(self.entry.title), role, ink)
        if self._count:
            self._paint_count(painter, QRectF(rect.right() - 34, rect.center().y() - 10, 25, 20))

    def _paint_tall(self, painter: QPainter, rect: QRectF, *, on: bool) -> None:
        low = self._room is Room.NARROW
        icon = QRectF(rect.center().x() - 9, 4 if low else 9, 18, 18)
        icons.draw(painter, self.entry.icon, icon, "link" if on else "ink2")
        role, ink = ("caption_strong", "ink") if on else ("caption_medium", "ink2")
        words = QRectF(0, 22 if low else 30, rect.width(), 20)
        paint.text(painter, words, i18n.tr(self.entry.short), role, ink, paint.CENTRE)
        if self._count:
            self._paint_count(painter, QRectF(rect.center().x() + 10, 2 if low else 4, 22, 18))

    def _paint_count(self, painter: QPainter, spot: QRectF) -> None:
        paint.box(painter, spot, "amber_t", "", tokens.RADIUS_BADGE)
        paint.text(painter, spot, str(self._count), "counter", "amber", paint.CENTRE, elide=False)
