"""The cards of a result: the facts of the order, the next question to the gateway, what happened so far."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.domain.endpoint import Kind
from console.domain.fields.field import Look
from console.domain.fields.ids import OrderId, Service
from console.domain.money import Sum
from console.domain.text import mark
from console.ui import clipboard, formats, i18n
from console.ui.controls.badge import Badge, Pill
from console.ui.controls.button import Button
from console.ui.controls.card import Card, row
from console.ui.controls.facts import FactList
from console.ui.controls.label import Label, Line
from console.ui.controls.timeline import Step, Timeline
from console.ui.i18n import Words
from console.ui.pages.review_summary import visible

if TYPE_CHECKING:
    from console.domain.fields.field import Field, Value
    from console.domain.method import Method
    from console.journal.rows import OperationRow
    from console.services.timeline import Step as Told

_AMOUNT = mark("result", "Amount")
_RECIPIENT = mark("result", "Recipient")
_METHOD = mark("result", "Method")
_PAID = mark("result", "Amount paid")
_FEE = mark("result", "Fee")
_CREDITED = mark("result", "Credited")
_ORDER_ID = mark("result", "Order id")
_GATEWAY_ID = mark("result", "Gateway id")
_NOT_NAMED = mark("result", "not named yet")
_HAPPENED = mark("result", "What happened")
_NEXT = mark("result", "Next check")
_BY_ITSELF = mark("result", "The console asks by itself until the gateway names the outcome.")
_IN = mark("result", "in {time}")
_NOW = mark("result", "now")
_NOT_PLANNED = mark("result", "not planned")
_CHECK_IN = mark("result", "check in {time}")
_ASKED = mark("result", "Asked {n} time, last at {time}", "Asked {n} times, last at {time}")
_NOT_ASKED = mark("result", "Not asked yet")
_NOT_THROUGH = mark("result", "No question got through yet, last tried at {time}")
_ASK = mark("result", "Ask now")
_ASKING = mark("result", "Asking…")
_AWAITED = mark("result", "The payer has not paid yet. Next check {time}.")
_ID_COPIED = mark("result", "Copied for 10 s: {value}")


class StateCard(Card):
    """The state as a big badge and the facts of the order. `copied(Words)` tells what was copied."""

    copied = Signal(object)

    def __init__(
        self,
        row_: OperationRow,
        method: Method,
        values: Mapping[str, Value],
        *,
        narrow: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(padding=20 if narrow else 24, spacing=14, radius=12, parent=parent)
        self._row, self._narrow = row_, narrow
        self._when = Label(role="second", ink="ink3", wrap=narrow)
        code = "disputed" if row_.is_disputed else row_.state.value
        state = Badge(code, row_.kind.value, big=True, name="result/state")
        if narrow:
            self.column.addWidget(row(state, 1))
            self.column.addWidget(self._when)
            self.column.addWidget(Line())
        else:
            self.column.addWidget(row(state, 1, self._when))
        self._facts = FactList(label_width=110 if narrow else 148, spacing=11, role="body")
        self._tell(method, values)
        self.column.addWidget(self._facts)

    def count_down(self, seconds: float | None) -> None:
        """Say when the gateway is asked next."""
        if seconds is None or not self._row.state.is_asked:
            self._when.say("")
        elif self._row.kind is Kind.PAYMENT:
            self._when.say(_AWAITED.with_(time=_when(seconds)))
        else:
            self._when.say(_CHECK_IN.with_(time=formats.duration(seconds)))
        self._when.setVisible(bool(self._when.text()))

    def _tell(self, method: Method, values: Mapping[str, Value]) -> None:
        facts, row_ = self._facts, self._row
        if row_.kind is Kind.PAYMENT:
            facts.add(_METHOD, method.title)
        else:
            facts.add(_AMOUNT, formats.money(row_.money), role="lead_money")
        if row_.recipient and row_.kind is Kind.PAYOUT:
            facts.add(_RECIPIENT, visible(row_.recipient))
        for field in method.fields:
            if field.name in values and (row_.kind is Kind.PAYOUT or _tells_payer(field, method)):
                self._add(field, values[field.name])
        self._add_heard()
        self._id(_ORDER_ID, row_.order_id, "result/order_id")
        if row_.gateway_id is not None:
            self._id(_GATEWAY_ID, row_.gateway_id, "result/gateway_id")
        elif row_.state.is_asked:
            facts.add(_GATEWAY_ID, _NOT_NAMED, ink="ink3")

    def _add_heard(self) -> None:
        """Add the sums that the gateway named, with as many decimals as they have."""
        row_ = self._row
        for label, text in ((_PAID, row_.paid_amount), (_FEE, row_.fee), (_CREDITED, row_.credited)):
            heard = Sum.read(text or "")
            if heard is not None:
                self._facts.add(label, formats.money(heard), role="body_money")

    def _add(self, field: Field, value: Value) -> None:
        shown = field.show(value, i18n.current().code)
        if isinstance(field, OrderId | Service) or field.look is Look.MONEY or not field.required:
            return
        if field.look is Look.BANK and shown != str(value) and not self._narrow:
            self._facts.add(field.label, row(Label(shown, "body", select=True), Pill(str(value)), 1, spacing=10))
        else:
            self._facts.add(field.label, shown, role="id" if field.look is Look.MONO else "body")

    def _id(self, label: Words, value: str, name: str) -> None:
        button = self._facts.add_id(label, value, role="id", name=name)
        button.clicked.connect(lambda: self._on_copy(value))

    def _on_copy(self, value: str) -> None:
        clipboard.copy(value)
        self.copied.emit(_ID_COPIED.with_(value=value))


class NextCheck(Card):
    """When the gateway is asked next, how often it was, and *Ask now*; `asked` comes with the click."""

    asked = Signal()

    def __init__(self, row_: OperationRow, parent: QWidget | None = None) -> None:
        super().__init__(padding=22, spacing=4, radius=12, parent=parent)
        self._when = Label(_NOT_PLANNED, "figure_large")
        self._button = Button(_ASK, icon="refresh-cw", key="S", name="result/check")
        self._button.clicked.connect(self.asked)
        self.column.addWidget(Label(_NEXT, "second", "ink2"))
        self.column.addWidget(self._when)
        words: Words = _NOT_ASKED
        if row_.asked is not None:
            words = (_ASKED.of(row_.asks) if row_.asks else _NOT_THROUGH).with_(time=formats.time(row_.asked))
        self.column.addWidget(Label(words, "second", "ink2", wrap=True))
        self.column.addSpacing(8)
        self.column.addWidget(row(self._button, 1))

    def count_down(self, seconds: float | None) -> None:
        """Say when."""
        self._when.say(_NOT_PLANNED if seconds is None else _when(seconds))

    def set_busy(self, busy: bool) -> None:
        """Show that the gateway is being asked."""
        self._button.set_busy(_ASKING if busy else None)


class Happened(Card):
    """What happened so far; where it `goes_on` the next question stands last."""

    def __init__(self, steps: tuple[Told, ...], *, goes_on: bool, parent: QWidget | None = None) -> None:
        super().__init__(_HAPPENED, padding=22, spacing=12, radius=12, parent=parent)
        shown = [_step(each) for each in steps]
        if goes_on:
            shown.append(Step("clock", "grey", _NEXT, detail=_BY_ITSELF))
        self.column.addWidget(Timeline(shown))


def _step(told: Told) -> Step:
    return Step(told.icon, told.tone, told.title, formats.time(told.at, milliseconds=True), told.detail or "")


def _tells_payer(field: Field, method: Method) -> bool:
    """Whether the field says who pays, or from which bank."""
    return field.name == method.party or field.look is Look.BANK


def _when(seconds: float) -> Words:
    return _NOW if seconds < 1 else _IN.with_(time=formats.duration(seconds))
