"""How exchanges become journal entries: what is sealed, and what little stands beside it in clear.

The gateway's host is kept in the keyring and, here, in the sealed head of the request; names in a certificate could give it
away, so they are told and not kept. Journals of earlier releases have both among the facts; they are read as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from console.domain.endpoint import Endpoint
from console.domain.exchange import Exchange
from console.domain.moment import Moment
from console.journal.entry import Entry, EventKind, Parts

if TYPE_CHECKING:
    from console.gateway.signing import Signed

_ENDS = frozenset({EventKind.HEARD, EventKind.ENDED})
_HOST, _NAMES = "host", "names"
_HIDDEN = "…"


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


def shown_issuer(exchange: Exchange) -> str | None:
    """Return who issued the peer's certificate, without the host that such a name may hold; None where nobody is named."""
    return exchange.issuer and _without(exchange.issuer, exchange.facts.get(_HOST, ""))


def _facts(exchange: Exchange, signed: Signed) -> dict[str, object]:
    facts: dict[str, object] = {
        "ms": round(exchange.duration * 1000),
        "reason": exchange.reason.value,
        "answer_bytes": len(exchange.answer_body),
        "request_bytes": len(signed.body),
    }
    host = exchange.facts.get(_HOST, "")
    named = {name: _without(value, host) for name, value in exchange.facts.items() if name not in {_HOST, _NAMES}}
    if named:
        facts["facts"] = named
    if exchange.peer is not None:
        facts |= {"peer": exchange.peer, "issuer": shown_issuer(exchange) or ""}
    return facts


def _without(text: str, host: str) -> str:
    """Return a text of a certificate with the host, and a wildcard that stands for it, hidden."""
    name = host.rpartition("://")[2].strip("[]")
    if not name:
        return text
    parent = name.partition(".")[2]
    forms = [name, f"*.{parent}"] if "." in parent else [name]
    return re.sub("|".join(map(re.escape, forms)), _HIDDEN, text, flags=re.IGNORECASE)


def _parts(kind: EventKind, exchange: Exchange, signed: Signed) -> Parts:
    if kind in _ENDS:
        return Parts(answer_head=exchange.answer_head, answer_body=exchange.answer_body)
    return Parts(exchange.request_head, signed.body, signed.signature, exchange.answer_head, exchange.answer_body)
