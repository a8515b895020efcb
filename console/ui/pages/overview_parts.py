"""The parts of the overview: what needs a person, the latest operations, and how the console is. They show what they get."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from console.catalogue.methods import BY_CODE
from console.domain.endpoint import Kind
from console.domain.moment import moscow_day
from console.domain.sentence import Sentence
from console.domain.sentences import told
from console.domain.states import State
from console.domain.text import Text, mark
from console.domain.wording import duration, key_word, kind_word, state_word
from console.ui import formats, i18n
from console.ui.controls.button import Button
from console.ui.controls.card import Card, clear, column
from console.ui.controls.label import Label
from console.ui.controls.paint import Align
from console.ui.controls.picture import Picture
from console.ui.controls.table import Column, Fact
from console.ui.i18n import Words
from console.ui.pages.operations_columns import in_sentence, look_of

if TYPE_CHECKING:
    from console.journal.rows import OperationRow
    from console.services.overview import Attention, Health, Overview

_TITLE = mark("overview", "{state}: {amount}")
_LINE = mark("overview", "{kind} {order}, {party}. {what}")
_LINE_ALONE = mark("overview", "{kind} {order}. {what}")
_NEXT = mark("overview", "Next check in {t}, asked {n} time", "Next check in {t}, asked {n} times")
_NEXT_NOW = mark("overview", "Next check now, asked {n} time", "Next check now, asked {n} times")
_THEN = Text("", "{money} {do}")
_OPEN = mark("overview", "Open")
_CORRECT = mark("overview", "Correct")
_CALM = mark("overview", "Nothing needs you now")
_UNSTORED = mark("overview", "{n} outcome is not in the journal yet", "{n} outcomes are not in the journal yet")
_FAULT = Text("", "{title}. {do}")
_MORE = mark("overview", "{n} more operation needs you", "{n} more operations need you")

_METHOD = Text("", "{kind}, {method}")
COLUMNS = (
    Column("state", mark("overview", "State"), 194, "badge", sortable=False),
    Column("time", mark("overview", "Time (MSK)"), 116, "time", sortable=False),
    Column("method", mark("overview", "Method"), 136, sortable=False),
    Column("recipient", mark("overview", "Recipient"), 140, "strong", stretch=True, sortable=False),
    Column("amount", mark("overview", "Amount"), 140, "money", sortable=False),
)

_GATEWAY = mark("overview", "Gateway answers")
_NOT_ASKED = mark("overview", "not asked yet")
_PAUSED = mark("overview", "Gateway is not asked")
_JOURNAL = mark("overview", "Journal is whole")
_RECORDS = mark("overview", "{n} record", "{n} records")
_DAMAGED = mark("overview", "Journal needs care")
_LOOKING = mark("overview", "Only looking")
_CLOCK = mark("overview", "Clock of this computer")
_OFF_BY = mark("overview", "off by {d}")
_MAY_LOOK = frozenset({"E-SECOND", "E-KEYRING-JOURNAL"})
"""Faults of this window and not of the journal."""
_KEYS = mark("overview", "Keys")
_BOTH = mark("overview", "both accepted")
_NONE_ACCEPTED = mark("overview", "not accepted yet")
_ONE_MISSING = mark("overview", "not accepted yet: {key}")

_SIDES = {
    "unclear": ("amber_t", "amber_e", "circle-question-mark", "amber", "amber"),
    "absent": ("surface", "amber_e", "search-x", "amber", "amber"),
    "disputed": ("violet_t", "violet", "equal-not", "violet", "violet"),
    "not_sent": ("surface", "edge", "circle-slash", "ink2", "ink"),
    "refused": ("surface", "line", "octagon-x", "red", "ink"),
}
"""Ground, border, icon, its colour, colour of the title: the unknown stands out most, a refusal is over."""

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class AttentionCard(Card):
    """An operation that needs a person: one sentence, one button. `opened(str)` or `corrected(str)` comes from it."""

    opened = Signal(str)
    corrected = Signal(str)

    def __init__(self, attention: Attention, seconds: float | None, parent: QWidget | None = None) -> None:
        row = attention.row
        fill, border, icon, colour, ink = _SIDES[_side(row)]
        super().__init__(fill=fill, border=border, padding=14, parent=parent)
        self.setObjectName(f"overview/attention/{row.order_id}")
        self._attention = attention
        self._next = Label("", "second", "ink2", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(3)
        state = state_word(row.state, row.kind) if not row.is_disputed else look_of(row).words
        words.addWidget(Label(_TITLE.with_(state=state, amount=row.money), "lead_strong", ink, wrap=True))
        words.addWidget(Label(_line(row, attention.sentence), "second", "ink", wrap=True))
        words.addWidget(self._next)
        self.button = Button(
            _CORRECT if row.state is State.REJECTED else _OPEN, size="small", name=f"overview/open/{row.order_id}"
        )
        self.button.clicked.connect(self._on_clicked)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(Picture(icon, colour, 22), 0, Align.AlignTop)
        line.addLayout(words, 1)
        line.addWidget(self.button, 0, Align.AlignTop)
        self.column.addLayout(line)
        self.count_down(seconds)

    @property
    def order_id(self) -> str:
        """The operation."""
        return self._attention.row.order_id

    def count_down(self, seconds: float | None) -> None:
        """Say when the gateway is asked next, or what is to be done where it is not."""
        row, told_ = self._attention.row, self._attention.sentence
        if seconds is not None and row.state.is_asked and not row.is_disputed:
            words = _NEXT_NOW if seconds < 1 else _NEXT.with_(t=formats.duration(seconds))
            self._next.say(words.of(row.asks))
        else:
            self._next.say(_then(row, told_))
        self._next.setVisible(bool(self._next.text()))

    def _on_clicked(self) -> None:
        row = self._attention.row
        (self.corrected if row.state is State.REJECTED else self.opened).emit(row.order_id)


class AttentionList(QWidget):
    """What needs a person, the most urgent first; `more_asked` wants all that are unclear."""

    opened = Signal(str)
    corrected = Signal(str)
    more_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: list[AttentionCard] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)

    def show_all(self, seen: Overview, unstored: int = 0) -> None:
        """Show what is wrong with the journal, how many outcomes it could not store, and the operations."""
        clear(self._column)
        self.cards = [AttentionCard(each, seen.checks.get(each.row.order_id)) for each in seen.attention]
        fault = seen.health.fault
        wrong = None if fault is None or fault.code in _MAY_LOOK else told(fault)
        if wrong is not None:
            self._column.addWidget(_line_alone("triangle-alert", "amber", _FAULT.with_(title=wrong.title, do=wrong.do)))
        if unstored:
            self._column.addWidget(_line_alone("triangle-alert", "amber", _UNSTORED.of(unstored)))
        for card in self.cards:
            card.opened.connect(self.opened)
            card.corrected.connect(self.corrected)
            self._column.addWidget(card)
        if not self._column.count():
            self._column.addWidget(_line_alone("circle-check", "green", _CALM))
        if seen.more:
            button = Button(_MORE.of(seen.more), "quiet", size="small", name="overview/more")
            button.clicked.connect(self.more_asked)
            self._column.addWidget(button)


class LatestModel(QAbstractTableModel):
    """The latest operations."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: tuple[OperationRow, ...] = ()
        self._today = ""

    def show_rows(self, rows: tuple[OperationRow, ...], now: datetime) -> None:
        """Show these rows; those of another day than `now` say their date."""
        self.beginResetModel()
        self._rows, self._today = rows, moscow_day(now)
        self.endResetModel()

    def row_at(self, place: int) -> OperationRow | None:
        """Return a row."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row_at(index.row())
        if row is None:
            return None
        if role == Fact.LOOK:
            return look_of(row)
        return self._cell(row, COLUMNS[index.column()].key) if role == Qt.ItemDataRole.DisplayRole else None

    def _cell(self, row: OperationRow, key: str) -> str:
        if key == "state":
            return i18n.tr(look_of(row).words)
        if key == "time":
            return formats.time(row.created) if moscow_day(row.created) == self._today else formats.date(row.created)
        if key == "method":
            method = BY_CODE.get(row.service)
            name = row.service if method is None else in_sentence(i18n.tr(method.short))
            return i18n.tr(_METHOD.with_(kind=kind_word(row.kind), method=name))
        return (row.recipient or row.number_masked or "") if key == "recipient" else formats.money(row.money)


_SIGNS = {True: ("circle-check", "green"), False: ("triangle-alert", "amber"), None: ("circle", "ink3")}


class HealthList(QWidget):
    """How the console is: the gateway, the journal, the keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._grid.setColumnStretch(1, 1)

    def show_health(self, health: Health) -> None:
        """Show how things are."""
        clear(self._grid)
        for number, (good, name, value) in enumerate(_told(health)):
            self._grid.addWidget(Picture(*_SIGNS[good], 16, outer=18), number, 0, Align.AlignTop)
            heading, label = Label(name, "second", "ink", wrap=True), Label(value, "second_tabular", "ink2", wrap=True)
            if good is False:  # a sentence: ragged at its left side it could hardly be read
                self._grid.addWidget(column(heading, label, spacing=2), number, 1, 1, 2)
            else:
                label.setAlignment(Align.AlignRight | Align.AlignTop)
                self._grid.addWidget(heading, number, 1, Align.AlignTop)
                self._grid.addWidget(label, number, 2)


def _told(health: Health) -> list[tuple[bool | None, Words, Words]]:
    """Return lines: whether it is good (None: not known yet), what, and how it is."""
    lines: list[tuple[bool | None, Words, Words]] = []
    if health.paused is not None:
        lines.append((False, _PAUSED, health.paused))
    elif health.gateway is None:
        lines.append((None, _GATEWAY, _NOT_ASKED))
    else:
        lines.append((True, _GATEWAY, formats.milliseconds(round(health.gateway * 1000))))
    if health.fault is not None and health.fault.code in _MAY_LOOK:
        lines.append((False, _LOOKING, told(health.fault).title))
    elif health.fault is None:
        lines.append((True, _JOURNAL, _RECORDS.of(health.records).with_(n=formats.number(health.records))))
    else:
        lines.append((False, _DAMAGED, told(health.fault).title))
    missing = [kind for kind in Kind if kind not in health.keys]
    words: Words = _BOTH
    if missing:
        words = _NONE_ACCEPTED if len(missing) == len(Kind) else _ONE_MISSING.with_(key=key_word(missing[0]))
    lines.append((not missing, _KEYS, words))
    if health.skew:
        lines.append((False, _CLOCK, _OFF_BY.with_(d=duration(abs(health.skew)))))
    return lines


def _side(row: OperationRow) -> str:
    if row.is_disputed:
        return "disputed"
    return {State.UNKNOWN: "unclear", State.ABSENT: "absent", State.NOT_SENT: "not_sent"}.get(row.state, "refused")


def _line(row: OperationRow, told_: Sentence) -> Text:
    party = row.number_masked if row.kind is Kind.PAYOUT and row.state is not State.REJECTED else row.recipient
    party = party or row.recipient or row.number_masked
    words = _LINE if party else _LINE_ALONE
    shown = (party or "").removesuffix(".")  # «Громова Е. А.» ends the sentence by itself
    return words.with_(kind=kind_word(row.kind), order=row.order_id, party=shown, what=told_.what)


def _then(row: OperationRow, told_: Sentence) -> Words:
    """Return what is to be done; what about the money stands before it where the title does not say it."""
    if told_.needs:
        return ""
    if told_.money is None or row.state is State.NOT_SENT:
        return told_.do
    return _THEN.with_(money=told_.money.text, do=told_.do)


def _line_alone(icon: str, colour: str, words: Words) -> Card:
    card = Card(padding=14)
    line = QHBoxLayout()
    line.setSpacing(12)
    line.addWidget(Picture(icon, colour, 22))
    line.addWidget(Label(words, "body_medium", "ink2", wrap=True), 1)
    card.column.addLayout(line)
    return card
