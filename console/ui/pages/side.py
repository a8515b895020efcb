"""What stands beside a form: warnings, the account that pays or what the payer will get, earlier operations, hints.

Only shows what the services found; a narrow window gets the strip of the same facts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.doubt import Doubt, Weight
from console.domain.endpoint import Kind
from console.domain.method import Form, Method
from console.domain.money import Money, Sum
from console.domain.text import mark
from console.ui import formats, i18n
from console.ui.controls.badge import Badge
from console.ui.controls.card import Card
from console.ui.controls.form import SidePanel, SideStrip
from console.ui.controls.label import Label, Line
from console.ui.controls.paint import Align
from console.ui.controls.picture import Picture
from console.ui.controls.warning import WarningPanel
from console.ui.i18n import Words

if TYPE_CHECKING:
    from console.journal.rows import OperationRow
    from console.services.balances import Held
    from console.services.reviews import SideInfo

_ACCOUNT = mark("order", "Account charged")
_BALANCE = mark("order", "Balance, {age}")
_NO_BALANCE = mark("order", "Balance")
_NO_DATA = mark("order", "no data")
_PENDING = mark("order", "Pending payouts")
_THIS = mark("order", "This payout")
_REMAINS = mark("order", "Remains")
_FEE = mark("order", "Without the fee: the gateway tells it in its answer.")
_EARLIER = {
    Kind.PAYOUT: mark("order", "Earlier to this recipient"),
    Kind.PAYMENT: mark("order", "Earlier by this payer"),
}
_NONE_EARLIER = {
    Kind.PAYOUT: mark("order", "This recipient was not paid yet."),
    Kind.PAYMENT: mark("order", "This payer has not paid yet."),
}
_GETS = mark("order", "What the payer gets")
_LINK = mark("order", "A link to the gateway's page")
_CARD = mark("order", "A card number of 16 digits")
_PHONE = mark("order", "A phone number")
_NUMBER = mark("order", "An account number of 20 digits")
_HOLDER = mark("order", "The holder's name")
_EXACT = mark("order", "The exact amount: it has to match to the kopeck")
_EXACT_SUM = mark("order", "The exact amount, {amount}: it has to match to the kopeck")
_STRONG = mark("order", "{detail} You can send it; the review will ask for a reason.")
_BLOCKED = {
    Kind.PAYOUT: mark("order", "This payout is closed for now"),
    Kind.PAYMENT: mark("order", "This payment is closed for now"),
}
_DASH = "—"

_GETS_OF = {
    Form.LINK: ("link-2", _LINK),
    Form.CARD: ("credit-card", _CARD),
    Form.PHONE: ("smartphone", _PHONE),
    Form.ACCOUNT: ("landmark", _NUMBER),
    Form.HOLDER: ("user", _HOLDER),
}
_WEIGHTS = {Weight.HINT: "hint", Weight.WARNING: "warning", Weight.STRONG: "strong"}


@dataclass(frozen=True, slots=True)
class Beside:
    """Everything the panel shows at one moment; `amount` is None while it is not understood."""

    method: Method
    info: SideInfo | None
    amount: Money | None
    now: datetime
    has_party: bool = False


class OrderSide(SidePanel):
    """The panel and its strip."""

    def __init__(self, strip: SideStrip, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._strip = strip
        self._shown: Beside | None = None
        i18n.current().changed.connect(self._on_language)

    def show_beside(self, beside: Beside) -> None:
        """Show these facts, if they are others than now."""
        if beside != self._shown:
            self._shown = beside
            self._draw(beside)

    def _on_language(self) -> None:
        if self._shown is not None:
            self._draw(self._shown)

    def _draw(self, beside: Beside) -> None:
        doubts = beside.info.doubts if beside.info is not None else ()
        if beside.info is not None and beside.info.blocked is not None:
            closed = WarningPanel("strong", _BLOCKED[beside.method.kind], beside.info.blocked, icon="lock")
            strong = [closed, *doubt_panels(doubt for doubt in doubts if doubt.is_strong and doubt.typed is None)]
        else:
            strong = [_panel(doubt) for doubt in doubts if doubt.is_strong]
        is_payout = beside.method.kind is Kind.PAYOUT
        cards = [_account(beside) if is_payout else _gets(beside.method, beside.amount)]
        if beside.has_party and beside.info is not None:
            cards.append(_earlier(beside.method.kind, beside.info.earlier))
        self.show_cards(*strong, *cards, *(_panel(doubt) for doubt in doubts if not doubt.is_strong))
        self._fill_strip(beside, doubts)

    def _fill_strip(self, beside: Beside, doubts: tuple[Doubt, ...]) -> None:
        if beside.method.kind is Kind.PAYOUT:
            held = None if beside.info is None else beside.info.balance
            left = remains(held, beside.amount)
            self._strip.set_figure(_REMAINS, _DASH if left is None else formats.money(left))
        else:
            self._strip.set_figure(_GETS, "")
        if beside.info is not None and beside.info.blocked is not None:
            self._strip.set_warning(_BLOCKED[beside.method.kind], "strong")
            return
        first = next(iter(sorted(doubts, key=lambda doubt: -doubt.weight)), None)
        self._strip.set_warning("" if first is None else first.title, _WEIGHTS[first.weight] if first else "hint")


def remains(held: Held | None, amount: Money | None) -> Sum | None:
    """Return the balance without this amount, exactly; None while the balance is not known."""
    if held is None:
        return None
    left = held.balance.decimal - (amount.decimal if amount is not None else 0)
    return Sum(f"{left:f}")


def doubt_panels(doubts: Iterable[Doubt]) -> list[WarningPanel]:
    """Return a panel for each doubt that only has to be read."""
    return [WarningPanel(_WEIGHTS[doubt.weight], doubt.title, doubt.detail) for doubt in doubts]


def _panel(doubt: Doubt) -> WarningPanel:
    detail: Words = _STRONG.with_(detail=doubt.detail) if doubt.is_strong else doubt.detail
    return WarningPanel(_WEIGHTS[doubt.weight], doubt.title, detail)


def _account(beside: Beside) -> Card:
    card = Card(_ACCOUNT)
    held = None if beside.info is None else beside.info.balance
    if held is None:
        card.column.addWidget(_figure(_NO_BALANCE, _NO_DATA, "second", "ink3"))
    else:
        age = formats.age(held.at.utc, beside.now)
        card.column.addWidget(_figure(_BALANCE.with_(age=age), formats.money(held.balance)))
    if beside.amount is not None:
        card.column.addWidget(_figure(_THIS, formats.money(beside.amount, sign=formats.MINUS)))
    if held is not None and held.pending is not None and held.pending.decimal:
        card.column.addWidget(_figure(_PENDING, formats.money(held.pending)))
    left = remains(held, beside.amount)
    if left is not None and beside.amount is not None:
        card.column.addWidget(Line())
        ink = "red" if left.decimal < 0 else "ink"
        card.column.addWidget(_figure(_REMAINS, formats.money(left), "section_money", ink, strong=True))
        card.column.addWidget(Label(_FEE, "caption", "ink3", wrap=True))
    return card


def _figure(words: Words, value: Words, role: str = "body_money", ink: str = "ink", *, strong: bool = False) -> QWidget:
    result = QWidget()
    row = QHBoxLayout(result)
    row.setContentsMargins(0, 2, 0, 2)
    row.addWidget(Label(words, "second_strong" if strong else "second", "ink" if strong else "ink2"))
    row.addStretch(1)
    row.addWidget(Label(value, role, ink, select=True))
    return result


def _gets(method: Method, amount: Money | None) -> Card:
    card = Card(_GETS)
    for shown in method.shows:
        card.column.addLayout(_line(*_GETS_OF[shown.form]))
    if any(shown.form is not Form.LINK for shown in method.shows):
        words = _EXACT if amount is None else _EXACT_SUM.with_(amount=amount)
        card.column.addLayout(_line("circle-alert", words))
    return card


def _line(icon: str, words: Words) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    row.addWidget(Picture(icon, "ink2", 18), 0, Align.AlignTop)
    row.addWidget(Label(words, "second", wrap=True), 1)
    return row


def _earlier(kind: Kind, rows: tuple[OperationRow, ...]) -> Card:
    card = Card(_EARLIER[kind])
    if not rows:
        card.column.addWidget(Label(_NONE_EARLIER[kind], "second", "ink", wrap=True))
        return card
    grid = QGridLayout()
    grid.setVerticalSpacing(10)
    grid.setColumnStretch(1, 1)
    for number, row in enumerate(rows):
        state = "disputed" if row.is_disputed else row.state.value
        grid.addWidget(Badge(state, row.kind.value), number, 0)
        figures = QVBoxLayout()
        figures.setSpacing(1)
        figures.addWidget(Label(formats.money(row.money), "second_money"), 0, Align.AlignRight)
        figures.addWidget(Label(formats.date(row.created), "caption_tabular", "ink3"), 0, Align.AlignRight)
        grid.addLayout(figures, number, 2)
    card.column.addLayout(grid)
    return card
