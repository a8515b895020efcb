"""What the answer to a question that moves nothing means: for the key that signed it, and in a sentence.

Pure: from an exchange to an answer. Must not know which question it was, nor what is stored of it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from console.domain.exchange import Exchange, Reason
from console.domain.trouble import Refused, Trouble, Unavailable
from console.domain.verdicts import PROOF_LOST, REFUSALS, UNSENT

if TYPE_CHECKING:
    from console.domain.answer import Fields

_UNHEARD = {Reason.TOO_BIG: "E-GATEWAY-HUGE", Reason.GARBAGE: "E-GATEWAY-HTML", Reason.ENCODING: "E-GATEWAY-HTML"}


class Answer(Enum):
    """What an answer says of the key. UNCLEAR says nothing: out of reach, a fault, a web page."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNCLEAR = "unclear"


def answer_of(exchange: Exchange) -> Answer:
    """Return what an answer says of the key that signed the question.

    Accepted is an answer 200 with a JSON object that has no `errors`. How a signature is refused is not documented: 401
    and 403 are taken for it, and so is any refusal in the documented form (API reference 5).
    """
    if exchange.reason is not Reason.ANSWERED:
        return Answer.UNCLEAR
    if exchange.status in PROOF_LOST | REFUSALS:
        return Answer.REFUSED
    fields = _fields(exchange)
    if exchange.status != 200 or fields is None:
        return Answer.UNCLEAR
    return Answer.REFUSED if fields.get("errors") else Answer.ACCEPTED


def trouble_of(exchange: Exchange, *, tail: str, digest: str, now: datetime) -> Trouble | None:
    """Return why a question has no answer that can be used, or None where it was answered with data."""
    if exchange.reason is not Reason.ANSWERED:
        return Unavailable(_unanswered(exchange), **_facts(exchange, now))
    found = answer_of(exchange)
    if found is Answer.ACCEPTED:
        return None
    if found is Answer.REFUSED:
        return Refused("E-CERT-REFUSED", tail=tail, digest=digest)
    return _odd(exchange, now)


def _unanswered(exchange: Exchange) -> str:
    if exchange.gate_passed:
        return _UNHEARD.get(exchange.reason, "E-NET-TIMEOUT")
    if exchange.reason is Reason.DEADLINE:
        return "E-NET-TIMEOUT"
    return UNSENT.get(exchange.reason, "E-GATEWAY-OFFLINE")


def _facts(exchange: Exchange, now: datetime) -> dict[str, object]:
    known: dict[str, object] = dict.fromkeys(("host", "seconds", "proxy", "issuer", "names", "from", "until"))
    return {**known, **exchange.facts, "now": now}


def _odd(exchange: Exchange, now: datetime) -> Trouble:
    from console.gateway.answers import retry_after

    status = exchange.status or 0
    if status == 429:
        seconds = retry_after(exchange, now)
        return Unavailable("E-GATEWAY-429", time=None if seconds is None else now + timedelta(seconds=seconds))
    if status >= 500:
        return Unavailable("E-GATEWAY-5XX", status=status)
    return Unavailable("E-GATEWAY-HTML") if status == 200 else Unavailable("E-GATEWAY-ODD", status=status)


def _fields(exchange: Exchange) -> Fields | None:
    from console.gateway.answers import fields_of

    return fields_of(exchange)
