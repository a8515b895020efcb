"""The pages of the window and how each is made. A page is built at its first visit, which is when it needs services."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from console.domain.endpoint import Kind
from console.domain.text import Text, mark
from console.ui.shell.entry import Entry

if TYPE_CHECKING:
    from console.app.console import Console

ENTRIES: tuple[tuple[str, str, Text, Text], ...] = (
    ("overview", "layout-dashboard", mark("window", "Overview"), mark("window", "Overview")),
    ("payout", "banknote-arrow-up", mark("window", "New payout"), mark("window", "Payout")),
    ("payment", "banknote-arrow-down", mark("window", "New payment"), mark("window", "Payment")),
    ("operations", "list", mark("window", "Operations"), mark("window", "Operations")),
    ("journal", "scroll-text", mark("window", "Journal"), mark("window", "Journal")),
    ("settings", "settings", mark("window", "Settings"), mark("window", "Settings")),
)


def register(console: Console) -> None:
    """Tell the window which pages there are."""
    for name, icon, title, short in ENTRIES:
        console.window.register(Entry(name, icon, title, short, _factory(console, name)))


def _factory(console: Console, name: str) -> Callable[[], QWidget]:
    def make() -> QWidget:
        desk = console.desk()
        return desk.adopt(_make(console, name))

    return make


def _make(console: Console, name: str) -> QWidget:
    services, jobs = console.services, console.jobs
    if name in {kind.value for kind in Kind}:
        from console.ui.pages.order import OrderPage

        return OrderPage(Kind(name), services, jobs)
    if name == "operations":
        from console.ui.pages.operations import OperationsPage

        return OperationsPage(services, jobs)
    if name == "journal":
        from console.ui.pages.journal import JournalPage

        return JournalPage(services, jobs)
    if name == "settings":
        from console.ui.pages.settings import SettingsPage

        return SettingsPage(services, jobs)
    from console.ui.pages.overview import OverviewPage

    return OverviewPage(services, jobs)
