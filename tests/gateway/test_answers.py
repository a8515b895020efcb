"""Answers as facts: what is missing, added or of another form is never an error."""

import gzip
import json
import tracemalloc
import zlib
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.answer import Number
from console.domain.exchange import Exchange, Reason
from console.domain.money import Sum
from console.gateway.answers import (
    Balance,
    History,
    Info,
    Offer,
    Refusals,
    Row,
    fields_of,
    read_balance,
    read_history,
    read_info,
    refusals,
    retry_after,
)
from console.gateway.strict import MAX_BYTES, parse

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=timezone.utc)
ANSWERED = Exchange(Reason.ANSWERED, True, status=200, answer_body=b'{"id":1}')

anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers().map(str).map(Number), st.text(max_size=8), st.just("order_id")),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=8,
)
NAMES = ["message", "errors", "balance", "currency", "data", "meta", "payments", "payouts", "is_allowed_payment", "id"]
some_fields = st.dictionaries(st.sampled_from(NAMES), anything)


def _encoded(body: bytes, encoding: str) -> Exchange:
    return replace(ANSWERED, answer_body=body, headers=(("content-encoding", encoding),))


def test_object_is_read() -> None:
    assert fields_of(ANSWERED) == {"id": Number("1")}
    assert fields_of(_encoded(b'{"id":"x"}', "identity")) == {"id": "x"}
    assert fields_of(_encoded(b"{}", "")) == {}


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason is not Reason.ANSWERED])
def test_only_an_answer_has_fields(reason: Reason) -> None:
    assert fields_of(replace(ANSWERED, reason=reason)) is None


@pytest.mark.parametrize("body", [b"", b"[]", b"1", b'"id"', b"<html>", b'{"id":1', b'{"id":1,"id":2}', b'{"id":NaN}'])
def test_anything_but_an_object_is_nothing(body: bytes) -> None:
    assert fields_of(replace(ANSWERED, answer_body=body)) is None


def test_gzip_is_inflated() -> None:
    assert fields_of(_encoded(gzip.compress(b'{"id":1}'), "gzip")) == {"id": Number("1")}
    whole = b'{"a":"' + b"x" * (MAX_BYTES - 8) + b'"}'
    assert len(whole) == MAX_BYTES
    assert fields_of(_encoded(gzip.compress(whole), "x-gzip")) is not None
    assert fields_of(_encoded(gzip.compress(whole + b" "), "gzip")) is None


@pytest.mark.parametrize(
    "body",
    [
        b'{"id":1}',
        b"",
        gzip.compress(b'{"id":1}')[:-1],
        gzip.compress(b'{"id":1}')[:12],
        gzip.compress(b'{"id":1}') + b"x",
        gzip.compress(b'{"id"') + gzip.compress(b":1}"),
        zlib.compress(b'{"id":1}'),
        gzip.compress(b'{"id":1}')[:-5] + b"\x00" * 5,
    ],
)
def test_broken_gzip_is_nothing(body: bytes) -> None:
    assert fields_of(_encoded(body, "gzip")) is None


def test_gzip_bomb_costs_nothing() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(b" " * 1_000_000) for _ in range(50)) + packer.flush()
    assert len(bomb) < MAX_BYTES
    tracemalloc.start()
    assert fields_of(_encoded(bomb, "gzip")) is None
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * 1024 * 1024


def test_balance_of_the_documentation() -> None:
    fields = {
        "currency": "RUB",
        "balance": "93.84000000",
        "hold": "0.00000000",
        "rolling_reserve": "0.00000000",
        "pending_payouts": "1234.00000000",
    }
    zero = Sum("0.00000000")
    assert read_balance(fields) == Balance("RUB", Sum("93.84000000"), zero, zero, Sum("1234.00000000"))


def test_balance_in_numbers_and_parts() -> None:
    assert read_balance({"balance": Number("93.84"), "hold": None}) == Balance(None, Sum("93.84"))
    assert read_balance({"currency": "RUB"}) is None
    assert read_balance({"balance": "a lot"}) is None


def test_history_of_the_documentation() -> None:
    fields = parse(
        json.dumps(
            {
                "data": [
                    {
                        "created_at": "2024-11-07 14:58:59",
                        "id": 100000536,
                        "order_id": "6422494",
                        "amount": "300.000000000",
                        "commission_amount": None,
                        "currency": "RUB",
                        "status": "fail",
                    },
                    "odd",
                ],
                "links": {"next": None},
                "meta": {"current_page": 1, "last_page": 3, "total": "25", "from": 1},
            }
        ).encode()
    )
    assert isinstance(fields, dict)
    row = Row("100000536", "6422494", Sum("300.000000000"), None, "RUB", "fail", "2024-11-07 14:58:59")
    nothing = Row(None, None, None, None, None, None, None)
    assert read_history(fields) == History((row, nothing), 1, 3, 25)


def test_history_in_parts() -> None:
    assert read_history({"data": [], "meta": {"total": "many", "current_page": Number("9" * 20)}}) == History(())
    assert read_history({"data": {}}) is None
    assert read_history({}) is None


def test_info_of_the_documentation() -> None:
    card = {"method": "payment_card", "currency": "RUB", "service_code": "payment_card_rub_hpp", "status": "active"}
    fields = {"is_allowed_payment": True, "is_allowed_payout": False, "payments": [card], "payouts": []}
    assert read_info(fields) == Info(True, False, (Offer("payment_card_rub_hpp", "payment_card", "RUB", "active"),), ())


def test_info_in_parts() -> None:
    assert read_info({"payouts": [{"service_code": ""}, {"service_code": "a"}, None, 1]}) == Info(
        None, None, (), (Offer("a", None, None, None),)
    )
    assert read_info({"payments": "none"}) == Info(None, None, (), ())
    assert read_info({"message": "no"}) is None


INVALID = "The given data was invalid."


@pytest.mark.parametrize(
    ("errors", "read"),
    [
        ({"number": ["wrong", "short"]}, {"number": ("wrong", "short")}),
        ({"number": "wrong"}, {"number": ("wrong",)}),
        ({"number": []}, {"number": ()}),
        ({"amount": {"min": ["0.01", Number("5")]}}, {"amount": ("0.01", "5")}),
        (["first", "second"], {"": ("first", "second")}),
        ("all of it", {"": ("all of it",)}),
        ({"order_id": ["taken"]}, {"order_id": ("taken",)}),
        ({"order_id.0": ["taken"]}, {"order_id": ("taken",)}),
        ({"orderId": [], "Order-ID": ["again"]}, {"order_id": ("again",)}),
        (
            {"service": ["The order id has already been taken."]},
            {
                "service": ("The order id has already been taken.",),
                "order_id": ("The order id has already been taken.",),
            },
        ),
        (["order_id: taken"], {"": ("order_id: taken",), "order_id": ("order_id: taken",)}),
        ({"a\u202eb": ["c\nd"]}, {"a⟨U+202E⟩b": ("c␊d",)}),
        ({"a": ["x" * 600]}, {"a": ("x" * 499 + "…",)}),
        ({}, None),
        ([], None),
        (None, None),
        (True, None),
        ({"": [""]}, None),
    ],
)
def test_refusals(errors: object, read: dict[str, tuple[str, ...]] | None) -> None:
    assert refusals({"message": INVALID, "errors": errors}) == Refusals(INVALID, read)


def test_message_that_speaks_of_the_order() -> None:
    assert refusals({"message": "Duplicate order_id"}) == Refusals(
        "Duplicate order_id", {"order_id": ("Duplicate order_id",)}
    )
    assert refusals({}) == Refusals(None, None)


@pytest.mark.parametrize(
    "errors",
    [
        {**{f"f{number}": ["x"] for number in range(60)}, "order_id": ["taken"]},
        {"number": ["x"] * 60 + ["the order id is taken"]},
        {"number": ["x" * 5000 + " order_id"]},
        {"data": [{"order_id": True}]},
    ],
)
def test_the_order_is_never_overlooked_however_deep_or_late_it_is_named(errors: object) -> None:
    read = refusals({"errors": errors}).errors
    assert read is not None
    assert "order_id" in read


def test_refusals_end() -> None:
    many = refusals({"errors": {f"field{number}": ["x"] * 1_000 for number in range(1_000)}}).errors
    assert many is not None
    assert len(many) == 50
    assert all(len(texts) == 50 for texts in many.values())


@given(fields=some_fields)
def test_no_form_of_an_answer_is_an_error(fields: dict[str, object]) -> None:
    read_balance(fields)
    read_history(fields)
    read_info(fields)
    refusals(fields)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("0", 0),
        ("3601", 3600),
        ("9" * 400, 3600),
        ("Tue, 24 Nov 2026 12:00:30 GMT", 30),
        ("Tue, 24 Nov 2026 12:00:30 -0000", 30),
        ("Tue, 24 Nov 2026 11:00:00 GMT", 0),
        ("Wed, 25 Nov 2026 12:00:00 GMT", 3600),
        ("Tue, 24 Nov 2026 15:01:00 +0300", 60),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("Tue, 99 Nov 2026 12:00:30 GMT", None),
    ],
)
def test_retry_after(value: str, seconds: float | None) -> None:
    assert retry_after(replace(ANSWERED, headers=(("retry-after", value),)), NOW) == seconds


def test_retry_after_by_any_clock() -> None:
    moscow = NOW.astimezone(timezone(timedelta(hours=3)))
    dated = replace(ANSWERED, headers=(("retry-after", "Tue, 24 Nov 2026 12:00:30 GMT"),))
    assert retry_after(dated, moscow) == 30
    assert retry_after(ANSWERED, NOW) is None
