"""The two environments of a home: the welcome page that offers both, and the other one's accounts for the menu."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from console.domain.text import mark
from console.domain.trouble import Trouble
from console.services.connect_record import text_of
from console.settings.settings import ACCOUNTS, LANGUAGE, THEME, Settings
from console.ui import i18n
from console.ui.shell.accounts import AccountRow
from console.ui.theme import theme

if TYPE_CHECKING:
    from console.app.console import Console
    from console.settings.home import Home

_SANDBOX = mark("window", "Sandbox")
_PRACTICE = mark("window", "to practise, no money moves")
_REAL = mark("window", "real money")


def greet(console: Console) -> None:
    """Welcome a person who has no account yet."""
    from console.app.restoring import choose_copy
    from console.ui.pages.welcome import WelcomePage

    page = WelcomePage(has_journal=console.home.journal.exists())
    page.connect_wanted.connect(console.connect_account)
    page.sandbox_wanted.connect(lambda: console.enter(sandbox=True))
    page.journal_wanted.connect(console.open_pages)
    page.restore_wanted.connect(lambda: choose_copy(console, page))
    page.language_chosen.connect(partial(_speak, console))
    page.theme_chosen.connect(partial(_paint, console))
    console.window.welcome(page)
    page.setFocus()
    if console.front is not None:
        console.front.greet()


def others(outer: Home, *, sandbox: bool) -> tuple[AccountRow, ...]:
    """Return the rows of the environment that is not open: in the sandbox the real accounts by the name in the settings.

    Their hosts and tails are in the password store, which is not asked from the sandbox.
    """
    if not sandbox:
        return (AccountRow("sandbox", i18n.tr(_SANDBOX), "", "sandbox", note=_PRACTICE),)
    try:
        records = Settings.open(outer.settings).get(ACCOUNTS)
    except Trouble:
        return ()
    return tuple(AccountRow(text_of(each, "id"), text_of(each, "name"), "", "live", note=_REAL) for each in records)


def _speak(console: Console, code: str) -> None:
    i18n.current().choose(code)
    console.jobs.run(console, lambda: console.settings.set(LANGUAGE, code), _pass, _pass_trouble)


def _paint(console: Console, name: str) -> None:
    theme.current().choose(name)
    console.jobs.run(console, lambda: console.settings.set(THEME, name), _pass, _pass_trouble)


def _pass(_: object) -> None:
    """It is stored."""


def _pass_trouble(error: BaseException) -> None:
    """A look that is not stored is chosen again at the next start. A bug is raised."""
    if not isinstance(error, Trouble):
        raise error
