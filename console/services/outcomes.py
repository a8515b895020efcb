"""What a verdict and an answer write into an operation's row: clear columns only, nothing that identifies a person."""

from __future__ import annotations

import re
from collections.abc import Mapping

from console.domain.answer import Fields, text_of
from console.domain.endpoint import Kind
from console.domain.exchange import Exchange
from console.domain.inquiry import Reply
from console.domain.method import Form, Method
from console.domain.moment import Moment
from console.domain.verdicts import Verdict
from console.gateway.outside import clean

Updates = dict[str, str | int | float | None]
_LONG_NUMBER = re.compile(r"\d(?:[\s\-]?\d){8,}")
_DOT = "•"


def of_verdict(verdict: Verdict, method: Method, fields: Fields | None, exchange: Exchange, ended: Moment) -> Updates:
    """Return the columns that the end of a create changes."""
    updates: Updates = {
        "state": verdict.state.value,
        "changed_at": ended.iso(),
        "ended_at": ended.iso(),
        "ended_monotonic": ended.monotonic,
        "ended_boot": ended.boot,
        "error_code": verdict.cause or verdict.code or None,
        "error_text": error_text(verdict.errors) or exchange.reason.value if verdict.code else None,
    }
    for column in ("gateway_id", "uuid", "gateway_state"):
        value = getattr(verdict, column)
        if value is not None:
            updates[column] = value
    if verdict.disputed is not None:
        updates |= {"disputed_at": ended.iso(), "disputed_reason": verdict.disputed}
    if fields is not None and verdict.gateway_id is not None and method.kind is Kind.PAYMENT:
        updates |= shown_number(method, fields)
    return updates


def of_reply(reply: Reply, asked: Moment, asks: int, *, is_disputed: bool) -> Updates:
    """Return the columns that the answer to a status question changes."""
    updates: Updates = {"asks": asks, "asked_at": asked.iso(), **reply.learned}
    if reply.state is not None:
        updates |= {"state": reply.state.value, "changed_at": asked.iso()}
    if reply.disputed is not None and not is_disputed:
        updates |= {"disputed_at": asked.iso(), "disputed_reason": reply.disputed, "changed_at": asked.iso()}
    return updates


def shown_number(method: Method, fields: Fields) -> dict[str, str]:
    """Return the masked number that a payer is shown, for the table; nothing where the answer has none."""
    for shown in method.shows:
        text = text_of(fields, shown.name)
        if text is not None and shown.form not in {Form.LINK, Form.HOLDER}:
            return {"number_masked": hide_numbers(shown.short(clean(text)))}
    return {}


def error_text(errors: Mapping[str, tuple[str, ...]]) -> str:
    """Return the gateway's words by field in one line, long numbers hidden."""
    lines = (f"{name}: {' '.join(words)}" if name else " ".join(words) for name, words in errors.items())
    return hide_numbers(clean("; ".join(lines)))


def hide_numbers(text: str) -> str:
    """Return the text with every run of nine and more digits hidden but for the last two."""
    return _LONG_NUMBER.sub(lambda found: _DOT * 6 + found[0][-2:], text)
