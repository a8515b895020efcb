"""The columns of the operations table, and what a row says in each of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from console.catalogue.methods import BY_CODE
from console.domain.money import Sum
from console.domain.text import mark
from console.services.notice import error_words
from console.ui import formats, i18n
from console.ui.controls.states import Look, look
from console.ui.controls.table import Column
from console.ui.pages import operations_unclear

if TYPE_CHECKING:
    from console.journal.rows import OperationRow

COLUMNS = (
    Column("state", mark("operations", "State"), 194, "badge", sortable=False),
    Column("created", mark("operations", "Created (MSK)"), 138, "time", sortable=False),
    Column("method", mark("operations", "Method"), 76, sortable=False),
    Column("recipient", mark("operations", "Recipient"), 134, "strong", sortable=False, yields=True),
    Column("number", mark("operations", "Number"), 148, sortable=False),
    Column("amount", mark("operations", "Amount"), 118, "money", sortable=False),
    *operations_unclear.COLUMNS,
    Column("fee", mark("operations", "Fee"), 96, "money", sortable=False),
    Column("credited", mark("operations", "Credited"), 116, "money", sortable=False),
    Column("order", mark("operations", "Order id"), 142, "id", sortable=False),
    Column("gateway", mark("operations", "Gateway id"), 96, "id", sortable=False),
    Column("error", mark("operations", "Error"), 280, sortable=False),
)
"""In the order of the product's page; the widths fit Russian words, and State to Amount stand whole beside a card."""

SORTED_BY = "created"

_WIDTHS = {
    "en": {"state": 218, "created": 145, "method": 72, "recipient": 118, "number": 143, "amount": 124}
    | {"since": 145, "asked": 162, "next": 112}
}
"""Other widths by language: in English dates have hyphens, which are as wide as digits, and a state is longer."""


def widths(language: str) -> tuple[int, ...]:
    """Return how wide the columns are in a language."""
    other = _WIDTHS.get(language, {})
    return tuple(other.get(column.key, column.width) for column in COLUMNS)


def look_of(row: OperationRow) -> Look:
    """Return the badge of a row: the mark *disputed* is shown before the state."""
    return look("disputed" if row.is_disputed else row.state.value, row.kind.value)


def cell(row: OperationRow, key: str, seconds: float | None = None) -> str:
    """Return what a row says in the column called `key`; `seconds` are those until its next question."""
    if key in operations_unclear.KEYS:
        return operations_unclear.cell(row, key, seconds)
    return _CELLS[key](row)


def is_shown(key: str, *, unclear: bool) -> bool:
    """Whether a column stands in the table: some do only while it shows what is `unclear`, others only while not."""
    return key not in (operations_unclear.INSTEAD_OF if unclear else operations_unclear.KEYS)


def in_sentence(words: str) -> str:
    """Return the name of a method as it stands after a comma: `карта`, but `СБП` and `SberPay` as they are."""
    return words.lower() if words[1:].islower() else words


def _sum(text: str | None) -> str:
    amount = Sum.read(text or "")
    return "" if amount is None else formats.money(amount)


def _method(row: OperationRow) -> str:
    method = BY_CODE.get(row.service)
    return row.service if method is None else i18n.tr(method.short)


def _error(row: OperationRow) -> str:
    words = error_words(row)
    return "" if words is None else i18n.tr(words)


_CELLS: dict[str, Callable[[OperationRow], str]] = {
    "state": lambda row: i18n.tr(look_of(row).words),
    "created": lambda row: formats.date_time(row.created),
    "method": _method,
    "recipient": lambda row: row.recipient or "",
    "number": lambda row: row.number_masked or "",
    "amount": lambda row: formats.money(row.money),
    "fee": lambda row: _sum(row.fee),
    "credited": lambda row: _sum(row.credited),
    "order": lambda row: row.order_id,
    "gateway": lambda row: row.gateway_id or "",
    "error": _error,
}
