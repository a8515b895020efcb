"""Our own two fields of a payout, never sent: who is paid, and for what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.domain.doubt import Doubt
from console.domain.text import mark
from console.ui.controls.field import FieldFrame
from console.ui.controls.inputs import TextInput
from console.ui.controls.paint import Align
from console.ui.i18n import Words
from console.ui.pages.form_method import BESIDE
from console.ui.pages.form_offers import Offer, Offers

RECIPIENT = "own/recipient"
BASIS = "own/basis"

_RECIPIENT = mark("order", "Recipient")
_BASIS = mark("order", "Basis")
_NAME = mark("order", "A name; never sent to the gateway")
_RECIPIENT_KNOWN = mark("order", "Paid at this number before: {name}")
_INVOICE = mark("order", "Invoice or claim; never sent")
_EARLIER = mark("order", "Paid at this number before")


class OwnFields(QWidget):
    """Recipient and basis side by side; `edited` and `settled` as of a method's fields."""

    edited = Signal()
    settled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields = {
            RECIPIENT: FieldFrame(RECIPIENT, _RECIPIENT, TextInput(_NAME)),
            BASIS: FieldFrame(BASIS, _BASIS, TextInput(_INVOICE)),
        }
        self._offers = Offers(self._fields[RECIPIENT].input, _EARLIER)
        self._offers.taken.connect(self._on_edited)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(BESIDE)
        for field in self._fields.values():
            row.addWidget(field, 1, Align.AlignTop)
            field.input.edited.connect(self._on_edited)
            field.input.left.connect(self.settled)

    @property
    def recipient(self) -> str:
        """The name as typed."""
        return self._fields[RECIPIENT].input.text().strip()

    @property
    def basis(self) -> str:
        """The basis as typed."""
        return self._fields[BASIS].input.text().strip()

    def show_texts(self, recipient: str, basis: str) -> None:
        """Put in what a draft keeps."""
        for name, text in ((RECIPIENT, recipient), (BASIS, basis)):
            self._fields[name].input.set_text(text)
            self._fields[name].set_problem(None)
            self._fields[name].set_doubt(None)

    def offer(self, names: Sequence[str]) -> None:
        """Offer the names that were paid at this number."""
        self._offers.offer([Offer(name) for name in names])
        field = self._fields[RECIPIENT]
        field.set_help(_RECIPIENT_KNOWN.with_(name=names[0]) if names else "")

    def refuse(self, problems: Mapping[str, Words]) -> FieldFrame | None:
        """Show these problems at their fields; return the first of these fields."""
        wrong = [field for name, field in self._fields.items() if name in problems]
        for field in wrong:
            field.set_problem(problems[field.name])
        return wrong[0] if wrong else None

    def show_doubts(self, doubts: Iterable[Doubt]) -> None:
        """Say at each field what is doubtful about it."""
        said = {doubt.field: doubt.title for doubt in reversed(tuple(doubts))}
        for name, field in self._fields.items():
            field.set_doubt(said.get(name))

    def controls(self) -> list[QWidget]:
        """Return what takes the keyboard, in order."""
        return [field.input.edit for field in self._fields.values()]

    def _on_edited(self) -> None:
        for field in self._fields.values():
            if field.input.edit.hasFocus():
                field.set_problem(None)
                field.set_doubt(None)
        self.edited.emit()
