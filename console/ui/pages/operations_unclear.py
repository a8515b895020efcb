"""What the operations table says of what is unclear: since when, how often it was asked about, and when it is asked next.

These columns stand in the table while it shows unclear operations alone, in place of sums that nobody knows yet.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from console.domain.moment import parse_utc
from console.domain.states import State
from console.domain.text import mark
from console.ui import formats, i18n
from console.ui.controls.table import Column

if TYPE_CHECKING:
    from console.journal.rows import OperationRow

COLUMNS = (
    Column("since", mark("operations", "Unclear since"), 138, "time", sortable=False),
    Column("asked", mark("operations", "Asked"), 150, sortable=False),
    Column("next", mark("operations", "Next question"), 148, sortable=False),
)
KEYS = frozenset(column.key for column in COLUMNS)
INSTEAD_OF = frozenset({"created", "method", "fee", "credited"})
"""The columns that make room for these."""

_ASKED = mark("operations", "{n} time, at {time}", "{n} times, at {time}")
_NOT_YET = mark("operations", "not yet")
_IN = mark("operations", "in {t}")
_NOW = mark("operations", "now")


def since(row: OperationRow) -> datetime | None:
    """Return since when nobody knows: since the contradiction, the support's word or the end of the attempt."""
    if row.disputed_at is not None:
        return parse_utc(row.disputed_at)
    if row.state is State.ABSENT and row.resolved_at is not None:
        return parse_utc(row.resolved_at)
    ended = row.ended
    return ended.utc if row.is_unclear and ended is not None else None


def cell(row: OperationRow, key: str, seconds: float | None) -> str:
    """Return what a row says in one of these columns; `seconds` are those until its next question, None for none."""
    if key == "since":
        began = since(row)
        return "" if began is None else formats.date_time(began)
    if key == "asked":
        asked = row.asked
        return i18n.tr(_NOT_YET if asked is None else _ASKED.of(row.asks).with_(time=formats.time(asked)))
    if seconds is None:
        return "—"
    return i18n.tr(_NOW if seconds < 1 else _IN.with_(t=formats.duration(seconds)))
