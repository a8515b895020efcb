"""What stands where a console cannot start as usual: a page with *Again*, or a bar over what can be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.app.restoring import choose_copy
from console.app.session import ForOneRun
from console.app.vaults import is_away
from console.domain.sentences import told
from console.domain.text import mark
from console.domain.trouble import Invalid, Trouble, Unavailable
from console.ui.pages.keyring import TroublePage
from console.ui.pages.keyring_bar import CodeBar, StateBar

if TYPE_CHECKING:
    from console.app.console import Console
    from console.services.connect import Lost

LOOKING = frozenset({"operations", "journal"})
"""The pages of a window that may only look."""
_LOOKED_AT = frozenset({"E-SECOND", "E-KEYRING-JOURNAL"})
_FOR_A_RUN = frozenset(
    {"E-KEYRING-NONE", "E-KEYRING-REFUSED", "E-KEYRING-HANG", "E-KEYRING-SIZE", "E-KEYRING-READBACK"}
)
"""Where the password store will not serve today, what it holds can be typed for one run."""
_AGAIN = mark("keyring_page", "Again")
_CONNECT = mark("keyring_page", "Connect again")
_LOST = mark(
    "keyring_page", "The password store has lost the account “{name}”. Connect it again: its orders wait for it."
)


def show_start_trouble(console: Console, error: BaseException) -> None:
    """Show why the home cannot be used, or open it for looking where that can be done. A bug is raised."""
    if not isinstance(error, Trouble):
        raise error
    if isinstance(error, Unavailable) and error.code in _LOOKED_AT and not console.is_looking:
        if error.code == "E-SECOND" and console.front is not None:
            console.front.yield_to(error)
        else:
            console.look(error)
        return
    is_vault = error.code.split("-")[1] == "KEYRING"
    may_look = isinstance(error, Unavailable) and is_away(error) and console.home.journal.exists()
    page = TroublePage(
        told(error), is_vault=is_vault, has_session=is_vault and error.code in _FOR_A_RUN,
        may_look=may_look and not console.is_looking, may_restore=error.code == "E-CORRUPT",
    )  # fmt: skip
    page.restore_asked.connect(lambda: choose_copy(console, page))
    page.again_asked.connect(lambda: console.enter(sandbox=console.is_sandbox))
    page.look_asked.connect(lambda: console.look(Unavailable(error.code, **error.values)))
    page.session_asked.connect(ForOneRun(console, page).offer)
    console.window.welcome(page)
    page.setFocus()


def show_bar(console: Console, trouble: Unavailable) -> None:
    """Say over the pages why they can only be looked at, and what mends it."""
    said = told(trouble)
    if trouble.code == "E-KEYRING-JOURNAL":
        code_bar = CodeBar(said.title, said.what)
        code_bar.code_given.connect(lambda code: _restore(console, code_bar, code))
        bar: StateBar = code_bar
    else:
        what = told(Unavailable("E-KEYRING-JOURNAL")).what if is_away(trouble) else said.what
        bar = StateBar(said.title, what, _AGAIN, name="keyring/again")
    bar.pressed.connect(lambda: console.enter(sandbox=console.is_sandbox))
    console.window.sheet.set_bar(bar)


def tell_lost(console: Console) -> None:
    """Say over the pages that the password store lost an account, where it did."""
    lost = console.services.connect.lost()
    if lost:
        bar = StateBar(_LOST.with_(name=lost[0].name), "", _CONNECT, name="connect/again")
        bar.pressed.connect(lambda: _connect_again(console, lost[0]))
        console.window.sheet.set_bar(bar)


def _connect_again(console: Console, lost: Lost) -> None:
    from console.app.connecting import connect

    connect(console, console.services, lost)


def _restore(console: Console, bar: CodeBar, code: str) -> None:
    """Bring the journal's key back by its recovery code, then begin anew with everything."""

    def failed(error: BaseException) -> None:
        if not isinstance(error, Trouble):
            raise error
        bar.show_problem(error.text if isinstance(error, Invalid) else told(error).what)

    def restored(_: None) -> None:
        console.enter(sandbox=console.is_sandbox)

    recovery = console.services.recovery
    console.jobs.run(bar, lambda: recovery.restore(code), restored, failed, lane="vault")
