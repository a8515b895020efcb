"""Banks are found by name in two alphabets, by code, and by a code that stands for another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.banks import Bank, BankList, fold, transliterate

VTB = Bank("100000000005", "Банк ВТБ", "VTB Bank", ("a", "b"))
T_BANK = Bank("100000000004", "Т-Банк", "T-Bank", ("a", "b"))
HOME = Bank("100000000024", "Хоум Кредит Банк", "", ("b",))
YOLKA = Bank("100000000900", "Ёлка", "", ("a",))
TWIN_ONE = Bank("100000000901", "Двойник", "", ("a",))
TWIN_TWO = Bank("100000000902", "«Двойник»", "", ("b",))
LIST = BankList((VTB, HOME, T_BANK, YOLKA, TWIN_ONE, TWIN_TWO), {"110000000005": "100000000005"})


def test_a_bank_is_found_by_its_code_and_by_one_that_stands_for_it() -> None:
    assert LIST.find("100000000004") is T_BANK
    assert LIST.find("110000000005") is VTB
    assert LIST.find("100000000999") is None


@pytest.mark.parametrize("name", ["т-банк", "Т БАНК", "T-Bank", "t bank", "Т–Банк"])
def test_a_bank_is_known_by_its_whole_name(name: str) -> None:
    assert LIST.named(name) is T_BANK


@pytest.mark.parametrize("name", ["", "банк", "двойник", "VTB", "Альфа"])
def test_a_part_of_a_name_or_one_of_two_banks_is_not_enough(name: str) -> None:
    assert LIST.named(name) is None


def test_a_name_can_be_transliterated() -> None:
    assert LIST.named("khoum kredit bank") is HOME
    assert HOME.title("en") == "Khoum Kredit Bank"
    assert (HOME.title("ru"), VTB.title("en"), VTB.title("ru")) == ("Хоум Кредит Банк", "VTB Bank", "Банк ВТБ")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("втб", [VTB]),
        ("vtb", [VTB]),
        ("банк", [VTB, HOME, T_BANK]),
        ("т банк", [T_BANK, HOME]),
        ("тбанк", [T_BANK]),
        ("tbank", [T_BANK]),
        ("кредит", [HOME]),
        ("oum", [HOME]),
        ("елка", [YOLKA]),
        ("ЁЛКА", [YOLKA]),
        ("0000024", [HOME]),
        ("110000000005", [VTB]),
        ("нет такого", []),
    ],
)
def test_banks_are_searched(text: str, found: list[Bank]) -> None:
    assert list(LIST.search(text)) == found


def test_what_begins_so_comes_before_what_only_has_it() -> None:
    one, two, three = (Bank(f"10000000000{n}", name) for n, name in enumerate(["Автобанк", "Новый Банк", "Банк Юг"]))
    assert BankList((one, two, three), {}).search("банк") == (three, two, one)


def test_a_name_comes_before_a_code() -> None:
    by_code, by_name = Bank("100000000240", "Первый"), Bank("100000000999", "Б24")
    assert BankList((by_code, by_name), {}).search("24") == (by_name, by_code)


def test_no_text_gives_the_first_ones_and_a_limit_holds() -> None:
    assert LIST.search("  ", limit=2) == (VTB, HOME)
    assert LIST.search("банк", limit=1) == (VTB,)


@given(st.text(max_size=40))
def test_any_text_can_be_searched(text: str) -> None:
    assert set(LIST.search(text)) <= set(LIST.banks)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("russian", "latin"),
    [("Щука", "Shchuka"), ("ЁЖ", "EZh"), ("Объезд", "Obezd"), ("мэр", "mer"), ("Bank 24", "Bank 24"), ("чай", "chay")],
)
def test_letters_are_transliterated(russian: str, latin: str) -> None:
    assert transliterate(russian) == latin
