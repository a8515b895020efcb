"""The list of outcomes is the table that outsiders rely on."""

import pytest

from console.domain.states import State
from console.sandbox.outcomes import OUTCOMES, Delivery, Fate, Final, by_code, by_kopecks

TABLE = {
    11: "fail", 12: "cancel", 13: "part", 21: "refused", 22: "error", 23: "html", 24: "garbage", 25: "huge", 26: "gzip",
    31: "slow", 32: "lost-before", 33: "lost-after", 34: "late",
}  # fmt: skip


def test_kopecks_choose_as_the_table_says() -> None:
    chosen = {kopecks: by_kopecks(kopecks).code for kopecks in range(100)}
    assert chosen == {kopecks: TABLE.get(kopecks, "paid") for kopecks in range(100)}


def test_only_the_last_two_digits_choose() -> None:
    assert by_kopecks(300_011).code == "fail"
    assert by_kopecks(1_100).code == "paid"


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda outcome: outcome.code)
def test_each_is_found_by_its_code_and_says_what_it_is(outcome: object) -> None:
    assert by_code(getattr(outcome, "code", "")) is outcome
    assert {text.context for text in (getattr(outcome, "title", None), getattr(outcome, "says", None)) if text} == {
        "sandbox"
    }


def test_codes_and_titles_are_unique() -> None:
    assert len({outcome.code for outcome in OUTCOMES}) == len(OUTCOMES) == len({outcome.title for outcome in OUTCOMES})


def test_no_such_code() -> None:
    with pytest.raises(KeyError):
        by_code("no such outcome")


def test_the_first_state_follows_from_what_comes_back() -> None:
    """Only an answer that can be read, and says `wait`, leads out of the unknown."""
    readable = {Delivery.PLAIN, Delivery.GZIP, Delivery.SLOW}
    for outcome in OUTCOMES:
        if outcome.fate is Fate.REFUSED:
            assert outcome.first is State.REJECTED
        else:
            assert outcome.first is (State.WAIT if outcome.delivery in readable else State.UNKNOWN), outcome.code


def test_the_last_state_follows_from_the_fate() -> None:
    finals = {Final.PAID: State.PAID, Final.PART: State.PAID, Final.FAIL: State.FAIL, Final.CANCEL: State.CANCEL}
    fates = {Fate.REFUSED: State.REJECTED, Fate.LOST: State.UNKNOWN}
    for outcome in OUTCOMES:
        assert outcome.last is fates.get(outcome.fate, finals[outcome.final]), outcome.code


def test_finals() -> None:
    assert [final.word for final in Final] == ["paid", "paid", "fail", "cancel"]
    assert [final.moves_money for final in Final] == [True, True, False, False]
