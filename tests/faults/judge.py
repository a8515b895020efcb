"""The judge of every fault suite: the gateway's own ledger, kept by another process, and never the console's own view.

A duplicate is a second accepted order to the recipient of one intent (each case pays a recipient of its own); lost is an
accepted order of which the journal has no row; a wrong verdict is a state that the ledger contradicts.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NOTHING_LEFT = frozenset({"not_sent", "rejected", "closed"})
FINALS = {"paid": frozenset({"paid", "part"}), "fail": frozenset({"fail"}), "cancel": frozenset({"cancel"})}
KEPT_NOTES = 20


@dataclass
class Tally:
    """What a suite counted."""

    suite: str
    first: int
    last: int
    cases: int = 0
    duplicates: int = 0
    lost: int = 0
    wrong: int = 0
    notes: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, found: Mapping[str, Any], case: str) -> None:
        """Count one case: `found` is what `Found.facts` gave."""
        self.cases += 1
        self.duplicates += found["duplicates"]
        self.lost += found["lost"]
        self.wrong += found["wrong"]
        self.notes += [f"{case}: {note}" for note in found["notes"]]
        if found.get("restored"):
            self.counts["copies put back"] += found["restored"]

    def take(self, other: Tally) -> None:
        """Add what was counted elsewhere."""
        for name in ("cases", "duplicates", "lost", "wrong", "notes", "counts"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def is_clean(self) -> bool:
        """Whether there were cases, and nothing was found in them."""
        return self.cases > 0 and not (self.duplicates or self.lost or self.wrong)

    def line(self) -> str:
        """The one line that each suite prints."""
        return (
            f"{self.suite}: cases {self.cases}, duplicates {self.duplicates}, lost {self.lost}, "
            f"wrong verdicts {self.wrong}, seeds {self.first}-{self.last}"
        )

    def explain(self) -> str:
        """The line and the first notes: what a failing test says."""
        return "\n".join([self.line(), *self.notes[:KEPT_NOTES]])

    def facts(self) -> dict[str, Any]:
        """Everything as JSON values."""
        return {**self.__dict__, "counts": dict(self.counts), "notes": self.notes[:KEPT_NOTES]}


@dataclass
class Found:
    """What the judge found in one case."""

    duplicates: int = 0
    lost: int = 0
    wrong: int = 0
    notes: list[str] = field(default_factory=list)
    restored: int = 0
    """Copies that were put back: opened, verified, and creates blocked until a sign-off."""

    def is_wrong(self, note: str) -> None:
        """Count a wrong verdict, with its words."""
        self.wrong += 1
        self.notes.append(note)

    def facts(self) -> dict[str, Any]:
        """Everything as JSON values."""
        return dict(self.__dict__)


class Judge:
    """Reads the ledger of a running gateway, from one request on."""

    def __init__(self, ledger: Path, since: int = 0) -> None:
        self._ledger = ledger
        self._since = since

    def last_request(self) -> int:
        """Return the number of the last request: where the next case begins."""
        return int(self._rows("SELECT coalesce(max(seq), 0) AS last FROM request")[0]["last"])

    def accepted(self, number: str) -> list[dict[str, Any]]:
        """Return the orders that were accepted, or will be, for a recipient."""
        one = "SELECT order_id, final, sent_at FROM {} WHERE instr(body, :mark)"
        sql = (
            f"{one.format('accepted')} UNION ALL {one.format('late')} ORDER BY sent_at"  # at one moment: late ones move
        )
        return self._rows(sql, {"mark": f'"{number}"'.encode()})

    def heard_of(self, order_id: str, since: int | None = None) -> bool:
        """Whether a create of this order reached the gateway, accepted or not (after request `since`)."""
        sql = "SELECT 1 FROM request WHERE seq > ? AND endpoint LIKE '%/payout' AND instr(body, ?) LIMIT 1"
        return bool(self._rows(sql, [self._since if since is None else since, f'"{order_id}"'.encode()]))

    def creates(self, number: str) -> int:
        """Return how many creates to a recipient reached the gateway, accepted or not."""
        sql = "SELECT count(*) AS n FROM request WHERE endpoint LIKE '%/payout' AND instr(body, ?)"
        return int(self._rows(sql, [f'"{number}"'.encode()])[0]["n"])

    def compare(
        self, found: Found, number: str, states: Mapping[str, str], where: str, *, resent: bool = False
    ) -> None:
        """Hold the states of a journal against the ledger. `resent`: an order may have been heard of before."""
        accepted = {row["order_id"]: row["final"] for row in self.accepted(number)}
        for order_id in accepted.keys() - states.keys():
            found.lost += 1
            found.notes.append(f"{where}: {order_id} is lost")
        for order_id, state in states.items():
            self._hold(found, order_id, state, accepted, where)
            if state == "not_sent" and not resent and self.heard_of(order_id):
                found.is_wrong(f"{where}: {order_id} is not sent and was heard of")

    def _hold(self, found: Found, order_id: str, state: str, accepted: Mapping[str, str], where: str) -> None:
        final = accepted.get(order_id)
        if state in NOTHING_LEFT and final is not None:
            found.is_wrong(f"{where}: {order_id} is {state} and was accepted")
        if state in FINALS and final not in FINALS[state]:
            found.is_wrong(f"{where}: {order_id} is {state} and the ledger says {final}")
        if state == "wait" and final is None:
            found.is_wrong(f"{where}: {order_id} waits and was never accepted")

    def duplicates(self, found: Found, number: str) -> None:
        """Count every accepted order for a recipient beyond the first."""
        extra = len(self.accepted(number)) - 1
        if extra > 0:
            found.duplicates += extra
            found.notes.append(f"{extra} too many")

    def _rows(self, sql: str, values: Sequence[object] | Mapping[str, object] = ()) -> list[dict[str, Any]]:
        with closing(sqlite3.connect(f"{self._ledger.as_uri()}?mode=ro", uri=True, timeout=10)) as base:
            base.row_factory = sqlite3.Row
            return [dict(row) for row in base.execute(sql, values)]
