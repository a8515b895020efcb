"""Checks a body against the declarations of the catalogue, the way the gateway's answers name problems.

The order of the fields does not matter and a field that no declaration names is let pass, since nothing says that the
gateway looks at either (API reference 3.1 and 6.0).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from console.catalogue import methods
from console.catalogue.payments import FORM_CARD
from console.domain.endpoint import Kind
from console.domain.fields.bank import BankCode, as_typed
from console.domain.fields.field import Field, Value
from console.domain.method import Method
from console.domain.money import Money
from console.domain.trouble import Invalid

Problems = dict[str, list[str]]
"""Field name to sentences: the `errors` of a refusal (API reference 5)."""

SAMPLE = "payment_card_rub_hpp"
"""The ninth code, which the sample request of API reference 6.0 uses; no form of the console makes it."""
AGENT = "customer_browser_user_agent"
AGENT_LIMIT = 2000
_AMOUNT = re.compile(r"\d{1,9}(\.\d{1,2})?", re.ASCII)


def served(kind: Kind) -> dict[str, Method]:
    """Return the methods of a kind by code: those of the catalogue as it is now, and the sample's."""
    found = {method.code: method for method in methods.every(kind)}
    if kind is Kind.PAYMENT:
        found[SAMPLE] = _sample()
    return found


def _sample() -> Method:
    """Return the sample's method: the hosted form, without the payer's id that the sample does not have."""
    fields = tuple(
        replace(each, required=each.required and each.name != "customer_user_id") for each in FORM_CARD.fields
    )
    return replace(FORM_CARD, code=SAMPLE, fields=fields)


def check(kind: Kind, body: Mapping[str, object]) -> tuple[Method | None, dict[str, Value], Problems]:
    """Return the method a body asks for, the values that are right, and the problems by field."""
    known = served(kind)
    code = body.get("service")
    if is_empty(code):
        return None, {}, {"service": [required("service")]}
    method = known.get(code) if isinstance(code, str) else None
    if method is None:
        return None, {}, {"service": ["The selected service is invalid."]}
    values: dict[str, Value] = {}
    problems: Problems = {}
    for each in method.fields:
        given = body.get(each.name)
        if is_empty(given):
            if each.required:
                problems[each.name] = [required(each.name)]
            continue
        try:
            values[each.name] = read(each, given)
        except ValueError as trouble:
            problems[each.name] = [str(trouble)]
    return method, values, problems | _agent(body.get(AGENT))


def read(field: Field, given: object) -> Value:
    """Return the value of a field as it came; ValueError with the gateway's sentence for one it would not take.

    Texts and integers both count, since clients send either. A person's ways of writing numbers do not.
    """
    if isinstance(given, bool) or not isinstance(given, str | int):
        raise ValueError(f"The {words(field.name)} must be a string.")
    text = str(given)
    try:
        value = field.parse(as_typed(text) if isinstance(field, BankCode) else text)
    except Invalid:
        value = None
    if value is None or not _is_plain(value, text):
        if len(text) > field.limit:
            raise ValueError(f"The {words(field.name)} may not be greater than {field.limit} characters.")
        raise ValueError(f"The {words(field.name)} format is invalid.")
    return value


def _is_plain(value: Value, text: str) -> bool:
    """Whether digits came as digits alone, without the blanks and signs that a form takes."""
    if isinstance(value, Money):
        return _AMOUNT.fullmatch(text) is not None
    plain = str(value)
    return plain == text or not plain.isdigit()


def _agent(given: object) -> Problems:
    """Check the one optional field more that the sample request carries."""
    if is_empty(given) or (isinstance(given, str) and len(given) <= AGENT_LIMIT):
        return {}
    return {AGENT: [f"The {words(AGENT)} may not be greater than {AGENT_LIMIT} characters."]}


def is_empty(given: object) -> bool:
    """Whether a value counts as not given: null and texts of blanks do."""
    return given is None or (isinstance(given, str) and not given.strip())


def required(name: str) -> str:
    """Return the sentence for a field that is missing."""
    return f"The {words(name)} field is required."


def words(name: str) -> str:
    """Return a field's name as the gateway's sentences write it."""
    return name.replace("_", " ")
