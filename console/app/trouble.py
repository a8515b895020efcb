"""The page that stands where a console cannot start: what happened, and *Again*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.sentences import told
from console.domain.text import mark
from console.domain.trouble import Trouble
from console.ui.controls.banner import ErrorBanner
from console.ui.controls.button import Button
from console.ui.pages.result_words import TONES

if TYPE_CHECKING:
    from console.app.console import Console

_AGAIN = mark("window", "Again")


def show_start_trouble(console: Console, error: BaseException) -> None:
    """Show why the home cannot be used; *Again* tries once more. A bug is raised."""
    if not isinstance(error, Trouble):
        raise error
    said = told(error)
    again = Button(_AGAIN, role="primary", name="start/again")
    money = said.money.text if said.money is not None else ""
    banner = ErrorBanner(TONES[said.tone], said.title, said.what, money, said.do, buttons=(again,))
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(48, 48, 48, 48)
    column.addWidget(banner)
    column.addStretch(1)
    column.setAlignment(Qt.AlignmentFlag.AlignTop)
    stack = console.window.sheet.stack
    stack.addWidget(page)
    stack.setCurrentWidget(page)

    def try_again() -> None:
        stack.removeWidget(page)
        page.deleteLater()
        console.try_again()

    again.clicked.connect(try_again)
