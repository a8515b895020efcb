"""The page of a console that cannot start: what happened, what about the money, what to do, and *Again*.

Where the password store is missing it says how to get one, and offers to type what the store would have held, for this run;
where it does not serve, the journal can be looked at all the same.
It shows and asks; it knows no vault.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.sentence import MoneyLine, Sentence
from console.domain.sentences import told
from console.domain.text import Text, mark
from console.domain.trouble import Invalid, Trouble
from console.ui.controls.banner import ErrorBanner
from console.ui.controls.button import Button
from console.ui.controls.card import Card, Scroll
from console.ui.controls.label import Label
from console.ui.pages.keyring_session import SessionForm
from console.ui.pages.result_words import TONES

if TYPE_CHECKING:
    from console.services.connect_session import Known

_TITLE = mark("keyring_page", "The console did not open")
_AGAIN = mark("keyring_page", "Again")
_SESSION = mark("keyring_page", "Use for one run")
_LOOK = mark("keyring_page", "Only look at the journal")
_RESTORE = mark("keyring_page", "Restore from a copy…")
_NOTHING = mark(
    "keyring_page", "This start sent nothing. Orders of an earlier run are asked about once the console is open."
)
_HOW = mark("keyring_page", "How to get a password store")
_STEPS: dict[str, tuple[tuple[Text, str], ...]] = {
    "linux": (
        (mark("keyring_page", "Debian, Ubuntu: install GNOME Keyring, then log out and in again."),
         "sudo apt install gnome-keyring"),
        (mark("keyring_page", "Fedora: the same."), "sudo dnf install gnome-keyring"),
        (mark("keyring_page", "KDE: switch on KWallet in the system settings; its Secret Service has to be on."), ""),
        (mark("keyring_page", "Without a desktop: start the store inside the session's D-Bus, then press Again."),
         "gnome-keyring-daemon --unlock --components=secrets"),
    ),
    "darwin": ((mark("keyring_page", "Open Keychain Access and look whether the login keychain is there and unlocked."),
                ""),),
    "win32": ((mark("keyring_page", "Open Services and start the Credential Manager."), ""),),
}  # fmt: skip
_WIDTH = 760


class TroublePage(QWidget):
    """Fills the window. `again_asked` wants another try, `session_asked` a run without the store, `session_given` has it.

    `look_asked` wants to see the journal without sending anything, `restore_asked` a copy in place of a damaged one.
    """

    again_asked = Signal()
    session_asked = Signal()
    session_given = Signal(str, object)
    look_asked = Signal()
    restore_asked = Signal()

    def __init__(
        self,
        said: Sentence,
        *,
        is_vault: bool,
        has_session: bool = False,
        may_look: bool = False,
        may_restore: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.again = Button(_AGAIN, "primary", size="small", name="keyring/again" if is_vault else "start/again")
        self.again.clicked.connect(self.again_asked)
        buttons = (self.again, *self._others(has_session=has_session, may_look=may_look, may_restore=may_restore))
        money = _NOTHING if said.money is None or said.money is MoneyLine.NOT_SENT else said.money.text
        banner = ErrorBanner(TONES[said.tone], said.title, said.what, money, said.do, buttons=buttons)
        block = QWidget()
        block.setFixedWidth(_WIDTH)
        self._column = QVBoxLayout(block)
        self._column.setContentsMargins(0, 28, 0, 28)
        self._column.setSpacing(16)
        self._column.addWidget(Label(_TITLE, "title"))
        self._column.addWidget(banner)
        if said.code == "E-KEYRING-NONE":
            self._column.addWidget(_how())
        self._column.addStretch(1)
        content = QWidget()
        outer = QVBoxLayout(content)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(block, 1, Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(Scroll(content))
        self.setFocusProxy(self.again)
        self._form: SessionForm | None = None
        self._banner: ErrorBanner | None = None

    def _others(self, *, has_session: bool, may_look: bool, may_restore: bool) -> list[Button]:
        buttons: list[Button] = []
        for is_there, words, name, asked in (
            (has_session, _SESSION, "keyring/session", self.session_asked),
            (may_look, _LOOK, "keyring/look", self.look_asked),
            (may_restore, _RESTORE, "start/restore", self.restore_asked),
        ):
            if is_there:
                buttons.append(Button(words, size="small", name=name))
                buttons[-1].clicked.connect(asked)
        return buttons

    def ask_session(self, accounts: tuple[Known, ...]) -> None:
        """Ask for the recovery code and for what opens one of these accounts."""
        if self._form is None:
            self._form = SessionForm(accounts)
            self._form.given.connect(self.session_given)
            self._column.insertWidget(2, self._form)
        self._form.setFocus()

    def show_problem(self, trouble: Trouble) -> None:
        """Say what is wrong with what was typed: at its field, or above the form."""
        if self._form is not None and isinstance(trouble, Invalid) and self._form.show_problem(trouble):
            return
        if self._banner is not None:
            self._banner.hide()
            self._banner.deleteLater()
        said = told(trouble)
        self._banner = ErrorBanner(TONES[said.tone], said.title, said.what)
        self._column.insertWidget(2, self._banner)
        if self._form is not None:
            self._form.rest()


def _how() -> Card:
    card = Card(_HOW, padding=18, spacing=6)
    for number, (words, command) in enumerate(_STEPS.get(sys.platform, ())):
        if number:
            card.column.addSpacing(6)
        card.column.addWidget(Label(words, "second", "ink", wrap=True))
        if command:
            card.column.addWidget(Label(command, "id", "ink2", wrap=True, select=True))
    return card
