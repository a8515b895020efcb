"""A method of payment or payout as one declaration, and an order: a method filled in.

Form, body and its order, review, masks, what a payer is shown, the sandbox's checks and the tests come from it. It
knows nothing of bytes, keys, files or windows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from console.domain.doubt import Doubt
from console.domain.endpoint import Kind
from console.domain.fields.account import grouped_account, short_account
from console.domain.fields.field import Field, Value
from console.domain.fields.phone import grouped_phone, short_phone
from console.domain.money import Money
from console.domain.text import Text
from console.domain.trouble import Invalid

Values = Mapping[str, Value]
Rule = Callable[[Values], tuple[Doubt, ...]]
"""A doubt about several fields together; it is asked only when all fields it needs are there."""


class Form(str, Enum):
    """The form of a value that a payer is shown."""

    LINK = "link"
    CARD = "card"
    PHONE = "phone"
    ACCOUNT = "account"
    HOLDER = "holder"


_LENGTHS = {Form.CARD: 16, Form.PHONE: 11, Form.ACCOUNT: 20}


@dataclass(frozen=True, slots=True)
class Shown:
    """A field of the answer that the payer must be shown (API reference 6.0), always as the gateway wrote it."""

    name: str
    form: Form
    label: Text

    def grouped(self, text: str) -> str:
        """Return the value in groups where it has the documented form, and as the gateway wrote it otherwise."""
        if not self.is_expected(text):
            return text
        if self.form is Form.CARD:
            return " ".join(text[place : place + 4] for place in range(0, 16, 4))
        return {Form.PHONE: grouped_phone, Form.ACCOUNT: grouped_account}.get(self.form, str)(text)

    def is_expected(self, text: str) -> bool:
        """Whether the value has the documented form; if not it is shown all the same, with a note."""
        length = _LENGTHS.get(self.form)
        if self.form is Form.LINK:
            return text.startswith("https://")
        return length is None or (len(text) == length and text.isascii() and text.isdigit())

    def mask(self, text: str) -> str:
        """Return the value as it may stand beside an operation: cards keep six and four digits, others less."""
        if self.form in {Form.LINK, Form.HOLDER}:
            return text
        head, tail = {Form.CARD: (6, 4), Form.PHONE: (4, 2), Form.ACCOUNT: (5, 4)}[self.form]
        if len(text) < head + tail + 3:
            return "•••"
        return f"{text[:head]}{'•' * (len(text) - head - tail)}{text[-tail:]}"

    def short(self, text: str) -> str:
        """Return the masked value for tables, as the fields of the same kind write it."""
        if not self.is_expected(text):
            return self.mask(text)
        if self.form is Form.PHONE:
            return short_phone(text)
        return short_account(text) if self.form is Form.ACCOUNT else self.mask(text)


@dataclass(frozen=True)
class Method:
    """A service of the gateway (API reference 6.0) by its `code`.

    `short` names it in tables, `sentence` on its card, `party` is the field that tells who is paid or pays.
    """

    code: str
    kind: Kind
    title: Text
    short: Text
    sentence: Text
    icon: str
    fields: tuple[Field, ...]
    party: str
    shows: tuple[Shown, ...] = ()
    rules: tuple[Rule, ...] = ()

    def field(self, name: str) -> Field:
        """Return the field of that name; KeyError when there is none."""
        for each in self.fields:
            if each.name == name:
                return each
        raise KeyError(name)

    def parse(self, texts: Mapping[str, str]) -> tuple[dict[str, Value], dict[str, Invalid]]:
        """Return the values of typed texts and the problems by field; optional fields left empty are in neither."""
        values: dict[str, Value] = {}
        problems: dict[str, Invalid] = {}
        for each in self.fields:
            if not each.typed:
                continue
            try:
                value = each.parse(texts.get(each.name, ""))
            except Invalid as trouble:
                problems[each.name] = trouble
            else:
                if value is not None:
                    values[each.name] = value
        return values, problems

    def body(self, values: Values, service: str = "") -> dict[str, str | int]:
        """Return the body in the order of the fields, without the optional ones that are not filled in.

        `service` is the code that the account uses for this method, where it is another one; a code that was read from
        a body stays. Raises ValueError when a required field is missing: half an order is never signed.
        """
        code = service or str(values.get("service", self.code))
        filled: dict[str, Value] = {**values, "service": code}
        missing = [each.name for each in self.fields if each.required and each.name not in filled]
        if missing:
            raise ValueError(f"{self.code}: no {', '.join(missing)}")
        return {each.name: each.wire(filled[each.name]) for each in self.fields if each.name in filled}

    def read(self, body: Mapping[str, object]) -> dict[str, Value]:
        """Return the values that stand in a body; ValueError for one that this method would not have made."""
        if list(body) != [each.name for each in self.fields if each.name in body]:
            raise ValueError("the fields are not this method's, or not in its order")
        values = {each.name: each.read(body[each.name]) for each in self.fields if each.name in body}
        if any(each.required and each.name not in values for each in self.fields):
            raise ValueError("a required field is missing")
        return values

    def mask(self, values: Values) -> dict[str, str]:
        """Return the body with every field masked as its kind declares."""
        return {each.name: each.mask(values[each.name]) for each in self.fields if each.name in values}

    def doubts(self, values: Values) -> tuple[Doubt, ...]:
        """Return the doubts of every field and of the rules over several."""
        single = (doubt for each in self.fields if each.name in values for doubt in each.doubts(values[each.name]))
        return (*single, *(doubt for rule in self.rules for doubt in rule(values)))

    def sample(self) -> dict[str, Value]:
        """Return values for every field, made from the declared samples."""
        texts = {each.name: each.sample for each in self.fields}
        values, problems = self.parse(texts)
        if problems:
            raise ValueError(f"{self.code}: the samples of {', '.join(problems)} are refused")
        return values

    def amount(self, values: Values) -> Money:
        """Return the amount of the order."""
        amount = values["amount"]
        assert isinstance(amount, Money)
        return amount


@dataclass(frozen=True)
class Order:
    """A method filled in: the values, and two fields of our own that are never sent."""

    method: Method
    values: Values
    recipient: str = ""
    basis: str = ""
    service: str = ""

    @property
    def order_id(self) -> str:
        """The order id the console made with the draft, or what a person put in its place."""
        return str(self.values["order_id"])

    @property
    def amount(self) -> Money:
        """The amount."""
        return self.method.amount(self.values)

    def body(self) -> dict[str, str | int]:
        """Return the body in the order of the fields."""
        return self.method.body(self.values, self.service)
