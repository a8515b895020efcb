"""Receives a request whose bytes are all there: is it authentic, what do the rules say, what does the ledger keep.

Knows no socket. The order of its steps is the point: the ledger is written and durable before an answer is returned.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Callable
from datetime import datetime
from threading import Lock
from uuid import UUID, uuid4

from console.domain.digest import Digest
from console.domain.endpoint import Endpoint, Kind
from console.sandbox import answers, documents
from console.sandbox.certificates import Certificate
from console.sandbox.clock import Clock
from console.sandbox.ledger import Ledger, Proof, Seen
from console.sandbox.replies import Reply, reply
from console.sandbox.rules import Question, Ruling, rule

PATHS = {endpoint.value: endpoint for endpoint in Endpoint}
_UNKNOWN_ACCOUNT = "The account is not known here."
_BAD_SIGNATURE = "The signature does not fit the body and the account's certificate for this method."
_NOT_JSON = "The body is not JSON, or is doubtful."


class Reception:
    """One gateway's desk; requests come from many threads at once."""

    def __init__(
        self, ledger: Ledger, certificates: dict[Kind, Certificate], account: str, *,
        clock: Clock, digests: frozenset[Digest] = frozenset(Digest), new_id: Callable[[], UUID] = uuid4,
    ) -> None:  # fmt: skip
        self._ledger = ledger
        self._certificates = certificates
        self._account = account
        self._clock = clock
        self._digests = digests
        self._new_id = new_id
        self._turn = Lock()
        self._next_late = ledger.next_late()

    def receive(self, path: str, account: str, signature: str, body: bytes) -> Reply:
        """Return the reply to a request, after the ledger has it."""
        endpoint = PATHS.get(path)
        if endpoint is None:
            return self._turn_away(path, account, signature, body, 404, "Not Found")
        if not hmac.compare_digest(account.encode(), self._account.encode()):
            return self._turn_away(path, account, signature, body, 401, _UNKNOWN_ACCOUNT)
        certificate = self._certificates[endpoint.key]
        digest = certificate.digest_of(body, _decoded(signature), self._digests)
        if digest is None:
            return self._turn_away(path, account, signature, body, 401, _BAD_SIGNATURE)
        return self._serve(endpoint, Proof(body, signature, digest.value, certificate.fingerprint))

    def refuse(self, path: str, status: int, message: str) -> Reply:
        """Return the reply to a request that did not even get here, after the ledger has seen it."""
        return self._turn_away(path, "", "", b"", status, message)

    def until_late(self) -> float | None:
        """Return the seconds until the next late order is accepted; None when there is none."""
        with self._turn:
            due = self._next_late
        return None if due is None else max(0.0, (due - self._clock.now()).total_seconds())

    def surface(self) -> None:
        """Accept the late orders whose time has come."""
        with self._turn:
            self._surface(self._clock.now())

    def _surface(self, now: datetime) -> None:
        if self._next_late is not None and self._next_late <= now:
            self._ledger.surface(now)
            self._next_late = self._ledger.next_late()

    def _turn_away(self, path: str, account: str, signature: str, body: bytes, status: int, message: str) -> Reply:
        self._ledger.note(Seen(self._clock.now(), path, account, body, signature, status))
        return reply(status, answers.trouble(message))

    def _serve(self, endpoint: Endpoint, proof: Proof) -> Reply:
        with self._turn:
            now = self._clock.now()
            self._surface(now)
            with self._ledger.transaction():
                ruling = self._rule(endpoint, proof.body, now)
                self._keep(ruling, proof)
                sent = reply(ruling.status, ruling.answer, ruling.delivery)
                self._ledger.note(self._seen(endpoint, proof, now, ruling, sent))
            self._next_late = self._ledger.next_late() if ruling.late else self._next_late
        return sent

    def _rule(self, endpoint: Endpoint, body: bytes, now: datetime) -> Ruling:
        """Ask the rules; balance and account look at no body (API reference 3.4)."""
        content: dict[str, object] = {}
        if endpoint not in {Endpoint.BALANCE, Endpoint.INFO}:
            try:
                content = documents.read(body)
            except documents.NotJson:
                return Ruling(400, answers.trouble(_NOT_JSON))
        return rule(Question(endpoint, content, self._account, now, str(self._new_id())), self._ledger)

    def _keep(self, ruling: Ruling, proof: Proof) -> None:
        if ruling.outcome is not None:
            self._ledger.spend_choice()
        if ruling.entry is not None:
            self._ledger.accept(ruling.entry, proof, late=ruling.late)

    def _seen(self, endpoint: Endpoint, proof: Proof, now: datetime, ruling: Ruling, sent: Reply) -> Seen:
        return Seen(
            now,
            endpoint.value,
            self._account,
            proof.body,
            proof.signature,
            sent.status,
            authentic=True,
            outcome=ruling.outcome.code if ruling.outcome else None,
            accepted_id=ruling.entry.id if ruling.entry and not ruling.late else None,
        )


def _decoded(signature: str) -> bytes:
    """Return the bytes of the header `Sign`: base64 in one line; nothing for anything else, which then fits nothing."""
    try:
        return base64.b64decode(signature, validate=True)
    except (binascii.Error, ValueError):
        return b""
