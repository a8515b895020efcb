"""The overview: figures of the day, what needs a person, the latest operations, a week of payouts, the health."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.endpoint import Kind
from console.domain.sentences import told
from console.domain.text import Text, mark
from console.domain.trouble import Trouble
from console.journal.filters import Filter
from console.services.overview import LATEST, Overview
from console.ui import formats, i18n
from console.ui.controls.banner import ErrorBanner
from console.ui.controls.bars import PageHead
from console.ui.controls.button import Button
from console.ui.controls.card import Card, Scroll
from console.ui.controls.empty import EmptyState
from console.ui.controls.figures import Bar, Bars, Figure, FigureRow
from console.ui.controls.label import Label
from console.ui.controls.table import TableCard, TableView
from console.ui.pages.overview_parts import COLUMNS, AttentionList, HealthList, LatestModel
from console.ui.shell.room import Room
from console.ui.theme import tokens
from console.ui.timers import once

if TYPE_CHECKING:
    from console.services.overview import Flow
    from console.services.services import Services
    from console.ui.jobs import Jobs

_TITLE = mark("overview", "Overview")
_PAYOUT = mark("overview", "New payout")
_PAYMENT = mark("overview", "New payment")
_AVAILABLE = mark("overview", "Available")
_UPDATED = mark("overview", "updated {age}")
_NO_BALANCE = mark("overview", "not asked yet")
_PAID_OUT = mark("overview", "Paid out today")
_RECEIVED = mark("overview", "Received today")
_PROCESSING = mark("overview", "Processing")
_PAYOUTS = mark("overview", "{n} payout", "{n} payouts")
_PAYMENTS = mark("overview", "{n} payment", "{n} payments")
_OPERATIONS = mark("overview", "{n} operation", "{n} operations")
_ATTENTION = mark("overview", "Needs attention")
_LATEST = mark("overview", "Latest operations")
_ALL = mark("overview", "All operations")
_WEEK = mark("overview", "Payouts of 7 days, thousand RUB")
_HEALTH = mark("overview", "State of the console")
_NONE = mark("overview", "No operations yet")
_NONE_MORE = mark("overview", "The first one will stand here as soon as it is confirmed.")

RESTING = 150
"""Milliseconds after the last change before the overview is made anew: changes come in bunches."""
SIDE = 320


class OverviewPage(QWidget):
    """The page. Its signals tell the window what a person wants to see or to begin."""

    wanted = Signal(str)
    opened = Signal(str)
    filtered = Signal(object)
    duplicated = Signal(object)

    def __init__(self, services: Services, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ring_radius = 0  # the page itself may have the focus, and nothing on it stands out then
        self._services, self._jobs = services, jobs
        self._seen: Overview | None = None
        self._side_margin, self._top_margin = 28, 22
        self._resting = once(self, RESTING, self.refresh)
        self._build()
        i18n.current().changed.connect(self._on_language)

    def entered(self) -> None:
        """The page came up."""
        self.refresh()
        self.setFocus()

    def refresh(self) -> None:
        """Look again."""
        self._jobs.run(self, self._services.overviews.now, self.show_overview, self._on_failed, lane="read")

    def operations_changed(self, _: tuple[str, ...]) -> None:
        """Operations changed."""
        if self.isVisible():
            self._resting.start()

    def account_changed(self) -> None:
        """Another account is the current one."""
        self.refresh()

    def tick(self) -> None:
        """A second went by."""
        if self.isVisible():
            for card in self.attention.cards:
                card.count_down(self._services.follow.next_check(card.order_id))
            self._show_balance()

    def set_room(self, room: Room) -> None:
        """Put the right column below the left one in a narrow window, and the figures in two rows."""
        narrow = room is Room.NARROW
        self._side_margin, self._top_margin = (28, 22) if room >= Room.FULL else (16, 16)
        self._on_range(0, self._scroll.verticalScrollBar().maximum())
        self._columns.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._side.setMaximumWidth(16_777_215 if narrow else SIDE)
        self._side.setMinimumWidth(0 if narrow else SIDE)
        self._figures.setVisible(not narrow)
        for figures in self._halves:
            figures.setVisible(narrow)

    def show_overview(self, seen: Overview) -> None:
        """Show what the services found."""
        self._seen = seen
        self._trouble.hide()
        self.head.sentence.say(formats.long_date(seen.now))
        self.head.sentence.show()
        self._show_figures(seen)
        self.attention.show_all(seen, len(self._services.submit.storing.held()))
        self._model.show_rows(seen.latest, seen.now)
        self.latest.show_empty(None if seen.latest else EmptyState("list", _NONE, _NONE_MORE))
        self._show_bars(seen)
        self._health.show_health(seen.health)

    def _show_figures(self, seen: Overview) -> None:
        figures = [
            self._balance(seen),
            Figure(_PAID_OUT, formats.money(seen.paid_out.amount), _count(_PAYOUTS, seen.paid_out)),
            Figure(_RECEIVED, formats.money(seen.received.amount), _count(_PAYMENTS, seen.received)),
            Figure(_PROCESSING, formats.money(seen.processing.amount), _count(_OPERATIONS, seen.processing)),
        ]
        self._figures.show_figures(figures)
        for number, half in enumerate(self._halves):
            half.show_figures(figures[number * 2 : number * 2 + 2])

    def _show_balance(self) -> None:
        if self._seen is not None:
            self._show_figures(self._seen)

    def _balance(self, seen: Overview) -> Figure:
        held = None if seen.account is None else self._services.balances.latest(seen.account.id)
        if held is None:
            return Figure(_AVAILABLE, "—", _NO_BALANCE)
        age = formats.age(held.at.utc, self._services.clock().utc)
        return Figure(_AVAILABLE, formats.money(held.balance), _UPDATED.with_(age=age))

    def _show_bars(self, seen: Overview) -> None:
        largest = max((day.paid.kopecks for day in seen.days), default=0)
        self._bars.show_bars(
            [
                Bar(
                    formats.short_weekday(day.at),
                    formats.thousands(day.paid.kopecks),
                    day.paid.kopecks / largest if largest else 0.0,
                    day.is_today,
                )
                for day in seen.days
            ]
        )

    def _build(self) -> None:
        payment = Button(_PAYMENT, icon="banknote-arrow-down", name="overview/payment")
        payout = Button(_PAYOUT, "primary", icon="banknote-arrow-up", name="overview/payout")
        payment.clicked.connect(lambda: self.wanted.emit(Kind.PAYMENT.value))
        payout.clicked.connect(lambda: self.wanted.emit(Kind.PAYOUT.value))
        self.head = PageHead(_TITLE, "", payment, payout)
        empty = [Figure(words, "—") for words in (_AVAILABLE, _PAID_OUT, _RECEIVED, _PROCESSING)]
        self._figures = FigureRow(empty)
        self._halves = (FigureRow(empty[:2]), FigureRow(empty[2:]))
        self._trouble = QWidget()
        self._trouble_column = QVBoxLayout(self._trouble)
        self._trouble_column.setContentsMargins(0, 0, 0, 0)
        self._trouble.hide()
        inner = QWidget()
        self._inner = QVBoxLayout(inner)
        self._inner.setSpacing(16)
        for part in (self.head, self._trouble, self._figures, *self._halves):
            self._inner.addWidget(part)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(20)
        self._columns.addWidget(self._left(), 1)
        self._columns.addWidget(self._right())
        self._inner.addLayout(self._columns)
        self._inner.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._scroll = Scroll(inner)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._on_range)
        outer.addWidget(self._scroll)
        self.set_room(Room.FULL)

    def _on_range(self, _: int, last: int) -> None:
        """Give the scroll bar the room of the margin, so that the columns stay as wide as they are."""
        side, top = self._side_margin, self._top_margin
        self._inner.setContentsMargins(side, top, side - 12 if last else side, top)

    def _left(self) -> QWidget:
        self.attention = AttentionList()
        self.attention.opened.connect(self.opened)
        self.attention.corrected.connect(self._on_corrected)
        self.attention.more_asked.connect(self._on_more)
        self.table = TableView(COLUMNS, _LATEST, name="overview/latest")
        self._model = LatestModel(self)
        self.table.setModel(self._model)
        self.table.opened.connect(self._on_opened)
        self.latest = TableCard(self.table, head=self._latest_head())
        self.latest.setFixedHeight(48 + tokens.TABLE_HEADER + LATEST * tokens.TABLE_ROW + 6)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(Label(_ATTENTION, "body_strong", "ink2"))
        column.addWidget(self.attention)
        column.addSpacing(6)
        column.addWidget(self.latest)
        column.addStretch(1)
        return left

    def _latest_head(self) -> QWidget:
        every = Button(_ALL, "quiet", size="row", name="overview/all")
        every.clicked.connect(lambda: self.filtered.emit(Filter()))
        head = QWidget()
        head.setFixedHeight(48)
        row = QHBoxLayout(head)
        row.setContentsMargins(20, 4, 8, 4)
        row.addWidget(Label(_LATEST, "body_strong"), 1)
        row.addWidget(every)
        return head

    def _right(self) -> QWidget:
        self._side = QWidget()
        column = QVBoxLayout(self._side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self._bars, self._health = Bars(), HealthList()
        for caption, widget in ((_WEEK, self._bars), (_HEALTH, self._health)):
            card = Card(caption, spacing=12)
            card.column.addWidget(widget)
            column.addWidget(card)
        column.addStretch(1)
        return self._side

    def _on_more(self) -> None:
        """Show what is unclear where there is more of it, else everything."""
        last = self._seen.attention[-1].row if self._seen is not None and self._seen.attention else None
        self.filtered.emit(Filter(unclear_only=last is not None and last.is_unclear))

    def _on_opened(self, place: int) -> None:
        row = self._model.row_at(place)
        if row is not None:
            self.opened.emit(row.order_id)

    def _on_corrected(self, order_id: str) -> None:
        operations = self._services.operations
        self._jobs.run(self, lambda: operations.duplicate(order_id), self.duplicated.emit, self._on_failed, lane="read")

    def _on_failed(self, error: BaseException) -> None:
        if not isinstance(error, Trouble):
            raise error
        about = told(error)
        while (item := self._trouble_column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        money = "" if about.money is None else about.money.text
        self._trouble_column.addWidget(ErrorBanner("failed", about.title, about.what, money, about.do))
        self._trouble.show()

    def _on_language(self) -> None:
        if self._seen is not None:
            self.show_overview(self._seen)


def _count(words: Text, flow: Flow) -> Text:
    return words.of(flow.count).with_(n=formats.number(flow.count))
