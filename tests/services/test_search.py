"""Searching: what a text is taken for, and that the box says so."""

from __future__ import annotations

import pytest

from console.domain.endpoint import Kind
from console.journal.filters import Filter
from console.services.search import narrowed, understand
from console.settings.translations import Translator

say = Translator("en")


def found(kind: str, text: str) -> str:
    """A keyed mark that can be told apart."""
    return f"{kind}:{text}"


def words(text: str, *, keyed: bool = True) -> str:
    understood = understand(text, found if keyed else None)
    assert understood.words is not None
    return say(understood.words)


@pytest.mark.parametrize("text", ["", "   ", "\u00a0"])
def test_nothing_is_searched_for_in_an_empty_box(text: str) -> None:
    understood = understand(text, found)
    assert understood.words is None
    assert understood.filter.is_empty


@pytest.mark.parametrize("text", ["79031112233", "+7 903 111-22-33", "8 (903) 111 22 33", "9031112233"])
def test_a_phone_in_any_form_is_found_by_its_mark(text: str) -> None:
    assert understand(text, found).filter.number_find == "number:79031112233"
    assert words(text) == "searched as phone +7 903 111-22-33"


@pytest.mark.parametrize("text", ["40817810156003706312", "40817 810 1 5600 3706312"])
def test_twenty_digits_are_an_account(text: str) -> None:
    assert understand(text, found).filter == Filter(number_find="number:40817810156003706312")
    assert words(text) == "searched as account 40817 810 1 5600 3706312"


@pytest.mark.parametrize(
    ("text", "kopecks"),
    [("12345,67", 1234567), ("12 345,67 ₽", 1234567), ("12\u00a0345", 1234500), ("500 руб.", 50000), ("7.5", 750)],
)
def test_what_is_written_as_an_amount_is_one(text: str, kopecks: int) -> None:
    assert understand(text, found).filter == Filter(amount=kopecks)


def test_an_amount_is_said_in_the_language() -> None:
    assert words("12345,67") == "searched as amount RUB\u00a012,345.67"


def test_four_digits_may_be_the_end_of_a_number_a_part_of_an_id_or_an_amount() -> None:
    assert understand("2345", found).filter == Filter(tail="2345", text="2345", amount=234500)
    assert words("2345") == "searched as end of a number, part of an id or amount RUB\u00a02,345.00"


def test_digits_that_begin_with_zero_are_no_amount() -> None:
    assert understand("0014", found).filter == Filter(tail="0014", text="0014")
    assert words("0014") == "searched as end of a number or part of an id"


def test_more_digits_are_an_id() -> None:
    wanted = Filter(gateway_id="100001524", order_id="100001524", text="100001524", amount=10000152400)
    assert understand("100001524", found).filter == wanted
    assert understand("10000152400", found).filter.amount is None


def test_a_text_with_digits_is_an_order_id_or_the_beginning_of_words() -> None:
    wanted = Filter(order_id="PO-1", gateway_id="PO-1", text="PO-1", number_find="payer:PO-1")
    assert understand(" PO-1 ", found).filter == wanted
    assert words("PO-1") == "searched as order id or name, basis or payer"


def test_words_are_names() -> None:
    assert understand("Громова Е", found).filter == Filter(text="Громова Е", number_find="payer:Громова Е")
    assert words("Громова Е") == "searched as name, basis or payer"


def test_without_the_journals_key_whole_numbers_are_searched_as_ids() -> None:
    assert understand("79031112233", None).filter == Filter(
        gateway_id="79031112233", order_id="79031112233", text="79031112233"
    )
    assert understand("Громова", None).filter == Filter(text="Громова")


@pytest.mark.parametrize("text", ["1,234", "0,00", "999999999999,00"])
def test_a_doubtful_amount_is_searched_as_words(text: str) -> None:
    assert understand(text, found).filter.amount is None
    assert understand(text, found).filter.text == text


def test_what_chips_chose_stays_beside_what_was_searched_for() -> None:
    chosen = Filter(kind=Kind.PAYOUT, unclear_only=True, text="old")
    both = narrowed(chosen, understand("0014", found).filter)
    assert both == Filter(kind=Kind.PAYOUT, unclear_only=True, tail="0014", text="0014")
