"""An amount in words, in Russian and English."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.money import MAX_KOPECKS, Money
from console.domain.words import amount_in_words

WORDS = {
    1: ("Ноль рублей 01 копейка", "Zero roubles 01 kopeck"),
    102: ("Один рубль 02 копейки", "One rouble 02 kopecks"),
    211: ("Два рубля 11 копеек", "Two roubles 11 kopecks"),
    521: ("Пять рублей 21 копейка", "Five roubles 21 kopecks"),
    1000: ("Десять рублей 00 копеек", "Ten roubles 00 kopecks"),
    11100: ("Сто одиннадцать рублей 00 копеек", "One hundred eleven roubles 00 kopecks"),
    1100: ("Одиннадцать рублей 00 копеек", "Eleven roubles 00 kopecks"),
    1900: ("Девятнадцать рублей 00 копеек", "Nineteen roubles 00 kopecks"),
    2000: ("Двадцать рублей 00 копеек", "Twenty roubles 00 kopecks"),
    2100: ("Двадцать один рубль 00 копеек", "Twenty-one roubles 00 kopecks"),
    10000: ("Сто рублей 00 копеек", "One hundred roubles 00 kopecks"),
    11200: ("Сто двенадцать рублей 00 копеек", "One hundred twelve roubles 00 kopecks"),
    90400: ("Девятьсот четыре рубля 00 копеек", "Nine hundred four roubles 00 kopecks"),
    100000: ("Одна тысяча рублей 00 копеек", "One thousand roubles 00 kopecks"),
    200100: ("Две тысячи один рубль 00 копеек", "Two thousand one roubles 00 kopecks"),
    490000: ("Четыре тысячи девятьсот рублей 00 копеек", "Four thousand nine hundred roubles 00 kopecks"),
    1100000: ("Одиннадцать тысяч рублей 00 копеек", "Eleven thousand roubles 00 kopecks"),
    1234567: (
        "Двенадцать тысяч триста сорок пять рублей 67 копеек",
        "Twelve thousand three hundred forty-five roubles 67 kopecks",
    ),
    2100000: ("Двадцать одна тысяча рублей 00 копеек", "Twenty-one thousand roubles 00 kopecks"),
    4200000: ("Сорок две тысячи рублей 00 копеек", "Forty-two thousand roubles 00 kopecks"),
    100000000: ("Один миллион рублей 00 копеек", "One million roubles 00 kopecks"),
    200200200: (
        "Два миллиона две тысячи два рубля 00 копеек",
        "Two million two thousand two roubles 00 kopecks",
    ),
    500000000: ("Пять миллионов рублей 00 копеек", "Five million roubles 00 kopecks"),
    MAX_KOPECKS: (
        "Девятьсот девяносто девять миллионов девятьсот девяносто девять тысяч девятьсот девяносто девять рублей 99 копеек",
        "Nine hundred ninety-nine million nine hundred ninety-nine thousand nine hundred ninety-nine roubles 99 kopecks",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kopecks", WORDS)
def test_amounts_are_written_out(kopecks: int) -> None:
    assert (amount_in_words(Money(kopecks), "ru"), amount_in_words(Money(kopecks), "en")) == WORDS[kopecks]


@given(st.integers(0, MAX_KOPECKS), st.integers(0, MAX_KOPECKS), st.sampled_from(["ru", "en"]))
def test_two_amounts_never_read_the_same(one: int, other: int, language: str) -> None:
    same = amount_in_words(Money(one), language) == amount_in_words(Money(other), language)
    assert same is (one == other)


@given(st.integers(0, MAX_KOPECKS), st.sampled_from(["ru", "en"]))
def test_words_are_parted_by_single_blanks(kopecks: int, language: str) -> None:
    words = amount_in_words(Money(kopecks), language)
    assert words == " ".join(words.split())


@pytest.mark.parametrize("kopecks", [-1, MAX_KOPECKS + 1])
def test_what_no_order_has_is_not_written_out(kopecks: int) -> None:
    with pytest.raises(ValueError, match="no amount of an order"):
        amount_in_words(Money(kopecks), "ru")
