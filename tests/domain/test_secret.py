"""A secret shows as stars wherever it is printed, and nothing writes it down by accident."""

import copy
import dataclasses
import json
import logging
import pickle

import pytest

from console.domain.secret import Secret

HIDDEN = "correct horse"


@dataclasses.dataclass(frozen=True)
class Account:
    """Something that holds a secret."""

    name: str
    uuid: Secret


@pytest.mark.parametrize(
    "printed",
    [
        str(Secret(HIDDEN)),
        repr(Secret(HIDDEN)),
        f"{Secret(HIDDEN)}",
        f"{Secret(HIDDEN)!r}",
        logging.LogRecord("log", logging.INFO, "", 0, "%s", (Secret(HIDDEN),), None).getMessage(),
        str([Secret(HIDDEN)]),
        str({Secret(HIDDEN): Secret(HIDDEN)}),
        repr(Account("a", Secret(HIDDEN))),
        str(dataclasses.asdict(Account("a", Secret(HIDDEN)))),
        str(dataclasses.astuple(Account("a", Secret(HIDDEN)))),
        str(dataclasses.replace(Account("a", Secret(HIDDEN)), name="b")),
        str(copy.copy(Secret(HIDDEN))),
        str(copy.deepcopy(Account("a", Secret(HIDDEN)))),
    ],
)
def test_it_prints_as_stars(printed: str) -> None:
    assert HIDDEN not in printed
    assert "***" in printed


def test_it_is_revealed_when_asked() -> None:
    assert Secret(HIDDEN).reveal() == HIDDEN
    assert copy.copy(Secret(HIDDEN)).reveal() == HIDDEN


def test_secrets_are_equal_by_their_text_and_to_nothing_else() -> None:
    assert Secret("a") == Secret("a")
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"
    assert Secret("\ud800") != Secret("\ud801")
    assert len({Secret("a"), Secret("a"), Secret("b")}) == 2


def test_an_empty_one_is_false() -> None:
    assert not Secret("")
    assert Secret(" ")


def test_it_is_not_written_down() -> None:
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(Secret(HIDDEN))
    with pytest.raises(TypeError):
        json.dumps(Secret(HIDDEN))
    assert not hasattr(Secret(HIDDEN), "__dict__")
