"""One at a time by name."""

from __future__ import annotations

import threading

import pytest

from console.services.turns import Turns


def test_a_second_one_waits_for_the_first_and_others_do_not() -> None:
    turns, told = Turns(), list[str]()
    waits = threading.Event()

    def second() -> None:
        waits.set()
        with turns.of("a"):
            told.append("second")

    thread = threading.Thread(target=second)
    with turns.of("a"):
        thread.start()
        assert waits.wait(5)
        with turns.of("b"):
            told.append("other")
        told.append("first")
    thread.join(5)
    assert told == ["other", "first", "second"]


def test_a_name_is_free_after_whatever_was_raised() -> None:
    turns = Turns()
    for _ in range(2):
        with pytest.raises(KeyError), turns.of("a"):
            raise KeyError
