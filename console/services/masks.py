"""Bodies of requests and answers as they may stand on a screen: hidden unless a field declares what may be shown.

Knows the names that identify nobody, the masks of a method's fields, and how JSON is written for people.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from console.domain.answer import Number
from console.domain.fields.field import DOT
from console.gateway.outside import LONGEST, clean
from console.services.outcomes import hide_numbers

if TYPE_CHECKING:
    from console.domain.method import Method

HIDDEN = DOT * 3
LONGEST_REVEALED = 64 * 1024

CLEAR = frozenset({
    "id", "uuid", "order_id", "payment_status", "status", "service", "service_code", "method", "currency",
    "amount", "payment_amount", "commission_amount", "account_payment_amount", "hold_amount", "hold_at",
    "account_old_balance", "account_new_balance", "balance", "hold", "rolling_reserve", "pending_payouts",
    "is_partial_payment", "is_allowed_payment", "is_allowed_payout", "created_at",
    "date_from", "date_to", "page", "paginate", "current_page", "last_page", "from", "to", "per_page", "total",
})  # fmt: skip
"""Names whose values identify nobody: ids, states, sums, dates and counts (API reference 7)."""

SPOKEN = frozenset({"message", "errors", "error", "card_mask", "url"})
"""Names whose texts are shown with long numbers hidden."""


def masked(value: object, method: Method | None, name: str = "") -> object:
    """Return a parsed body with everything hidden that is not declared to be shown."""
    if isinstance(value, Mapping):
        spoken = name in SPOKEN
        return {key: masked(inner, None if spoken else method, name if spoken else key) for key, inner in value.items()}
    if isinstance(value, list):
        return [masked(inner, method, name) for inner in value]
    if value is None or isinstance(value, bool) or name in CLEAR:
        return value
    if name in SPOKEN:
        return hide_numbers(clean(_text(value)))
    return _by_method(_text(value), method, name)


def _by_method(text: str, method: Method | None, name: str) -> str:
    """Return the mask that the method declares for a field of its body or for a value it shows a payer."""
    if method is None:
        return HIDDEN
    for field in method.fields:
        if field.name == name:
            return field.mask(text)
    for shown in method.shows:
        if shown.name == name:
            return hide_numbers(shown.mask(text))
    return HIDDEN


def _text(value: object) -> str:
    return value.text if isinstance(value, Number) else str(value)


def pretty(value: object, longest: int = LONGEST, depth: int = 0) -> str:
    """Return parsed JSON with two blanks a level; numbers as they were written, texts fit to be shown."""
    inner, outer = "  " * (depth + 1), "  " * depth
    if isinstance(value, Mapping):
        if not value:
            return "{}"
        lines = (
            f"{inner}{_quoted(str(key), longest)}: {pretty(each, longest, depth + 1)}" for key, each in value.items()
        )
        return "{\n" + ",\n".join(lines) + f"\n{outer}}}"
    if isinstance(value, list):
        if not value:
            return "[]"
        return "[\n" + ",\n".join(inner + pretty(each, longest, depth + 1) for each in value) + f"\n{outer}]"
    if isinstance(value, Number):
        return value.text
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return _quoted(str(value), longest)


def _quoted(text: str, longest: int) -> str:
    return json.dumps(clean(text, longest), ensure_ascii=False)
