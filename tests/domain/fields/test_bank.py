"""A bank: by name, by code, or any other text used as typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.banks import Bank, BankList
from console.domain.fields.bank import BankCode, as_typed
from console.domain.fields.field import Look
from console.domain.trouble import Invalid
from console.settings.translations import Translator

SBER = Bank("100000000111", "Сбербанк", "Sberbank", ("a", "b"))
VTB = Bank("100000000005", "Банк ВТБ", "VTB Bank", ("a", "b"))
OLD = Bank("100000000015", "Банк Открытие", "", ("b",))
BANK = BankCode(name="customer_code", banks=BankList((SBER, VTB, OLD), {"110000000005": "100000000005"}))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("100000000111", "100000000111"),
        ("сбербанк", "100000000111"),
        ("Sberbank", "100000000111"),
        ("bank otkrytie", "100000000015"),
        ("110000000005", "100000000005"),
        ("100000000999", "100000000999"),
        ('"sberbank"', "sberbank"),
        ('" raiffeisen "', "raiffeisen"),
        ('"110000000005"', "110000000005"),
        ('"a"b"', 'a"b'),
        ('"x"', "x"),
    ],
)
def test_a_bank_is_its_code_or_what_was_typed(text: str, code: str) -> None:
    assert BANK.parse(text) == code


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Choose a bank: without it the gateway does not accept the order. A 12-digit code will do."),
        ("сбер", "No bank of that name. Choose one from the list, or use the text as typed."),
        ("10000000011", "No bank of that name. Choose one from the list, or use the text as typed."),
        ("\uff11" * 12, "No bank of that name. Choose one from the list, or use the text as typed."),
        ('""', "No bank of that name. Choose one from the list, or use the text as typed."),
        ('"   "', "No bank of that name. Choose one from the list, or use the text as typed."),
        ('"', "No bank of that name. Choose one from the list, or use the text as typed."),
        ('"a\u200bb"', "There is a hidden character in the text: U+200B. Type it by hand."),
        (as_typed("x" * 101), "At most 100 characters; this has 101."),
    ],
)
def test_what_is_no_bank_is_refused(text: str, reason: str) -> None:
    with pytest.raises(Invalid) as caught:
        BANK.parse(text)
    assert Translator("en")(caught.value.text) == reason


@pytest.mark.parametrize(
    ("code", "doubts"),
    [
        ("100000000111", []),
        ("100000000015", [("bank-list", False)]),
        ("100000000999", [("bank-code", False)]),
        ("110000000005", [("bank-code", False)]),
        ("sberbank", [("bank-typed", True)]),
        ("\uff11" * 12, [("bank-typed", True)]),
    ],
)
def test_what_may_be_refused_is_a_doubt(code: str, doubts: list[tuple[str, bool]]) -> None:
    assert [(doubt.code, doubt.is_strong) for doubt in BANK.doubts(code)] == doubts


@pytest.mark.parametrize(
    ("code", "shown"),
    [("100000000005", "Банк ВТБ"), ("110000000005", "110000000005"), ("sberbank", "sberbank"), ("100000000999",) * 2],
)
def test_a_name_is_shown_for_exactly_its_code(code: str, shown: str) -> None:
    assert BANK.show(code, "ru") == shown
    assert BANK.mask(code) == code


def test_a_name_is_shown_in_its_language() -> None:
    assert (BANK.show("100000000111", "en"), BANK.show("100000000015", "en")) == ("Sberbank", "Bank Otkrytie")


@given(st.text(min_size=1, max_size=120))
def test_what_is_used_as_typed_goes_to_the_gateway_as_typed(text: str) -> None:
    try:
        value = BANK.parse(as_typed(text))
    except Invalid:
        return
    assert value == text.strip()
    assert BANK.read(value) == value


@pytest.mark.parametrize("wire", ["", " x", "a\u202eb", "x" * 101, 100000000111])
def test_what_the_console_would_not_have_written_is_not_read(wire: object) -> None:
    with pytest.raises(ValueError, match="customer_code"):
        BANK.read(wire)


def test_a_bank_is_chosen_in_an_input_of_its_own() -> None:
    assert BANK.look is Look.BANK
