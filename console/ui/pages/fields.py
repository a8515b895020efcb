"""A field of a method on the screen: the input that its kind names, and the one line below it.

Everything is told by the declaration (`Field`): label, help, parsing, how a text was understood. No field is known by name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal

from console.domain.banks import Bank
from console.domain.fields.bank import QUOTE, BankCode, as_typed
from console.domain.fields.field import Field, Look, Value
from console.domain.fields.ids import OrderId
from console.domain.money import Money
from console.domain.text import mark
from console.domain.trouble import Invalid
from console.domain.words import amount_in_words
from console.ui import i18n
from console.ui.controls.bank import BankInput
from console.ui.controls.bank_list import BankRow
from console.ui.controls.button import IconButton
from console.ui.controls.field import FieldFrame
from console.ui.controls.inputs import Input, TextInput
from console.ui.controls.label import Label
from console.ui.controls.money import MoneyInput
from console.ui.controls.money import as_typed as amount_as_typed
from console.ui.i18n import Words

_READ_AS = mark("order", "Typed “{typed}”, read as {shown}")
_NEW_ID = mark("order", "Another order id")
_COUNT = "{have} / {need}"
_NOTHING = "\u00a0"
"""A line that is empty and still there, so that nothing moves when the amount stands in it in words."""

Recent = Callable[[], Sequence[str]]
"""Tells the codes of the banks used lately, the latest first."""


class MethodField(FieldFrame):
    """A field that a person fills in. `edited` comes with each change by a person, `settled` when the focus leaves.

    `text` and `set_text` are what a draft keeps; `value` is what was understood, None where it is empty or wrong.
    """

    edited = Signal()
    settled = Signal()

    def __init__(self, service: str, field: Field, input_: Input) -> None:
        super().__init__(
            f"{service}/{field.name}", field.label, input_, note=field.help or "", optional=not field.required
        )
        self.field = field
        self._touched = False
        input_.edited.connect(self._on_edited)
        input_.left.connect(self._on_left)
        i18n.current().changed.connect(self._say_again)

    def text(self) -> str:
        """Return what stands in the input."""
        return self.input.text()

    def set_text(self, text: str) -> None:
        """Put in a text of a draft, in its usual form where it is understood; nothing is judged yet."""
        self._touched = False
        self.input.set_text(text)
        self._tidy(self.value())
        self.set_problem(None)
        self.set_understood(None)
        self.set_doubt(None)
        self._refresh()

    def value(self) -> Value | None:
        """Return what the text means, or None."""
        try:
            return self.field.parse(self.text())
        except Invalid:
            return None

    def check(self) -> bool:
        """Show the problem, if there is one; return whether there is none."""
        try:
            self.field.parse(self.text())
        except Invalid as trouble:
            self.set_problem(trouble.text)
            return False
        self.set_problem(None)
        return True

    def say_help(self, words: Words | None) -> None:
        """Say something else than the declared help; None returns to it."""
        self.set_help(words or self.field.help or "")

    def _say_again(self) -> None:
        self._refresh()

    def _on_edited(self) -> None:
        self._touched = True
        self.set_problem(None)
        self.set_understood(None)
        self.set_doubt(None)
        self._refresh()
        self.edited.emit()

    def _on_left(self) -> None:
        if self._touched:
            self._touched = False
            typed, value = self.text(), self.value()
            if self.check() and value is not None:
                self._tidy(value)
                shown = self.field.understood(typed, value)
                if shown is not None:
                    self.set_understood(_READ_AS.with_(typed=typed.strip(), shown=shown))
        self.settled.emit()

    def _tidy(self, value: Value | None) -> None:
        """Put the text in its usual form."""
        if value is not None:
            self.input.set_text(self.field.show(value, i18n.current().code))

    def _refresh(self) -> None:
        """Renew what follows from the text alone."""


class AmountField(MethodField):
    """An amount, in words below."""

    def _tidy(self, value: Value | None) -> None:
        if isinstance(value, Money):
            self.input.set_text(amount_as_typed(value))

    def _refresh(self) -> None:
        value = self.value()
        nothing = self.field.help or _NOTHING
        self.say_help(amount_in_words(value, i18n.current().code) if isinstance(value, Money) else nothing)


class CountedField(MethodField):
    """A number of fixed length, with a count of its digits."""

    def __init__(self, service: str, field: Field, input_: Input) -> None:
        self._count = Label("", "caption_tabular", "ink2")
        super().__init__(service, field, input_)
        input_.trail_with(self._count)

    def _refresh(self) -> None:
        have = sum(char.isdigit() for char in self.text())
        self._count.say(_COUNT.format(have=have, need=self.field.limit) if have else "")


class OrderIdField(MethodField):
    """The order id, with a button that makes another; `renewed` asks for it."""

    renewed = Signal()

    def __init__(self, service: str, field: Field, input_: Input) -> None:
        super().__init__(service, field, input_)
        self.renew = IconButton("refresh-cw", _NEW_ID, name=f"{self.name}/renew")
        self.renew.clicked.connect(self.renewed)
        input_.trail_with(self.renew)


class BankField(MethodField):
    """A bank: its code is what a draft keeps, or a text in quotes where it is used as typed."""

    def __init__(self, service: str, field: BankCode, input_: BankInput) -> None:
        super().__init__(service, field, input_)
        self.bank = input_
        input_.picked.connect(self._on_picked)

    def text(self) -> str:
        chosen = self.bank.value()
        if not chosen:
            return self.input.text().strip()
        code = self.bank.is_listed() or (len(chosen) == 12 and chosen.isdigit())
        return chosen if code else as_typed(chosen)

    def set_text(self, text: str) -> None:
        plain = len(text) > 2 and text[0] == text[-1] == QUOTE
        if plain or (len(text) == 12 and text.isdigit()):
            self.bank.set_value(text.strip(QUOTE) if plain else text)
        else:
            self.bank.set_value("")
            self.bank.set_text(text)
        self.set_problem(None)
        self.set_doubt(None)
        self._touched = False

    def _tidy(self, value: Value | None) -> None:
        """The input itself shows the chosen bank by its name."""

    def _say_again(self) -> None:
        if self.bank.is_listed():
            self.bank.set_value(self.bank.value())

    def _on_picked(self) -> None:
        self._touched = True
        self.set_problem(None)
        self.set_doubt(None)
        self.edited.emit()


def build(service: str, field: Field, recent: Recent) -> MethodField:
    """Return the field on the screen, with the input that its `look` names."""
    if isinstance(field, BankCode):
        return BankField(service, field, BankInput(_search(field, recent), field.placeholder))
    if field.look is Look.MONEY:
        return AmountField(service, field, MoneyInput())
    input_ = TextInput(field.placeholder, mono=field.look is Look.MONO)
    if isinstance(field, OrderId):
        return OrderIdField(service, field, input_)
    return (CountedField if field.counted else MethodField)(service, field, input_)


def _search(field: BankCode, recent: Recent) -> Callable[[str], list[BankRow]]:
    """Return the search of a bank input: recent ones that fit first, then all that fit."""

    def search(typed: str) -> list[BankRow]:
        found = {bank.code: bank for bank in field.banks.search(typed, len(field.banks.banks))}
        late = [code for code in recent() if code in found]
        order = [*late, *(code for code in found if code not in late)]
        return [_row(field, found[code], is_recent=code in late) for code in order]

    return search


def _row(field: BankCode, bank: Bank, *, is_recent: bool) -> BankRow:
    here, there = ("ru", "en") if i18n.current().code == "ru" else ("en", "ru")
    doubts = field.doubts(bank.code)
    return BankRow(
        bank.title(here), bank.title(there), bank.code, doubt=doubts[0].title if doubts else "", recent=is_recent
    )
