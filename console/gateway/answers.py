"""What an answer says, as typed facts: from bytes to fields, and from fields to balances, lists and refusals.

Knows: JSON answers of the gateway (API reference 5 and 7). A missing or an additional field is never an error.
Must not know: what an answer proves about an operation; `console.domain.verdicts` does.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import cast

from console.domain.answer import Fields, Number, flag_of, id_of, sum_of, text_of
from console.domain.exchange import Exchange, Reason
from console.domain.money import Sum
from console.gateway.outside import clean
from console.gateway.strict import MAX_BYTES, NotJson, parse

LONGEST_PAUSE = 3600.0
"""Seconds that `Retry-After` may ask for at most (failure model 2.5)."""

MOST_ERRORS = 50
_GZIP = 16 + zlib.MAX_WBITS


def fields_of(exchange: Exchange) -> Fields | None:
    """Return the JSON object of an answer, or None when anything about it is off.

    Gzip that came although `identity` was asked for is inflated with a cap of 64 KiB (measured: M5).
    """
    if exchange.reason is not Reason.ANSWERED:
        return None
    body: bytes | None = exchange.answer_body
    if exchange.header("content-encoding") not in {None, "", "identity"}:
        body = _inflated(exchange.answer_body)
    try:
        value = None if body is None else parse(body)
    except NotJson:
        return None
    return cast("Fields", value) if isinstance(value, dict) else None


def _inflated(body: bytes) -> bytes | None:
    """Return one whole gzip member of at most 64 KiB, or None."""
    inflater = zlib.decompressobj(_GZIP)
    try:
        plain = inflater.decompress(body, MAX_BYTES + 1)
    except zlib.error:
        return None
    is_whole = inflater.eof and not inflater.unused_data and not inflater.unconsumed_tail
    return plain if is_whole and len(plain) <= MAX_BYTES else None


@dataclass(frozen=True, slots=True)
class Balance:
    """The account's money as the gateway wrote it; what it did not write is None (API reference 7.5)."""

    currency: str | None
    balance: Sum
    hold: Sum | None = None
    rolling_reserve: Sum | None = None
    pending_payouts: Sum | None = None


def read_balance(fields: Fields) -> Balance | None:
    """Return the balance, or None where the answer has none."""
    balance = sum_of(fields, "balance")
    if balance is None:
        return None
    return Balance(
        _shown(fields, "currency"),
        balance,
        sum_of(fields, "hold"),
        sum_of(fields, "rolling_reserve"),
        sum_of(fields, "pending_payouts"),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the payment list; `created_at` as the gateway wrote it, its time zone is not documented."""

    id: str | None
    order_id: str | None
    amount: Sum | None
    commission: Sum | None
    currency: str | None
    status: str | None
    created_at: str | None


@dataclass(frozen=True, slots=True)
class History:
    """One page of the payment list; an order may stand in it more than once (API reference 7.3)."""

    rows: tuple[Row, ...]
    page: int | None = None
    pages: int | None = None
    total: int | None = None


def read_history(fields: Fields) -> History | None:
    """Return the page, or None where the answer is no list."""
    rows = fields.get("data")
    if not isinstance(rows, list):
        return None
    meta = _object(fields.get("meta"))
    return History(
        tuple(_row(_object(row)) for row in rows),
        _count(meta, "current_page"),
        _count(meta, "last_page"),
        _count(meta, "total"),
    )


def _row(row: Fields) -> Row:
    return Row(
        id_of(row),
        text_of(row, "order_id"),
        sum_of(row, "amount"),
        sum_of(row, "commission_amount"),
        _shown(row, "currency"),
        text_of(row, "status"),
        _shown(row, "created_at"),
    )


@dataclass(frozen=True, slots=True)
class Offer:
    """A service that an account has."""

    code: str
    method: str | None
    currency: str | None
    status: str | None


@dataclass(frozen=True, slots=True)
class Info:
    """What an account may do; None where the gateway does not say (API reference 7.4)."""

    may_receive: bool | None
    may_pay_out: bool | None
    payments: tuple[Offer, ...]
    payouts: tuple[Offer, ...]


def read_info(fields: Fields) -> Info | None:
    """Return what the account may do, or None where the answer says nothing about it."""
    told = {"is_allowed_payment", "is_allowed_payout", "payments", "payouts"} & set(fields)
    if not told:
        return None
    return Info(
        flag_of(fields, "is_allowed_payment"),
        flag_of(fields, "is_allowed_payout"),
        _offers(fields.get("payments")),
        _offers(fields.get("payouts")),
    )


def _offers(value: object) -> tuple[Offer, ...]:
    rows = [_object(row) for row in value] if isinstance(value, list) else []
    return tuple(
        Offer(code, _shown(row, "method"), _shown(row, "currency"), _shown(row, "status"))
        for row in rows
        if (code := _shown(row, "service_code")) is not None
    )


@dataclass(frozen=True, slots=True)
class Refusals:
    """The gateway's words. `errors` is by field, those of no field under ""; None where nothing is named at all."""

    message: str | None
    errors: Mapping[str, tuple[str, ...]] | None


def refusals(fields: Fields) -> Refusals:
    """Return `message` and `errors` of a refusal (Laravel's shape, API reference 5); unknown shapes are tolerated.

    What speaks of `order_id` in any way (`order_id.0`, "the order id has …" at another field) stands under `order_id`:
    it may mean that an order arrived, so it is never overlooked (R7).
    """
    message = _shown(fields, "message")
    errors: dict[str, tuple[str, ...]] = {}
    value = fields.get("errors")
    named = list(value.items()) if isinstance(value, dict) else [("", value)]
    for name, told in named[:MOST_ERRORS]:
        texts = _texts(told)
        key = "order_id" if _names_order(name) else clean(name, 100)
        if key or texts:
            errors[key] = (*errors.get(key, ()), *texts)
    if "order_id" not in errors and (_mentions_order(value) or _mentions_order(fields.get("message"))):
        spoken = [text for texts in errors.values() for text in texts] + [message or ""]
        errors["order_id"] = tuple(text for text in spoken if _names_order(text))
    return Refusals(message, errors or None)


def _mentions_order(value: object) -> bool:
    """Whether a text or a name anywhere in a value speaks of the order id; what is not shown is looked through too."""
    if isinstance(value, str):
        return _names_order(value)
    if isinstance(value, dict):
        return any(_names_order(name) or _mentions_order(inner) for name, inner in value.items())
    return isinstance(value, list) and any(_mentions_order(inner) for inner in value)


def _texts(value: object) -> tuple[str, ...]:
    """Return the texts in a value, however it is nested."""
    if isinstance(value, (str, Number)):
        text = value.text if isinstance(value, Number) else value
        return (clean(text),) if text else ()
    inner = list(value.values()) if isinstance(value, dict) else value
    if not isinstance(inner, list):
        return ()
    return tuple(text for item in inner[:MOST_ERRORS] for text in _texts(item))[:MOST_ERRORS]


def _names_order(text: str) -> bool:
    plain = text.casefold().replace("_", "").replace(" ", "").replace("-", "")
    return "orderid" in plain


def retry_after(exchange: Exchange, now: datetime) -> float | None:
    """Return the seconds that `Retry-After` asks to wait, 0 to an hour, or None where it asks nothing readable."""
    value = (exchange.header("retry-after") or "").strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:9]), LONGEST_PAUSE)
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=timezone.utc)
    return min(max((until - now).total_seconds(), 0.0), LONGEST_PAUSE)


def _shown(fields: Fields, name: str) -> str | None:
    text = text_of(fields, name)
    return None if text is None else clean(text)


def _object(value: object) -> Fields:
    return cast("Fields", value) if isinstance(value, dict) else {}


def _count(fields: Fields, name: str) -> int | None:
    text = text_of(fields, name)
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 16 else None
