"""The list of banks that ships: whole, searchable, and honest about what stands in one list only."""

import pytest

from console.catalogue.banks import banks
from console.catalogue.payouts import PAYOUT_SBP
from console.domain.banks import Bank
from console.domain.fields.bank import BankCode

ALL = banks().banks
FIELD = PAYOUT_SBP.field("customer_code")


def test_the_list_is_whole() -> None:
    assert len(ALL) == len({bank.code for bank in ALL}) == 226
    assert sum(len(bank.lists) == 2 for bank in ALL) == 177
    assert isinstance(FIELD, BankCode)
    assert FIELD.banks is banks()


@pytest.mark.parametrize("bank", ALL, ids=lambda bank: bank.code)
def test_every_bank_is_found_by_its_names_and_its_code(bank: Bank) -> None:
    assert len(bank.code) == 12
    assert bank.code.isdigit()
    assert FIELD.parse(bank.code) == bank.code
    for language in ("ru", "en"):
        assert FIELD.parse(bank.title(language)) == bank.code
        assert bank in banks().search(bank.title(language))
        assert FIELD.show(bank.code, language) == bank.title(language)
    assert bank in banks().search(bank.code)
    assert bank.title("en").isascii()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("сбер", "Сбербанк"),
        ("sber", "Сбербанк"),
        ("т-банк", "Т-Банк"),
        ("tbank", "Т-Банк"),
        ("втб", "Банк ВТБ"),
        ("vtb", "Банк ВТБ"),
        ("альфа", "АЛЬФА-БАНК"),
        ("raif", "Райффайзенбанк"),
        ("райф", "Райффайзенбанк"),
        ("gazprom", "Газпромбанк"),
        ("100000000111", "Сбербанк"),
        ("110000000005", "Банк ВТБ"),
    ],
)
def test_well_known_banks_come_first(text: str, first: str) -> None:
    assert banks().search(text)[0].name == first


def test_the_code_of_an_app_leads_to_the_bank() -> None:
    assert FIELD.parse("110000000005") == "100000000005"


@pytest.mark.parametrize("code", ["100000000012", "100000000015", "100000000024", "100000000036", "100000000065"])
def test_banks_that_are_gone_are_doubted(code: str) -> None:
    assert [doubt.code for doubt in FIELD.doubts(code)] == ["bank-list"]


def test_a_bank_of_both_lists_is_not_doubted() -> None:
    assert [bank.code for bank in ALL if (len(bank.lists) == 2) is not (FIELD.doubts(bank.code) == ())] == []
