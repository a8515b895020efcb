"""Which theme is shown now, and switching it while the program runs.

Components read `colour()` while they paint and need not listen: a new palette repaints every widget. Who keeps something
made from a colour (a pixmap, an icon) connects to `signals().changed`.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication, QStyleFactory

from console.ui.theme import fonts, palette, sheet
from console.ui.theme.tokens import DARK, LIGHT, Tokens

CHOICES = ("system", "light", "dark")


class Theme(QObject):
    """The theme in use; `changed` comes after palette and style sheet are in place."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choice = "system"
        self.tokens = LIGHT
        self._application: QApplication | None = None

    def install(self, application: QApplication, choice: str = "system") -> None:
        """Give the application its style, fonts and colours; later system switches are followed."""
        self._application = application
        fonts.load()
        application.setStyle(QStyleFactory.create("Fusion"))
        application.setFont(fonts.font("body"))
        application.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        self.choose(choice)

    def choose(self, choice: str) -> None:
        """Show `system`, `light` or `dark` from now on."""
        if choice not in CHOICES:
            raise ValueError(f"no such theme: {choice}")
        self.choice = choice
        self._show(_tokens(choice))

    def _on_system_changed(self) -> None:
        if self.choice == "system":
            self._show(_tokens(self.choice))

    def _show(self, tokens: Tokens) -> None:
        self.tokens = tokens
        if self._application is None:
            return
        self._application.setPalette(palette.palette(tokens))
        self._application.setStyleSheet(sheet.build(tokens))
        self.changed.emit()


@lru_cache(maxsize=1)
def current() -> Theme:
    """Return the one theme of the process."""
    return Theme()


def tokens() -> Tokens:
    """Return the colours in use."""
    return current().tokens


def colour(token: str) -> QColor:
    """Return the colour called `token` in the theme in use."""
    return QColor(current().tokens[token])


def _tokens(choice: str) -> Tokens:
    if choice == "system":
        scheme = QGuiApplication.styleHints().colorScheme()
        return DARK if scheme == Qt.ColorScheme.Dark else LIGHT
    return DARK if choice == "dark" else LIGHT
