"""What keys of the whole window do beside going to pages: search everything, help, key map, hidden amounts, lock.

Made once for a window, before its first paint: what a key needs is imported when it is pressed. It asks the home that is
open at the time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from console.app.locking import Locking
from console.domain.text import mark
from console.domain.trouble import Trouble
from console.settings.settings import HIDE_AMOUNTS
from console.ui import formats, i18n, keys

if TYPE_CHECKING:
    from console.app.console import Console
    from console.journal.rows import OperationRow
    from console.ui.pages.palette import Target

_PAGE = mark("palette", "page")
_METHOD = mark("palette", "method")
_SETTING = mark("palette", "settings")
_HELP = mark("palette", "help")
_DEED = mark("palette", "deed")
_OPERATION = mark("palette", "{state}, {amount}")
_HIDE = mark("palette", "Hide or show amounts")
_LOCK = mark("palette", "Lock")
_KEYS = mark("palette", "Keys")
_HIDDEN = mark("palette", "Amounts are hidden: Ctrl+Shift+H shows them")
_SHOWN = mark("palette", "Amounts are shown")
_FOUND = 5


class Deeds(QObject):
    """The keys of one console's window."""

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._console = console
        self._window = console.window
        self.locking = Locking(console)
        for key, act in (
            ("Ctrl+K", self.search),
            ("F1", self.help),
            ("?", self.show_keys),
            ("Ctrl+Shift+H", self.hide_amounts),
        ):
            keys.shortcut(self._window, key, act)
        console.ready.connect(self._on_ready)

    def search(self) -> None:
        """Search everything, where there is a home to search."""
        from console.ui.pages.palette import Palette

        if self._is_open():
            Palette(self._targets(), self._look, self._window).open()

    def help(self, name: str = "") -> None:
        """Show the help, at the page that belongs to what is on screen."""
        from console.ui.pages.help import PAGES, HelpDialog

        HelpDialog(name or PAGES.get(self._window.current(), "begin"), self._window).open()

    def show_keys(self) -> None:
        """Show the key map."""
        from console.ui.pages.help_keys import KeysDialog

        KeysDialog(self._window).open()

    def hide_amounts(self) -> None:
        """Hide amounts everywhere, or show them again, and remember it."""
        if not self._is_open():
            return
        hidden = not formats.amounts_are_hidden()
        formats.hide_amounts(hidden=hidden)
        settings = self._console.settings
        self._console.jobs.run(self, lambda: settings.set(HIDE_AMOUNTS, hidden), lambda _: None, _pass, lane="read")
        self._window.notice(_HIDDEN if hidden else _SHOWN, "eye-off" if hidden else "eye")

    def _on_ready(self) -> None:
        formats.hide_amounts(hidden=self._console.settings.get(HIDE_AMOUNTS))

    def _is_open(self) -> bool:
        return self._console.is_made and bool(self._window.current())

    def _targets(self) -> list[Target]:
        from console.app.pages import ENTRIES
        from console.catalogue.methods import every
        from console.ui.pages.help_text import names, title
        from console.ui.pages.palette import Target
        from console.ui.pages.settings import SECTIONS

        language = i18n.current().code
        found = [
            Target(icon, words, _PAGE, partial(self._window.go, name), name)
            for name, icon, words, _ in ENTRIES
            if self._window.offers(name)
        ]
        if self._window.offers("payout"):
            found += [
                Target(each.icon, each.title, _METHOD, partial(self._begin, each.kind.value, each.code), each.code)
                for each in every()
            ]
        if self._window.offers("settings"):
            found += [
                Target(icon, words, _SETTING, partial(self._set, name), name) for name, icon, words in SECTIONS
            ]  # fmt: skip
        found += [
            Target("eye-off", _HIDE, _DEED, self.hide_amounts),
            Target("lock", _LOCK, _DEED, self.locking.lock),
            Target("keyboard", _KEYS, _DEED, self.show_keys),
        ]
        found += [Target("info", title(name, language), _HELP, partial(self.help, name)) for name in names()]
        return found

    def _begin(self, kind: str, code: str) -> None:
        from console.ui.pages.order import OrderPage

        self._window.go(kind)
        page = self._window.page(kind)
        if isinstance(page, OrderPage):
            page.begin()
            page.form.cards.choose(code)

    def _set(self, section: str) -> None:
        self._window.go("settings")
        show = getattr(self._window.page("settings"), "show_section", None)
        if callable(show):
            show(section)

    def _look(self, text: str, done: Callable[[Sequence[Target]], None]) -> None:
        """Look operations up by what the text may mean."""
        operations = self._console.services.operations

        def work() -> list[OperationRow]:
            return operations.page(operations.search(text).filter, None, _FOUND)

        self._console.jobs.run(self, work, lambda rows: done([self._target(row) for row in rows]), _pass, lane="read")

    def _target(self, row: OperationRow) -> Target:
        from console.domain.wording import state_word
        from console.ui.pages.palette import Target

        note = _OPERATION.with_(state=state_word(row.state, row.kind), amount=formats.money(row.money))
        name = " · ".join(filter(None, (row.order_id, row.recipient or row.number_masked)))
        return Target("file-check", name, note, partial(self._console.desk().show_order, row.order_id))


def _pass(error: BaseException) -> None:
    """Let trouble of a look-up pass; a bug is raised."""
    if not isinstance(error, Trouble):
        raise error
