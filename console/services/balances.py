"""What the gateway says an account holds, and when it said so."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.domain.endpoint import Endpoint, Kind
from console.domain.moment import Moment
from console.domain.money import Sum
from console.domain.trouble import Unavailable
from console.domain.verdicts import PROOF_LOST
from console.journal.entry import EventKind
from console.services.check_answer import trouble_of
from console.services.clock import skew
from console.services.entries import heard

if TYPE_CHECKING:
    from console.domain.digest import Digest
    from console.domain.exchange import Exchange
    from console.journal.append import Journal
    from console.services.accounts import Account, Accounts
    from console.services.check_issuer import Issuers
    from console.services.clock import Clock


@dataclass(frozen=True, slots=True)
class Held:
    """An account's balance as the gateway wrote it, at a moment; whether pending payouts are in it is not stated."""

    currency: str
    balance: Sum
    pending: Sum | None
    at: Moment
    seconds: float
    """How long the gateway took to answer."""
    skew: float | None = None
    """By how many seconds this computer's clock is ahead of the gateway's, if by more than a few minutes."""


class Balances:
    """The last known balance of each account."""

    def __init__(self, accounts: Accounts, journal: Journal, clock: Clock, issuers: Issuers | None = None) -> None:
        self._accounts = accounts
        self._journal = journal
        self._clock = clock
        self._issuers = issuers
        self._held: dict[str, Held] = {}
        self._lock = threading.Lock()

    def latest(self, account_id: str) -> Held | None:
        """Return what was last heard in this session, or None."""
        with self._lock:
            return self._held.get(account_id)

    def refresh(self, account_id: str) -> Held:
        """Ask the gateway. The question is journalled; an answer proves the payout key (R11).

        Raises Unavailable when it is out of reach or its answer says nothing, Refused when it takes not this key.
        """
        access = self._accounts.open(account_id)
        signed, exchange = access.gateway.balance()
        now = self._clock()
        self._journal.ensure_key(signed.fingerprint, access.keys[Kind.PAYOUT].public_pem, now)
        self._journal.append(heard(EventKind.ASKED, now, account_id, Endpoint.BALANCE, exchange, signed))
        if self._issuers is not None:
            self._issuers.saw(access.account, exchange)
        if exchange.status in PROOF_LOST:
            self._accounts.prove(access, Kind.PAYOUT, None, now)
        held = self.take(access.account, exchange, signed.digest)
        if not self._accounts.is_proved(access, Kind.PAYOUT):
            self._accounts.prove(access, Kind.PAYOUT, signed.digest, now)
        return held

    def take(self, account: Account, exchange: Exchange, digest: Digest) -> Held:
        """Keep the balance that an answer tells; raises as `refresh`."""
        from console.gateway.answers import fields_of, read_balance

        now = self._clock()
        trouble = trouble_of(exchange, tail=account.tail, digest=digest.value, now=now.utc)
        if trouble is not None:
            raise trouble
        fields = fields_of(exchange)
        read = None if fields is None else read_balance(fields)
        if read is None:
            raise Unavailable("E-GATEWAY-HTML")
        held = Held(
            read.currency or "RUB", read.balance, read.pending_payouts, now, exchange.duration, skew(exchange, now.utc)
        )
        with self._lock:
            self._held[account.id] = held
        return held
