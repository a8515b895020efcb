"""The fields of one method as a column of rows: short ones side by side, optional ones folded under *More*.

Which fields, in which order and beside what is told by the method's declaration alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.doubt import Doubt
from console.domain.fields.field import Field, Value
from console.domain.fields.ids import OrderId
from console.domain.fields.network import IpAddress
from console.domain.method import Method
from console.domain.text import mark
from console.ui.controls.card import Fold
from console.ui.controls.paint import Align
from console.ui.i18n import Words
from console.ui.pages.fields import MethodField, OrderIdField, Recent, build
from console.ui.pages.form_offers import Offer, Offers

if TYPE_CHECKING:
    from console.journal.papers import Payer

_MORE = mark("order", "More: {n} optional field", "More: {n} optional fields")
_EARLIER = mark("order", "Payers used before")
GAP = 18
BESIDE = 16


class MethodForm(QWidget):
    """The form of a method. `edited` comes with each change by a person, `settled` when a field was left.

    `renewed` asks for another order id.
    """

    edited = Signal()
    settled = Signal()
    renewed = Signal()

    def __init__(self, method: Method, recent: Recent, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.method = method
        self.fields: dict[str, MethodField] = {}
        self._recent = recent
        self._fold: Fold | None = None
        self._offers: Offers | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        typed = [field for field in method.fields if field.typed]
        plain = [field for field in typed if not field.folded]
        for row in _rows(plain):
            column.addLayout(self._row(row))
        folded = [field for field in typed if field.folded]
        if folded:
            self._fold = self._folded(folded)
            column.addWidget(self._fold)

    def texts(self) -> dict[str, str]:
        """Return what was typed, by field name."""
        return {name: each.text() for name, each in self.fields.items()}

    def show_texts(self, texts: Mapping[str, str]) -> None:
        """Put in what a draft keeps; a field it does not name is emptied."""
        for name, each in self.fields.items():
            each.set_text(texts.get(name, ""))
        if self._fold is not None:
            self._fold.set_open(any(texts.get(each.field.name) for each in self._folded_fields()))
        self.show_doubts(())

    def values(self) -> dict[str, Value]:
        """Return what was understood so far, by field name."""
        found = ((name, each.value()) for name, each in self.fields.items())
        return {name: value for name, value in found if value is not None}

    def check(self) -> MethodField | None:
        """Show every problem; return the first field that has one."""
        wrong = [each for each in self.fields.values() if not each.check()]
        return self._first(wrong)

    def refuse(self, problems: Mapping[str, Words]) -> MethodField | None:
        """Show these problems at their fields; return the first of these fields."""
        wrong = [self.fields[name] for name in problems if name in self.fields]
        for each in wrong:
            each.set_problem(problems[each.field.name])
        return self._first(wrong)

    def show_doubts(self, doubts: Iterable[Doubt]) -> None:
        """Say at each field what is doubtful about it: what the method doubts, and then `doubts`."""
        said: dict[str, Words] = {}
        for doubt in (*self.method.doubts(self.values()), *doubts):
            said.setdefault(doubt.field, doubt.title)
        for name, each in self.fields.items():
            each.set_doubt(said.get(name))

    def offer_payers(self, payers: Sequence[Payer]) -> None:
        """Offer the payers used before at the field that says who pays; one brings its last address."""
        if not payers:
            return
        if self._offers is None:
            self._offers = Offers(self.fields[self.method.party].input, _EARLIER)
            self._offers.taken.connect(self._on_payer)
        self._offers.offer([Offer(payer.user_id, payer.address) for payer in payers])

    def controls(self) -> list[QWidget]:
        """Return what takes the keyboard, in the order of the rows."""
        result: list[QWidget] = []
        for each in self.fields.values():
            if self._fold is not None and each.field.folded and self._fold.button not in result:
                result.append(self._fold.button)
            result.append(each.input.edit)
            if isinstance(each, OrderIdField):
                result.append(each.renew)
        return result

    def _on_payer(self, offer: Offer) -> None:
        for each in self.fields.values():
            if isinstance(each.field, IpAddress) and not each.text():
                each.set_text(offer.detail)
        self.edited.emit()

    def _first(self, wrong: list[MethodField]) -> MethodField | None:
        first = next((each for each in self.fields.values() if each in wrong), None)
        if self._fold is not None and any(each.field.folded for each in wrong):
            self._fold.set_open(True)
        return first

    def _folded_fields(self) -> list[MethodField]:
        return [each for each in self.fields.values() if each.field.folded]

    def _row(self, fields: list[Field]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(BESIDE)
        for field in fields:
            row.addWidget(self._build(field), 1, Align.AlignTop)
        return row

    def _folded(self, fields: list[Field]) -> Fold:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for field in fields:
            column.addWidget(self._build(field))
        return Fold(_MORE.of(len(fields)), inner, name=f"{self.method.code}/more")

    def _build(self, field: Field) -> MethodField:
        each = build(self.method.code, field, self._recent)
        each.edited.connect(self.edited)
        each.settled.connect(self.settled)
        if isinstance(each, OrderIdField):
            each.renewed.connect(self.renewed)
        self.fields[field.name] = each
        return each


def _rows(fields: list[Field]) -> list[list[Field]]:
    """Return the rows: each field with those that stand beside it; the order id last, since nobody has to type it."""
    order = sorted(fields, key=lambda field: isinstance(field, OrderId))
    names = {field.name for field in fields}
    heads = [field for field in order if field.beside not in names]
    return [[head, *(field for field in order if field.beside == head.name)] for head in heads]
