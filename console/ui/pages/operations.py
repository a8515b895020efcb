"""The operations page: what a choice, a key, a search or a change elsewhere makes of the table and the card.

Where things stand is told by the view, what a row says and what a card's buttons do in modules of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from console.domain.endpoint import Kind
from console.domain.sentences import told
from console.domain.text import mark
from console.journal.filters import Filter
from console.ui import i18n
from console.ui.controls.button import Button
from console.ui.controls.empty import EmptyState
from console.ui.controls.menu import offer
from console.ui.i18n import Words
from console.ui.pages.card_desk import CardDesk
from console.ui.pages.card_dialogs import in_one
from console.ui.pages.operations_export import ExportDialog
from console.ui.pages.operations_source import Arrived, OperationsSource, Summed
from console.ui.pages.operations_view import OperationsView
from console.ui.pages.operations_words import count_words, nothing_fits, nothing_here, totals, totals_words
from console.ui.shell.room import Room
from console.ui.timers import once

if TYPE_CHECKING:
    from console.domain.trouble import Trouble
    from console.services.services import Services
    from console.ui.jobs import Jobs

_AGAIN = mark("operations", "Again")
_RESET = mark("operations", "Drop the filter")
_CLEAR = mark("operations", "Clear the search")
_ALL_TIME = mark("operations", "Search all the time")
_NEW = {Kind.PAYOUT: mark("operations", "New payout"), Kind.PAYMENT: mark("operations", "New payment")}

TYPING = 200
"""Milliseconds after the last key before a search begins."""
RESTING = 60
"""Milliseconds that a row is current before its card is looked up: arrows may run over many."""


class OperationsPage(OperationsView):
    """The page. Its signals tell the window what a person wants elsewhere; the window tells it what changed."""

    changed = Signal(object)
    duplicated = Signal(object)
    resend_asked = Signal(str)
    records_asked = Signal(str)
    noticed = Signal(object)
    wanted = Signal(str)

    def __init__(self, services: Services, jobs: Jobs, parent: QWidget | None = None) -> None:
        next_check = services.follow.next_check
        super().__init__(lambda: services.clock().utc, services.clock().iso(), next_check, parent)
        self._services, self._jobs = services, jobs
        self._chosen = ""
        self._goes_in = False
        self._has_rows = False
        self._summed: Summed | None = None
        self.source = OperationsSource(self.model, services, jobs, self)
        self.desk = CardDesk(self.card, services, jobs, self)
        self._typing = once(self, TYPING, self._show)
        self._resting = once(self, RESTING, self._open_chosen)
        self._connect()

    def entered(self) -> None:
        """The page came up: look at what changed meanwhile."""
        self.refresh()
        self.table.setFocus()

    def refresh(self) -> None:
        """Look again, keeping what is chosen and in sight."""
        self._renew()
        self.desk.reload()

    def search(self) -> None:
        """Go to the search box."""
        self.search_box.edit.setFocus()
        self.search_box.edit.selectAll()

    def export(self) -> None:
        """Write what the table shows to a file."""
        dialog = ExportDialog(self._services.operations, self.source.wanted, self._jobs, self.window())
        dialog.exported.connect(self.noticed)
        dialog.open()

    def tick(self) -> None:
        """A second went by."""
        if self.isVisible():
            self.desk.tick()
            if self.filters.filter().unclear_only:
                self.model.tick()

    def operations_changed(self, order_ids: tuple[str, ...]) -> None:
        """Operations changed or were asked about; a page that is not shown looks when it comes up."""
        if not self.isVisible():
            return
        self._renew()
        if self.desk.order_id in order_ids:
            self.desk.reload()

    def show_order(self, order_id: str) -> None:
        """Show one operation, whatever the filter lets through."""
        self._reset()
        self._choose(order_id)

    def show_filter(self, wanted: Filter) -> None:
        """Show what `wanted` lets through."""
        self.search_box.clear()
        self.filters.show_filter(wanted)

    def close_card(self) -> None:
        """Give the whole width to the table."""
        self.desk.close()
        self.show_card(shown=False)
        self.table.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.has_card():
            self.close_card()
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        self.filters.changed.connect(self._show)
        self.filters.reset_asked.connect(self._reset)
        self.search_box.searched.connect(self._on_typed)
        self.footer.reset.connect(self._reset)
        self.footer.more.connect(self._offer_totals)
        self.source.arrived.connect(self._on_arrived)
        self.source.summed.connect(self._on_summed)
        self.source.failed.connect(self._on_failed)
        self.source.busy.connect(self.table_card.busy.set_busy)
        self.table.row_changed.connect(self._on_row)
        self.table.opened.connect(self._on_opened)
        self.table.letter_pressed.connect(self._on_letter)
        self.card.closed.connect(self.close_card)
        self.desk.shown.connect(self._on_card)
        for signal, own in (
            (self.desk.changed, self.changed),
            (self.desk.duplicated, self.duplicated),
            (self.desk.resend_asked, self.resend_asked),
            (self.desk.records_asked, self.records_asked),
            (self.desk.noticed, self.noticed),
        ):
            signal.connect(own)
        i18n.current().changed.connect(self._on_language)

    def _show(self) -> None:
        """Show from its beginning what the chips let through and the search finds."""
        self._typing.stop()
        wanted = self.filters.filter()
        self.show_columns(unclear=wanted.unclear_only)
        self.source.show(wanted, self.search_box.text())

    def _renew(self) -> None:
        if not self._has_rows:
            self._show()
        else:
            self.source.renew(self.filters.filter(), self.visible_pages())

    def _reset(self) -> None:
        self.search_box.clear()
        self.filters.clear()

    def _on_typed(self) -> None:
        self._typing.start()

    def _on_arrived(self, found: Arrived) -> None:
        self._has_rows = True
        self.understood.say(found.understood or "")
        if self.model.rowCount():
            self.table_card.show_empty(None)
        self._keep_chosen()

    def _on_summed(self, found: Summed) -> None:
        self._summed = found
        self.footer.set_count(count_words(found), filtered=not found.wanted.is_empty)
        self.footer.set_totals(totals(found))
        self.table_card.show_empty(None if found.count else self._empty(found))

    def _on_failed(self, trouble: Trouble) -> None:
        about = told(trouble)
        again = _button(_AGAIN, "operations/again", self._show, "primary")
        self._has_rows = False
        self.table_card.show_empty(EmptyState("triangle-alert", about.title, in_one(about), again))

    def _empty(self, found: Summed) -> EmptyState:
        if not found.everything:
            payout, payment = (
                _button(_NEW[kind], f"operations/new/{kind.value}", self._wanting(kind), role)
                for kind, role in ((Kind.PAYOUT, "primary"), (Kind.PAYMENT, "secondary"))
            )
            return nothing_here(payout, payment)
        words = _RESET if found.understood is None else _CLEAR
        reset = _button(words, "operations/empty/reset", self._reset, "primary")
        if found.wanted.since is None:
            return nothing_fits(found, reset, None)
        other = _button(_ALL_TIME, "operations/empty/all_time", self.filters.period.reset)
        return nothing_fits(found, reset, other)

    def _wanting(self, kind: Kind) -> Callable[[], None]:
        return lambda: self.wanted.emit(kind.value)

    def _offer_totals(self) -> None:
        if self._summed is not None:
            offer(self.footer.count, [(None, words) for words in totals_words(self._summed)], -1)

    def _keep_chosen(self) -> None:
        """Select the chosen operation where it stands now, without scrolling and without opening it again."""
        place = self.model.place_of(self._chosen) if self._chosen else -1
        if place >= 0 and place != self.table.current_row():
            blocked = QSignalBlocker(self.table)
            self.table.setAutoScroll(False)
            self.table.setCurrentIndex(self.model.index(place, 0))
            self.table.setAutoScroll(True)
            blocked.unblock()
        self._see()

    def _see(self) -> None:
        if self._chosen and self.has_card():
            self.model.see(self._chosen)

    def _on_row(self, place: int) -> None:
        row = self.model.row_at(place)
        if row is None:
            return
        self._chosen = row.order_id
        if self.room > Room.NARROW or self.has_card():
            self._resting.start()

    def _on_opened(self, place: int) -> None:
        row = self.model.row_at(place)
        if row is not None:
            self._goes_in = True
            self._choose(row.order_id)

    def _choose(self, order_id: str) -> None:
        self._chosen = order_id
        self._open_chosen()

    def _open_chosen(self) -> None:
        self._resting.stop()
        self.desk.open(self._chosen)

    def _on_card(self) -> None:
        self.show_card(shown=True)
        self._see()
        if self._goes_in:
            self._goes_in = False
            self.card.go_in()

    def _on_language(self) -> None:
        if self._summed is not None:
            self._on_summed(self._summed)
        if self.isVisible():
            self.desk.reload()

    def _on_letter(self, letter: str) -> None:
        row = self.model.row_at(self.table.current_row())
        if row is None:
            return
        if letter == "S":
            self.desk.check(row.order_id)
        elif letter == "D":
            self.desk.duplicate(row.order_id)
        elif letter == "C":
            self.desk.copy_id(row)


def _button(words: Words, name: str, act: Callable[[], None], role: str = "secondary") -> Button:
    button = Button(words, role, name=name)
    button.clicked.connect(act)
    return button
