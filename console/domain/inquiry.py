"""What an answer to a status question proves about an operation (failure model 2.5, last paragraph; R4, R7).

An answer is applied only when it is strict JSON, names our order, and agrees with what was sent; a contradiction sets
the mark *disputed*; anything else is no information and the question is asked again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from console.domain.answer import Fields, flag_of, id_of, sum_of, text_of
from console.domain.endpoint import Kind
from console.domain.exchange import Exchange, Reason
from console.domain.money import Money
from console.domain.states import FINAL, State
from console.domain.verdicts import PROOF_LOST, Errors, is_contradiction, read_status

NOT_FOUND = frozenset({400, 404, 422})
_PLAIN = re.compile(r"\s*(-?[0-9]+(?:\.[0-9]+)?)\s*")


@dataclass(frozen=True, slots=True)
class Subject:
    """The operation that is asked about, as far as an answer can agree or disagree with it."""

    kind: Kind
    order_id: str
    state: State
    amount: Money
    number: str = ""
    """The recipient's number, whole, where the caller holds it; empty where it does not."""
    gateway_id: str | None = None
    is_disputed: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What the answer makes of the operation.

    `state` is None when it stays. `learned` are the sums and ids that the answer names, as text, and `gateway_state`,
    which is None again once the gateway tells a state that is listed. `not_found` counts for nothing by itself.
    `offline` means that the question never left.
    """

    state: State | None = None
    disputed: str | None = None
    learned: dict[str, str | int | None] = field(default_factory=dict)
    code: str = ""
    informed: bool = False
    not_found: bool = False
    offline: bool = False
    voids_proof: bool = False


def judge_reply(subject: Subject, exchange: Exchange, fields: Fields | None, errors: Errors | None) -> Reply:
    """Return what the exchange of a status question proves about `subject`."""
    if exchange.reason is not Reason.ANSWERED or exchange.status is None:
        return Reply(offline=not exchange.gate_passed)
    if exchange.status in PROOF_LOST:
        return Reply(code="E-CERT-REFUSED", voids_proof=True)
    if exchange.status in NOT_FOUND and errors is not None and "order_id" in errors:
        gone = subject.state is State.WAIT or subject.state in FINAL
        return Reply(not_found=True, disputed="not-found" if gone else None)
    if not 200 <= exchange.status < 300 or fields is None or not _names(subject, fields):
        return Reply()
    problem = _disagreement(subject, fields)
    if problem:
        return Reply(disputed=problem, informed=True)
    return _apply(subject, fields)


def _names(subject: Subject, fields: Fields) -> bool:
    """Whether the answer names our order: by its order id, or by the id the gateway gave it."""
    order_id, gateway_id = text_of(fields, "order_id"), id_of(fields)
    if order_id is not None:
        return order_id == subject.order_id
    return gateway_id is not None and gateway_id == subject.gateway_id


def _disagreement(subject: Subject, fields: Fields) -> str | None:
    gateway_id = id_of(fields)
    if subject.gateway_id is not None and gateway_id is not None and gateway_id != subject.gateway_id:
        return "other-id"
    if _is_another(text_of(fields, "amount"), subject.amount):
        return "other-amount"
    if subject.kind is Kind.PAYOUT:
        mask = text_of(fields, "card_mask")
        if mask and subject.number and not mask_agrees(mask, subject.number):
            return "other-number"
        if flag_of(fields, "is_partial_payment"):
            return "partial-payout"
    return None


def _is_another(amount: str | None, ours: Money) -> bool:
    """Whether an amount is a plain number of any length, and another one; what is none tells nothing."""
    plain = _PLAIN.fullmatch(amount) if amount is not None else None
    return plain is not None and Decimal(plain[1]) != ours.decimal


def mask_agrees(mask: str, number: str) -> bool:
    """Whether the digits that a mask shows at its ends are those of `number`; a mask without digits tells nothing."""
    plain = re.sub(r"[\s+()\-]", "", mask)
    head = re.match(r"[0-9]*", plain, re.ASCII)
    tail = re.search(r"[0-9]*$", plain, re.ASCII)
    assert head is not None
    assert tail is not None
    if head.end() == len(plain):
        return plain == number
    return number.startswith(head[0]) and number.endswith(tail[0])


def _apply(subject: Subject, fields: Fields) -> Reply:
    status = text_of(fields, "payment_status")
    learned = _learned(fields)
    if status is None:
        return Reply(learned=learned)
    listed, new = read_status(status)
    # an unlisted state is not final; it proves that the gateway knows the order
    state = listed or State.WAIT
    code = "E-STATE-NEW" if new else ""
    learned["gateway_state"] = new
    if subject.state in FINAL:
        disputed = "two-finals" if is_contradiction(subject.state, state) else None
        return Reply(disputed=disputed, learned={} if disputed else learned, code=code, informed=True)
    disputed = "came-late" if is_contradiction(subject.state, state) else None
    return Reply(None if state is subject.state else state, disputed, learned, code, informed=True)


_LEARNED = {
    "payment_amount": "paid_amount",
    "commission_amount": "fee",
    "account_payment_amount": "credited",
}


def _learned(fields: Fields) -> dict[str, str | int | None]:
    learned: dict[str, str | int | None] = {}
    for name, column in _LEARNED.items():
        amount = sum_of(fields, name)
        if amount is not None:
            learned[column] = amount.text
    gateway_id, uuid, partial = id_of(fields), text_of(fields, "uuid"), flag_of(fields, "is_partial_payment")
    if gateway_id is not None:
        learned["gateway_id"] = gateway_id
    if uuid is not None:
        learned["uuid"] = uuid
    if partial is not None:
        learned["partial"] = int(partial)
    return learned
