"""The main window: rail, top bar and sheet. It navigates and shows what it is told; it knows no account and no service."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from console.domain.text import mark
from console.ui import i18n, keys
from console.ui.controls.badge import environment_words
from console.ui.controls.toast import Toast
from console.ui.i18n import Words
from console.ui.ring import FocusRing
from console.ui.shell.bar import BalanceShown, TopBar
from console.ui.shell.entry import Entry
from console.ui.shell.rail import Rail
from console.ui.shell.room import Room, room_of
from console.ui.shell.sheet import Sheet
from console.ui.shell.skeleton import Skeleton
from console.ui.theme import theme

_TITLE = mark("window", "AliKassa Console — {environment}")
_BARE_TITLE = mark("window", "AliKassa Console")

MINIMUM = QSize(960, 540)
FIRST = QSize(1440, 900)


class Memory(Protocol):
    """Keeps the size of the window between starts."""

    def read(self) -> tuple[int, int] | None:
        """Return width and height, or None at the first start."""

    def write(self, width: int, height: int) -> None:
        """Keep width and height."""


class MainWindow(QWidget):
    """The window. `shown(str)` names the page that came up; `leaving` comes before the window closes and may be refused."""

    shown = Signal(str)
    leaving = Signal(QCloseEvent)

    def __init__(self, memory: Memory | None = None) -> None:
        super().__init__()
        self.setObjectName("window")
        self._memory = memory
        self._entries: dict[str, Entry] = {}
        self._pages: dict[str, QWidget] = {}
        self._environment, self._host = "sandbox", ""
        self._room = Room.FULL
        self.rail, self.bar, self.sheet = Rail(), TopBar(), Sheet()
        self.sheet.stack.addWidget(Skeleton())
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 8, 8)
        grid.setSpacing(0)
        grid.addWidget(self.rail, 0, 0, 2, 1)
        grid.addWidget(self.bar, 0, 1)
        grid.addWidget(self.sheet, 1, 1)
        grid.setRowStretch(1, 1)
        self._toast = Toast(self.sheet)
        self._ring = FocusRing(self)
        self.rail.chosen.connect(self.go)
        i18n.current().changed.connect(self.retranslate)
        for key, deed in (("F5", "refresh"), ("Ctrl+K", "search"), ("Ctrl+E", "export")):
            keys.shortcut(self, key, partial(self._ask, deed))
        self.setMinimumSize(MINIMUM)
        self.resize(self._first_size())
        self.retranslate()
        self.sheet.setFocus()

    def register(self, entry: Entry) -> None:
        """Show a page in the rail; it is built at the first visit."""
        self._entries[entry.name] = entry
        self.rail.add(entry)
        for key in entry.keys:
            keys.shortcut(self, key, lambda: self.go(entry.name))

    def go(self, name: str) -> None:
        """Show the page called `name`; an unknown name raises KeyError."""
        page = self.page(name)
        self.sheet.strip.close_panel()
        self.sheet.stack.setCurrentWidget(page)
        self.rail.choose(name)
        _tell(page, "entered")
        self.shown.emit(name)

    def page(self, name: str) -> QWidget:
        """Return the page called `name`, building it at the first time; an unknown name raises KeyError."""
        if name not in self._pages:
            page = self._entries[name].factory()
            self._pages[name] = page
            self.sheet.stack.addWidget(page)
            _tell(page, "set_room", self._room)
        return self._pages[name]

    def built(self) -> tuple[QWidget, ...]:
        """Return the pages that were visited."""
        return tuple(self._pages.values())

    def current(self) -> str:
        """Return the name of the page that is shown, empty before the first."""
        shown = self.sheet.stack.currentWidget()
        return next((name for name, page in self._pages.items() if page is shown), "")

    def welcome(self, page: QWidget | None) -> None:
        """Show a page that fills the window, without rail, bar and environment; None returns to the pages."""
        alone = page is not None
        self.rail.setVisible(not alone)
        self.bar.setVisible(not alone)
        if page is not None:
            self.sheet.stack.addWidget(page)
            self.sheet.stack.setCurrentWidget(page)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(8 if alone else 0, 8 if alone else 0, 8, 8)
        self.sheet.set_environment("" if alone else self._environment)
        self.retranslate()

    def set_environment(self, environment: str, host: str = "") -> None:
        """Mark `live`, `sandbox` or `other` (with its host) on title, badge and frame."""
        self._environment, self._host = environment, host
        self.bar.environment.show_environment(environment, host)
        self.sheet.set_environment(environment)
        self.retranslate()

    def show_balance(self, shown: BalanceShown) -> None:
        """Show a balance with its age."""
        self.bar.show_balance(shown)

    def show_counts(self, open_: int, unclear: int) -> None:
        """Show how many operations are open and unclear."""
        self.bar.show_counts(open_, unclear)
        self.rail.count("operations", unclear)

    def notice(self, words: Words, icon: str = "check") -> None:
        """Say that something was done (copied, saved); never anything about money or trouble."""
        self._toast.tell(words, icon)

    def retranslate(self) -> None:
        """Say the title again, in the language in use."""
        words = environment_words(self._environment, self._host)
        framed = bool(self.sheet.environment())
        self.setWindowTitle(i18n.tr(_TITLE.with_(environment=words) if framed else _BARE_TITLE))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.colour("chrome"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = room_of(self.width())
        if room is not self._room or not event.oldSize().isValid():
            self._room = room
            self.rail.set_room(room)
            self.bar.set_room(room)
            for page in self._pages.values():
                _tell(page, "set_room", room)
        self._toast.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._toast.hide()
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.leaving.emit(event)
        if event.isAccepted() and self._memory is not None and not self.isMaximized():
            self._memory.write(self.width(), self.height())

    def _first_size(self) -> QSize:
        room = self.screen().availableSize() - QSize(64, 64)
        kept = self._memory.read() if self._memory is not None else None
        return (QSize(*kept) if kept else FIRST).boundedTo(room).expandedTo(MINIMUM)

    def _ask(self, deed: str) -> None:
        page = self.sheet.stack.currentWidget()
        if page is not None:
            _tell(page, deed)


def _tell(page: QWidget, deed: str, *values: object) -> None:
    """Call a method that a page may have."""
    act = getattr(page, deed, None)
    if callable(act):
        act(*values)


__all__ = ["BalanceShown", "Entry", "MainWindow", "Memory", "Room"]
