"""Sealed parts of the journal, opened and read: the values of an order, and the fields of an answer.

Whoever calls decides what of it may be shown; nothing here masks, and nothing here asks the gateway.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.domain.exchange import Exchange, Reason
from console.domain.trouble import Unavailable
from console.journal.entry import Event, EventKind, Parts
from console.services.reviews import read_body

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from console.domain.answer import Fields
    from console.domain.fields.field import Value
    from console.domain.method import Method
    from console.journal.append import Journal
    from console.journal.rows import OperationRow

_ANSWERS = frozenset({EventKind.HEARD.value, EventKind.ASKED.value})


def parts_of(journal: Journal, seq: int, at: datetime | None = None) -> Parts:
    """Return the sealed parts of a record, empty ones where nothing was sealed or the journal's key is not at hand.

    Raises Unavailable("E-TAMPER") for bytes that are not what was written at `at`.
    """
    try:
        return journal.open_parts(seq)
    except LookupError:
        return Parts()
    except ValueError as error:
        raise Unavailable("E-TAMPER", n=seq, time=at) from error


def values_of(journal: Journal, row: OperationRow, method: Method) -> Mapping[str, Value]:
    """Return the values of an order, read back from the bytes that were confirmed; empty where there are none."""
    if row.intended_seq is None:
        return {}
    body = parts_of(journal, row.intended_seq, row.created).body
    return read_body(method, body) if body else {}


def fields_of_answer(parts: Parts, status: int | None) -> Fields | None:
    """Return the JSON object of a sealed answer, or None where it has none."""
    from console.gateway.answers import fields_of

    exchange = Exchange(
        Reason.ANSWERED,
        gate_passed=True,
        status=status,
        answer_body=parts.answer_body,
        headers=headers_of(parts.answer_head),
    )
    return fields_of(exchange)


def headers_of(head: bytes) -> tuple[tuple[str, str], ...]:
    """Return the headers of a request or an answer as it was on the wire, names in lower case."""
    lines = head.decode("latin-1").split("\r\n")[1:]
    pairs = (line.partition(":") for line in lines if ":" in line)
    return tuple((name.strip().lower(), value.strip()) for name, _, value in pairs)


def answers(journal: Journal, events: Sequence[Event]) -> list[Fields]:
    """Return the JSON answers about an order, the newest first; repetitions are sealed once and come once."""
    found = []
    for event in reversed(events):
        if event.kind in _ANSWERS and event.status is not None and "same_as" not in event.facts:
            fields = fields_of_answer(parts_of(journal, event.seq, event.at), event.status)
            if fields is not None:
                found.append(fields)
    return found
