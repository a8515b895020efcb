"""The form of a run without a password store: recovery code, and of one account its UUID, host and passwords.

What is typed goes to whoever listens, once, and is cleared; nothing here keeps, writes or reads it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from console.domain.endpoint import Kind
from console.domain.environment import DOCUMENTED_HOSTS
from console.domain.text import mark
from console.services.connect_session import Typed
from console.ui.controls.button import Button
from console.ui.controls.card import Card, row
from console.ui.controls.choice import Choice
from console.ui.controls.field import FieldFrame
from console.ui.controls.inputs import TextInput
from console.ui.controls.label import Label
from console.ui.i18n import Words

if TYPE_CHECKING:
    from console.domain.trouble import Invalid
    from console.services.connect_session import Known

_TITLE = mark("keyring_page", "For this run only")
_SENTENCE = mark("keyring_page", "What you type is kept in memory until the console is closed, and in no file.")
_CODE = mark("keyring_page", "Recovery code")
_ACCOUNT = mark("keyring_page", "Account")
_NO_ACCOUNT = mark("keyring_page", "none, only the journal")
_UUID = mark("keyring_page", "Account UUID")
_HOST = mark("keyring_page", "Gateway host")
_TYPED = mark("keyring_page", "The host once more")
_TYPED_NOTE = mark("keyring_page", "This address will be able to repeat your signed requests on the real gateway.")
_PASSWORDS = {
    Kind.PAYOUT: mark("keyring_page", "Password of the payout certificate"),
    Kind.PAYMENT: mark("keyring_page", "Password of the payment certificate"),
}
_PASSWORD_NOTE = mark("keyring_page", "As in password.txt of its archive; empty where the certificate came without one")
_BEGIN = mark("keyring_page", "Open for this run")
_OPENING = mark("keyring_page", "Opening…")
_PROPOSED = min(DOCUMENTED_HOSTS)


class SessionForm(Card):
    """`given(code, tuple of Typed)` comes when a person has typed all of it."""

    given = Signal(str, object)

    def __init__(self, accounts: tuple[Known, ...], parent: QWidget | None = None) -> None:
        super().__init__(padding=20, spacing=14, parent=parent)
        self._accounts = {each.id: each for each in accounts}
        self.code = FieldFrame("session/code", _CODE, TextInput(mono=True))
        self.uuid = FieldFrame("connect/uuid", _UUID, TextInput(mono=True))
        self.host = FieldFrame("connect/host", _HOST, TextInput())
        self.host.input.set_text(_PROPOSED)
        self.typed = FieldFrame("connect/host/again", _TYPED, TextInput(), note=_TYPED_NOTE)
        self.passwords = {
            kind: FieldFrame(f"session/{kind.value}", words, TextInput(), note=_PASSWORD_NOTE)
            for kind, words in _PASSWORDS.items()
        }
        for field in (self.uuid, *self.passwords.values()):
            field.input.edit.setEchoMode(QLineEdit.EchoMode.Password)
        choices: list[tuple[object, Words]] = [(each.id, each.name) for each in accounts]
        self.account = Choice(_ACCOUNT, [*choices, ("", _NO_ACCOUNT)], choices[0][0] if choices else "")
        self.account.setObjectName("session/account")
        self.account.changed.connect(self._show)
        self.begin = Button(_BEGIN, "primary", name="session/begin")
        self.begin.clicked.connect(self._on_begin)
        self._fields = (self.code, self.uuid, self.host, self.typed, *self.passwords.values())
        self.column.addWidget(Label(_TITLE, "section"))
        self.column.addWidget(Label(_SENTENCE, "second", "ink2", wrap=True))
        self.column.addWidget(self.code)
        self.column.addWidget(row(Label(_ACCOUNT, "second_medium"), self.account, 1, spacing=12))
        for field in self._fields[1:]:
            self.column.addWidget(field)
        self.column.addWidget(row(self.begin, 1))
        for field in self._fields:
            field.input.edited.connect(self._on_edited)
        self.setFocusProxy(self.code.input.edit)
        self._show()

    def show_problem(self, problem: Invalid) -> bool:
        """Say at its field what is wrong; return whether there is such a field."""
        self.rest()
        found = next((field for field in self._fields if field.name == problem.field), None)
        if found is self.host and self.typed.isVisible():
            found = self.typed
        if found is None:
            return False
        found.set_problem(problem.text)
        found.input.edit.setFocus()
        return True

    def rest(self) -> None:
        """Let it be tried once more."""
        self.begin.set_busy(None)

    def _show(self) -> None:
        known = self._accounts.get(str(self.account.value()))
        for field in (self.uuid, self.host):
            field.setVisible(known is not None)
        for kind, field in self.passwords.items():
            field.setVisible(known is not None and kind in known.kinds)
        self._show_typed()

    def _show_typed(self) -> None:
        host = self.host.input.text().strip().lower()
        self.typed.setVisible(bool(self.account.value()) and bool(host) and host not in DOCUMENTED_HOSTS)

    def _on_edited(self) -> None:
        for field in self._fields:
            field.set_problem(None)
        self._show_typed()

    def _on_begin(self) -> None:
        self.begin.set_busy(_OPENING)
        account_id = str(self.account.value())
        typed: tuple[Typed, ...] = ()
        if account_id:
            passwords = {kind: field.input.text() for kind, field in self.passwords.items()}
            one = Typed(
                account_id, self.uuid.input.text(), self.host.input.text(), passwords, self.typed.input.text()
            )  # fmt: skip
            typed = (one,)
        self.given.emit(self.code.input.text(), typed)
