"""The block of a result: head, what has to be told, the facts, what happened, and the buttons that fit the state.

There is no way to send again from an unknown outcome: such a block has no such button.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.endpoint import Kind
from console.domain.method import Form
from console.domain.states import State
from console.domain.text import mark
from console.ui import formats, i18n
from console.ui.controls.banner import TroubleBlock
from console.ui.controls.bars import ResultHead
from console.ui.controls.button import Button
from console.ui.controls.card import Fold, column, row
from console.ui.controls.label import Label
from console.ui.controls.paint import Align
from console.ui.controls.picture import Picture
from console.ui.controls.warning import WarningPanel
from console.ui.i18n import Words
from console.ui.pages.payer import PayerPanel
from console.ui.pages.result_cards import Happened, NextCheck, StateCard
from console.ui.pages.result_words import TONES, head

if TYPE_CHECKING:
    from console.domain.fields.field import Value
    from console.domain.method import Method
    from console.domain.sentence import Sentence
    from console.services.operations import Card

_NEW = {Kind.PAYOUT: mark("result", "New payout"), Kind.PAYMENT: mark("result", "New payment")}
_OTHER = {
    Kind.PAYOUT: mark("result", "A payout to another recipient"),
    Kind.PAYMENT: mark("result", "A payment of another payer"),
}
_OPEN = mark("result", "Open in operations")
_RECEIPT = mark("result", "Copy the receipt")
_REPORT = mark("result", "Copy the report")
_RESEND = mark("result", "Review and send again")
_NOT_YET = mark("result", "The money is not with the recipient yet")
_NOT_YET_WHY = mark("result", "The console shows “Paid out” only when the gateway confirms it.")
_CLOSED = mark("result", "Payouts of this amount to this recipient are closed until the gateway answers.")
_CLOSED_ABSENT = mark("result", "Payouts of this amount to this recipient are closed until this one is sent or closed.")
_ONLY_HERE = mark("result", "The whole number is shown here only. In operations and exports it is hidden: {masked}.")
_NO_MONEY = mark("result", "No money is concerned.")
_PAUSED = mark("result", "Questions to the gateway wait")
_HAPPENED = mark("result", "What happened")
_SOON = mark("result", "a moment")

_ICONS = {Kind.PAYOUT: "banknote-arrow-up", Kind.PAYMENT: "banknote-arrow-down"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """An operation as its result shows it: its card, the values that were reviewed, the ready text for the payer.

    `next_check` are the seconds until the gateway is asked, None where it is not; `paused` says why.
    """

    card: Card
    method: Method
    values: Mapping[str, Value]
    payer_text: str = ""
    next_check: float | None = None
    paused: Words = ""

    @property
    def shows_payer(self) -> bool:
        """Whether there is something the payer must be shown."""
        row_ = self.card.row
        return bool(self.card.shown) and row_.state is State.WAIT and not row_.is_disputed

    @property
    def is_told(self) -> bool:
        """Whether a sentence in three parts stands first."""
        return self.card.notice is not None and not self.shows_payer


class ResultBlock(QWidget):
    """One outcome. `deed(str)` tells which button was clicked: new, open, resend, check, receipt or report."""

    deed = Signal(str)
    copied = Signal(object)

    def __init__(self, outcome: Outcome, *, narrow: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outcome, self._narrow = outcome, narrow
        self._counting: list[StateCard | NextCheck] = []
        self._told: TroubleBlock | None = None
        shown = head(outcome.card.row, outcome.method, _party(outcome))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(20)
        whole.addWidget(ResultHead(shown.icon, shown.colour, shown.title, shown.sentence, border=shown.border))
        whole.addLayout(self._columns(column(*self._left(), *self._feet(), spacing=16), self._right()))
        self.setMaximumWidth(1100 if self._has_link() else 980 if outcome.shows_payer else 1060)

    def count_down(self, seconds: float | None) -> None:
        """Say when the gateway is asked next."""
        for part in self._counting:
            part.count_down(seconds)
        if self._told is not None and self._outcome.card.notice is not None:
            self._told.do.say(_counted(self._outcome.card.notice, seconds).do)

    def set_asking(self, asking: bool) -> None:
        """Show that the gateway is being asked."""
        for part in self._counting:
            if isinstance(part, NextCheck):
                part.set_busy(asking)

    def _columns(self, left: QWidget, right: QWidget) -> QBoxLayout:
        way = QBoxLayout.Direction.TopToBottom if self._narrow else QBoxLayout.Direction.LeftToRight
        columns = QBoxLayout(way)
        columns.setSpacing(16)
        columns.addWidget(left, 1, Align.AlignTop)
        columns.addWidget(right, 0, Align.AlignTop)
        if not self._narrow:
            right.setFixedWidth(332 if self._outcome.shows_payer else 390)
        return columns

    def _left(self) -> list[QWidget]:
        outcome = self._outcome
        if outcome.shows_payer:
            panel = PayerPanel(outcome.card.shown, outcome.card.row.money, outcome.payer_text)
            panel.set_narrow(self._narrow)
            panel.copied.connect(self.copied)
            return [*self._notice(), panel]
        if outcome.is_told:
            return [*self._notice(), *([self._state(narrow=False)] if self._is_asked() else [])]
        if outcome.card.row.state is State.WAIT and outcome.card.row.kind is Kind.PAYOUT:
            return [self._state(narrow=False), WarningPanel("hint", _NOT_YET, _NOT_YET_WHY)]
        return [self._state(narrow=False)]

    def _notice(self) -> list[QWidget]:
        """Return what has to be told in three parts, or nothing."""
        if self._outcome.card.notice is None:
            return []
        notice = _counted(self._outcome.card.notice, self._outcome.next_check)
        money = notice.money.text if notice.money is not None else _NO_MONEY
        self._told = TroubleBlock(TONES[notice.tone], notice.what, money, notice.do)
        return [self._told]

    def _feet(self) -> list[QWidget]:
        closed = _CLOSED_ABSENT if self._outcome.card.row.state is State.ABSENT else _CLOSED
        held = row(Picture("lock", "ink2", 16), Label(closed, "second", "ink2"), 1)
        return [held, self._buttons()] if self._is_held() else [self._buttons()]

    def _right(self) -> QWidget:
        outcome = self._outcome
        happened = Happened(outcome.card.steps, goes_on=outcome.next_check is not None)
        parts: list[QWidget] = []
        if outcome.shows_payer:
            parts.append(self._state(narrow=True))
            parts += [_eye(masked) for masked in (_masks(outcome),) if masked]
            return column(*parts, Fold(_HAPPENED, happened, name="result/happened"), spacing=16)
        if outcome.is_told and self._is_asked():
            check = NextCheck(outcome.card.row)
            check.asked.connect(lambda: self.deed.emit("check"))
            self._counting.append(check)
            parts.append(check)
        elif outcome.is_told:
            parts.append(self._state(narrow=True))
        if outcome.paused:
            parts.append(WarningPanel("warning", _PAUSED, outcome.paused))
        return column(*parts, happened, spacing=16)

    def _state(self, *, narrow: bool) -> StateCard:
        card = StateCard(self._outcome.card.row, self._outcome.method, self._outcome.values, narrow=narrow)
        card.copied.connect(self.copied)
        if not (self._outcome.is_told and self._is_asked()):  # there the next check has a card of its own
            self._counting.append(card)
        return card

    def _buttons(self) -> QWidget:
        """Return the buttons: where something is told the quiet ones stand in a row of their own."""
        row_, told = self._outcome.card.row, self._outcome.is_told
        new, other = _NEW[row_.kind], _OTHER[row_.kind] if row_.state is not State.NOT_SENT else _NEW[row_.kind]
        to_open = self._button("open", Button(_OPEN, icon="list", name="result/operations"))
        if not told and not self._is_lost():
            role = "secondary" if self._has_link() else "primary"
            go_on = self._button("new", Button(new, role, icon=_ICONS[row_.kind], name="result/new"))
            receipt = self._button("receipt", Button(_RECEIPT, icon="copy", name="result/receipt"))
            return self._rows([go_on, to_open, receipt])
        report = self._button("report", Button(_REPORT, "quiet", icon="copy", name="result/report"))
        quiet = [report, self._button("new", Button(other, "quiet", name="result/new"))]
        if row_.state is not State.NOT_SENT:
            return self._rows([to_open], quiet)
        again = self._button("resend", Button(_RESEND, "primary", icon="refresh-cw", name="result/resend"))
        return self._rows([again, to_open], quiet)

    @staticmethod
    def _rows(*rows: list[Button]) -> QWidget:
        if len(rows) > 1 and len(rows[0]) == 1:
            return row(*rows[0], *rows[1], 1, spacing=10)
        return column(*(row(*buttons, 1, spacing=10) for buttons in rows), spacing=8)

    def _button(self, deed: str, button: Button) -> Button:
        button.clicked.connect(lambda: self.deed.emit(deed))
        return button

    def _has_link(self) -> bool:
        return self._outcome.shows_payer and any(each.shown.form is Form.LINK for each in self._outcome.card.shown)

    def _is_asked(self) -> bool:
        return self._outcome.next_check is not None

    def _is_held(self) -> bool:
        row_ = self._outcome.card.row
        return row_.kind is Kind.PAYOUT and (row_.is_unclear or row_.is_disputed or self._is_lost())

    def _is_lost(self) -> bool:
        """Whether the disk did not take what the gateway said: as unclear as an unknown outcome (R6)."""
        return self._outcome.card.row.state in {State.INTENDED, State.SENDING}


def _eye(masked: str) -> QWidget:
    words = Label(_ONLY_HERE.with_(masked=masked), "second", "ink2", wrap=True)
    result = QWidget()
    line = QHBoxLayout(result)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    line.addWidget(Picture("eye", "ink2", 16), 0, Align.AlignTop)
    line.addWidget(words, 1)
    return result


def _party(outcome: Outcome) -> str:
    """Return who is paid or pays, as a person reads it."""
    method = outcome.method
    value = outcome.values.get(method.party)
    if value is None:
        return outcome.card.row.number_masked or outcome.card.row.recipient or outcome.card.row.order_id
    return method.field(method.party).show(value, i18n.current().code)


def _counted(sentence: Sentence, seconds: float | None) -> Sentence:
    """Return the sentence with the time until the next question in it."""
    return sentence.with_({"t": _SOON if seconds is None or seconds < 1 else formats.duration(seconds)})


def _masks(outcome: Outcome) -> str:
    """Return how the number that the payer is shown stands elsewhere; empty where only a link is shown."""
    hidden = (each.masked for each in outcome.card.shown if each.shown.form not in {Form.LINK, Form.HOLDER})
    return next(hidden, "")
