"""What an answer to a question means for the key, and in which words."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

import pytest

from console.domain.exchange import Exchange, Reason
from console.domain.sentences import told
from console.services.check_answer import Answer, answer_of, trouble_of
from tests.services.bench import answered, lost, unreachable

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=timezone.utc)
ERRORS = {"message": "The given data was invalid.", "errors": {"account": ["unknown"]}}


def code(exchange: Exchange) -> str:
    trouble = trouble_of(exchange, tail="4f21", digest="sha1", now=NOW)
    if trouble is None:
        return ""
    sentence = told(trouble)
    assert not sentence.needs, sentence.needs
    return trouble.code


@pytest.mark.parametrize(
    ("exchange", "answer", "expected"),
    [
        (answered(200, {"balance": "1.00"}), Answer.ACCEPTED, ""),
        (answered(200, {"errors": []}), Answer.ACCEPTED, ""),
        (answered(200, ERRORS), Answer.REFUSED, "E-CERT-REFUSED"),
        (answered(400, ERRORS), Answer.REFUSED, "E-CERT-REFUSED"),
        (answered(422, b""), Answer.REFUSED, "E-CERT-REFUSED"),
        (answered(401, {}), Answer.REFUSED, "E-CERT-REFUSED"),
        (answered(403, b"<html>"), Answer.REFUSED, "E-CERT-REFUSED"),
        (answered(200, b"<html>"), Answer.UNCLEAR, "E-GATEWAY-HTML"),
        (answered(200, []), Answer.UNCLEAR, "E-GATEWAY-HTML"),
        (answered(204, b""), Answer.UNCLEAR, "E-GATEWAY-ODD"),
        (answered(302, b""), Answer.UNCLEAR, "E-GATEWAY-ODD"),
        (answered(404, b""), Answer.UNCLEAR, "E-GATEWAY-ODD"),
        (answered(429, {}), Answer.UNCLEAR, "E-GATEWAY-429"),
        (answered(429, {}, retry_after="60"), Answer.UNCLEAR, "E-GATEWAY-429"),
        (answered(500, b""), Answer.UNCLEAR, "E-GATEWAY-5XX"),
        (unreachable(Reason.DNS), Answer.UNCLEAR, "E-NET-DNS"),
        (unreachable(Reason.REFUSED), Answer.UNCLEAR, "E-NET-REFUSED"),
        (unreachable(Reason.UNREACHABLE), Answer.UNCLEAR, "E-NET-UNREACHABLE"),
        (unreachable(Reason.CONNECT_TIMEOUT), Answer.UNCLEAR, "E-NET-TIMEOUT"),
        (unreachable(Reason.DEADLINE), Answer.UNCLEAR, "E-NET-TIMEOUT"),
        (unreachable(Reason.PROXY), Answer.UNCLEAR, "E-NET-PROXY"),
        (unreachable(Reason.TLS), Answer.UNCLEAR, "E-TLS"),
        (unreachable(Reason.TLS_ISSUER), Answer.UNCLEAR, "E-TLS-ISSUER"),
        (unreachable(Reason.TLS_HOST), Answer.UNCLEAR, "E-TLS-HOST"),
        (unreachable(Reason.TLS_DATE), Answer.UNCLEAR, "E-TLS-DATE"),
        (unreachable(Reason.OTHER), Answer.UNCLEAR, "E-GATEWAY-OFFLINE"),
        (lost(Reason.DROPPED), Answer.UNCLEAR, "E-NET-TIMEOUT"),
        (lost(Reason.SILENT), Answer.UNCLEAR, "E-NET-TIMEOUT"),
        (lost(Reason.TOO_BIG), Answer.UNCLEAR, "E-GATEWAY-HUGE"),
        (lost(Reason.GARBAGE), Answer.UNCLEAR, "E-GATEWAY-HTML"),
        (lost(Reason.ENCODING), Answer.UNCLEAR, "E-GATEWAY-HTML"),
    ],
)
def test_an_answer_accepts_refuses_or_says_nothing(exchange: Exchange, answer: Answer, expected: str) -> None:
    assert (answer_of(exchange), code(exchange)) == (answer, expected)


def test_what_the_certificate_said_is_told() -> None:
    facts = {"host": "gateway.test", "issuer": "Antivirus Root", "from": "2020-01-01", "until": "2021-01-01"}
    for reason in (Reason.TLS_ISSUER, Reason.TLS_DATE):
        trouble = trouble_of(replace(unreachable(reason), facts=facts), tail="", digest="", now=NOW)
        assert trouble is not None
        assert trouble.values | facts == trouble.values
    assert trouble is not None
    assert trouble.values["now"] == NOW
