"""What the buttons of an operation's card do: they ask the services on workers, open the dialogs, and show the card anew.

`changed(tuple)` names operations that moved, `resend_asked(str)` wants the review of the same bytes, `duplicated(Draft)` a
form filled from it, `records_asked(str)` its records, `noticed(Words)` is a word for the toast.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from console.domain.sentences import told
from console.domain.text import mark
from console.domain.trouble import Trouble
from console.domain.wording import state_word
from console.services.operations import Card, Deed, Revealed
from console.ui import clipboard, i18n
from console.ui.pages.card import OperationCard
from console.ui.pages.card_dialogs import (
    CloseDialog,
    LiftDialog,
    PayerDialog,
    ResolveDialog,
    early_dialog,
    trouble_dialog,
)
from console.ui.timers import once

if TYPE_CHECKING:
    from console.journal.rows import OperationRow
    from console.services.services import Services
    from console.ui.controls.dialog import Dialog
    from console.ui.jobs import Jobs

T = TypeVar("T")

SHOWN_FOR = 10_000
"""Milliseconds for which a whole number stays on the screen."""

_RECEIPT = mark("operations", "Receipt copied; the clipboard is cleared in 2 minutes")
_REPORT = mark("operations", "Report copied; the clipboard is cleared in 2 minutes")
_COPIED = mark("operations", "Copied for 10 s: {value}")


class CardDesk(QObject):
    """Serves one card. `order_id` is the operation it shows, empty for none; `shown(Card)` comes with each."""

    changed = Signal(object)
    resend_asked = Signal(str)
    duplicated = Signal(object)
    records_asked = Signal(str)
    noticed = Signal(object)
    shown = Signal(object)

    def __init__(self, card: OperationCard, services: Services, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._card = card
        self._services, self._jobs = services, jobs
        self._busy = False
        self.order_id = ""
        self._mask = once(self, SHOWN_FOR, card.cover)
        self._deeds: dict[Deed, Callable[[Card], None]] = {
            Deed.CHECK: lambda found: self.check(found.row.order_id),
            Deed.RESEND: lambda found: self.resend_asked.emit(found.row.order_id),
            Deed.CORRECT: lambda found: self.duplicate(found.row.order_id),
            Deed.RESOLVE: self._resolve,
            Deed.CLOSE: self._close,
            Deed.LIFT: self._lift,
            Deed.SHOW: self._show_payer,
        }
        card.deed_asked.connect(self._on_deed)
        card.reveal_asked.connect(self._on_reveal)
        card.hide_asked.connect(self.cover)
        card.receipt_asked.connect(lambda: self._copy_text(self._services.operations.receipt, _RECEIPT))
        card.report_asked.connect(lambda: self._copy_text(self._services.operations.report, _REPORT))
        card.duplicate_asked.connect(lambda: self.duplicate(self.order_id))
        card.records_asked.connect(lambda: self.records_asked.emit(self.order_id))
        card.copied.connect(self.noticed)

    def open(self, order_id: str) -> None:
        """Show an operation."""
        if order_id != self.order_id:
            self.cover()
        self.order_id = order_id
        self.reload()

    def close(self) -> None:
        """Show none."""
        self.cover()
        self.order_id = ""

    def reload(self) -> None:
        """Look at the operation again; a whole number on the screen stays until its time is over."""
        order_id = self.order_id
        if order_id and not self._mask.isActive():
            self._run(lambda: self._services.operations.card(order_id), self._on_card)

    def tick(self) -> None:
        """Say when the gateway is asked next."""
        if self.order_id:
            self._card.count_down(self._services.follow.next_check(self.order_id))

    def cover(self) -> None:
        """Mask a whole number at once."""
        self._mask.stop()
        self._card.cover()

    def check(self, order_id: str) -> None:
        """Ask the gateway about an operation now."""
        self._busy = order_id == self.order_id
        self._show_busy()
        self._run(lambda: self._services.follow.ask(order_id), self._on_asked, self._on_not_asked, "person")

    def duplicate(self, order_id: str) -> None:
        """Fill a new form with what an operation was made of."""
        self._run(lambda: self._services.operations.duplicate(order_id), self.duplicated.emit)

    def copy_id(self, row: OperationRow) -> None:
        """Copy the order id."""
        clipboard.copy(row.order_id)
        self.noticed.emit(_COPIED.with_(value=row.order_id))

    def _on_card(self, card: Card) -> None:
        if card.row.order_id != self.order_id:
            return
        self._card.show_card(card, self._services.follow.next_check(self.order_id))
        self._show_busy()
        self.shown.emit(card)

    def _on_deed(self, deed: Deed) -> None:
        card = self._card.card
        if card is not None:
            self._deeds[deed](card)

    def _on_asked(self, row: OperationRow) -> None:
        self._busy = False
        self._show_busy()
        self.changed.emit((row.order_id,))

    def _on_not_asked(self, error: BaseException) -> None:
        self._busy = False
        self._show_busy()
        self._on_failed(error)

    def _show_busy(self) -> None:
        self._card.set_busy(Deed.CHECK, busy=self._busy)

    def _on_reveal(self) -> None:
        order_id = self.order_id
        self._run(lambda: self._services.operations.reveal(order_id), self._on_revealed)

    def _on_revealed(self, revealed: Revealed) -> None:
        if revealed.order_id == self.order_id:
            self._card.reveal(revealed)
            self._mask.start()

    def _copy_text(self, make: Callable[[str, str], str], words: object) -> None:
        order_id, language = self.order_id, i18n.current().code

        def done(text: str) -> None:
            clipboard.copy(text, clipboard.LONG)
            self.noticed.emit(words)

        self._run(lambda: make(order_id, language), done)

    def _close(self, card: Card) -> None:
        dialog = CloseDialog(card.row, self._card.window())
        order_id = card.row.order_id
        settle = self._services.settle
        self._ask(dialog, "close", lambda: partial(settle.close, order_id, dialog.value("typed")))

    def _lift(self, card: Card) -> None:
        dialog = LiftDialog(state_word(card.row.state, card.row.kind), self._card.window())
        order_id = card.row.order_id
        settle = self._services.settle
        self._ask(dialog, "lift", lambda: partial(settle.lift, order_id, dialog.value("note"), dialog.value("name")))

    def _resolve(self, card: Card) -> None:
        gate = card.gate
        if gate is not None and not gate.is_open(self._services.clock().utc):
            early_dialog(card.row, gate, self._card.window()).open()
            return
        dialog = ResolveDialog(card.row, self._card.window())
        order_id = card.row.order_id
        settle = self._services.settle
        self._ask(dialog, "resolve", lambda: partial(settle.resolve, order_id, dialog.resolution()))

    def _ask(self, dialog: Dialog, deed: str, prepare: Callable[[], Callable[[], OperationRow]]) -> None:
        """Open a dialog and do its deed when it ends with it; what was typed is read before the dialog goes."""

        def end() -> None:
            if dialog.answer == deed:
                self._run(prepare(), self._on_settled)

        dialog.finished.connect(end)
        dialog.open()

    def _on_settled(self, row: OperationRow) -> None:
        now = self._services.clock()
        self._services.follow.watch(row, now)
        self.changed.emit((row.order_id,))

    def _show_payer(self, card: Card) -> None:
        order_id, language = card.row.order_id, i18n.current().code

        def done(text: str) -> None:
            if self.order_id == order_id:
                dialog = PayerDialog(card, text, self._card.window())
                dialog.panel.copied.connect(self.noticed)
                dialog.open()

        self._run(lambda: self._services.operations.payer_text(order_id, language), done)

    def _run(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
        lane: str = "read",
    ) -> None:
        self._jobs.run(self, work, done, failed or self._on_failed, lane)

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, Trouble):
            raise error
        trouble_dialog(told(error), self._card.window()).open()
