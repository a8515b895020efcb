"""The order of a review, large and read-only: drawn from the values that were read back from the bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from console.domain.endpoint import Kind
from console.domain.fields.field import Look
from console.domain.fields.ids import OrderId, Service
from console.domain.money import format_money
from console.domain.text import mark
from console.domain.words import amount_in_words
from console.ui import i18n
from console.ui.controls.badge import EnvironmentBadge, Pill
from console.ui.controls.card import Card, Fold, column, row
from console.ui.controls.facts import FactList
from console.ui.controls.label import Label, Line
from console.ui.controls.payer import BodyBlock
from console.ui.controls.picture import Picture

if TYPE_CHECKING:
    from console.domain.fields.field import Field, Value
    from console.services.reviews import Review

_TO_PAY = {Kind.PAYOUT: mark("review", "To be paid out"), Kind.PAYMENT: mark("review", "The payer is to pay")}
_METHOD = mark("review", "Method")
_RECIPIENT = mark("review", "Recipient")
_BASIS = mark("review", "Basis")
_NOT_SENT = mark("review", "not sent to the gateway")
_ACCOUNT = {Kind.PAYOUT: mark("review", "Account charged"), Kind.PAYMENT: mark("review", "Account credited")}
_TAIL = mark("review", "{name}, account …{tail}")
_ORDER_ID = mark("review", "Order id")
_KEY = mark("review", "Signing key")
_SIGNED_BY = mark("review", "signature {digest}")
_ENVIRONMENT = mark("review", "Environment")
_SANDBOX = mark("review", "no money moves")
_LIVE = mark("review", "real money")
_OTHER = mark("review", "not an address of AliKassa")
_BODY = mark("review", "Request body, {n} byte", "Request body, {n} bytes")
_EXACTLY = mark("review", "exactly these bytes will be signed")

_WORDS = {"sandbox": _SANDBOX, "live": _LIVE, "other": _OTHER}
_LABELS = 160


class Summary(Card):
    """The card of a review. It keeps the review, and draws it anew in another language."""

    def __init__(self, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(padding=28, spacing=16, radius=12, parent=parent)
        self._review = review
        self._head()
        self.column.addWidget(Line())
        self.column.addWidget(self._order())
        self.column.addWidget(Line())
        self.column.addWidget(self._account())
        self.column.addWidget(Line())
        self.column.addWidget(self._body())

    def _head(self) -> None:
        amount, language = self._review.amount, i18n.current().code
        caption = Label(_TO_PAY[self._review.method.kind], "second_medium", "ink2")
        figure = Label(format_money(amount, language), "amount", select=True)
        figure.setObjectName("review/amount")
        words = Label(amount_in_words(amount, language), "lead", "ink2", wrap=True)
        self.column.addWidget(column(caption, figure, words, spacing=2))

    def _order(self) -> FactList:
        review = self._review
        facts = FactList(label_width=_LABELS, spacing=12)
        facts.add(_METHOD, review.method.title, role="lead_medium")
        if review.recipient:
            facts.add(
                _RECIPIENT, visible(review.recipient), role="lead_medium", note=_NOT_SENT, name="review/recipient"
            )
        for field in review.method.fields:
            if (
                field.name in review.values
                and not isinstance(field, OrderId | Service)
                and field.look is not Look.MONEY
            ):
                _add(facts, field, review.values[field.name])
        if review.basis:
            facts.add(_BASIS, visible(review.basis), role="lead_medium", note=_NOT_SENT, name="review/basis")
        return facts

    def _account(self) -> FactList:
        review = self._review
        facts = FactList(label_width=_LABELS, spacing=10)
        account = review.account
        words = _TAIL.with_(name=account.title, tail=account.tail)
        facts.add(_ACCOUNT[review.method.kind], words, role="body", name="review/account")
        facts.add(_ORDER_ID, review.order_id, role="id_large", name="review/order_id")
        key = row(Picture("fingerprint", "ink2", 16), Label(short_key(review.fingerprint), "id_large", select=True), 1)
        facts.add(_KEY, key, note=_SIGNED_BY.with_(digest=digest_name(review.digest.value)))
        environment = account.environment.value
        facts.add(_ENVIRONMENT, EnvironmentBadge(environment, account.host), note=_WORDS[environment])
        return facts

    def _body(self) -> Fold:
        body = self._review.body
        said = _BODY.of(len(body))
        fold = Fold(said, BodyBlock(body.decode("ascii"), said, name="review/body"), name="review/body/fold")
        layout = fold.layout()
        assert layout is not None
        layout.removeWidget(fold.button)
        layout.removeWidget(fold.inner)
        layout.addWidget(row(fold.button, 1, Label(_EXACTLY, "second", "ink2")))
        layout.addWidget(fold.inner)
        return fold


def _add(facts: FactList, field: Field, value: Value) -> None:
    shown = field.show(value, i18n.current().code)
    name = f"review/{field.name}"
    if field.look is Look.BANK and shown != str(value):
        bank = Label(shown, "lead_medium", select=True)
        bank.setObjectName(name)
        facts.add(field.label, row(bank, Pill(str(value)), 1, spacing=10))
        return
    facts.add(field.label, shown, role="id_review" if _identifies(field) else "lead_medium", name=name)


def _identifies(field: Field) -> bool:
    """Whether the value is digits that have to be compared one by one."""
    return field.look is Look.MONO and field.required


def visible(text: str) -> str:
    """Return `text` with what cannot be seen written out: reversing and zero-width signs deceive the eye (H23)."""
    return "".join(char if char.isprintable() else f"[U+{ord(char):04X}]" for char in text)


def short_key(fingerprint: str) -> str:
    """Return a key's fingerprint as people compare it: `9C:41:7E…B2:08`."""
    pairs = [fingerprint[place : place + 2].upper() for place in range(0, len(fingerprint), 2)]
    return f"{':'.join(pairs[:3])}…{':'.join(pairs[-2:])}"


def digest_name(digest: str) -> str:
    """Return `SHA-1` for `sha1`."""
    return digest.upper().replace("SHA", "SHA-")
