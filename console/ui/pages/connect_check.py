"""The check of a connection as a list of steps, what the gateway said of the account, and the files that still lie about.

It moves no money. The card is shown after connecting, and in the settings of an account.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.endpoint import Kind
from console.domain.sentences import told
from console.domain.text import Text, mark
from console.domain.trouble import Trouble
from console.ui import formats
from console.ui.controls.bars import ActionBar, PageHead
from console.ui.controls.button import Button
from console.ui.controls.card import Card, Scroll, clear, row
from console.ui.controls.facts import FactList
from console.ui.controls.label import Label, Line
from console.ui.controls.picture import Picture
from console.ui.controls.warning import WarningPanel
from console.ui.jobs import Jobs

if TYPE_CHECKING:
    from console.services.accounts import Account
    from console.services.certificates import Certificate
    from console.services.check import CheckReport, Step
    from console.services.connect import Connector

_TITLE = mark("connect_page", "Account connected: {name}")
_CHECK = mark("connect_page", "Check of the connection")
_HARMLESS = mark("connect_page", "It creates nothing and pays nothing.")
_RUN = mark("connect_page", "Check connection")
_RUN_AGAIN = mark("connect_page", "Check again")
_RUNNING = mark("connect_page", "Checking…")
_ISSUER = mark("connect_page", "Issuer of the certificate")
_ALLOWED = mark("connect_page", "Allowed")
_PAYMENT_CODES = mark("connect_page", "Codes for payments")
_PAYOUT_CODES = mark("connect_page", "Codes for payouts")
_BALANCE = mark("connect_page", "Balance")
_BOTH = mark("connect_page", "payments and payouts")
_PAYMENTS = mark("connect_page", "payments only")
_PAYOUTS = mark("connect_page", "payouts only")
_NEITHER = mark("connect_page", "neither payments nor payouts")
_NOT_SAID = mark("connect_page", "the gateway does not say")
_LEFT = mark("connect_page", "The files still lie where they were")
_LEFT_IS = mark(
    "connect_page", "The console has its own encrypted copies. Whoever has these files with their passwords can pay."
)
_REMOVE = mark("connect_page", "Remove these files")
_KEEP = mark("connect_page", "Leave them")
_STUCK = mark("connect_page", "These would not go; remove them by hand: {files}")
_DONE = mark("connect_page", "Open the console")
_LOOKS = {True: ("circle-check", "green"), False: ("clock", "amber"), None: ("circle-slash", "ink3")}
_REFUSED = ("circle-x", "red")
_WIDTH = 860


class StepRow(QWidget):
    """A step: icon, name, detail, and how long it took at the right."""

    def __init__(self, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"check/{step.name}")
        icon, token = _look(step)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(step.title, "body_medium", wrap=True))
        if step.detail is not None:
            words.addWidget(Label(step.detail, "second", "ink2", wrap=True, select=True))
        line = QHBoxLayout()
        line.setContentsMargins(0, 10, 0, 10)
        line.setSpacing(12)
        line.addWidget(Picture(icon, token, 18), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        if step.seconds is not None:
            took = formats.milliseconds(round(step.seconds * 1000))
            line.addWidget(Label(took, "second_tabular", "ink2"), 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(Line())


class CheckCard(Card):
    """Runs the check of an account and shows it; `checked` comes with the report."""

    checked = Signal(object)
    stepped = Signal(object)
    """Carries a step from the worker to the window."""

    def __init__(self, connector: Connector, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(padding=22, spacing=10, parent=parent)
        self._connector, self._jobs = connector, jobs
        self._account_id = ""
        self._rows: dict[str, StepRow] = {}
        self.button = Button(_RUN, icon="refresh-cw", name="connect/check")
        self.button.clicked.connect(self.run)
        self.stepped.connect(self.show_step, Qt.ConnectionType.QueuedConnection)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(Label(_CHECK, "section"))
        words.addWidget(Label(_HARMLESS, "second", "ink2"))
        head = QHBoxLayout()
        head.addLayout(words, 1)
        head.addWidget(self.button)
        self._summary = QVBoxLayout()
        self._steps = QVBoxLayout()
        self._steps.setSpacing(0)
        self.facts = FactList(label_width=180)
        self.column.addLayout(head)
        self.column.addLayout(self._summary)
        self.column.addLayout(self._steps)
        self.column.addWidget(self.facts)
        self.facts.hide()

    def show_account(self, account_id: str) -> None:
        """Check this account from now on."""
        self._account_id = account_id
        self._clear()

    def run(self) -> None:
        """Check the account off the main thread."""
        account_id = self._account_id
        self._clear()
        self.button.set_busy(_RUNNING)
        self._jobs.run(
            self, lambda: self._connector.check(account_id, self.stepped.emit), self.show_report, self._on_failed,
            lane="vault",
        )  # fmt: skip

    def show_step(self, step: Step) -> None:
        """Show a step as it begins and as it ends, in the order in which they come."""
        made = StepRow(step)
        old = self._rows.get(step.name)
        if old is None:
            self._steps.addWidget(made)
        else:
            self._steps.replaceWidget(old, made)
            old.hide()
            old.deleteLater()
        self._rows[step.name] = made

    def show_report(self, report: CheckReport) -> None:
        """Show the whole of it: the sentence above, the steps, and what the gateway said of the account."""
        self._rest()
        self._clear()
        for step in report.steps:
            self.show_step(step)
        self._say(report.summary, "", good=report.ok)
        if report.issuer:
            self.facts.add(_ISSUER, report.issuer)
        if report.info is not None:
            self.facts.add(_ALLOWED, _allowed(report.info.may_receive, report.info.may_pay_out))
            self.facts.add(_PAYMENT_CODES, ", ".join(each.code for each in report.info.payments) or "—")
            self.facts.add(_PAYOUT_CODES, ", ".join(each.code for each in report.info.payouts) or "—")
        if report.balance is not None:
            self.facts.add(_BALANCE, formats.money(report.balance.balance), role="second_money", name="connect/balance")
        self.facts.setVisible(bool(report.issuer or report.info or report.balance))
        self.checked.emit(report)

    def _on_failed(self, error: BaseException) -> None:
        self._rest()
        if not isinstance(error, Trouble):
            raise error
        said = told(error)
        self._say(said.title, Text("", "{what} {do}").with_(what=said.what, do=said.do), good=False)

    def _rest(self) -> None:
        self.button.set_busy(None)
        self.button.say(_RUN_AGAIN)

    def _say(self, title: Text, detail: Text | str, *, good: bool) -> None:
        panel = WarningPanel("good" if good else "warning", title, detail, icon="circle-check" if good else "")
        panel.title.setObjectName("check/summary")
        self._summary.addWidget(panel)

    def _clear(self) -> None:
        for layout in (self._summary, self._steps):
            clear(layout)
        self._rows.clear()
        self.facts.clear()
        self.facts.hide()


class LeftoverCard(WarningPanel):
    """The certificate files that still lie about, with an offer to remove them."""

    def __init__(
        self, connector: Connector, jobs: Jobs, paths: tuple[Path, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__("warning", _LEFT, _LEFT_IS, parent=parent)
        self._connector, self._jobs, self._paths = connector, jobs, paths
        self._files = Label("\n".join(map(str, paths)), "id", "ink", wrap=True, select=True)
        self._files.setObjectName("connect/files")
        self.remove = Button(_REMOVE, "danger", size="small", name="connect/files/remove")
        self.remove.clicked.connect(self._on_remove)
        self._keep = Button(_KEEP, "quiet", size="small", name="connect/files/keep")
        self._keep.clicked.connect(self.hide)
        self.column.addWidget(self._files)
        self.column.addWidget(row(self.remove, self._keep, 1))

    def _on_remove(self) -> None:
        self.remove.setEnabled(False)
        self._jobs.run(self, lambda: self._connector.remove_files(self._paths), self._on_removed, self._on_failed)

    def _on_removed(self, kept: tuple[Path, ...]) -> None:
        self.setVisible(bool(kept))
        self._paths = kept
        self.remove.setEnabled(True)
        self._files.say(_STUCK.with_(files=", ".join(map(str, kept))))

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, Trouble):
            raise error
        self.remove.setEnabled(True)
        self._files.say(told(error).what)


class CheckPage(QWidget):
    """The last page of connecting; `done` opens the console."""

    done = Signal()

    def __init__(self, connector: Connector, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._connector, self._jobs = connector, jobs
        self._head = PageHead("")
        self.card = CheckCard(connector, jobs)
        self._open = Button(_DONE, "primary", name="connect/done")
        self._open.clicked.connect(self.done)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(28, 22, 28, 22)
        self._column.setSpacing(16)
        self._column.addWidget(self._head)
        self.card.setMaximumWidth(_WIDTH)
        self._column.addWidget(self.card)
        self._column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(Scroll(content), 1)
        column.addWidget(ActionBar((self._open,)))

    def start(self, account: Account, certificates: Mapping[Kind, Certificate]) -> None:
        """Show an account that was just connected, and check it."""
        self._head.title.say(_TITLE.with_(name=account.name))
        self._jobs.run(self, lambda: self._connector.leftover(certificates), self._on_left, _raise)
        self.card.show_account(account.id)
        self.card.run()
        self._open.setFocus()

    def _on_left(self, paths: tuple[Path, ...]) -> None:
        if paths:
            card = LeftoverCard(self._connector, self._jobs, paths)
            card.setMaximumWidth(_WIDTH)
            self._column.insertWidget(2, card)


def _look(step: Step) -> tuple[str, str]:
    """Return icon and colour: red is a key that was refused, amber what could not be found out now."""
    if step.is_running:
        return "loader-circle", "blue"
    return _REFUSED if step.is_refused else _LOOKS[step.ok]


def _allowed(receives: bool | None, pays: bool | None) -> Text:
    if receives is None and pays is None:
        return _NOT_SAID
    words = {(True, True): _BOTH, (True, False): _PAYMENTS, (False, True): _PAYOUTS, (False, False): _NEITHER}
    return words[receives is not False, pays is not False]


def _raise(error: BaseException) -> None:
    raise error
