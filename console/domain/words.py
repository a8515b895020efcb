"""An amount in words, as it stands in papers: «Двенадцать тысяч триста сорок пять рублей 67 копеек»."""

from __future__ import annotations

from console.domain.money import MAX_KOPECKS, Money

_RU_ONES = ("", "один", "два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять")
_RU_TEENS = ("десять", "одиннадцать", "двенадцать", "тринадцать", "четырнадцать", "пятнадцать", "шестнадцать",
             "семнадцать", "восемнадцать", "девятнадцать")  # fmt: skip
_RU_TENS = ("", "", "двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят", "восемьдесят", "девяносто")
_RU_HUNDREDS = ("", "сто", "двести", "триста", "четыреста", "пятьсот", "шестьсот", "семьсот", "восемьсот", "девятьсот")
_RU_SCALES = (("", "", ""), ("тысяча", "тысячи", "тысяч"), ("миллион", "миллиона", "миллионов"))
_RU_ROUBLES = ("рубль", "рубля", "рублей")
_RU_KOPECKS = ("копейка", "копейки", "копеек")

_EN_ONES = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
            "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
_EN_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_EN_SCALES = ("", "thousand", "million")


def amount_in_words(money: Money, language: str) -> str:
    """Return the roubles in words and the kopecks in digits, in Russian or English.

    Raises ValueError for a sum that no order has: below zero, or beyond 999 999 999.99.
    """
    if not 0 <= money.kopecks <= MAX_KOPECKS:
        raise ValueError("no amount of an order")
    roubles, kopecks = divmod(money.kopecks, 100)
    words = _russian(roubles) if language == "ru" else _english(roubles)
    if language == "ru":
        text = f"{words} {_form(roubles, _RU_ROUBLES)} {kopecks:02d} {_form(kopecks, _RU_KOPECKS)}"
    else:
        unit = "rouble" if roubles == 1 else "roubles"
        text = f"{words} {unit} {kopecks:02d} {'kopeck' if kopecks == 1 else 'kopecks'}"
    return text[0].upper() + text[1:]


def _form(number: int, forms: tuple[str, str, str]) -> str:
    if number % 100 // 10 == 1:
        return forms[2]
    last = number % 10
    return forms[0] if last == 1 else forms[1] if 2 <= last <= 4 else forms[2]


def _triples(number: int) -> list[tuple[int, int]]:
    """Return (scale, 0 to 999) from the largest scale down, without empty ones."""
    parts = [(scale, number // 1000**scale % 1000) for scale in range(3)]
    return [part for part in reversed(parts) if part[1]]


def _russian(number: int) -> str:
    words: list[str] = []
    for scale, triple in _triples(number):
        hundreds, rest = divmod(triple, 100)
        words.append(_RU_HUNDREDS[hundreds])
        if 10 <= rest <= 19:
            words.append(_RU_TEENS[rest - 10])
        else:
            ones = _RU_ONES[rest % 10]
            if scale == 1:
                ones = {"один": "одна", "два": "две"}.get(ones, ones)
            words += [_RU_TENS[rest // 10], ones]
        words.append(_form(triple, _RU_SCALES[scale]))
    return " ".join(filter(None, words)) or "ноль"


def _english(number: int) -> str:
    words: list[str] = []
    for scale, triple in _triples(number):
        hundreds, rest = divmod(triple, 100)
        if hundreds:
            words += [_EN_ONES[hundreds], "hundred"]
        tens = _EN_TENS[rest // 10]
        ones = _EN_ONES[rest] if rest < 20 else _EN_ONES[rest % 10]
        words.append(f"{tens}-{ones}" if rest >= 20 and ones else tens or ones)
        words.append(_EN_SCALES[scale])
    return " ".join(filter(None, words)) or "zero"
