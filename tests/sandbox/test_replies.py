"""Replies: the bytes of an answer, spoiled as the outcome wants it."""

import gzip
import json

import pytest

from console.sandbox.outcomes import Delivery
from console.sandbox.replies import HUGE, reply

ANSWER = {"id": 7, "payment_status": "wait"}
PLAIN = b'{"id":7,"payment_status":"wait"}'
JSON = (("Content-Type", "application/json"),)


@pytest.mark.parametrize("delivery", [Delivery.PLAIN, Delivery.ERROR])
def test_an_answer_as_it_is(delivery: Delivery) -> None:
    made = reply(500, ANSWER, delivery)
    assert (made.status, made.body, made.headers, made.pause) == (500, PLAIN, JSON, 0)


def test_a_dropped_connection_has_no_status() -> None:
    assert (reply(200, ANSWER, Delivery.DROPPED).status, reply(200, ANSWER, Delivery.DROPPED).body) == (None, b"")


def test_a_page_is_no_json_at_all() -> None:
    made = reply(200, ANSWER, Delivery.HTML)
    assert dict(made.headers)["Content-Type"].startswith("text/html")
    assert made.body.startswith(b"<!DOCTYPE html>")
    assert b'"id"' not in made.body


def test_garbage_begins_like_an_answer_and_cannot_be_read() -> None:
    made = reply(200, ANSWER, Delivery.GARBAGE)
    assert made.body.startswith(PLAIN[:10])
    with pytest.raises(ValueError):
        json.loads(made.body)


def test_a_huge_answer_is_true_and_a_megabyte_long() -> None:
    made = reply(200, ANSWER, Delivery.HUGE)
    assert len(made.body) == HUGE
    assert json.loads(made.body).items() > ANSWER.items()


def test_a_compressed_answer_says_so() -> None:
    made = reply(200, ANSWER, Delivery.GZIP)
    assert dict(made.headers)["Content-Encoding"] == "gzip"
    assert gzip.decompress(made.body) == PLAIN


def test_a_slow_answer_is_the_same_twenty_seconds_later() -> None:
    made = reply(200, ANSWER, Delivery.SLOW)
    assert (made.status, made.body, made.pause) == (200, PLAIN, 20)
