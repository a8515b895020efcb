"""The gateway for one account: its seven requests, signed and sent.

Knows: which key signs what and the bodies of questions (API reference 6.9 and 7). Must not know: what an answer
proves, when to ask, the journal.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from console.domain.digest import Digest
from console.domain.endpoint import Endpoint, Kind
from console.domain.exchange import Exchange
from console.gateway import wire
from console.gateway.gate import Gate
from console.gateway.limits import CREATE, Limits
from console.gateway.signing import Signed, SigningKey
from console.gateway.transport import Abandoned, Transport

MOST_QUESTIONS = 16_384
"""Signed questions that are remembered: some 600 bytes each."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A key and the digest it signs with, which is a setting of each key."""

    key: SigningKey
    digest: Digest


class Gateway:
    """One account at its gateway.

    `signer` gives the key of a kind and may raise Unavailable. A question that was signed once is remembered, so that
    a locked console without keys can go on asking it; a new key or digest needs a new Gateway.
    """

    def __init__(self, transport: Transport, signer: Callable[[Kind], Signer]) -> None:
        self._transport = transport
        self._signer = signer
        self._lock = threading.Lock()
        self._questions: OrderedDict[tuple[Kind, bytes], Signed] = OrderedDict()

    def sign(self, kind: Kind, body: bytes) -> Signed:
        """Return a create's body signed; raises what `signer` raises."""
        signer = self._signer(kind)
        return signer.key.sign(body, signer.digest)

    def create(
        self,
        kind: Kind,
        signed: Signed,
        gate: Gate,
        limits: Limits = CREATE,
        on_abandoned: Abandoned | None = None,
    ) -> Exchange:
        """Post a create once; see `Transport.create`."""
        return self._transport.create(kind.create, signed, gate, limits, on_abandoned)

    def question(self, kind: Kind, *, order_id: str | None = None, gateway_id: str | None = None) -> Signed:
        """Return the status question about an order, signed and remembered; `gateway_id` asks by the gateway's id."""
        body = {"order_id": order_id} if gateway_id is None else {"id": gateway_id}
        if None in body.values():
            raise ValueError("a question names an order")
        return self._question(kind, wire.encode(body))

    def ask(self, kind: Kind, *, order_id: str | None = None, gateway_id: str | None = None) -> tuple[Signed, Exchange]:
        """Ask for an order's status, by the order id or by the gateway's id as text (API reference 7.2, 7.7)."""
        return self._ask(kind.status, self.question(kind, order_id=order_id, gateway_id=gateway_id))

    def balance(self) -> tuple[Signed, Exchange]:
        """Ask for the balance; it moves nothing and proves the payout key (API reference 6.9)."""
        return self._ask(Endpoint.BALANCE, self._question(Kind.PAYOUT, wire.encode([])))

    def info(self) -> tuple[Signed, Exchange]:
        """Ask what the account may do."""
        return self._ask(Endpoint.INFO, self._question(Kind.PAYOUT, wire.encode([])))

    def history(self, day: str, page: int = 1, rows: int = 1) -> tuple[Signed, Exchange]:
        """Ask for a page of the payments of a day (`YYYY-MM-DD`); one row proves the payment key (6.9, 7.3)."""
        body = {"date_from": day, "date_to": day, "page": page, "paginate": rows}
        return self._ask(Endpoint.PAYMENT_HISTORY, self.sign(Kind.PAYMENT, wire.encode(body)))

    def probe(self, endpoint: Endpoint, signed: Signed) -> Exchange:
        """Ask a question that somebody signed with a digest that may not be this account's; it is not remembered."""
        return self._transport.ask(endpoint, signed)

    def request_head(self, endpoint: Endpoint, signed: Signed) -> bytes:
        """Return the request line and headers exactly as they will be sent."""
        return self._transport.request_head(endpoint, signed)

    def stop_waiting(self) -> None:
        """End the creates that are on their way; see `Transport.stop_waiting`."""
        self._transport.stop_waiting()

    def close(self) -> None:
        """Close the kept connections and forget the signed questions."""
        self._transport.close()
        with self._lock:
            self._questions.clear()

    def _ask(self, endpoint: Endpoint, signed: Signed) -> tuple[Signed, Exchange]:
        return signed, self._transport.ask(endpoint, signed)

    def _question(self, kind: Kind, body: bytes) -> Signed:
        key = (kind, body)
        with self._lock:
            if key in self._questions:
                self._questions.move_to_end(key)
                return self._questions[key]
        signed = self.sign(kind, body)
        with self._lock:
            self._questions[key] = signed
            if len(self._questions) > MOST_QUESTIONS:
                self._questions.popitem(last=False)
        return signed
