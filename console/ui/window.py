"""The main window: rail, top bar and sheet. It navigates and shows what it is told; it knows no account and no service."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
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
from console.ui.shell.memory import MINIMUM, Memory, first_size
from console.ui.shell.rail import Rail
from console.ui.shell.room import Room, room_of
from console.ui.shell.sheet import Sheet
from console.ui.shell.skeleton import Skeleton
from console.ui.theme import theme

_TITLE = mark("window", "AliKassa Console — {environment}")
_BARE_TITLE = mark("window", "AliKassa Console")


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
        self._alone: QWidget | None = None
        self._allowed: frozenset[str] | None = None
        self._room = Room.FULL
        self.rail, self.bar, self.sheet = Rail(), TopBar(), Sheet()
        self.show_balance = self.bar.show_balance
        self._skeleton = Skeleton()
        self.sheet.stack.addWidget(self._skeleton)
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 8, 8)
        grid.setSpacing(0)
        grid.addWidget(self.rail, 0, 0, 2, 1)
        grid.addWidget(self.bar, 0, 1)
        grid.addWidget(self.sheet, 1, 1)
        grid.setRowStretch(1, 1)
        self._toast = Toast(self.sheet)
        self._ring = FocusRing(self)
        self.rail.chosen.connect(self._on_wanted)
        i18n.current().changed.connect(self.retranslate)
        for key, deed in (("F5", "refresh"), ("Ctrl+F", "search"), ("Ctrl+E", "export")):
            keys.shortcut(self, key, partial(self._ask, deed))
        self.setMinimumSize(MINIMUM)
        self.resize(first_size(self.screen(), memory))
        self.retranslate()
        self.sheet.setFocus()

    def register(self, entry: Entry) -> None:
        """Show a page in the rail; it is built at the first visit."""
        self._entries[entry.name] = entry
        self.rail.add(entry)
        for key in entry.keys:
            keys.shortcut(self, key, partial(self._on_wanted, entry.name, begins=key in entry.deeds))

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
        if page is self._alone:
            return
        if self._alone is not None:
            self.sheet.stack.removeWidget(self._alone)
            self._alone.deleteLater()
        self._alone, alone = page, page is not None
        self.rail.setVisible(not alone)
        self.bar.setVisible(not alone)
        if page is not None:
            self.sheet.stack.addWidget(page)
            _tell(page, "set_room", self._room)
        self.sheet.stack.setCurrentWidget(page or self._skeleton)
        self._grid.setContentsMargins(8 if alone else 0, 8 if alone else 0, 8, 8)
        self.sheet.set_environment("" if alone else self._environment)
        self.retranslate()

    def offers(self, name: str) -> bool:
        """Tell whether a page may be gone to now."""
        return self._alone is None and name in self._entries and (self._allowed is None or name in self._allowed)

    def allow(self, names: frozenset[str] | None) -> None:
        """Offer these pages alone in the rail and on keys; None offers all."""
        self._allowed = names
        self.rail.allow(names)

    def forget_pages(self) -> None:
        """Take down the pages that were visited: they belong to a home that is left."""
        self.sheet.stack.setCurrentWidget(self._skeleton)
        self.rail.choose("")
        for page in self._pages.values():
            self.sheet.stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()

    def set_environment(self, environment: str, host: str = "") -> None:
        """Mark `live`, `sandbox` or `other` (with its host) on title, badge and frame; empty marks none."""
        self._environment, self._host = environment, host
        self.bar.show_environment(environment, host)
        self.sheet.set_environment("" if self._alone else environment)
        self.retranslate()

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
        self.setWindowTitle(i18n.tr(_TITLE.with_(environment=words) if self.sheet.environment() else _BARE_TITLE))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.colour("chrome"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = room_of(self.width())
        if room is not self._room or not event.oldSize().isValid():
            self._room = room
            for part in (self.rail, self.bar, *self._pages.values(), self._alone):
                _tell(part, "set_room", room)
        self._toast.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._toast.hide()
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.leaving.emit(event)
        if event.isAccepted() and self._memory is not None and not self.isMaximized():
            self._memory.write(self.width(), self.height())

    def _ask(self, deed: str) -> None:
        _tell(self.sheet.stack.currentWidget(), deed)

    def _on_wanted(self, name: str, *, begins: bool = False) -> None:
        """Go where a person wants to, if that is offered; its own key, or its entry once more, begins something new."""
        if self.offers(name):
            deed = "begin" if begins or name == self.current() else ""
            self.go(name)
            _tell(self.page(name), deed)


def _tell(page: QWidget | None, deed: str, *values: object) -> None:
    """Call a method that a page may have."""
    act = getattr(page, deed, None)
    if callable(act):
        act(*values)


__all__ = ["BalanceShown", "Entry", "MainWindow", "Memory", "Room"]
