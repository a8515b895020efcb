"""Texts about one operation to be copied: a receipt, a report for the gateway's support, and what a payer needs.

Pure: they are made of a row, its events and values that somebody opened. A number is masked everywhere but in the text for
the payer, who must have it whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone

from console.domain.endpoint import Kind
from console.domain.fields.bank import BankCode
from console.domain.method import Form, Method, Shown
from console.domain.money import Sum
from console.domain.text import Text, mark
from console.domain.wording import DISPUTED, kind_word, state_word
from console.domain.words import amount_in_words
from console.journal.rows import OperationRow
from console.services.timeline import Step
from console.settings.translations import Translator

Line = tuple[Text, object]

_AMOUNT = mark("receipt", "Amount")
_IN_WORDS = mark("receipt", "In words")
_STATE = mark("receipt", "State")
_RECIPIENT = mark("receipt", "Recipient")
_PAYER = mark("receipt", "Payer")
_NUMBER = mark("receipt", "Number")
_BANK = mark("receipt", "Bank")
_BANK_CODE = mark("receipt", "{bank}, code {code}")
_BASIS = mark("receipt", "Basis")
_METHOD = mark("receipt", "Method")
_ORDER = mark("receipt", "Order id")
_GATEWAY_ID = mark("receipt", "Gateway id")
_UUID = mark("receipt", "Gateway uuid")
_PAID = mark("receipt", "Paid")
_FEE = mark("receipt", "Fee")
_CREDITED = mark("receipt", "Credited")
_ACCOUNT = mark("receipt", "Account")
_ACCOUNT_TAIL = mark("receipt", "{name}, …{tail}")
_CREATED = mark("receipt", "Created")
_CHANGED = mark("receipt", "Last change")
_ASKS = mark("receipt", "Status questions")
_MADE = mark("receipt", "Made by the console on {time}. Not a bank document.")
_REPORT = mark("receipt", "Please check this order")
_REPORT_ASK = mark("receipt", "Please answer in writing whether you have this order, its state and its id.")
_HISTORY = mark("receipt", "What was sent and heard (UTC)")
_KEY = mark("receipt", "Key fingerprint")
_DIGEST = mark("receipt", "Digest of the signature")
_PAY_LINK = mark("receipt", "Please pay {amount} by this link:")
_PAY_CARD = mark("receipt", "Please transfer {amount} to the card:")
_PAY_PHONE = mark("receipt", "Please transfer {amount} by phone number (SBP):")
_PAY_ACCOUNT = mark("receipt", "Please transfer {amount} to the account:")
_HOLDER = mark("receipt", "Recipient: {name}")
_FROM_BANK = mark("receipt", "Transfer from the bank: {bank}")
_EXACT = mark("receipt", "Please transfer exactly this amount in one transfer.")
_FIRST_LINE = {Form.LINK: _PAY_LINK, Form.CARD: _PAY_CARD, Form.PHONE: _PAY_PHONE, Form.ACCOUNT: _PAY_ACCOUNT}


@dataclass(frozen=True, slots=True)
class ShownValue:
    """A value that the payer must be shown, as the gateway wrote it."""

    shown: Shown
    value: str

    @property
    def grouped(self) -> str:
        """The value in groups for reading."""
        return self.shown.grouped(self.value)

    @property
    def masked(self) -> str:
        """The value as it may stand beside an operation."""
        return self.shown.mask(self.value)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text is made of. `signed` is key fingerprint and digest of the create, where it was signed."""

    row: OperationRow
    method: Method | None
    account: Text | str
    tail: str
    steps: tuple[Step, ...] = ()
    signed: tuple[str, str] | None = None


def receipt(facts: Facts, say: Translator, now: datetime) -> str:
    """Return what was ordered and what became of it, line by line."""
    lines = [_title(facts, say), "", *_printed(_receipt_lines(facts, say), say)]
    return "\n".join([*lines, "", say(_MADE.with_(time=now))]) + "\n"


def report(facts: Facts, say: Translator, now: datetime) -> str:
    """Return what the gateway's support needs to find an order, with everything that was sent and heard."""
    lines = [say(_REPORT), _title(facts, say), "", *_printed(_report_lines(facts), say), "", say(_HISTORY)]
    lines += [_history(step, say) for step in facts.steps]
    return "\n".join([*lines, "", say(_REPORT_ASK), say(_MADE.with_(time=now))]) + "\n"


def payer_text(row: OperationRow, method: Method, values: Sequence[ShownValue], say: Translator) -> str:
    """Return link or requisites, amount and bank as one text for the payer; empty where the gateway named nothing."""
    lines = list[str]()
    for each in values:
        first = _FIRST_LINE.get(each.shown.form)
        if first is not None:
            lines += [say(first.with_(amount=row.money)), each.grouped]
        else:
            lines.append(say(_HOLDER.with_(name=each.value)))
    bank = _bank(row, method, say.language)
    if lines and bank is not None:
        lines.append(say(_FROM_BANK.with_(bank=bank)))
    if any(each.shown.form in {Form.CARD, Form.PHONE, Form.ACCOUNT} for each in values):
        lines.append(say(_EXACT))
    return "\n".join([*lines, ""]) if lines else ""


def _title(facts: Facts, say: Translator) -> str:
    kind = say(kind_word(facts.row.kind))
    return kind if facts.method is None else f"{kind}: {say(facts.method.title)}"


def _receipt_lines(facts: Facts, say: Translator) -> Iterator[Line]:
    row = facts.row
    yield _AMOUNT, row.money
    yield _IN_WORDS, amount_in_words(row.money, say.language)
    yield _STATE, DISPUTED if row.is_disputed else state_word(row.state, row.kind)
    yield (_RECIPIENT if row.kind is Kind.PAYOUT else _PAYER), row.recipient
    yield _NUMBER, row.number_masked
    bank = _bank(row, facts.method, say.language)
    if bank is not None:
        yield _BANK, bank if bank == row.bank else _BANK_CODE.with_(bank=bank, code=row.bank)
    yield _BASIS, row.basis
    yield from _sums(row)
    yield _ORDER, row.order_id
    yield _GATEWAY_ID, row.gateway_id
    yield _ACCOUNT, _ACCOUNT_TAIL.with_(name=facts.account, tail=facts.tail)
    yield _CREATED, row.created
    yield _CHANGED, row.changed


def _report_lines(facts: Facts) -> Iterator[Line]:
    row = facts.row
    yield _ORDER, row.order_id
    yield _GATEWAY_ID, row.gateway_id
    yield _UUID, row.uuid
    yield _METHOD, row.service
    yield _AMOUNT, row.money
    yield _NUMBER, row.number_masked
    yield _BANK, row.bank
    yield _STATE, DISPUTED if row.is_disputed else state_word(row.state, row.kind)
    yield from _sums(row)
    yield _ACCOUNT, f"…{facts.tail}"
    yield _CREATED, row.created
    yield _ASKS, row.asks
    if facts.signed is not None:
        yield _KEY, facts.signed[0]
        yield _DIGEST, facts.signed[1]


def _sums(row: OperationRow) -> Iterator[Line]:
    for label, text in ((_PAID, row.paid_amount), (_FEE, row.fee), (_CREDITED, row.credited)):
        yield label, None if text is None else Sum.read(text) or text


def _bank(row: OperationRow, method: Method | None, language: str) -> str | None:
    """Return the bank's name in the language; a bank that is on no list is its own name."""
    if row.bank is None:
        return None
    fields = () if method is None else method.fields
    return next((each.show(row.bank, language) for each in fields if isinstance(each, BankCode)), row.bank)


def _printed(lines: Iterator[Line], say: Translator) -> list[str]:
    return [f"{say(label)}: {_value(value, say)}" for label, value in lines if value is not None]


def _value(value: object, say: Translator) -> str:
    return say(Text("", "{value}").with_(value=value))


def _history(step: Step, say: Translator) -> str:
    at = step.at.astimezone(timezone.utc).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]
    detail = "" if step.detail is None else f" ({say(step.detail)})"
    return f"{at}  {say(step.title)}{detail}"
