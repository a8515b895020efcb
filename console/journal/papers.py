"""What the console keeps beside the evidence, sealed: drafts, payers used before, notes to an order.

These rows may be changed and removed; they prove nothing. Each text is bound to its table and name, so that none can be
moved to another place.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from console.domain.moment import Moment
from console.journal.chain import encode
from console.journal.seal import Finder, Sealer
from console.journal.store import Store


@dataclass(frozen=True, slots=True)
class Draft:
    """A form that is not finished: its text as the form wrote it."""

    name: str
    text: str
    changed_at: str


@dataclass(frozen=True, slots=True)
class Payer:
    """A payer of an earlier payment with the address it last had."""

    user_id: str
    address: str


@dataclass(frozen=True, slots=True)
class Note:
    """Words a person left at an order."""

    text: str
    written_at: str


class Papers:
    """The private tables of an open journal. Every method may be called from any thread and raises Trouble as `append`."""

    def __init__(self, store: Store, sealer: Sealer, finder: Finder) -> None:
        self._store = store
        self._sealer = sealer
        self._finder = finder

    def save_draft(self, name: str, text: str, moment: Moment) -> None:
        """Keep a draft under its name, in place of the one before."""
        sql = "INSERT INTO draft VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE "
        sql += "SET sealed = excluded.sealed, changed_at = excluded.changed_at"
        self._run(sql, name, self._seal(text, "draft", name), moment.iso())

    def drafts(self) -> list[Draft]:
        """Return the drafts, the latest first."""
        rows = self._store.read("SELECT name, sealed, changed_at FROM draft ORDER BY changed_at DESC, name")
        return [Draft(name, self._open(sealed, "draft", name), at) for name, sealed, at in rows]

    def drop_draft(self, name: str) -> None:
        """Remove a draft; one that is not there is no trouble."""
        self._run("DELETE FROM draft WHERE name = ?", name)

    def remember_payer(self, user_id: str, address: str, moment: Moment) -> None:
        """Keep a payer with the last address."""
        find = self._finder.mark("payer", user_id)
        sealed = self._seal(json.dumps([user_id, address]), "payer", find)
        sql = "INSERT INTO payer VALUES (?, ?, ?) ON CONFLICT (find) DO UPDATE "
        sql += "SET sealed = excluded.sealed, used_at = excluded.used_at"
        self._run(sql, find, sealed, moment.iso())

    def payers(self, limit: int = 50) -> list[Payer]:
        """Return the payers, the latest first."""
        rows = self._store.read("SELECT find, sealed FROM payer ORDER BY used_at DESC, find LIMIT ?", [limit])
        return [Payer(*json.loads(self._open(sealed, "payer", find))) for find, sealed in rows]

    def add_note(self, order_id: str, text: str, moment: Moment) -> None:
        """Leave a note at an order."""
        sql = "INSERT INTO note (order_id, sealed, written_at) VALUES (?, ?, ?)"
        self._run(sql, order_id, self._seal(text, "note", order_id), moment.iso())

    def notes(self, order_id: str) -> list[Note]:
        """Return the notes of an order, the oldest first."""
        rows = self._store.read("SELECT sealed, written_at FROM note WHERE order_id = ? ORDER BY id", [order_id])
        return [Note(self._open(sealed, "note", order_id), at) for sealed, at in rows]

    def _run(self, sql: str, *values: str | bytes) -> None:
        self._store.write(lambda connection: connection.execute(sql, values).rowcount)

    def _seal(self, text: str, table: str, name: str) -> bytes:
        return self._sealer.seal(text.encode(), encode((table, name)))

    def _open(self, sealed: bytes, table: str, name: str) -> str:
        return self._sealer.open(sealed, encode((table, name))).decode()
