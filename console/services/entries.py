"""How exchanges become journal entries: what is sealed, and what little stands beside it in clear."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from console.domain.endpoint import Endpoint
from console.domain.exchange import Exchange
from console.domain.moment import Moment
from console.journal.entry import Entry, EventKind, Parts

if TYPE_CHECKING:
    from console.gateway.signing import Signed

_ENDS = frozenset({EventKind.HEARD, EventKind.ENDED})


def heard(
    kind: EventKind,
    moment: Moment,
    account: str,
    endpoint: Endpoint,
    exchange: Exchange,
    signed: Signed,
    *,
    order_id: str | None = None,
    attempt: int | None = None,
    masked: Mapping[str, object] | None = None,
) -> Entry:
    """Return the entry of a signed request and what came of it.

    The request of a create was sealed with its SENDING mark; the end of that attempt seals the answer alone.
    """
    return Entry(
        kind,
        moment,
        order_id=order_id,
        account=account,
        endpoint=endpoint.value,
        attempt=attempt,
        status=exchange.status,
        fingerprint=signed.fingerprint,
        digest_name=signed.digest.value,
        masked={**_facts(exchange, signed), **(masked or {})},
        parts=_parts(kind, exchange, signed),
    )


def _facts(exchange: Exchange, signed: Signed) -> dict[str, object]:
    facts: dict[str, object] = {
        "ms": round(exchange.duration * 1000),
        "reason": exchange.reason.value,
        "answer_bytes": len(exchange.answer_body),
        "request_bytes": len(signed.body),
    }
    if exchange.facts:
        facts["facts"] = dict(exchange.facts)
    if exchange.peer is not None:
        facts |= {"peer": exchange.peer, "issuer": exchange.issuer or ""}
    return facts


def _parts(kind: EventKind, exchange: Exchange, signed: Signed) -> Parts:
    if kind in _ENDS:
        return Parts(answer_head=exchange.answer_head, answer_body=exchange.answer_body)
    return Parts(exchange.request_head, signed.body, signed.signature, exchange.answer_head, exchange.answer_body)
