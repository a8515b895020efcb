"""The two marks before the first byte of a create, as journal entries: the intent, and SENDING."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from console.domain.endpoint import Kind
from console.domain.states import State
from console.journal.entry import Entry, EventKind, Parts
from console.services.outcomes import Updates
from console.services.reviews import party_mark

if TYPE_CHECKING:
    from console.domain.moment import Moment
    from console.gateway.signing import Signed
    from console.journal.seal import Finder
    from console.services.reviews import Review


def intended(review: Review, attempt: int, now: Moment, acknowledged: Sequence[dict[str, str]]) -> Entry:
    """Return the entry of an intent: the exact bytes, sealed, and no signature yet."""
    return Entry(
        EventKind.INTENDED,
        now,
        order_id=review.order_id,
        account=review.account.id,
        endpoint=review.method.kind.create.value,
        attempt=attempt,
        fingerprint=review.fingerprint,
        digest_name=review.digest.value,
        masked={"body": review.method.mask(review.values), "acknowledged": list(acknowledged)},
        parts=Parts(body=review.body),
    )


def sending(review: Review, attempt: int, now: Moment, signed: Signed, head: bytes, peer: str | None) -> Entry:
    """Return the entry of the mark: the request as it will leave, sealed; `peer` is whose certificate was seen."""
    return Entry(
        EventKind.SENDING,
        now,
        order_id=review.order_id,
        account=review.account.id,
        endpoint=review.method.kind.create.value,
        attempt=attempt,
        fingerprint=signed.fingerprint,
        digest_name=signed.digest.value,
        masked={"peer": peer, "request_bytes": len(signed.body)},
        parts=Parts(head, signed.body, signed.signature),
    )


def new_row(review: Review, finder: Finder, now: Moment) -> Updates:
    """Return the row of a new operation: names whole, numbers masked, and a keyed mark to find them by."""
    method, values = review.method, review.values
    party = values[method.party]
    is_payout = method.kind is Kind.PAYOUT
    bank = values.get("customer_code")
    return {
        "account": review.account.id,
        "kind": method.kind.value,
        "service": method.code,
        "state": State.INTENDED.value,
        "attempt": 1,
        "amount": review.amount.kopecks,
        "currency": review.amount.currency,
        "recipient": (review.recipient or None) if is_payout else str(party),
        "basis": review.basis or None,
        "number_masked": method.field(method.party).short(party) if is_payout else None,
        "number_find": party_mark(finder, method, values),
        "bank": None if bank is None else str(bank),
        "created_at": now.iso(),
        "changed_at": now.iso(),
    }
