"""A call that does not come back is left behind."""

from __future__ import annotations

import threading

import pytest

from console.vault.deadline import Late, within


def test_what_comes_back_in_time_is_handed_over() -> None:
    assert within(30, lambda: 7) == 7

    def fail() -> None:
        raise KeyError("x")

    with pytest.raises(KeyError):
        within(30, fail)


def test_what_does_not_is_late() -> None:
    go = threading.Event()
    with pytest.raises(Late):
        within(0.01, lambda: go.wait(30))
    go.set()
