"""Entries, events and heads as values."""

from __future__ import annotations

import json

import pytest

from console.journal.entry import EventKind, Head, Parts
from tests.journal.making import PARTS, Desk, moment

HEAD = Head("id", 7, "ab")


def test_parts_are_in_the_order_they_are_sealed() -> None:
    assert Parts(b"1", b"2", b"3", b"4", b"5").in_order() == (b"1", b"2", b"3", b"4", b"5")


def test_parts_are_empty_only_where_each_is() -> None:
    assert not Parts()
    assert Parts(answer_body=b"x")


def test_parts_do_not_print_their_signature() -> None:
    assert "signature" not in repr(PARTS)


def test_only_what_leads_to_a_create_starts_one() -> None:
    assert {kind for kind in EventKind if kind.starts} == {EventKind.INTENDED, EventKind.SENDING}


def test_an_event_gives_back_its_moment(desk: Desk) -> None:
    event = desk.intend()
    assert event.moment == moment(1)
    assert event.at == moment(1).utc


def test_an_event_whose_mask_is_no_object_has_no_facts(desk: Desk) -> None:
    event = desk.intend()
    object.__setattr__(event, "masked", "[1]")
    assert event.facts == {}


def test_a_head_is_read_back() -> None:
    assert Head.from_json(HEAD.to_json()) == HEAD


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        json.dumps({"journal": 1, "seq": 7, "digest": "ab"}),
        json.dumps({"journal": "id", "seq": True, "digest": "ab"}),
        json.dumps({"journal": "id", "seq": "7", "digest": "ab"}),
        json.dumps({"journal": "id", "seq": 7}),
    ],
)
def test_another_text_is_no_head(text: str) -> None:
    with pytest.raises(ValueError):
        Head.from_json(text)
