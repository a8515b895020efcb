"""Settings of accounts: each with its keys, a new name, another certificate, its removal, and the connection check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.endpoint import Kind
from console.domain.text import mark
from console.services.connect_record import facts_of, record_of, text_of
from console.ui import formats
from console.ui.controls.badge import Badge, EnvironmentBadge
from console.ui.controls.button import Button, IconButton
from console.ui.controls.card import Card, row
from console.ui.controls.empty import EmptyState
from console.ui.controls.label import Label, Line
from console.ui.controls.picture import Picture
from console.ui.controls.states import Look
from console.ui.i18n import Words
from console.ui.jobs import Jobs
from console.ui.pages.connect_check import CheckCard, LeftoverCard
from console.ui.pages.settings_account_more import AccountMore
from console.ui.pages.settings_dialogs import RemoveDialog, RenameDialog, ReplaceDialog
from console.ui.pages.settings_parts import Section, trouble_words

if TYPE_CHECKING:
    from pathlib import Path

    from console.domain.digest import Digest
    from console.services.accounts import Account
    from console.services.connect import Lost
    from console.services.services import Services

_NONE = mark("settings", "No account yet")
_NONE_IS = mark("settings", "Connect one: its UUID and its certificates are in the cabinet.")
_ADD = mark("settings", "Add an account")
_UUID = mark("settings", "UUID ends in {tail}; whole it is in the password store only")
_HOST = mark("settings", "Gateway {host}")
_KEYS = {Kind.PAYOUT: mark("settings", "Payout key"), Kind.PAYMENT: mark("settings", "Payment key")}
_PRINT = mark("settings", "SHA-256 {fingerprint}")
_SIGNS = mark("settings", "Signs with {digest}")
_CHECKED = mark("settings", "Signs with {digest}, checked {time}")
_REFUSED_AT = mark("settings", "Not accepted when checked {time}")
_REFUSED = Look("red", "circle-x", mark("settings", "Refused"))
_LOST = mark(
    "settings", "The password store has lost its UUID and its passwords. Its orders wait until it is connected again."
)
_CONNECT = mark("settings", "Connect again…")
_WORKS = Look("green", "check", mark("settings", "Works"))
_UNPROVED = Look("amber", "circle-question-mark", mark("settings", "Not checked"))
_LACKING = mark("settings", "The account has no such key, so this direction is not offered.")
_REPLACE = mark("settings", "Replace…")
_SUPPLY = mark("settings", "Add a certificate…")
_RENAME = mark("settings", "Rename")
_REMOVE = mark("settings", "Remove the account…")
_SANDBOX = mark("settings", "The practice account: its gateway runs inside the console and no money moves.")
_RENAMED = mark("settings", "Account renamed")
_REPLACED = mark("settings", "Certificate replaced: check the connection")
_REMOVED = mark("settings", "Account removed; its orders stay in the journal")
_ORDER = (Kind.PAYOUT, Kind.PAYMENT)


class AccountsSection(Section):
    """A card for each account, and below them the check of the one in use."""

    connect_asked = Signal()
    reconnect_asked = Signal(object)
    accounts_changed = Signal()

    def __init__(self, services: Services, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(services, jobs, parent)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(16)
        self.column.addLayout(self._cards)
        self.check = CheckCard(services.connect, jobs)
        self.check.button.setObjectName("settings/accounts/check")
        self.check.checked.connect(self._on_checked)
        self.column.addWidget(self.check)
        self.column.addStretch(1)
        self._checking = ""
        self._open: set[str] = set()

    def entered(self) -> None:
        """Show the accounts there are."""
        self.show_accounts()

    def show_accounts(self) -> None:
        """Make the cards anew; the check begins anew where another account is the current one."""
        while (item := self._cards.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        accounts = self.services.accounts.all()
        lost = self.services.connect.lost()
        for account in accounts:
            self._cards.addWidget(AccountCard(self, account, is_open=account.id in self._open))
        for each in lost:
            self._cards.addWidget(LostCard(self, each))
        if not accounts and not lost:
            self._cards.addWidget(self._empty())
        current = self.services.accounts.current
        self.check.setVisible(current is not None)
        if current is not None and current.id != self._checking:
            self._checking = current.id
            self.check.show_account(current.id)

    def rename(self, account: Account) -> None:
        """Ask for another name."""
        dialog = RenameDialog(account.name, self.window())
        dialog.begin(
            self.jobs, lambda: self.services.connect.rename(account.id, dialog.name()), lambda _: self.tell(_RENAMED)
        )

    def replace(self, account: Account, kind: Kind) -> None:
        """Ask for a certificate in place of the one there is, or for one that is lacking."""
        dialog = ReplaceDialog(kind, self.jobs, self.window())

        def work() -> tuple[Path, ...]:
            certificate = dialog.certificate()
            self.services.connect.replace(account.id, kind, certificate)
            return self.services.connect.leftover({kind: certificate})

        dialog.begin(self.jobs, work, self._on_replaced)

    def remove(self, account: Account | Lost) -> None:
        """Ask, with the number of orders that nobody can ask about afterwards."""
        self.jobs.run(
            self,
            lambda: self.services.connect.unfinished(account.id),
            lambda count: self._ask_removal(account, count),
            self._on_failed,
            "read",
        )

    def _ask_removal(self, account: Account | Lost, unfinished: int) -> None:
        dialog = RemoveDialog(account.name, getattr(account, "tail", ""), unfinished, self.window())
        dialog.begin(self.jobs, lambda: self.services.connect.remove(account.id), lambda _: self.tell(_REMOVED))

    def _on_replaced(self, left: tuple[Path, ...]) -> None:
        self.tell(_REPLACED)
        if left:
            self._cards.addWidget(LeftoverCard(self.services.connect, self.jobs, left))

    def _on_checked(self, _: object) -> None:
        self.show_accounts()
        self.accounts_changed.emit()

    def keep_open(self, account_id: str, *, is_open: bool) -> None:
        """Remember whether the fold of an account is open: the cards are made anew after each change."""
        (self._open.add if is_open else self._open.discard)(account_id)

    def tell(self, words: Words) -> None:
        """Show the accounts as a change left them, and say what was done."""
        self._checking = ""
        self.show_accounts()
        self.noticed.emit(words)
        self.accounts_changed.emit()

    def _on_failed(self, error: BaseException) -> None:
        self.noticed.emit(trouble_words(error))

    def _empty(self) -> QWidget:
        card = Card(padding=28)
        add = Button(_ADD, "primary", icon="plus", name="settings/accounts/first")
        add.clicked.connect(self.connect_asked)
        card.column.addWidget(EmptyState("wallet", _NONE, _NONE_IS, add))
        return card


class AccountCard(Card):
    """One account: its name and environment, and a box for each key."""

    def __init__(self, section: AccountsSection, account: Account, *, is_open: bool) -> None:
        super().__init__(padding=22, spacing=14)
        self._section, self._account = section, account
        self.setObjectName(f"settings/accounts/{account.id}")
        self._build_head()
        self.column.addWidget(Line())
        keys = QHBoxLayout()
        keys.setSpacing(14)
        for kind in _ORDER:
            keys.addWidget(self._key(kind), 1)
        self.column.addLayout(keys)
        if not account.is_sandbox:
            more = AccountMore(section, account)
            self.column.addWidget(more)
            more.set_open(is_open)
            self.column.addWidget(_removal(section, account), 0, Qt.AlignmentFlag.AlignLeft)

    def _build_head(self) -> None:
        account = self._account
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(Label(account.title, "section", wrap=True))
        about = _SANDBOX if account.is_sandbox else _UUID.with_(tail=account.tail)
        words.addWidget(Label(about, "second", "ink2", wrap=True))
        if not account.is_sandbox:
            words.addWidget(Label(_HOST.with_(host=account.host), "second", "ink2", select=True))
        badge = EnvironmentBadge(account.environment.value, account.host, short=True)
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(Picture("wallet", "ink2", 20), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        head.addWidget(badge, 0, Qt.AlignmentFlag.AlignTop)
        if not account.is_sandbox:
            rename = IconButton("pencil", _RENAME, side=32, name=f"settings/accounts/{account.id}/rename")
            rename.clicked.connect(lambda: self._section.rename(account))
            head.addWidget(rename, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(head)

    def _key(self, kind: Kind) -> QWidget:
        account = self._account
        box = Card(fill="sunken", padding=14, spacing=4)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Picture("key-round", "ink2", 16))
        head.addWidget(Label(_KEYS[kind], "body_strong"), 1)
        box.column.addLayout(head)
        has_key = kind in account.kinds
        if has_key:
            name = f"settings/accounts/{account.id}/{kind.value}"
            badge = Badge("wait", name=f"{name}/state")
            look, words = self._proof(kind)
            badge.show_look(look)
            head.addWidget(badge)
            facts = facts_of(record_of(self._section.services.settings, account.id), kind.value)
            shown = _PRINT.with_(fingerprint=_short(text_of(facts, "fingerprint")))
            box.column.addWidget(Label(shown, "id_small", "ink", select=True))
            signs = Label(words, "second", "ink2", wrap=True)
            signs.setObjectName(f"{name}/checked")
            box.column.addWidget(signs)
        else:
            box.column.addWidget(Label(_LACKING, "second", "ink2", wrap=True))
        box.column.addStretch(1)
        if not account.is_sandbox:
            name = f"settings/accounts/{account.id}/{kind.value}/replace"
            button = Button(_REPLACE if has_key else _SUPPLY, "quiet", size="row", name=name)
            button.clicked.connect(lambda: self._section.replace(account, kind))
            box.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return box

    def _proof(self, kind: Kind) -> tuple[Look, Words]:
        """Return how a key stands: whether the gateway accepted it, with which digest, and when it was asked to."""
        account, accounts = self._account, self._section.services.accounts
        at, digest = accounts.checked(account.id, kind), _name(accounts.digest(account.id, kind))
        if accounts.has_proof(account.id, kind):
            words = _SIGNS.with_(digest=digest)
            return _WORKS, words if at is None else _CHECKED.with_(digest=digest, time=formats.date_time_zone(at))
        if at is None:
            return _UNPROVED, _SIGNS.with_(digest=digest)
        return _REFUSED, _REFUSED_AT.with_(time=formats.date_time_zone(at))


class LostCard(Card):
    """An account that the password store has lost: connected again under its own id, or removed."""

    def __init__(self, section: AccountsSection, lost: Lost) -> None:
        super().__init__(padding=22, spacing=14)
        self.setObjectName(f"settings/accounts/{lost.id}")
        self.set_look("amber_t", "amber_e")
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(Label(lost.name, "section", wrap=True))
        words.addWidget(Label(_LOST, "second", "ink", wrap=True))
        again = Button(_CONNECT, "primary", size="small", name=f"settings/accounts/{lost.id}/connect")
        again.clicked.connect(lambda: section.reconnect_asked.emit(lost))
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(Picture("triangle-alert", "amber", 20), 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        self.column.addLayout(head)
        self.column.addWidget(row(again, _removal(section, lost), 1))


def _removal(section: AccountsSection, account: Account | Lost) -> Button:
    remove = Button(_REMOVE, "quiet", size="small", icon="trash-2", name=f"settings/accounts/{account.id}/remove")
    remove.clicked.connect(lambda: section.remove(account))
    return remove


def _name(digest: Digest) -> str:
    return digest.value.replace("sha", "SHA-")


def _short(fingerprint: str) -> str:
    """Return both ends of a fingerprint in pairs, as people compare them."""
    pairs = [fingerprint[place : place + 2].upper() for place in range(0, len(fingerprint), 2)]
    return ":".join(pairs) if len(pairs) <= 8 else f"{':'.join(pairs[:5])}…{':'.join(pairs[-2:])}"
