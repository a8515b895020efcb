"""What a form begins with: its draft, an order id, and what was used before (banks, payers).

A draft is the typed texts, sealed in the journal's private table; nothing of it is a promise. Texts are kept as typed, so
that a half-written phone number is still there after a restart.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from console.domain.endpoint import Kind
from console.domain.fields.network import IpAddress
from console.domain.moment import moscow_day, parse_utc
from console.domain.states import State
from console.domain.trouble import Trouble
from console.services.clock import random_id
from console.settings.settings import ORDER_ID_FROM_BASIS

if TYPE_CHECKING:
    from console.domain.fields.field import Value
    from console.domain.method import Method
    from console.journal.papers import Papers, Payer
    from console.journal.read import Reader
    from console.services.clock import Clock
    from console.settings.settings import Settings

FORMAT = 1
_PREFIX = {Kind.PAYOUT: "PO", Kind.PAYMENT: "PM"}
_FREE_AGAIN = frozenset({State.REJECTED, State.CLOSED, State.DISCARDED})
"""States in which an order made from a basis came to nothing, so that the basis may be paid under the next id."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A form that is not finished: the chosen method's code, and the typed texts by field name, the order id included.

    `texts` may hold fields of other methods too: who switches back finds what was typed.
    """

    kind: Kind
    method: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    recipient: str = ""
    basis: str = ""
    saved_at: datetime | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed; the order id is the console's own."""
        typed = any(text for name, text in self.texts.items() if name != "order_id")
        return not (typed or self.recipient or self.basis)


class Drafts:
    """Keeps one draft for each kind. Every method but `order_id` may wait for the disk: off the main thread only."""

    def __init__(
        self,
        papers: Papers,
        reader: Reader,
        settings: Settings,
        clock: Clock,
        new_id: Callable[[], str] = random_id,
    ) -> None:
        self._papers = papers
        self._reader = reader
        self._settings = settings
        self._clock = clock
        self._new_id = new_id

    def load(self, kind: Kind) -> Draft | None:
        """Return the draft, or None where there is none, or a later version wrote it in a form of its own.

        One whose order the journal knows was sent and is forgotten: the last session ended before that was done.
        """
        kept = next((each for each in self._papers.drafts() if each.name == kind.value), None)
        draft = None if kept is None else _read(kind, kept.text, parse_utc(kept.changed_at))
        if draft is not None and self._reader.get(draft.texts.get("order_id", "")) is not None:
            self.drop(kind)
            return None
        return draft

    def save(self, draft: Draft) -> Draft:
        """Keep the draft in place of the one before; return it with the time. Raises Trouble as the journal does."""
        now = self._clock()
        self._papers.save_draft(draft.kind.value, _written(draft), now)
        return replace(draft, saved_at=now.utc)

    def drop(self, kind: Kind) -> None:
        """Forget the draft."""
        self._papers.drop_draft(kind.value)

    def new_order_id(self, kind: Kind, basis: str = "") -> str:
        """Return an order id: random, or where the settings say so made from the basis.

        The one made from a basis is the same on every desk, so that a second payout of one basis meets the first at the
        gateway (failure model R8); one that came to nothing gives way to the next.
        """
        if basis.strip() and self._settings.get(ORDER_ID_FROM_BASIS):
            return self._from_basis(kind, basis)
        return self.order_id(kind)

    def order_id(self, kind: Kind) -> str:
        """Return a random order id with the Moscow day in it: `PO-20261124-3f9a1c5e07b2`. Waits for nothing."""
        day = moscow_day(self._clock().utc).replace("-", "")
        return f"{_PREFIX[kind]}-{day}-{self._new_id()[:12]}"

    def follows_basis(self) -> bool:
        """Tell whether the order id is made from the basis."""
        return self._settings.get(ORDER_ID_FROM_BASIS)

    def banks(self) -> tuple[str, ...]:
        """Return the codes of the banks used lately, the latest first."""
        return tuple(self._reader.recent_banks())

    def payers(self) -> tuple[Payer, ...]:
        """Return the payers used before with the address each last had, the latest first."""
        return tuple(self._papers.payers())

    def sent(self, method: Method, values: Mapping[str, Value]) -> None:
        """Forget the draft of what was sent, and remember its payer.

        The order is journalled by then: trouble here loses a convenience and is not told.
        """
        try:
            self.drop(method.kind)
            address = next((each.name for each in method.fields if isinstance(each, IpAddress)), "")
            if method.kind is Kind.PAYMENT and address in values:
                self._papers.remember_payer(str(values[method.party]), str(values[address]), self._clock())
        except Trouble:
            return

    def _from_basis(self, kind: Kind, basis: str) -> str:
        folded = " ".join(basis.casefold().split())
        base = f"{_PREFIX[kind]}-{hashlib.sha256(folded.encode()).hexdigest()[:16]}"
        number, candidate = 1, base
        while (row := self._reader.get(candidate)) is not None and row.state in _FREE_AGAIN:
            number += 1
            candidate = f"{base}-{number}"
        return candidate


def _written(draft: Draft) -> str:
    return json.dumps(
        {
            "format": FORMAT,
            "method": draft.method,
            "texts": dict(draft.texts),
            "recipient": draft.recipient,
            "basis": draft.basis,
        },
        ensure_ascii=False,
    )


def _read(kind: Kind, text: str, saved_at: datetime) -> Draft | None:
    found = json.loads(text)
    if found.get("format") != FORMAT:
        return None
    return Draft(kind, found["method"], found["texts"], found["recipient"], found["basis"], saved_at)
