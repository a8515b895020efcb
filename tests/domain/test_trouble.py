"""Trouble: a code and the values of its sentence; the kinds are told apart by what happened to the money."""

import pytest

from console.domain.text import mark
from console.domain.trouble import Invalid, OutcomeUnknown, Refused, Trouble, Unavailable


@pytest.mark.parametrize("kind", [Trouble, Unavailable, Refused, OutcomeUnknown])
def test_a_trouble_has_a_code_and_values(kind: type[Trouble]) -> None:
    trouble = kind("E-TRY", order="A-1", n=2)
    assert (trouble.code, trouble.values, str(trouble)) == ("E-TRY", {"order": "A-1", "n": 2}, "E-TRY")
    assert isinstance(trouble, Trouble)


def test_a_value_that_cannot_be_used_says_why_and_where() -> None:
    text = mark("try", "Enter it")
    trouble = Invalid(text, "amount")
    assert (trouble.code, trouble.text, trouble.field, trouble.values) == ("E-INPUT", text, "amount", {"text": text})


def test_the_kinds_are_not_one_another() -> None:
    kinds = (Invalid, Unavailable, Refused, OutcomeUnknown)
    assert not any(issubclass(one, other) for one in kinds for other in kinds if one is not other)
