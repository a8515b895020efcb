"""A bank: chosen by name, given by its 12-digit code, or any other text used as typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from console.domain.banks import Bank, BankList
from console.domain.doubt import Doubt, Weight
from console.domain.fields.field import Field, Look, Value, printable
from console.domain.text import Text, mark
from console.domain.trouble import Invalid

QUOTE = '"'
_MISSING = mark("form", "Choose a bank: without it the gateway does not accept the order. A 12-digit code will do.")
_CHOOSE = mark("form", "No bank of that name. Choose one from the list, or use the text as typed.")
_TYPED_TITLE = mark("form", "The bank is not from the list")
_TYPED = mark("form", "“{text}” goes to the gateway as it is. Make sure that it knows this word.")
_CODE_TITLE = mark("form", "The bank's code is not on the list")
_CODE = mark("form", "Code {code} goes to the gateway as it is.")
_ONE_TITLE = mark("form", "The bank stands on one list only")
_ONE = mark("form", "{bank} may have merged, lost its licence or not take transfers by phone; the gateway may refuse.")


@dataclass(frozen=True, kw_only=True)
class BankCode(Field):
    """string (100): usually a 12-digit code of the fast payment system (API reference 6.0 and 8)."""

    banks: BankList

    look: ClassVar[Look] = Look.BANK

    def missing(self) -> Text:
        return _MISSING

    def understand(self, text: str) -> str:
        quoted = len(text) > 2 and text[0] == text[-1] == QUOTE
        if quoted and (typed := text[1:-1].strip()):
            return printable(typed, self.limit)
        if _is_code(text):
            bank = self.banks.find(text)
            return bank.code if bank else text
        bank = self.banks.named(text)
        if bank is None:
            raise Invalid(_CHOOSE)
        return bank.code

    def recognise(self, wire: str) -> str:
        return printable(wire, self.limit)

    def show(self, value: Value, language: str) -> str:
        bank = self._of(value)
        return bank.title(language) if bank else str(value)

    def mask(self, value: Value) -> str:
        return str(value)

    def doubts(self, value: Value) -> tuple[Doubt, ...]:
        text = str(value)
        bank = self._of(value)
        if bank is None:
            if _is_code(text):
                return (Doubt("bank-code", _CODE_TITLE, _CODE.with_(code=text), field=self.name),)
            return (Doubt("bank-typed", _TYPED_TITLE, _TYPED.with_(text=text), Weight.STRONG, self.name),)
        if len(bank.lists) == 1:
            return (Doubt("bank-list", _ONE_TITLE, _ONE.with_(bank=bank.name), field=self.name),)
        return ()

    def _of(self, value: Value) -> Bank | None:
        """Return the bank of exactly this code: another code that stands for the bank is not the one that is sent."""
        bank = self.banks.find(str(value))
        return bank if bank is not None and bank.code == value else None


def _is_code(text: str) -> bool:
    return len(text) == 12 and text.isascii() and text.isdigit()


def as_typed(text: str) -> str:
    """Return `text` marked to be used as typed: in straight quotes."""
    return f"{QUOTE}{text}{QUOTE}"
