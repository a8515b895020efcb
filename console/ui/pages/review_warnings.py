"""The warnings of a review in one list; each strong one is acknowledged with a reason before anything can be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.doubt import Doubt
from console.domain.endpoint import Kind
from console.domain.money import Money
from console.domain.text import mark
from console.domain.trouble import Invalid
from console.ui import formats
from console.ui.controls.badge import Pill
from console.ui.controls.card import Card, row
from console.ui.controls.field import FieldFrame
from console.ui.controls.inputs import TextInput
from console.ui.controls.label import Label
from console.ui.controls.warning import StrongWarning, WarningPanel
from console.ui.pages.side import doubt_panels, remains

if TYPE_CHECKING:
    from console.services.reviews import Review
    from console.services.submit import Acknowledgement

_WARNINGS = mark("review", "Warnings")
_NONE = mark("review", "No warnings")
_NOTHING = mark("review", "Nothing about this order looks unusual.")
_CHECKED = mark("review", "I have checked this, send it as it is")
_TYPE = mark("review", "Type {text}")
_BLOCKED = {
    Kind.PAYOUT: mark("review", "This payout cannot be sent now"),
    Kind.PAYMENT: mark("review", "This payment cannot be created now"),
}
_UNPROVED = mark("review", "The gateway has not accepted this key yet")
_UNPROVED_WHY = mark(
    "review", "A payout is signed only by a key that the gateway has accepted once. The check moves no money."
)
_AFTER = mark("review", "Balance after")
_NOW = mark("review", "Now {balance}; the fee comes with the answer.")


class Warnings(QWidget):
    """The list. `changed` comes with each box, reason and typed word."""

    changed = Signal()

    def __init__(self, review: Review, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        read = _to_read(review)
        asked = [doubt for doubt in review.doubts if doubt.is_strong and review.blocked is None]
        self._strong = [_Strong(number, each) for number, each in enumerate(asked, start=1)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(_head(len(asked) + len(read) + (review.blocked is not None) + _lacks_proof(review)))
        if review.blocked is not None:
            column.addWidget(WarningPanel("strong", _BLOCKED[review.method.kind], review.blocked, icon="lock"))
        if _lacks_proof(review):
            column.addWidget(WarningPanel("strong", _UNPROVED, _UNPROVED_WHY, icon="key-round"))
        for each in self._strong:
            each.changed.connect(self.changed)
            column.addWidget(each)
        for panel in doubt_panels(read):
            column.addWidget(panel)
        if not review.doubts and review.may_send:
            column.addWidget(WarningPanel("good", _NONE, _NOTHING))
        if review.method.kind is Kind.PAYOUT and review.balance is not None:
            column.addWidget(_after(review))
        column.addStretch(1)

    def is_complete(self) -> bool:
        """Whether every strong warning was acknowledged."""
        return all(each.is_complete() for each in self._strong)

    def acknowledged(self) -> tuple[Acknowledgement, ...]:
        """Return what was acknowledged, with the reasons."""
        return tuple(each.acknowledgement() for each in self._strong)

    def first_missing(self) -> QWidget | None:
        """Return the control that still has to be filled in, or None."""
        return next((each.missing() for each in self._strong if not each.is_complete()), None)


class _Strong(StrongWarning):
    """A strong warning, with a word to type where reading is not enough (R6)."""

    def __init__(self, number: int, doubt: Doubt) -> None:
        super().__init__(number, doubt.title, doubt.detail, _CHECKED)
        self._doubt = doubt
        self._typed: TextInput | None = None
        if doubt.typed is not None:
            self._typed = TextInput()
            label = _TYPE.with_(text=doubt.typed)
            self.column.addWidget(FieldFrame(f"review/typed/{number}", label, self._typed))
            self._typed.edited.connect(self._on_changed)

    def is_complete(self) -> bool:
        """Whether box, reason and typed word are all there."""
        return self.is_acknowledged() and self._typed_word() == (self._doubt.typed or "")

    def acknowledgement(self) -> Acknowledgement:
        """Return what is journalled of it."""
        from console.services.submit import Acknowledgement

        return Acknowledgement(self._doubt.code, self.reason.text().strip(), self._typed_word())

    def missing(self) -> QWidget:
        """Return the first control that is not filled in."""
        if not self.box.isChecked():
            return self.box
        if not self.reason.text().strip() or self._typed is None:
            return self.reason.edit
        return self._typed.edit

    def _typed_word(self) -> str:
        """Return what was typed; an amount may be typed in any human form, and the last signs of an id in any case."""
        wanted = self._doubt.typed
        if self._typed is None or wanted is None:
            return ""
        text = self._typed.text().strip()
        if text.casefold() == wanted.casefold():
            return wanted
        try:
            return Money.parse(text).wire()
        except Invalid:
            return text


def _to_read(review: Review) -> list[Doubt]:
    """Return the doubts that are shown and not asked about: where nothing can be sent, nothing is acknowledged either."""
    if review.blocked is None:
        return [doubt for doubt in review.doubts if not doubt.is_strong]
    return [doubt for doubt in review.doubts if doubt.typed is None]


def _lacks_proof(review: Review) -> bool:
    return not review.proved and review.method.kind is Kind.PAYOUT


def _head(count: int) -> QWidget:
    return row(Label(_WARNINGS, "body_strong"), *([Pill(str(count))] if count else []), 1)


def _after(review: Review) -> Card:
    card = Card(_AFTER)
    left = remains(review.balance, review.amount)
    assert left is not None
    assert review.balance is not None
    ink = "red" if left.decimal < 0 else "ink"
    card.column.addWidget(Label(formats.money(left), "section_money", ink, select=True))
    card.column.addWidget(Label(_NOW.with_(balance=review.balance.balance), "second", "ink2", wrap=True))
    return card
