"""The facts of an operation's card: who, where to, by which ids, and what it cost. Personal numbers are masked.

`reveal_asked` comes from the eye; the whole numbers are shown by `reveal` and masked again by `cover`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.endpoint import Kind
from console.domain.fields.bank import BankCode
from console.domain.method import Form
from console.domain.money import Sum
from console.domain.states import State
from console.domain.text import mark
from console.ui import clipboard, formats, i18n
from console.ui.controls.button import IconButton
from console.ui.controls.card import row
from console.ui.controls.facts import FactList
from console.ui.controls.label import Label
from console.ui.i18n import Words

if TYPE_CHECKING:
    from console.services.operations import Card, Revealed

_RECIPIENT = mark("operations", "Recipient")
_PAYER = mark("operations", "Payer")
_NUMBER = mark("operations", "Number")
_PHONE = mark("operations", "Phone")
_ACCOUNT_NUMBER = mark("operations", "Account number")
_CARD_NUMBER = mark("operations", "Card number")
_BANK = mark("operations", "Bank")
_BANK_CODE = mark("operations", "{bank}, {code}")
_BASIS = mark("operations", "Basis")
_ORDER = mark("operations", "Order id")
_GATEWAY = mark("operations", "Gateway id")
_NOT_NAMED = mark("operations", "not named yet")
_FEE = mark("operations", "Fee")
_NOT_KNOWN = mark("operations", "not known")
_PAID = mark("operations", "Paid")
_CREDITED = mark("operations", "Credited")
_CREATED = mark("operations", "Created")
_ACCOUNT = mark("operations", "Account")
_ACCOUNT_TAIL = mark("operations", "{name}, …{tail}")
_WORDS = mark("operations", "The gateway's words")
_SHOW = mark("operations", "Show for 10 s")
_HIDE = mark("operations", "Hide")
_COPY = mark("operations", "Copy: {what}")
_COPIED = mark("operations", "Copied for 10 s: {value}")

_FORMS = {Form.CARD: _CARD_NUMBER, Form.PHONE: _PHONE, Form.ACCOUNT: _ACCOUNT_NUMBER}
_NOT_AT_GATEWAY = frozenset({State.NOT_SENT, State.CLOSED, State.REJECTED, State.ABSENT})


class CardFacts(QWidget):
    """The facts of one card. `copied(Words)` tells what was copied."""

    reveal_asked = Signal()
    hide_asked = Signal()
    copied = Signal(object)

    def __init__(self, card: Card, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card = card
        self._facts = FactList(spacing=2, even=True)
        self._number: Label | None = None
        self._eye: IconButton | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._facts)
        self._tell()

    def reveal(self, revealed: Revealed) -> None:
        """Show the whole number until `cover`."""
        whole = revealed.get(self._secret_name())
        if self._number is not None and self._eye is not None and whole is not None:
            self._number.say(whole)
            self._eye.show_icon("eye-off", _HIDE)

    def cover(self) -> None:
        """Mask the number again."""
        if self._number is not None and self._eye is not None:
            self._number.say(self._masked())
            self._eye.show_icon("eye", _SHOW)

    def is_whole(self) -> bool:
        """Tell whether a whole number is on the screen."""
        return self._number is not None and self._number.text() != self._masked()

    def _tell(self) -> None:
        row_ = self._card.row
        self._add_plain(_RECIPIENT if row_.kind is Kind.PAYOUT else _PAYER, row_.recipient)
        if self._masked():
            self._add_number()
        self._add_plain(_BANK, self._bank(row_.bank))
        self._add_plain(_BASIS, row_.basis)
        self._add_id(_ORDER, row_.order_id, "operations/card/order_id")
        if row_.gateway_id is not None:
            self._add_id(_GATEWAY, row_.gateway_id, "operations/card/gateway_id")
        elif row_.state not in _NOT_AT_GATEWAY:
            self._facts.add(_GATEWAY, _NOT_NAMED, ink="ink2")
        self._add_sums()
        self._facts.add(_CREATED, formats.date_time_zone(row_.created), role="second_tabular")
        account = self._card.account
        if account is not None and self._card.is_one_of_many:
            self._facts.add(_ACCOUNT, _ACCOUNT_TAIL.with_(name=account.title, tail=account.tail))
        if row_.state is State.REJECTED:
            self._add_plain(_WORDS, row_.error_text)

    def _add_plain(self, label: Words, value: Words | None) -> None:
        if value:
            self._facts.add(label, value)

    def _add_number(self) -> None:
        self._number = Label(self._masked(), "second", select=True)
        self._number.setObjectName("operations/card/number")
        self._eye = IconButton("eye", _SHOW, side=24, name="operations/reveal")
        self._eye.clicked.connect(self._on_eye)
        self._facts.add(self._number_label(), row(self._number, self._eye, 1, spacing=8))

    def _add_id(self, label: Words, value: str, name: str) -> None:
        shown = Label(value, "id_small", elide="middle")
        shown.setObjectName(name)
        shown.setToolTip(value)
        button = IconButton("copy", _COPY.with_(what=label), side=24, name=f"{name}/copy")
        button.clicked.connect(lambda: self._on_copy(value))
        shown.setMaximumWidth(shown.fontMetrics().horizontalAdvance(value) + 2)
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(shown, 1)
        line.addWidget(button)
        line.addStretch(0)
        self._facts.add(label, box)

    def _add_sums(self) -> None:
        row_ = self._card.row
        for label, text in ((_PAID, row_.paid_amount), (_CREDITED, row_.credited)):
            amount = Sum.read(text or "")
            if amount is not None and (label is not _PAID or amount.decimal != row_.money.decimal):
                self._facts.add(label, formats.money(amount), role="second_tabular")
        fee = Sum.read(row_.fee or "")
        if fee is not None:
            self._facts.add(_FEE, formats.money(fee), role="second_tabular")
        elif row_.state not in _NOT_AT_GATEWAY:
            self._facts.add(_FEE, _NOT_KNOWN, ink="ink2")

    def _bank(self, code: str | None) -> Words:
        if code is None:
            return ""
        method = self._card.method
        fields = () if method is None else method.fields
        name = next((each.show(code, i18n.current().code) for each in fields if isinstance(each, BankCode)), code)
        return code if name == code else _BANK_CODE.with_(bank=name, code=code)

    def _masked(self) -> str:
        return self._card.row.number_masked or ""

    def _secret_name(self) -> str:
        """Return the field or the answer's value that the masked number stands for."""
        if self._card.row.kind is Kind.PAYOUT:
            return "number"
        return next((each.shown.name for each in self._card.shown if each.shown.form in _FORMS), "cardNumber")

    def _number_label(self) -> Words:
        method, row_ = self._card.method, self._card.row
        if method is None:
            return _NUMBER
        if row_.kind is Kind.PAYOUT:
            return _PHONE if method.field("number").limit == 11 else _ACCOUNT_NUMBER
        return next((_FORMS[shown.form] for shown in method.shows if shown.form in _FORMS), _NUMBER)

    def _on_eye(self) -> None:
        if self.is_whole():
            self.hide_asked.emit()
        else:
            self.reveal_asked.emit()

    def _on_copy(self, value: str) -> None:
        clipboard.copy(value)
        self.copied.emit(_COPIED.with_(value=value))
