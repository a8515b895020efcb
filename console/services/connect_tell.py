"""How a change of an account becomes a record: by name and tail, with the public half of each new key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from console.journal.entry import Entry, EventKind

if TYPE_CHECKING:
    from console.domain.endpoint import Kind
    from console.domain.moment import Moment
    from console.journal.append import Journal
    from console.journal.read import Reader


_MOST = 100_000
"""Records of changes are few: this is all of them."""


class PublicHalf(Protocol):
    """What a record says of a key."""

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the key, as hex."""
        ...

    @property
    def public_pem(self) -> bytes:
        """The public half as a PEM."""
        ...


def tell(
    journal: Journal,
    now: Moment,
    account_id: str,
    what: str,
    name: str,
    tail: str,
    keys: Mapping[Kind, PublicHalf],
    **facts: object,
) -> None:
    """Journal a change, each new public half before it. Raises what the journal raises."""
    for key in keys.values():
        journal.ensure_key(key.fingerprint, key.public_pem, now)
    masked: dict[str, object] = {"what": what, "name": name, "tail": tail}
    masked |= {_fact(kind): key.fingerprint for kind, key in keys.items()}
    masked |= {fact: value for fact, value in facts.items() if value is not None}
    journal.append(Entry(EventKind.CHANGED, now, account=account_id, masked=masked))


def told(reader: Reader, account_id: str, kind: Kind) -> str:
    """Return the fingerprint that the newest record of an account's key names, empty where there is none."""
    events = reader.event_page(limit=_MOST, search=_fact(kind))
    own = (event for event in events if event.kind == EventKind.CHANGED and event.account == account_id)
    return str(next((event.facts[_fact(kind)] for event in own if _fact(kind) in event.facts), ""))


def was_told(reader: Reader, account_id: str) -> bool:
    """Whether there is a record of a change of this account."""
    events = reader.event_page(limit=_MOST, search=EventKind.CHANGED.value)
    return any(event.kind == EventKind.CHANGED and event.account == account_id for event in events)


def _fact(kind: Kind) -> str:
    return f"{kind.value}_key"
