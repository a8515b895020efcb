"""The proof of a key: the gateway accepted it for a question that moves nothing (failure model R11).

The payout key is proved by the balance, the payment key by one row of the payment list. SHA-1 is tried first, then
SHA-256; what worked is stored for that key, and tried first from then on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.domain.digest import Digest
from console.domain.endpoint import Endpoint, Kind
from console.domain.exchange import Exchange
from console.domain.moment import moscow_day
from console.journal.entry import EventKind
from console.services.check_answer import Answer, answer_of
from console.services.entries import heard

if TYPE_CHECKING:
    from console.journal.append import Journal
    from console.services.accounts import Access, Accounts
    from console.services.check_issuer import Issuers
    from console.services.clock import Clock

PROVED_BY = {Kind.PAYOUT: Endpoint.BALANCE, Kind.PAYMENT: Endpoint.PAYMENT_HISTORY}


@dataclass(frozen=True, slots=True)
class Proof:
    """What a probe showed: the digest that the gateway accepted, or None, and the last exchange for its words."""

    kind: Kind
    accepted: Digest | None
    exchange: Exchange

    @property
    def is_refused(self) -> bool:
        """Whether the gateway answered and takes the key with neither digest."""
        return self.accepted is None and answer_of(self.exchange) is Answer.REFUSED


class Prover:
    """Probes the keys of an account."""

    def __init__(self, accounts: Accounts, journal: Journal, clock: Clock, issuers: Issuers | None = None) -> None:
        self._accounts = accounts
        self._journal = journal
        self._clock = clock
        self._issuers = issuers

    def prove(self, account_id: str, kind: Kind) -> Proof:
        """Try both digests, the one that worked before or SHA-1 first; store what the gateway accepts.

        A refusal of both voids the proof. Whatever else comes (no answer, a fault, a web page) proves nothing. Raises
        Unavailable where no key opens.
        """
        access = self._accounts.open(account_id)
        first = self._accounts.digest(account_id, kind)
        proof = self._try(access, kind, first)
        if proof.is_refused:
            proof = self._try(access, kind, Digest.SHA1 if first is Digest.SHA256 else Digest.SHA256)
        if proof.accepted is not None or proof.is_refused:
            self._accounts.prove(access, kind, proof.accepted, self._clock())
        return proof

    def _try(self, access: Access, kind: Kind, digest: Digest) -> Proof:
        from console.gateway.wire import encode

        endpoint = PROVED_BY[kind]
        day = moscow_day(self._clock().utc)
        history = {"date_from": day, "date_to": day, "page": 1, "paginate": 1}
        signed = access.keys[kind].sign(encode([] if kind is Kind.PAYOUT else history), digest)
        exchange = access.gateway.probe(endpoint, signed)
        accepted = answer_of(exchange) is Answer.ACCEPTED
        now, masked = self._clock(), {"accepted": accepted}
        self._journal.ensure_key(signed.fingerprint, access.keys[kind].public_pem, now)
        self._journal.append(
            heard(EventKind.PROBED, now, access.account.id, endpoint, exchange, signed, masked=masked)
        )  # fmt: skip
        if self._issuers is not None:
            self._issuers.saw(access.account, exchange)
        return Proof(kind, digest if accepted else None, exchange)
