"""Puts the pages that connect an account over the window, and goes back to where the person came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.app.trouble import tell_lost
from console.ui.pages.connect import ConnectFlow

if TYPE_CHECKING:
    from console.app.console import Console
    from console.services.connect import Lost
    from console.services.services import Services


def connect(console: Console, services: Services, again: Lost | None = None) -> None:
    """Show the flow: the form, the recovery code where nobody has it yet, the check of the connection."""
    before = console.window.current()
    console.window.sheet.set_bar(None)  # what it offers would begin the form anew
    flow = ConnectFlow(services, console.jobs, again)

    def end(account_id: str) -> None:
        if not account_id:
            _go_back(console, before)
            return
        desk = console.desk()
        console.window.welcome(None)
        tell_lost(console)
        desk.choose(account_id)
        desk.open_first_page()

    flow.noticed.connect(console.window.notice)
    flow.finished.connect(end)
    console.window.welcome(flow)
    flow.go_to_start()


def _go_back(console: Console, before: str) -> None:
    if before:
        console.window.welcome(None)
        console.window.go(before)
        tell_lost(console)
    else:
        console.arrive()
