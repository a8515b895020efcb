"""What few people change of an account: the extra root of its gateway, and the codes of its services. Folded away.

It shows and asks; `console.services.connect` knows the rules and keeps the record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.catalogue.methods import every
from console.domain.text import Text, mark
from console.ui.controls.button import Button, IconButton
from console.ui.controls.card import Fold, column, row
from console.ui.controls.label import Label, Line
from console.ui.i18n import Words
from console.ui.pages.connect_cards import root_words
from console.ui.pages.settings_dialogs import CodeDialog, RootDialog
from console.ui.pages.settings_parts import trouble_words

if TYPE_CHECKING:
    from console.domain.method import Method
    from console.gateway.tls_root import Root
    from console.services.accounts import Account
    from console.ui.pages.settings_accounts import AccountsSection

_MORE = mark("settings", "Extra root and service codes")
_ROOT = mark("settings", "Extra root certificate")
_ROOT_IS = mark("settings", "Trusted for {host} alone, besides the system's roots.")
_NO_ROOT = mark("settings", "None: the gateway's certificate is checked by the system's roots alone.")
_LOOKING = mark("settings", "Reading…")
_CHOOSE = mark("settings", "Choose…")
_REMOVE = mark("settings", "Remove")
_TRUSTED = mark("settings", "Extra root certificate trusted: check the connection")
_UNTRUSTED = mark("settings", "Extra root certificate removed")
_CODES = mark("settings", "Service codes")
_CODES_ARE = mark("settings", "What the account lists is heard at each check of the connection.")
_TWO = Text("", "{first} {second}")
_OTHER = mark("settings", "{code} instead of {usual}")
_LISTED = mark("settings", "the account lists it")
_UNLISTED = mark("settings", "the account does not list it")
_UNKNOWN = mark("settings", "not known yet")
_CHANGE = mark("settings", "Change the code: {method}")
_CHANGED = mark("settings", "Service code changed")


class AccountMore(Fold):
    """The fold at the end of an account's card. Built when it is opened: a root is read from the disk and the vault."""

    def __init__(self, section: AccountsSection, account: Account) -> None:
        self._section, self._account = section, account
        inner = QWidget()
        super().__init__(_MORE, inner, name=f"settings/accounts/{account.id}/more", flush=True)
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)
        self._is_built = False
        self.toggled.connect(self._on_toggled)

    def _on_toggled(self, is_open: bool) -> None:
        self._section.keep_open(self._account.id, is_open=is_open)
        if is_open and not self._is_built:
            self._is_built = True
            self._column.addWidget(RootPart(self._section, self._account))
            self._column.addWidget(CodesPart(self._section, self._account))


class RootPart(QWidget):
    """The extra root: whose it is, its days and its fingerprint; another one, or none any more."""

    def __init__(self, section: AccountsSection, account: Account) -> None:
        super().__init__()
        self._section, self._account = section, account
        name = f"settings/accounts/{account.id}/root"
        self.said = Label(_LOOKING, "second", "ink2", wrap=True, select=True)
        self.said.setObjectName(name)
        choose = Button(_CHOOSE, size="small", name=f"{name}/choose")
        choose.clicked.connect(self._on_choose)
        self.remove = Button(_REMOVE, "quiet", size="small", name=f"{name}/remove")
        self.remove.clicked.connect(self._on_remove)
        self.remove.hide()
        words = column(Label(_ROOT, "body_medium"), self.said, spacing=3)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(words, 1)
        line.addWidget(row(self.remove, choose), 0, Qt.AlignmentFlag.AlignTop)
        accounts = section.services.accounts
        section.jobs.run(self, lambda: accounts.root(account.id), self._show, self._on_failed, "vault")

    def _show(self, root: Root | None) -> None:
        where = _ROOT_IS.with_(host=self._account.host)
        self.said.say(_NO_ROOT if root is None else _TWO.with_(first=root_words(root), second=where))
        self.remove.setVisible(root is not None)

    def _on_failed(self, error: BaseException) -> None:
        """A root that was changed outside is not used: it can be removed, or chosen anew."""
        self.said.say(trouble_words(error))
        self.said.set_ink("red")
        self.remove.show()

    def _on_choose(self) -> None:
        section, account = self._section, self._account
        dialog = RootDialog(account.host, section.jobs, lambda: section.services.clock().utc, section.window())
        dialog.begin(
            section.jobs,
            lambda: section.services.connect.set_root(account.id, dialog.root()),
            lambda _: section.tell(_TRUSTED),
        )

    def _on_remove(self) -> None:
        section, account = self._section, self._account
        section.jobs.run(
            self,
            lambda: section.services.connect.set_root(account.id, None),
            lambda _: section.tell(_UNTRUSTED),
            self._on_failed,
            "vault",
        )


class CodesPart(QWidget):
    """The methods of the account's directions: the code of each, whether the account lists it, and a way to change it."""

    def __init__(self, section: AccountsSection, account: Account) -> None:
        super().__init__()
        self._section, self._account = section, account
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(Label(_CODES, "body_medium"))
        rows.addWidget(Label(_CODES_ARE, "second", "ink2", wrap=True))
        rows.addSpacing(4)
        for method in every():
            if method.kind in account.kinds:
                rows.addWidget(self._row(method))
                rows.addWidget(Line())

    def _row(self, method: Method) -> QWidget:
        accounts, account = self._section.services.accounts, self._account
        name = f"settings/accounts/{account.id}/code/{method.code}"
        code, listed = accounts.service_code(account.id, method.code), accounts.offers(account.id, method)
        words: Words = code if code == method.code else _OTHER.with_(code=code, usual=method.code)
        shown = Label(words, "id_small", "ink2", select=True)
        shown.setObjectName(name)
        said, ink = {True: (_LISTED, "green"), False: (_UNLISTED, "amber"), None: (_UNKNOWN, "ink3")}[listed]
        state = Label(said, "second", ink)
        state.setObjectName(f"{name}/state")
        change = IconButton("pencil", _CHANGE.with_(method=method.title), side=28, name=f"{name}/change")
        change.clicked.connect(lambda: self._on_change(method))
        names = column(Label(method.title, "second_medium", wrap=True), shown, spacing=1, margins=(0, 7, 0, 7))
        return row(names, 1, state, change, spacing=10)

    def _on_change(self, method: Method) -> None:
        section, account = self._section, self._account
        connector = section.services.connect
        dialog = CodeDialog(method, connector.codes(account.id).get(method.code, ""), section.window())
        dialog.begin(
            section.jobs,
            lambda: connector.set_code(account.id, method.code, dialog.code()),
            lambda _: section.tell(_CHANGED),
        )
