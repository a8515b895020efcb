"""What a table of operations may be narrowed to, and the SQL it becomes. Values are always bound, never written in."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

from console.domain.endpoint import Kind
from console.domain.moment import Moment
from console.domain.states import State

Argument = str | int


@dataclass(frozen=True, slots=True)
class Filter:
    """Which operations. The first nine narrow; the last six say what a search box understood and are alternatives.

    `since` and `until` are aware instants, the first included, the second not. `amount` is in kopecks, `tail` the last
    digits of the masked number, `number_find` a mark of `seal.Finder`. `text` looks for words that begin so in recipient,
    basis, order id and gateway id.
    """

    states: frozenset[State] = frozenset()
    kind: Kind | None = None
    services: frozenset[str] = frozenset()
    account: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    unclear_only: bool = False
    disputed_only: bool = False
    partial_only: bool = False
    text: str | None = None
    number_find: str | None = None
    order_id: str | None = None
    gateway_id: str | None = None
    amount: int | None = None
    tail: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it hides nothing."""
        return all(getattr(self, part.name) == part.default for part in fields(self))


def where(wanted: Filter) -> tuple[str, list[Argument]]:
    """Return the condition, true at least, and its arguments."""
    parts = _narrow(wanted)
    searched = _search(wanted)
    if searched:
        alternatives = " OR ".join(sql for sql, _ in searched)
        parts.append((f"({alternatives})", [value for _, values in searched for value in values]))
    if not parts:
        return "1", []
    return " AND ".join(sql for sql, _ in parts), [value for _, values in parts for value in values]


def match(text: str) -> str | None:
    """Return an FTS5 expression for words that begin so, all of them, ё as е; None where there is no word in the text."""
    plain = text.replace("ё", "е").replace("Ё", "Е")
    words = [word for word in plain.split() if any(char.isalnum() for char in word)]
    quoted = ['"' + word.replace("\0", "").replace('"', '""') + '"*' for word in words]
    return " ".join(quoted) or None


def like(text: str) -> str:
    """Return the text as a literal for `LIKE … ESCAPE '\\'`."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _narrow(wanted: Filter) -> list[tuple[str, list[Argument]]]:
    parts: list[tuple[str, list[Argument]]] = []
    for column, chosen in (("state", wanted.states), ("service", wanted.services)):
        if chosen:
            marks = ", ".join("?" * len(chosen))
            parts.append((f"{column} IN ({marks})", sorted(str.__str__(value) for value in chosen)))
    for sql, value in (
        ("kind = ?", wanted.kind and wanted.kind.value),
        ("account = ?", wanted.account),
        ("created_at >= ?", _iso(wanted.since)),
        ("created_at < ?", _iso(wanted.until)),
    ):
        if value is not None:
            parts.append((sql, [value]))
    if wanted.unclear_only:
        parts.append((UNCLEAR, []))
    if wanted.disputed_only:
        parts.append(("disputed_at IS NOT NULL", []))
    if wanted.partial_only:
        parts.append(("partial = 1", []))
    return parts


def _search(wanted: Filter) -> list[tuple[str, list[Argument]]]:
    parts: list[tuple[str, list[Argument]]] = []
    if wanted.text is not None:
        words = match(wanted.text)
        found = "id IN (SELECT rowid FROM search WHERE search MATCH ?)"
        parts.append(("0", []) if words is None else (found, [words]))
    if wanted.tail is not None:
        parts.append(("number_masked LIKE ? ESCAPE '\\'", ["%" + like(wanted.tail)]))
    for column in ("number_find", "order_id", "gateway_id", "amount"):
        value = getattr(wanted, column)
        if value is not None:
            parts.append((f"{column} = ?", [value]))
    return parts


def _iso(utc: datetime | None) -> str | None:
    return None if utc is None else Moment(utc, 0.0, "").iso()


def states_in(states: frozenset[State]) -> str:
    """Return the states as a list for `IN`; they are codes of ours and need no binding."""
    return ", ".join(f"'{code}'" for code in sorted(state.value for state in states))


UNCLEAR = (
    f"id IN (SELECT id FROM operation WHERE state IN ({states_in(frozenset(s for s in State if s.is_unclear))}) "
    "UNION SELECT id FROM operation WHERE disputed_at IS NOT NULL)"
)
"""The condition for what is counted with the unclear (product: states); by two indexes, whatever the planner thinks."""
