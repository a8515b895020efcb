"""Money: read from any human form, never guessed, printed once for the wire, shown without a float."""

from decimal import Decimal
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.money import MAX_KOPECKS, Money, Sum, format_money, format_sum
from console.domain.text import Text
from console.domain.trouble import Invalid
from console.settings.translations import LANGUAGES, Translator

READ = {
    "12345,67": 1234567,
    "12345.67": 1234567,
    "12 345,6": 1234560,
    "12 345,67 ₽": 1234567,
    " 12\u00a0345,67\u00a0₽ ": 1234567,
    "12\u202f345,67": 1234567,
    "12\u2009345,67": 1234567,
    "12\u2007345,67": 1234567,
    "12'345.67": 1234567,
    "12\u2019345.67": 1234567,
    "RUB 12,345.67": 1234567,
    "rub12345.67": 1234567,
    "12,345.67 RUB": 1234567,
    "12345.67 rubles": 1234567,
    "12345 RUR": 1234500,
    "1.234.567,00": 123456700,
    "1,234,567.89": 123456789,
    "1.234.567": 123456700,
    "1 234 567": 123456700,
    "1,234.5": 123450,
    "1.234,5": 123450,
    "100": 10000,
    "100,": 10000,
    "100.": 10000,
    "100р": 10000,
    "100 р.": 10000,
    "100 руб": 10000,
    "100 рублей": 10000,
    "100,5 руб.": 10050,
    "5 руб. 7 коп.": 507,
    "12 345 рублей 67 копеек": 1234567,
    "12 345 р. 67 к": 1234567,
    "1.234.567 руб. 05 коп.": 123456705,
    "00100": 10000,
    "0,01": 1,
    "0.1": 10,
    "999999999,99": MAX_KOPECKS,
    "999 999 999.99": MAX_KOPECKS,
}
DOUBTFUL = {
    "1,234": ("1234", "1.23"),
    "1.234": ("1234", "1.23"),
    "12,345": ("12345", "12.34"),
    "123.456 ₽": ("123456", "123.45"),
    "9.990": ("9990", "9.99"),
}
NOT_DIGITS = {
    "-5": "-",
    "\u22125": "\u2212",
    "+5": "+",
    "1e3": "e",
    "NaN": "N, a",
    "inf": "i, n, f",
    "0x10": "x",
    "1_000": "_",
    "3О00": "О",
    "1O0": "O",
    "\u0661\u0662": "\u0661 (U+0661), \u0662 (U+0662)",
    "\uff11\uff12": "\uff11 (U+FF11), \uff12 (U+FF12)",
    "\u202e100": "U+202E",
    "1\u200b00": "U+200B",
    "100\n200": "U+000A",
    "100\t200": "U+0009",
    "1\u2028000": "U+2028",
    "1\u3000000": "U+3000",
    "100 $": "$",
    "руб 100": "р, у, б",
    "100 руб50": "р, у, б",
    "\u00bd": "\u00bd (U+00BD)",
    "1\u0301": "U+0301",
}
OUT_OF_RANGE = (
    "0",
    "0,00",
    "0.001",
    "1000000000",
    "999999999,999",
    "12345.678",
    "0,123",
    "0.123.456",
    "012,345",
    "1.23.456",
    "1,2,3",
    "1.234,",
    "1,234.",
    "1.234.567,890",
    "1,234,567,89",
    ",5",
    ".",
    ",",
    "1..2",
    "1.2,3.4",
    "100,50 руб. 20 коп.",
    "1 234.567",
    "9" * 50,
    "9" * 5000,
    "0" * 5000 + "1",
    "1," * 3000,
    "\u00a0".join(["111"] * 43),
)
MISPLACED = ("100 50", "1 23", "12 34 567", "1 2 3", "0 234", "1 234,5 6", "12 345 ,67", "1  000")


def said(trouble: Invalid, language: str = "en") -> str:
    return Translator(language)(trouble.text)


def refusal(text: str) -> Invalid:
    with pytest.raises(Invalid) as caught:
        Money.parse(text)
    return caught.value


@pytest.mark.parametrize("text", READ)
def test_human_forms_are_read(text: str) -> None:
    assert Money.parse(text) == Money(READ[text])


@pytest.mark.parametrize("text", DOUBTFUL)
def test_what_may_mean_two_sums_is_asked_about(text: str) -> None:
    whole, cents = DOUBTFUL[text]
    sentence = said(refusal(text))
    assert sentence.endswith(f"Enter {whole} or {cents}.")
    assert Money.parse(whole) > Money.parse(cents)


def test_the_question_is_asked_as_russian_writes_sums() -> None:
    assert said(refusal("1,234"), "ru") == "Это 1\u00a0234,00\u00a0₽ или 1,23\u00a0₽? Введите 1234 или 1,23."


@pytest.mark.parametrize("text", NOT_DIGITS)
def test_what_is_no_digit_is_named(text: str) -> None:
    assert said(refusal(text)) == f"These characters are not digits: {NOT_DIGITS[text]}"


@pytest.mark.parametrize("text", OUT_OF_RANGE, ids=lambda text: text[:20])
def test_other_sums_are_refused(text: str) -> None:
    assert said(refusal(text)) == "From 0.01 to 999 999 999.99, at most 2 decimals"


@pytest.mark.parametrize("text", MISPLACED)
def test_blanks_part_thousands_and_nothing_else(text: str) -> None:
    assert said(refusal(text)).startswith("Blanks part thousands only")


@pytest.mark.parametrize("text", ["", "  ", "₽", "RUB", "\u00a0"])
def test_no_amount_is_asked_for(text: str) -> None:
    assert said(refusal(text)) == "Enter the amount"


@given(st.integers(1, MAX_KOPECKS), st.sampled_from(LANGUAGES))
def test_what_is_shown_is_read_back(kopecks: int, language: str) -> None:
    money = Money(kopecks)
    assert Money.parse(format_money(money, language)) == money


@given(st.integers(1, MAX_KOPECKS))
def test_what_goes_to_the_gateway_is_read_back(kopecks: int) -> None:
    money = Money(kopecks)
    assert Money.from_wire(money.wire()) == money
    assert Money.parse(money.wire()) == money
    assert Decimal(money.wire()) == money.decimal


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_and_never_read_as_another_sum(text: str) -> None:
    try:
        money = Money.parse(text)
    except Invalid:
        return
    digits = [char for char in text if char.isdigit()]
    assert all(char.isascii() for char in digits)
    assert 1 <= money.kopecks <= MAX_KOPECKS
    assert "".join(digits).strip("0") == str(money.kopecks).strip("0") or "к" in text.lower()


@given(st.from_regex(r"[0-9 .,']{1,14}", fullmatch=True))
def test_a_sum_that_is_read_has_the_typed_digits(text: str) -> None:
    try:
        money = Money.parse(text)
    except Invalid:
        return
    assert "".join(char for char in text if char.isdigit()).strip("0") == str(money.kopecks).strip("0")


@pytest.mark.parametrize(
    ("kopecks", "russian", "english"),
    [
        (1234567, "12\u00a0345,67\u00a0₽", "RUB\u00a012,345.67"),
        (1, "0,01\u00a0₽", "RUB\u00a00.01"),
        (0, "0,00\u00a0₽", "RUB\u00a00.00"),
        (-150, "\u22121,50\u00a0₽", "\u2212RUB\u00a01.50"),
        (-5, "\u22120,05\u00a0₽", "\u2212RUB\u00a00.05"),
        (10**13, "100\u00a0000\u00a0000\u00a0000,00\u00a0₽", "RUB\u00a0100,000,000,000.00"),
    ],
)
def test_sums_are_shown_with_two_decimals(kopecks: int, russian: str, english: str) -> None:
    assert format_money(Money(kopecks), "ru") == russian
    assert format_money(Money(kopecks), "en") == english


def test_a_sign_can_be_put_before_a_sum_that_has_none() -> None:
    assert format_money(Money(150), "ru", sign="\u2212") == "\u22121,50\u00a0₽"
    assert format_money(Money(-150), "ru", sign="+") == "\u22121,50\u00a0₽"


def test_another_currency_is_named() -> None:
    assert format_money(Money(150, "USD"), "ru") == "1,50\u00a0USD"
    assert format_money(Money(150, "USD"), "en") == "USD\u00a01.50"


@pytest.mark.parametrize("kopecks", [0, -1, MAX_KOPECKS + 1])
def test_a_sum_that_no_order_may_have_never_becomes_bytes(kopecks: int) -> None:
    with pytest.raises(ValueError, match="can be sent"):
        Money(kopecks).wire()


@pytest.mark.parametrize("kopecks", [1.5, 100.0, True, "100", None])
def test_money_is_an_integer(kopecks: object) -> None:
    with pytest.raises(TypeError):
        Money(cast("int", kopecks))


@pytest.mark.parametrize(
    "text",
    ["", "3000", "3000.0", "3000.000", "03000.00", "0.00", "1000000000.00", "3 000.00", "3000,00", "-1.00", "٣.00"],
)
def test_only_what_the_console_writes_is_read_from_a_body(text: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        Money.from_wire(text)


def test_money_is_compared_by_its_kopecks() -> None:
    assert sorted([Money(3), Money(1), Money(2)]) == [Money(1), Money(2), Money(3)]


@pytest.mark.parametrize(
    ("text", "russian"),
    [
        ("93.84000000", "93,84\u00a0₽"),
        ("1234.567800000", "1\u00a0234,5678\u00a0₽"),
        ("290", "290,00\u00a0₽"),
        ("0.5", "0,50\u00a0₽"),
        ("-12.345", "\u221212,345\u00a0₽"),
        ("0.000000001", "0,000000001\u00a0₽"),
    ],
)
def test_a_sum_of_an_answer_keeps_its_decimals(text: str, russian: str) -> None:
    amount = Sum.read(text)
    assert amount is not None
    assert amount.decimal == Decimal(text)
    assert format_sum(amount, "RUB", "ru") == russian


def test_a_sum_of_an_answer_in_english() -> None:
    assert format_sum(Sum("-1234.5"), "RUB", "en") == "\u2212RUB\u00a01,234.50"


@pytest.mark.parametrize(
    "text", ["", " 1", "1 ", "1e5", "NaN", "Infinity", "1,5", "+1", "1.", ".5", "--1", "٣", "1" * 19, "1." + "1" * 19]
)
def test_what_is_no_plain_number_is_no_sum(text: str) -> None:
    assert Sum.read(text) is None


def test_the_texts_of_refusals_are_for_the_form() -> None:
    assert {refusal(text).text.context for text in ("", "x", "0", "1,234", "1 2")} == {"form"}
    assert isinstance(refusal("1,234").text, Text)
