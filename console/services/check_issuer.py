"""Who issued the gateway's certificate: remembered for each account, and a change noted once (failure model H7).

The certificate was valid, or nothing would have been sent: a change is news, no trouble, and stops nothing.
"""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING

from console.domain.trouble import Unavailable
from console.journal.entry import Entry, EventKind
from console.services.connect_record import change_record, record_of, text_of
from console.services.entries import shown_issuer

if TYPE_CHECKING:
    from console.domain.exchange import Exchange
    from console.journal.append import Journal
    from console.services.accounts import Account
    from console.services.clock import Clock
    from console.settings.settings import Settings


class Issuers:
    """Remembers issuers. Safe to call from several threads."""

    def __init__(self, settings: Settings, journal: Journal, clock: Clock) -> None:
        self._settings = settings
        self._journal = journal
        self._clock = clock
        self._news: deque[Unavailable] = deque()
        self._lock = threading.Lock()

    def known(self, account_id: str) -> str:
        """Return the issuer that was last seen, empty before the first."""
        return text_of(record_of(self._settings, account_id), "issuer")

    def saw(self, account: Account, exchange: Exchange) -> None:
        """Take note of the certificate that an exchange was led with; where it led to none, nothing changes."""
        issuer = shown_issuer(exchange)
        with self._lock:
            before = self.known(account.id)
            if not issuer or issuer == before:
                return
            if before:
                facts = {"what": "issuer", "tail": account.tail, "was": before, "issuer": issuer, "peer": exchange.peer}
                self._journal.append(Entry(EventKind.CHANGED, self._clock(), account=account.id, masked=facts))
                self._news.append(Unavailable("E-TLS-CHANGED", host=account.host, a=before, b=issuer))
            change_record(self._settings, account.id, issuer=issuer)

    def news(self) -> tuple[Unavailable, ...]:
        """Return the changes (E-TLS-CHANGED) that nobody was told of yet, each once; waits for nothing."""
        return tuple(self._news.popleft() for _ in range(len(self._news)))
