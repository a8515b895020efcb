"""`Sentence`: its values, also those of texts inside texts, and its line about the money."""

import pytest

from console.domain.sentence import MoneyLine, Sentence, Tone, filled
from console.domain.text import Text, mark
from console.settings.translations import Translator

COUNTED = Sentence(
    "E-TRY", mark("try", "{n} payout", "{n} payouts"), mark("try", "{order} of {inner}"), Text("", "{first} {then}")
)


def said(text: Text) -> str:
    return Translator("en")(text)


def test_values_go_where_they_are_named_and_nowhere_else() -> None:
    given = COUNTED.with_({"order": "A-1", "n": 2, "unused": object()})
    assert said(given.title) == "2 payouts"
    assert given.what.arguments == (("order", "A-1"),)
    assert given.do.arguments == ()


def test_values_reach_texts_inside_texts() -> None:
    inner = mark("try", "at {time}")
    outer = Text("", "{first} {then}").with_(first=inner, then="now")
    assert said(filled(outer, {"time": "noon", "first": "ignored"})) == "at noon now"


def test_a_number_that_is_no_count_of_things_is_only_a_value() -> None:
    assert filled(mark("try", "Record {n}"), {"n": 7}) == mark("try", "Record {n}").with_(n=7)
    assert filled(mark("try", "{n} row", "{n} rows"), {"n": "7"}).count is None


def test_a_sentence_tells_what_it_still_needs() -> None:
    assert COUNTED.needs == {"n", "order", "inner", "first", "then"}
    assert COUNTED.with_({"n": 1, "order": "A", "inner": mark("try", "{deep}")}).needs == {"deep", "first", "then"}


@pytest.mark.parametrize("line", MoneyLine)
def test_another_line_about_the_money(line: MoneyLine) -> None:
    assert COUNTED.about(line).money is line
    assert line.text.context == "trouble"


def test_nothing_sent_is_the_quiet_default() -> None:
    assert (COUNTED.money, COUNTED.tone) == (None, Tone.QUIET)
