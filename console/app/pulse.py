"""The console's pulse: one timer that asks about what is not final, flushes, anchors, and keeps the balance young."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from console.domain.trouble import Trouble

if TYPE_CHECKING:
    from console.app.engine import Engine
    from console.domain.moment import Moment
    from console.journal.rows import OperationRow
    from console.ui.jobs import Jobs

BEAT = 1000
"""Milliseconds between two looks at what is due."""
BALANCE_AFTER = 60.0
"""Seconds after which a balance is asked for anew."""
BACKUP_FIRST, BACKUP_EVERY = 60, 600
"""Beats before the first look whether a backup is due, and between two."""


class Pulse(QObject):
    """Beats once a second on the main thread; everything it does is done by workers. It never sends a create."""

    changed = Signal(object)
    """A tuple of the order ids that were asked about."""
    heard = Signal(object)
    """The row of an operation after a question about it."""
    balance_heard = Signal()
    ticked = Signal()

    def __init__(self, engine: Engine, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._engine = engine
        self._services = engine.services
        self._jobs = jobs
        self._busy: set[str] = set()
        self._asked: dict[str, Moment] = {}
        self._beats = 0
        self._timer = QTimer(self)
        self._timer.setInterval(BEAT)
        self._timer.timeout.connect(self.beat)

    def start(self) -> None:
        """Begin to beat."""
        self._timer.start()
        if self._balance_is_old():
            self.ask_balance()

    def stop(self) -> None:
        """Stop; what is under way ends by itself."""
        self._timer.stop()

    def beat(self) -> None:
        """Do what is due."""
        self._ask_due()
        self._once("flush", "follow", lambda: self._engine.journal.flush(self._services.clock()))
        self._once("anchor", "vault", self._engine.anchor.drop)
        if self._balance_is_old():
            self.ask_balance()
        self._beats += 1
        if self._beats % BACKUP_EVERY == BACKUP_FIRST:
            self._once("backup", "read", self._back_up)
        self.ticked.emit()

    def watch(self, order_id: str) -> None:
        """Take up an order that was just sent."""
        self._jobs.run(self, lambda: self._take_up(order_id), lambda _: self.ask_balance(), self._on_failed, "read")

    def ask_balance(self) -> None:
        """Ask for the balance of the account in use, unless that is under way."""
        account = self._services.accounts.current
        if account is not None:
            self._asked[account.id] = self._services.clock()
            self._once("balance", "follow", lambda: self._refresh(account.id), self.balance_heard.emit)

    def _refresh(self, account_id: str) -> None:
        """Ask for a balance; an answer shows that the gateway is within reach, before a payout is due to be asked about."""
        self._services.balances.refresh(account_id)
        self._services.follow.answered(account_id)

    def _ask_due(self) -> None:
        """Ask about what is due, as far as the budget and the questions in flight allow."""
        for order_id in self._services.follow.claim():
            self._jobs.run(self, partial(self._ask, order_id), self._on_asked, self._on_failed, "follow")

    def _ask(self, order_id: str) -> OperationRow:
        return self._services.follow.ask(order_id)

    def _back_up(self) -> None:
        """Make the day's copy of the journal, where a folder was chosen and none is there yet."""
        if self._services.backups.is_due():
            self._services.backups.make()

    def _take_up(self, order_id: str) -> None:
        row = self._services.operations.get(order_id)
        if row is not None:
            self._services.follow.watch(row, self._services.clock())

    def _on_asked(self, row: OperationRow) -> None:
        self.changed.emit((row.order_id,))
        self.heard.emit(row)
        if row.state.is_settled:
            self.ask_balance()
        if self._timer.isActive():
            self._ask_due()  # an answer makes room for the next question: a beat alone would ask four a second at most

    def _once(
        self, name: str, lane: str, work: Callable[[], object], done: Callable[[], object] = lambda: None
    ) -> None:
        """Run `work` on a lane unless the same is under way; trouble there is nothing to stop for."""
        if name in self._busy:
            return
        self._busy.add(name)

        def end(_: object) -> None:
            self._busy.discard(name)
            done()

        def fail(error: BaseException) -> None:
            self._busy.discard(name)
            self._on_failed(error)

        self._jobs.run(self, work, end, fail, lane)

    def _on_failed(self, error: BaseException) -> None:
        """Let trouble pass: it is shown where the operation is (paused, asked again). A bug is raised."""
        if not isinstance(error, Trouble):
            raise error

    def _balance_is_old(self) -> bool:
        account = self._services.accounts.current
        if account is None or "balance" in self._busy:
            return False
        held = self._services.balances.latest(account.id)
        now = self._services.clock()
        heard, asked = None if held is None else held.at, self._asked.get(account.id)
        moments = [moment for moment in (heard, asked) if moment is not None]
        return all(now.since(moment) > BALANCE_AFTER for moment in moments)
