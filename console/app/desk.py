"""Ties window and services together: feeds the top bar, asks on a timer, and carries word from page to page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from console.app.chain_check import ChainCheck
from console.app.pulse import Pulse
from console.app.standing import Standing
from console.app.watch import Watch
from console.domain.endpoint import Kind
from console.domain.sentences import told
from console.domain.states import State
from console.domain.trouble import Trouble
from console.journal.filters import Filter
from console.services.balances import Held
from console.ui import formats, i18n
from console.ui.shell.accounts import AccountRow
from console.ui.window import BalanceShown

if TYPE_CHECKING:
    from console.app.console import Console
    from console.app.engine import Engine
    from console.journal.rows import OperationRow
    from console.services.services import Services

T = TypeVar("T")
STALE = 15 * 60.0
"""Seconds after which a balance is marked as old."""
FIRST_PAGE, LOOKING_PAGE = "overview", "operations"
_OPEN = frozenset(state for state in State if state.is_open)


class Desk(QObject):
    """Lives as long as the engine. `services` is what pages ask."""

    def __init__(self, console: Console, engine: Engine) -> None:
        super().__init__(console)
        self.services: Services = engine.services
        self._console = console
        self._engine = engine
        self._window = console.window
        self._pulse = Pulse(engine, console.jobs, self)
        self._pulse.changed.connect(self.operations_changed)
        self._pulse.balance_heard.connect(self._show_balance)
        self._pulse.balance_heard.connect(self._tell_news)
        self._pulse.ticked.connect(self._on_tick)
        bar = self._window.bar
        bar.balance_asked.connect(self._pulse.ask_balance)
        bar.open_asked.connect(self._on_open)
        bar.unclear_asked.connect(self._on_unclear)
        bar.account_chosen.connect(self._on_account)
        bar.connect_asked.connect(console.connect_account)
        bar.account.can_connect = engine.looking is None
        self._others: tuple[AccountRow, ...] = ()
        self._window.leaving.connect(self._on_leaving)
        self._watch = Watch(console, self._pulse, self)
        self._watch.notices.opened.connect(self.show_order)
        self._standing = Standing(
            console, engine, self._pulse, self, show_order=self.show_order, show_operations=self.show_operations
        )
        self._chain = ChainCheck(console, self.services.records, self, lambda: self._window.go("journal"))
        self._chain.found.connect(lambda: self.operations_changed(()))
        self._offer_outcomes()
        i18n.current().changed.connect(self._show_account)
        self._show_account()
        self._count()
        if engine.looking is None:
            self._pulse.start()
            self._chain.start()
        self._run(console.other_accounts, self._on_others)

    def open_first_page(self) -> None:
        """Show the page a start begins with."""
        self._window.go(FIRST_PAGE if self._engine.looking is None else LOOKING_PAGE)

    def stop(self) -> None:
        """Stop asking, and let the pages save what was typed; what is being asked ends by itself."""
        self._pulse.stop()
        self._chain.stop()
        self._tell("flush")

    def adopt(self, page: QWidget) -> QWidget:
        """Connect what a page tells to those who want to know; return the page."""
        for name, slot in (
            ("sent", self._on_sent),
            ("changed", self.operations_changed),
            ("opened", self.show_order),
            ("filtered", self.show_operations),
            ("noticed", self._window.notice),
            ("wanted", self._window.go),
            ("duplicated", self._on_duplicated),
            ("resend_asked", self._on_resend),
            ("records_asked", self.show_records),
            ("proved", self._pulse.ask_balance),
            ("accounts_changed", self.accounts_changed),
            ("connect_asked", self._console.connect_account),
            ("reconnect_asked", self._console.connect_account),
            ("restore_asked", self._on_restore),
        ):
            signal = getattr(page, name, None)
            if signal is not None and hasattr(signal, "connect"):
                signal.connect(slot)
        return page

    def operations_changed(self, order_ids: tuple[str, ...]) -> None:
        """Tell every page that was built which operations changed, and count anew."""
        self._count()
        self._tell("operations_changed", order_ids)

    def accounts_changed(self) -> None:
        """Show the accounts anew: one was connected, changed or removed."""
        self._show_account()
        self._tell("account_changed")
        self._pulse.ask_balance()

    def choose(self, account_id: str) -> None:
        """Make an account the current one, if there is one of that id."""
        if any(account.id == account_id for account in self.services.accounts.all()):
            self.services.accounts.choose(account_id)
            self.accounts_changed()

    def show_order(self, order_id: str) -> None:
        """Show one operation in the table."""
        self._window.go("operations")
        self._call("operations", "show_order", order_id)

    def show_operations(self, wanted: Filter) -> None:
        """Show the table, narrowed."""
        self._window.go("operations")
        self._call("operations", "show_filter", wanted)

    def show_records(self, order_id: str) -> None:
        """Show the journal's records of one operation."""
        self._window.go("journal")
        self._call("journal", "show_records", order_id)

    def _on_restore(self) -> None:
        from console.app.restoring import choose_copy

        choose_copy(self._console, self._window)

    def _on_sent(self, order_id: str) -> None:
        self._pulse.watch(order_id)
        self._standing.look()
        self.operations_changed((order_id,))
        self._outcome_used()

    def _on_open(self) -> None:
        self.show_operations(Filter(states=_OPEN))

    def _on_unclear(self) -> None:
        self.show_operations(Filter(unclear_only=True))

    def _only_looks(self) -> bool:
        """Tell whether nothing new may be begun here, and say why."""
        looking = self._engine.looking
        if looking is not None:
            self._window.notice(told(looking).what, "info")
        return looking is not None

    def _on_duplicated(self, draft: object) -> None:
        if self._only_looks():
            return
        kind = getattr(draft, "kind", Kind.PAYOUT)
        self._window.go(kind.value)
        self._call(kind.value, "begin", draft)

    def _on_resend(self, order_id: str) -> None:
        if self._only_looks():
            return
        self._run(lambda: self.services.operations.get(order_id), lambda row: self._review_again(row, order_id))

    def _review_again(self, row: OperationRow | None, order_id: str) -> None:
        if row is not None:
            self._window.go(row.kind.value)
            self._call(row.kind.value, "review_again", order_id)

    def _on_account(self, account_id: str) -> None:
        if any(row.id == account_id for row in self._others):
            self._console.enter(sandbox=not self._console.is_sandbox, account=account_id)
        else:
            self.choose(account_id)

    def _on_others(self, rows: tuple[AccountRow, ...]) -> None:
        self._others = rows
        self._show_account()

    def _on_tick(self) -> None:
        self._show_balance()
        self._tell("tick")

    def _on_leaving(self, event: QCloseEvent) -> None:
        """Let every page save what was typed, and ask where an order is being sent."""
        for page in self._window.built():
            leave = getattr(page, "leaving", None)
            if callable(leave) and event.isAccepted():
                leave(event)

    def _show_account(self) -> None:
        rows = [
            AccountRow(account.id, i18n.tr(account.title), account.tail, account.environment.value, account.host)
            for account in self.services.accounts.all()
        ]
        account = self.services.accounts.current
        self._window.bar.account.show_accounts([*rows, *self._others], account.id if account else "")
        if account is not None:
            self._window.set_environment(account.environment.value, account.host)
        elif not self._console.is_sandbox:
            self._window.set_environment("")
        self._show_balance()

    def _show_balance(self) -> None:
        account = self.services.accounts.current
        held = self.services.balances.latest(account.id) if account else None
        self._window.show_balance(BalanceShown() if held is None else self._shown(held))

    def _tell_news(self) -> None:
        """Say once that another issuer vouches for a gateway: the certificate is valid, and nothing has to be done."""
        for news in self.services.issuers.news():
            self._window.notice(told(news).what, "info")

    def _shown(self, held: Held) -> BalanceShown:
        now = self.services.clock()
        age = formats.age(held.at.utc, now.utc)
        return BalanceShown(formats.money(held.balance), age, now.since(held.at) > STALE)

    def _count(self) -> None:
        self._run(self.services.operations.counts, lambda found: self._window.show_counts(found.open, found.unclear))

    def _offer_outcomes(self) -> None:
        sandbox = self._engine.sandbox
        if sandbox is None:
            return
        from console.app.outcomes import offer

        offer(self._window.sheet.strip, sandbox, self._console.jobs, self)

    def _outcome_used(self) -> None:
        """Show the outcome that is still chosen: a create that was in order has used it up."""
        sandbox, strip = self._engine.sandbox, self._window.sheet.strip
        if sandbox is not None:
            self._run(sandbox.chosen, lambda code: strip.show_outcome(code or ""))

    def _tell(self, deed: str, *values: object) -> None:
        for page in self._window.built():
            act = getattr(page, deed, None)
            if callable(act):
                act(*values)

    def _call(self, name: str, deed: str, *values: object) -> None:
        act = getattr(self._window.page(name), deed, None) if name else None
        if callable(act):
            act(*values)

    def _run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        self._console.jobs.run(self, work, done, _pass_trouble, lane="read")


def _pass_trouble(error: BaseException) -> None:
    """Let trouble of a look-up pass: the next one shows it. A bug is raised."""
    if not isinstance(error, Trouble):
        raise error
