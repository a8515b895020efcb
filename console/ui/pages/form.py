"""The form of one kind of order: method cards, own fields, the method's fields, what stands beside, the action bar.

It shows a draft and tells what a person does with it; it asks no service and keeps nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.catalogue.methods import by_code, every
from console.domain.endpoint import Kind
from console.domain.method import Method
from console.domain.money import Money
from console.domain.text import mark
from console.ui.controls.bars import ActionBar, PageHead
from console.ui.controls.button import Button
from console.ui.controls.card import clear
from console.ui.controls.field import FieldFrame
from console.ui.controls.form import FormLayout, SideStrip
from console.ui.controls.methods import MethodCards, MethodChoice
from console.ui.i18n import Words
from console.ui.pages.fields import OrderIdField
from console.ui.pages.form_method import GAP, MethodForm
from console.ui.pages.form_own import OwnFields
from console.ui.pages.side import Beside, OrderSide
from console.ui.theme import tokens

if TYPE_CHECKING:
    from console.journal.papers import Payer
    from console.services.drafts import Draft
    from console.services.reviews import SideInfo

_TITLE = {Kind.PAYOUT: mark("order", "New payout"), Kind.PAYMENT: mark("order", "New payment")}
_REVIEW = {Kind.PAYOUT: mark("order", "Review the payout"), Kind.PAYMENT: mark("order", "Review the payment")}
_CLEAR = mark("order", "Clear")
_SAVED = mark("order", "Draft saved at {time}")
_NOT_SAVED = mark("order", "The draft is not saved")


class FormPage(QWidget):
    """The form. `changed` comes with each change by a person, `settled` when a field was left.

    `review_asked`, `clear_asked` and `id_asked` ask for a review, an empty form and another order id.
    """

    changed = Signal()
    settled = Signal()
    review_asked = Signal()
    clear_asked = Signal()
    id_asked = Signal()

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self._banks: tuple[str, ...] = ()
        self._payers: tuple[Payer, ...] = ()
        self._texts: dict[str, str] = {}
        self._forms: dict[str, MethodForm] = {}
        self._form: MethodForm | None = None
        self.cards = MethodCards([_choice(method) for method in every(kind)], columns=2 if kind is Kind.PAYOUT else 3)
        self.own = OwnFields() if kind is Kind.PAYOUT else None
        self.review = Button(_REVIEW[kind], "primary")
        self.clear = Button(_CLEAR, "quiet", name=f"{kind.value}/clear")
        self.bar = ActionBar(left=(self.review, self.clear))
        strip = SideStrip()
        self.side = OrderSide(strip)
        self._lay_out(strip)
        self.cards.chosen.connect(self._on_chosen)
        self.review.clicked.connect(self.review_asked)
        self.clear.clicked.connect(self.clear_asked)
        if self.own is not None:
            self.own.edited.connect(self.changed)
            self.own.settled.connect(self.settled)

    @property
    def method(self) -> Method | None:
        """The chosen method."""
        return None if self._form is None else self._form.method

    @property
    def recipient(self) -> str:
        """The recipient's name, ours; empty in a payment."""
        return "" if self.own is None else self.own.recipient

    @property
    def basis(self) -> str:
        """The basis, ours; empty in a payment."""
        return "" if self.own is None else self.own.basis

    def texts(self) -> dict[str, str]:
        """Return everything typed, by field name, also in the fields of other methods."""
        return {**self._texts, **(self._form.texts() if self._form is not None else {})}

    def show_draft(self, draft: Draft) -> None:
        """Show what was typed before; without a method the first one is chosen."""
        self._texts = dict(draft.texts)
        self._form = None  # what stood in the form before gives way: nothing of it is carried over
        if self.own is not None:
            self.own.show_texts(draft.recipient, draft.basis)
        codes = [method.code for method in every(self.kind)]
        code = draft.method if draft.method in codes else codes[0]
        if self.cards.service() == code:
            self._show_method(code)
        else:
            self.cards.choose(code)
        self.show_above(None)

    def show_order_id(self, order_id: str) -> None:
        """Put in an order id the console made."""
        self._texts["order_id"] = order_id
        for field in self._order_ids():
            field.set_text(order_id)

    def explain_order_id(self, words: Words | None) -> None:
        """Say why the order id is another one; None returns to the declared help."""
        for field in self._order_ids():
            field.say_help(words)

    def show_above(self, banner: QWidget | None) -> None:
        """Show a banner between the title and the form, or none."""
        clear(self._above)
        self._banner.setVisible(banner is not None)
        if banner is not None:
            self._above.addWidget(banner)
            self._layout.area.verticalScrollBar().setValue(0)

    def check(self) -> bool:
        """Show every problem at its field and go to the first one; return whether there is none."""
        first = None if self._form is None else self._form.check()
        if first is not None:
            self._go_to(first)
        return first is None

    def refuse(self, problems: Mapping[str, Words]) -> None:
        """Show these problems at their fields, by field name, and go to the first one."""
        own = None if self.own is None else self.own.refuse(problems)
        first = own or (None if self._form is None else self._form.refuse(problems))
        if first is not None:
            self._go_to(first)

    def show_beside(self, info: SideInfo | None, now: datetime) -> None:
        """Show what the services found about this form."""
        if self._form is None:
            return
        method, values = self._form.method, self._form.values()
        amount = values.get("amount")
        money = amount if isinstance(amount, Money) else None
        self.side.show_beside(Beside(method, info, money, now, has_party=method.party in values))
        doubts = () if info is None else info.doubts
        self._form.show_doubts(doubts)
        if self.own is not None:
            self.own.show_doubts(doubts)
            self.own.offer(() if info is None else info.names)

    def offer(self, banks: tuple[str, ...], payers: tuple[Payer, ...]) -> None:
        """Offer the banks and the payers that were used before."""
        self._banks, self._payers = banks, payers
        for form in self._forms.values():
            form.offer_payers(payers)

    def show_saved(self, saved_at: Words | None) -> None:
        """Say when the draft was saved; None says that it is not, an empty text nothing."""
        if saved_at is None:
            self.bar.set_note(_NOT_SAVED)
        else:
            self.bar.set_note(_SAVED.with_(time=saved_at) if saved_at else "", done=bool(saved_at))

    def set_busy(self, words: Words | None) -> None:
        """Show that a review is being made; None ends it."""
        self.review.set_busy(words)
        self.clear.setEnabled(words is None)

    def set_narrow(self, narrow: bool) -> None:
        """Fold the side panel in a narrow window."""
        self._layout.set_narrow(narrow)

    def go_to_start(self) -> None:
        """Give the keyboard to the first field, at the top of the page."""
        self._layout.area.verticalScrollBar().setValue(0)
        if self._form is not None:
            first = self.own.controls()[0] if self.own is not None else self._form.controls()[0]
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self, strip: SideStrip) -> None:
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(PageHead(_TITLE[self.kind]))
        self._banner = QWidget()
        self._banner.setMaximumWidth(tokens.FORM + tokens.FORM_GAP + tokens.SIDE)
        self._banner.hide()
        self._above = QVBoxLayout(self._banner)
        self._above.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._banner)
        body = QWidget()
        self._body = QVBoxLayout(body)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(GAP)
        self._body.addWidget(self.cards)
        if self.own is not None:
            self._body.addWidget(self.own)
        self._layout = FormLayout(body, self.side, self.bar, head, strip=strip)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._layout)

    def _on_chosen(self, code: str) -> None:
        if self._form is not None:
            self._texts.update(self._form.texts())
        self._show_method(code)
        self.changed.emit()

    def _show_method(self, code: str) -> None:
        if code not in self._forms:
            self._add_form(by_code(code))
        for each in self._forms.values():
            each.setVisible(each.method.code == code)
        self._form = self._forms[code]
        self._form.show_texts(self._texts)
        self.review.setObjectName(f"{code}/review")
        self._order_tabs(self._form)

    def _add_form(self, method: Method) -> None:
        form = MethodForm(method, lambda: self._banks)
        form.edited.connect(self.changed)
        form.settled.connect(self.settled)
        form.renewed.connect(self.id_asked)
        form.offer_payers(self._payers)
        self._forms[method.code] = form
        self._body.addWidget(form)

    def _order_ids(self) -> list[OrderIdField]:
        fields = () if self._form is None else self._form.fields.values()
        return [field for field in fields if isinstance(field, OrderIdField)]

    def _order_tabs(self, form: MethodForm) -> None:
        own = [] if self.own is None else self.own.controls()
        stops = [*self.cards.findChildren(QWidget), *own, *form.controls(), self.review, self.clear]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _go_to(self, field: FieldFrame) -> None:
        field.input.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._layout.area.ensureWidgetVisible(field, 0, GAP)


def _choice(method: Method) -> MethodChoice:
    return MethodChoice(method.code, method.icon, method.title, method.sentence)
