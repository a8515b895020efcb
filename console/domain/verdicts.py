"""What an exchange proves: the rules that move an operation, as pure functions (failure model 2.4 and 2.5).

The phase decides whether anything was sent, never the class of an exception (measured: M1 to M3). In doubt: unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from console.domain.answer import Fields, id_of, text_of
from console.domain.exchange import Exchange, Reason
from console.domain.states import FINAL, State

REFUSALS = frozenset({400, 422})
NAMED_DUPLICATE = frozenset({400, 409, 422})
CONFIGURATION = frozenset({401, 403, 404, 405, 413, 415})
PROOF_LOST = frozenset({401, 403})

Errors = Mapping[str, tuple[str, ...]]
"""The gateway's words by field, from `errors` of a refusal; the key "" holds those that name no field."""

UNSENT = {
    Reason.DNS: "E-NET-DNS",
    Reason.REFUSED: "E-NET-REFUSED",
    Reason.UNREACHABLE: "E-NET-UNREACHABLE",
    Reason.CONNECT_TIMEOUT: "E-NET-TIMEOUT",
    Reason.PROXY: "E-NET-PROXY",
    Reason.TLS: "E-TLS",
    Reason.TLS_ISSUER: "E-TLS-ISSUER",
    Reason.TLS_HOST: "E-TLS-HOST",
    Reason.TLS_DATE: "E-TLS-DATE",
}
"""The code of what keeps a request from leaving; any other reason before the gate has no sentence of its own."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a create's exchange makes of its operation.

    `code` names the sentence, `cause` a further one about the gateway. `disputed` is the reason of the mark.
    `stops` stops a queue, `voids_proof` means that the gateway does not take this key.
    """

    state: State
    code: str = ""
    cause: str = ""
    gateway_id: str | None = None
    uuid: str | None = None
    gateway_state: str | None = None
    disputed: str | None = None
    errors: Errors = field(default_factory=dict)
    stops: bool = False
    voids_proof: bool = False


def judge_create(
    exchange: Exchange, fields: Fields | None, errors: Errors | None, *, tied: bool = False, order_id: str | None = None
) -> Verdict:
    """Return what the exchange of a create proves.

    `fields` is the strictly parsed JSON object of the answer or None, `errors` its refusals by field or None where it
    has not that shape; `tied` tells that the id in the answer already belongs to another order, `order_id` is ours: an
    answer that names another is never attributed. An answer proves that bytes left, whatever else is known.
    """
    if not exchange.gate_passed and exchange.status is None:
        return Verdict(State.NOT_SENT, UNSENT.get(exchange.reason, "E-NOTSENT"))
    if exchange.reason is not Reason.ANSWERED or exchange.status is None:
        return Verdict(State.UNKNOWN, "E-UNKNOWN", _cause(exchange))
    if 200 <= exchange.status < 300:
        return _accepted(fields, tied=tied, order_id=order_id)
    return _refused(exchange.status, errors)


def _accepted(fields: Fields | None, *, tied: bool, order_id: str | None) -> Verdict:
    if fields is None:
        return Verdict(State.UNKNOWN, "E-UNKNOWN", "E-GATEWAY-HTML")
    if order_id is not None and text_of(fields, "order_id") not in {None, order_id}:
        return Verdict(State.UNKNOWN, "E-DISPUTED", disputed="other-order", stops=True)
    gateway_id, status = id_of(fields), text_of(fields, "payment_status")
    if gateway_id is None or status is None:
        return Verdict(State.UNKNOWN, "E-UNKNOWN", "E-GATEWAY-HTML")
    if tied:
        return Verdict(State.UNKNOWN, "E-DISPUTED", disputed="id-of-another", stops=True)
    state, new = read_status(status)
    return Verdict(
        state or State.WAIT,
        "E-STATE-NEW" if new else "",
        gateway_id=gateway_id,
        uuid=text_of(fields, "uuid"),
        gateway_state=new,
    )


def _refused(status: int, errors: Errors | None) -> Verdict:
    if errors is not None and "order_id" in errors and status in NAMED_DUPLICATE:
        return Verdict(State.UNKNOWN, "E-DUP-ID", errors=errors)
    if errors and status in REFUSALS and any(errors):
        return Verdict(State.REJECTED, "E-REJECTED", errors=errors)
    if status in PROOF_LOST:
        return Verdict(State.UNKNOWN, "E-UNKNOWN", "E-CERT-REFUSED", stops=True, voids_proof=True)
    if status == 429:
        return Verdict(State.UNKNOWN, "E-UNKNOWN", "E-GATEWAY-429", stops=True)
    if status >= 500:
        return Verdict(State.UNKNOWN, "E-UNKNOWN", "E-GATEWAY-5XX")
    stops = status < 400 or status in CONFIGURATION or status in REFUSALS
    return Verdict(State.UNKNOWN, "E-UNKNOWN", "E-GATEWAY-ODD", stops=stops)


def _cause(exchange: Exchange) -> str:
    return {Reason.TOO_BIG: "E-GATEWAY-HUGE", Reason.GARBAGE: "E-GATEWAY-HTML", Reason.ENCODING: "E-GATEWAY-HTML"}.get(
        exchange.reason, ""
    )


def read_status(status: str) -> tuple[State | None, str | None]:
    """Return the state of a documented `payment_status`, or None and the text itself where it is not listed."""
    known = {"wait": State.WAIT, "paid": State.PAID, "cancel": State.CANCEL, "fail": State.FAIL}
    state = known.get(status)
    return state, None if state else status


def cut_short(attempt_state: State) -> State:
    """Return what a restart or an attempt's deadline makes of an attempt that was not finished (2.4, last rows)."""
    return {State.INTENDED: State.NOT_SENT, State.SENDING: State.UNKNOWN}.get(attempt_state, attempt_state)


def is_contradiction(before: State, now: State) -> bool:
    """Whether an answer takes back what was final, or comes for an order that a person had closed (2.1)."""
    if before in FINAL:
        return now is not before
    return before in {State.ABSENT, State.CLOSED}
