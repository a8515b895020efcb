"""The suite T-HTTP: the table of failure model 2.5, each status times each shape of an answer to a create.

What each must become is written down here beside the shape, and not asked of the code: a shape says what it is, a status
what the table makes of it.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from console.domain.exchange import Exchange, Reason
from console.domain.states import State
from console.domain.verdicts import judge_create
from console.gateway.answers import fields_of, refusals
from tests.faults.judge import Tally

ORDER = "PO-20261124-0015"
ID = 100001524
STATUSES = (
    *(200, 201, 202, 203, 206, 208, 226, 299, 300, 301, 302, 303, 304, 307, 308, 399),
    *(400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 411, 413, 414, 415, 418, 421, 422, 423, 424, 425, 426, 428),
    *(429, 431, 451, 499, 500, 501, 502, 503, 504, 505, 507, 508, 511, 520, 521, 522, 524, 599),
)
STATES = {"wait": State.WAIT, "paid": State.PAID, "cancel": State.CANCEL, "fail": State.FAIL}


class Sort(Enum):
    """What a body is, by what the table asks of it."""

    TAKEN = "an id and a documented state"
    NEW = "an id and an unlisted state"
    OTHER = "names another order"
    REFUSED = "errors of fields other than the order id"
    NAMED = "errors that name the order id"
    NOTHING = "anything else"


@dataclass(frozen=True)
class Shape:
    """A body, its headers, and what it is."""

    body: bytes
    sort: Sort
    state: State = State.UNKNOWN
    headers: tuple[tuple[str, str], ...] = ()

    def expected(self, status: int) -> State:
        """Return the state that the table has for this shape under a status."""
        if 200 <= status < 300 and self.sort in {Sort.TAKEN, Sort.NEW}:
            return self.state
        if status in {400, 422} and self.sort is Sort.REFUSED:
            return State.REJECTED
        return State.UNKNOWN


def shapes() -> Iterator[Shape]:
    """Every shape."""
    yield from _taken()
    yield from _refusals()
    yield from _nothings()


def _taken() -> Iterator[Shape]:
    mores: tuple[dict[str, Any], ...] = (
        *({}, {"order_id": ORDER}, {"uuid": "u"}, {"url": "https://a.example/", "amount": "1.00"}, {"errors": []}),
    )
    for word, state in STATES.items():
        whole = {"id": ID, "payment_status": word}
        for more in mores:
            yield Shape(_json({**whole, **more}), Sort.TAKEN, state)
            yield Shape(_json({**more, **whole}, indent=1), Sort.TAKEN, state)
        yield Shape(_json({**whole, "id": str(ID)}), Sort.TAKEN, state)
        yield Shape(b" \r\n" + _json(whole) + b"\n", Sort.TAKEN, state)
        yield Shape(gzip.compress(_json(whole)), Sort.TAKEN, state, (("content-encoding", "gzip"),))
        yield Shape(_json({**whole, "order_id": "PO-20261124-0016"}), Sort.OTHER)
        for broken in (
            b"\xef\xbb\xbf" + _json(whole), _json(whole)[:-1], _json(whole) + b"}", _json(whole) + b"\0",
            _json(whole).replace(b"}", b',"id":2}'), _json(whole).replace(b"}", b',"a":NaN}'),
            _json(whole).decode().encode("utf-16"), b"[" + _json(whole) + b"]", _json(whole).replace(b"}", b',"a":"\xff"}'),
            _json({**whole, "id": None}), _json({**whole, "id": ""}), _json({**whole, "id": " "}),
            _json({**whole, "id": 1.5}), _json({**whole, "id": True}), _json({**whole, "id": [ID]}),
            _json({"payment_status": word}), _json({"data": whole}),
        ):  # fmt: skip
            yield Shape(broken, Sort.NOTHING)
        yield Shape(_json(whole), Sort.NOTHING, headers=(("content-encoding", "br"),))
        yield Shape(_json(whole) + b" " * 70_000, Sort.NOTHING)
    for word in ("WAIT", "created", "Paid", "ok", "wait "):
        yield Shape(_json({"id": ID, "payment_status": word}), Sort.NEW, State.WAIT)
    nones: tuple[Any, ...] = (None, "", [], {}, True)
    for none in nones:
        yield Shape(_json({"id": ID, "payment_status": none}), Sort.NOTHING)


def _refusals() -> Iterator[Shape]:
    empties: tuple[Any, ...] = ({}, [], None, "", 0, True)
    for message in ({}, {"message": "The given data was invalid."}, {"message": None, "code": 1}):
        for errors in ({"number": ["is wrong"]}, {"number": "is wrong"}, {"number": [], "amount": ["a", "b"]}):
            yield Shape(_json({**message, "errors": errors}), Sort.REFUSED)
        for naming in _naming():
            yield Shape(_json({**message, "errors": naming}), Sort.NAMED)
        for empty in empties:
            yield Shape(_json({**message, "errors": empty}), Sort.NOTHING)


def _naming() -> tuple[object, ...]:
    """Errors that speak of the order id, wherever that stands in them (R7)."""
    many = {f"field_{number}": ["is wrong"] for number in range(60)}
    return (
        *({"order_id": ["taken"]}, {"order_id": "taken"}, {"number": ["wrong"], "order_id": ["taken"]}),
        *({"order_id.0": ["taken"]}, {"orderId": []}, {"Order-ID": None}, {"number": ["the order id has been taken"]}),
        *(["the order id has been taken"], "order_id is taken", {**many, "order_id": ["taken"]}),
        *({"data": {"order_id": ["taken"]}}, {"data": [{"order_id": "taken"}]}, {"number": [["a"], {"order_id": 1}]}),
        *({"number": ["x"] * 60 + ["order_id"]}, {"number": ["x" * 5000 + " order id"]}),
        {"number": ["wrong"] * 51, "amount": {"why": {"order_id": True}}},
    )


def _nothings() -> Iterator[Shape]:
    for body in (
        b"", b" ", b"null", b"true", b"1", b'""', b"[]", b"{}", b"ok", b"<html>502</html>", b"\x1f\x8b", b"{", b"}",
        b'{"message":"no"}', b'{"error":"no"}', b"[" * 100_000, b'{"a":' * 9000 + b"1" + b"}" * 9000, b"\xff\xfe{",
    ):  # fmt: skip
        yield Shape(body, Sort.NOTHING)
        yield Shape(body, Sort.NOTHING, headers=(("content-encoding", "gzip"),))


def _json(value: object, indent: int | None = None) -> bytes:
    return json.dumps(value, indent=indent, ensure_ascii=False).encode()


def play() -> Tally:
    """Judge the whole table; a state that differs is a wrong verdict."""
    tally = Tally("T-HTTP", 0, 0)
    for shape in shapes():
        for status in STATUSES:
            exchange = Exchange(
                Reason.ANSWERED, True, status=status, answer_body=shape.body, headers=shape.headers
            )  # fmt: skip
            fields = fields_of(exchange)
            errors = None if fields is None else refusals(fields).errors
            state = judge_create(exchange, fields, errors, order_id=ORDER).state
            tally.cases += 1
            tally.counts[state.value] += 1
            if state is not shape.expected(status):
                tally.wrong += 1
                tally.notes.append(f"{status} {shape.sort.name} {shape.body[:80]!r} is {state.value}")
    tally.last = tally.cases - 1
    return tally
