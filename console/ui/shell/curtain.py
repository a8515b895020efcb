"""The curtain over a whole window: nothing behind it is seen, has the keyboard, or answers a key.

Knows nothing of why it is down.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget


class Curtain(QObject):
    """Hides the parts of `window` behind a page, and brings back what was there."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._page: QWidget | None = None
        self._hidden: list[QWidget] = []
        self._muted: list[QShortcut] = []
        self._focused: QWidget | None = None

    @property
    def is_down(self) -> bool:
        """Whether it is down."""
        return self._page is not None

    def lower(self, page: QWidget) -> None:
        """Cover the window with `page`; dialogs and menus are closed, keys of the window are off."""
        if self._page is not None:
            return
        self._page = page
        self._close_what_is_open()
        self._focused = self._window.focusWidget()
        if self._focused is not None:
            self._focused.clearFocus()  # a list that is open for it closes, and is not brought back
        children = [child for child in self._window.children() if isinstance(child, QWidget)]
        self._hidden = [child for child in children if child.isVisibleTo(self._window) and not child.isWindow()]
        self._muted = [key for key in self._window.findChildren(QShortcut) if key.isEnabled()]
        for child in self._hidden:
            child.hide()
        for key in self._muted:
            key.setEnabled(False)
        page.setParent(self._window)
        page.setGeometry(self._window.rect())
        page.show()
        page.raise_()
        page.setFocus()
        self._window.installEventFilter(self)
        _application().focusChanged.connect(self._keep_focus)

    def lift(self) -> None:
        """Show again what was there."""
        page, self._page = self._page, None
        if page is None:
            return
        self._window.removeEventFilter(self)
        _application().focusChanged.disconnect(self._keep_focus)
        page.hide()
        page.deleteLater()
        for child in self._hidden:
            if shiboken6.isValid(child):
                child.show()
        for key in self._muted:
            if shiboken6.isValid(key):
                key.setEnabled(True)
        focused = self._focused
        if focused is not None and shiboken6.isValid(focused) and focused.isVisible():
            focused.setFocus()
        self._hidden, self._muted, self._focused = [], [], None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self._page is not None:
            self._page.setGeometry(self._window.rect())
        return False

    def _keep_focus(self, _: QWidget | None, now: QWidget | None) -> None:
        """Take the focus back from a control behind the curtain: keys reach it there, hidden or not."""
        page = self._page
        if page is not None and now is not None and now is not page and not page.isAncestorOf(now):
            page.setFocus()

    def _close_what_is_open(self) -> None:
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        for dialog in self._window.findChildren(QDialog):
            if dialog.isVisible():
                dialog.reject()


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application
