"""Connecting an account from beginning to end: the form, the recovery code of a new journal, the check of the connection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from console.domain.endpoint import Kind
from console.domain.text import mark
from console.domain.trouble import Invalid, Trouble
from console.ui.jobs import Jobs
from console.ui.pages.connect_check import CheckPage
from console.ui.pages.connect_form import ConnectForm
from console.ui.pages.recovery import RecoveryPage
from console.ui.shell.room import Room

if TYPE_CHECKING:
    from console.services.accounts import Account
    from console.services.certificates import Certificate
    from console.services.connect import Lost
    from console.services.services import Services

_READING = mark("connect_page", "A certificate is still being read.")
_WRONG = mark("connect_page", "Mend this certificate, or take it away.")


class ConnectFlow(QStackedWidget):
    """`finished(str)` gives the id of the account, empty where nothing was connected; `noticed` is a word for the toast."""

    finished = Signal(str)
    noticed = Signal(object)

    def __init__(
        self, services: Services, jobs: Jobs, again: Lost | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._services, self._jobs, self._again = services, jobs, again
        self._account: Account | None = None
        self._certificates: dict[Kind, Certificate] = {}
        needs_typed_host = services.connect.needs_typed_host
        self.form = ConnectForm(jobs, needs_typed_host, lambda: services.clock().utc, again)
        self.form.saved.connect(self._on_save)
        self.form.cancelled.connect(self._on_cancel)
        self.code = RecoveryPage(services.recovery, jobs)
        self.code.done.connect(self._on_code)
        self.code.noticed.connect(self.noticed)
        self.check = CheckPage(services.connect, jobs)
        self.check.done.connect(self._on_done)
        for page in (self.form, self.code, self.check):
            self.addWidget(page)

    def set_room(self, room: Room) -> None:
        """Arrange for a width of the window."""
        self.form.set_room(room)

    def go_to_start(self) -> None:
        """Put the focus where typing begins."""
        self.form.go_to_start()

    def _on_save(self) -> None:
        texts = self.form.texts()
        has_certificate = any(card.paths for card in self.form.cards.values())
        problems = self._services.connect.check_entries(**texts, has_certificate=has_certificate)
        if self._again is not None and self._again.name.casefold() == texts["name"].strip().casefold():
            problems.pop("connect/name", None)
        for kind, card in self.form.cards.items():
            if card.paths and card.value is None:
                words = _WRONG if card.problem.text() else _READING
                problems[f"connect/{kind.value}"] = Invalid(words, f"connect/{kind.value}")
        self.form.show_trouble(None)
        if problems:
            self.form.show_problems(problems)
            return
        self._certificates = self.form.certificates()
        self.form.set_busy(True)
        self._jobs.run(self, lambda: self._add(texts), self._on_added, self._on_failed, lane="vault")

    def _add(self, texts: dict[str, str]) -> Account:
        return self._services.connect.add(
            texts["name"],
            texts["host"],
            texts["uuid"],
            self._certificates,
            typed_host=texts["typed_host"],
            root=self.form.root.value,
            again=None if self._again is None else self._again.id,
        )

    def _on_added(self, account: Account) -> None:
        self.form.set_busy(False)
        self._account = account
        if self._services.recovery.is_kept:
            self._on_code()
        else:
            self.setCurrentWidget(self.code)
            self.code.start()

    def _on_failed(self, error: BaseException) -> None:
        self.form.set_busy(False)
        if isinstance(error, Invalid):
            self.form.show_problems({error.field: error})
        elif isinstance(error, Trouble):
            self.form.show_trouble(error)
        else:
            raise error

    def _on_code(self) -> None:
        assert self._account is not None
        self.setCurrentWidget(self.check)
        self.check.start(self._account, self._certificates)

    def _on_done(self) -> None:
        self.finished.emit("" if self._account is None else self._account.id)

    def _on_cancel(self) -> None:
        self.finished.emit("")
