"""Operations for spreadsheets and programs: masked, safe against formulas, in constant memory.

CSV is for Russian Excel: `;`, UTF-8 with a byte order mark, decimal comma, Moscow's time as ISO writes it. JSONL is for
programs: UTC, decimal points.
"""

from __future__ import annotations

import csv
import json
import os
import re
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

from console.catalogue.methods import BY_CODE
from console.domain.moment import MOSCOW
from console.domain.money import Money
from console.domain.text import Text, mark
from console.domain.wording import state_word

if TYPE_CHECKING:
    from console.journal.filters import Filter
    from console.journal.read import Reader
    from console.journal.rows import OperationRow

FORMATS = ("csv", "jsonl")
PAGE = 500
_LONG_DIGITS = re.compile(r"\d{12,}", re.ASCII)
_FORMULA = frozenset("=+-@\t\r")

COLUMNS: tuple[tuple[str, Text], ...] = (
    ("state", mark("export", "State")),
    ("created", mark("export", "Created (MSK)")),
    ("kind", mark("export", "Kind")),
    ("method", mark("export", "Method")),
    ("recipient", mark("export", "Recipient")),
    ("basis", mark("export", "Basis")),
    ("number", mark("export", "Number")),
    ("bank", mark("export", "Bank")),
    ("amount", mark("export", "Amount, RUB")),
    ("fee", mark("export", "Fee")),
    ("credited", mark("export", "Credited")),
    ("order_id", mark("export", "Order id")),
    ("gateway_id", mark("export", "Gateway id")),
    ("disputed", mark("export", "Contradiction")),
    ("error", mark("export", "Error")),
)
_PAYOUT, _PAYMENT, _YES = mark("export", "payout"), mark("export", "payment"), mark("export", "yes")
Say = Callable[[Text], str]


def export(
    reader: Reader,
    wanted: Filter,
    path: Path,
    form: str,
    say: Say,
    progress: Callable[[int], None] = lambda _: None,
) -> int:
    """Write the operations that `wanted` lets through, newest first, and return how many.

    The file appears whole or not at all. `progress` hears the count and may raise to stop. Raises OSError of the disk
    and Unavailable of the journal.
    """
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".export-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8-sig" if form == "csv" else "utf-8", newline="") as stream:
            write = _write_csv if form == "csv" else _write_jsonl
            count = write(stream, _rows(reader, wanted, progress), say)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return count


def _rows(reader: Reader, wanted: Filter, progress: Callable[[int], None]) -> Iterator[OperationRow]:
    before, done = None, 0
    while page := reader.operations(wanted, before, PAGE):
        yield from page
        done += len(page)
        progress(done)
        before = page[-1].key


def _write_csv(stream: IO[str], rows: Iterator[OperationRow], say: Say) -> int:
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([safe_cell(say(title)) for _, title in COLUMNS])
    count = 0
    for row in rows:
        count += 1
        writer.writerow(_cells(row, say))
    return count


def _cells(row: OperationRow, say: Say) -> Sequence[str]:
    values = _values(row, say)
    numbers = {name: _comma(values[name]) for name in ("amount", "fee", "credited")}
    created = row.created.astimezone(MOSCOW).strftime("%Y-%m-%d %H:%M:%S")
    texts = {name: safe_cell(value) for name, value in values.items()}
    return [{**texts, **numbers, "created": created}[name] for name, _ in COLUMNS]


def _write_jsonl(stream: IO[str], rows: Iterator[OperationRow], say: Say) -> int:
    count = 0
    for row in rows:
        count += 1
        values = _values(row, say) | {"state": row.state.value, "kind": row.kind.value, "method": row.service}
        stream.write(json.dumps({**values, "created": row.created_at}, ensure_ascii=False) + "\n")
    return count


def _values(row: OperationRow, say: Say) -> dict[str, str]:
    method = BY_CODE.get(row.service)
    return {
        "state": say(state_word(row.state, row.kind)),
        "created": row.created_at,
        "kind": say(_PAYOUT if row.kind.value == "payout" else _PAYMENT),
        "method": say(method.title) if method is not None else row.service,
        "recipient": row.recipient or "",
        "basis": row.basis or "",
        "number": row.number_masked or "",
        "bank": row.bank or "",
        "amount": Money(row.amount).wire(),
        "fee": row.fee or "",
        "credited": row.credited or "",
        "order_id": row.order_id,
        "gateway_id": row.gateway_id or "",
        "disputed": say(_YES) if row.is_disputed else "",
        "error": row.error_text or "",
    }


def _comma(number: str) -> str:
    """Return a number for Russian Excel; zeros that the gateway puts behind the kopecks are left out."""
    whole, _, part = number.partition(".")
    part = part[:2] + part[2:].rstrip("0")
    return f"{whole},{part}" if part else whole


def safe_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula or a number (CWE-1236).

    An apostrophe stands before what begins, after blanks of any kind or a line break inside, with `=`, `+`, `-`, `@`, a
    tab or a carriage return, also in their full-width forms, and before runs of twelve and more digits alone.
    """
    plain = "".join(" " if char in "\u200b\ufeff" else char for char in unicodedata.normalize("NFKC", text))
    dangerous = any(_begins_formula(line) for line in plain.split("\n"))
    return f"'{text}" if dangerous or _LONG_DIGITS.fullmatch(text.strip()) else text


def _begins_formula(line: str) -> bool:
    return line[:1] in _FORMULA or line.lstrip()[:1] in _FORMULA
