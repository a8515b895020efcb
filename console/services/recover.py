"""What a start makes of attempts that were not finished: only with the journal's lock in hand, and never a create."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from console.domain.endpoint import Kind
from console.domain.states import State
from console.domain.verdicts import cut_short
from console.journal.change import Change
from console.journal.entry import Entry, EventKind
from console.services.outcomes import Updates

if TYPE_CHECKING:
    from console.domain.moment import Moment
    from console.journal.append import Journal
    from console.journal.read import Reader

_CUT = frozenset({State.INTENDED, State.SENDING})


@dataclass(frozen=True, slots=True)
class Recovered:
    """How many orders a start found not sent, and of which of each kind it does not know."""

    not_sent: int = 0
    unknown: Mapping[Kind, tuple[str, ...]] = field(default_factory=lambda: dict.fromkeys(Kind, ()))


def recover(journal: Journal, reader: Reader, now: Moment) -> Recovered:
    """Move INTENDED to NOT_SENT and SENDING to UNKNOWN (failure model 2.4): the mark on disk is the proof."""
    not_sent = 0
    unknown: dict[Kind, tuple[str, ...]] = dict.fromkeys(Kind, ())
    for row in reader.in_states(_CUT):
        after = cut_short(row.state)
        updates: Updates = {
            "state": after.value,
            "ended_at": now.iso(),
            "ended_monotonic": now.monotonic,
            "ended_boot": now.boot,
            "error_code": "E-NOTSENT" if after is State.NOT_SENT else "E-UNKNOWN",
            "error_text": "cut-short",
        }
        entry = Entry(
            EventKind.RECOVERED,
            now,
            row.order_id,
            row.account,
            attempt=row.attempt,
            masked={"was": row.state.value, "verdict": after.value},
        )
        journal.append(entry, change=Change(row.order_id, frozenset({row.state}), row.attempt, updates))
        if after is State.NOT_SENT:
            not_sent += 1
        else:
            unknown[row.kind] += (row.order_id,)
    return Recovered(not_sent, unknown)
