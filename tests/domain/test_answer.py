"""Values of an answer are read by their texts: nothing is rounded, nothing missing or odd is an error."""

from decimal import Decimal

import pytest

from console.domain.answer import Number, flag_of, id_of, sum_of, text_of


@pytest.mark.parametrize(
    ("text", "is_integer"),
    [
        ("7", True),
        ("-7", True),
        ("0", True),
        ("7.0", False),
        ("7e2", False),
        ("", False),
        ("-", False),
        ("\u0667", False),
    ],
)
def test_an_integer_is_digits(text: str, is_integer: bool) -> None:
    assert Number(text).is_integer is is_integer


def test_a_number_is_exact() -> None:
    assert Number("0.10000000000000000000000001").decimal == Decimal("0.10000000000000000000000001")


VALUES = [
    ("wait", "wait"),
    (" x ", " x "),
    (Number("100001524"), "100001524"),
    (Number("1.50"), "1.50"),
    ("", None),
    ("  ", None),
    (None, None),
    (True, None),
    (["a"], None),
    ({"a": "b"}, None),
]


@pytest.mark.parametrize(("value", "text"), VALUES)
def test_texts_and_numbers_are_texts(value: object, text: str | None) -> None:
    assert text_of({"name": value}, "name") == text
    assert text_of({}, "name") is None


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (Number("100001524"), "100001524"),
        (Number("123456789012345678901234567890"), "123456789012345678901234567890"),
        ("a-1", "a-1"),
        ("x" * 128, "x" * 128),
        ("x" * 129, None),
        ("a\u202eb", None),
        ("a\n", None),
        (Number("1.5"), None),
        (Number("1e5"), None),
        ("", None),
        (" ", None),
        (None, None),
        (False, None),
    ],
)
def test_an_id_is_a_text_or_an_integer(value: object, found: str | None) -> None:
    assert id_of({"id": value}) == found


def test_an_id_may_have_another_name() -> None:
    assert id_of({"uuid": "u-1"}, "uuid") == "u-1"
    assert id_of({}) is None


@pytest.mark.parametrize(
    ("value", "decimal"),
    [
        ("300.00", Decimal("300.00")),
        (Number("290"), Decimal(290)),
        (Number("93.840000001"), Decimal("93.840000001")),
        (Number("1e2"), None),
        ("many", None),
        ("", None),
        (None, None),
        (True, None),
    ],
)
def test_a_sum_is_a_text_or_a_number(value: object, decimal: Decimal | None) -> None:
    found = sum_of({"amount": value}, "amount")
    assert (None if found is None else found.decimal) == decimal


@pytest.mark.parametrize(
    ("value", "flag"),
    [
        (True, True), (False, False), ("true", True), ("1", True), ("false", False), ("0", False),
        (Number("1"), True), (Number("0"), False), (Number("2"), None), ("yes", None), ("", None), (None, None), ([], None),
    ],
)  # fmt: skip
def test_a_flag_is_a_boolean_or_the_text_of_one(value: object, flag: bool | None) -> None:
    assert flag_of({"flag": value}, "flag") is flag
    assert flag_of({}, "flag") is None
