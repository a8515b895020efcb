"""What stands in clear beside the sealed parts of an exchange: never the gateway's host, also not in its certificate."""

from __future__ import annotations

import pytest

from console.domain.digest import Digest
from console.domain.endpoint import Endpoint
from console.domain.exchange import Exchange, Reason
from console.gateway.signing import Signed
from console.journal.entry import EventKind
from console.services.entries import heard, shown_issuer
from tests.services.bench import SteppedClock

HOST = "pay.bank.example"
SIGNED = Signed(b"[]", b"signature", Digest.SHA1, "f" * 64)


def clear(exchange: Exchange) -> dict[str, object]:
    entry = heard(EventKind.ASKED, SteppedClock()(), "acc", Endpoint.BALANCE, exchange, SIGNED)
    assert HOST not in str(entry.masked)
    return dict(entry.masked)


@pytest.mark.parametrize("host", [HOST, f"https://{HOST}", HOST.upper()])
def test_the_host_is_not_among_the_facts(host: str) -> None:
    exchange = Exchange(Reason.REFUSED, gate_passed=False, facts={"host": host, "seconds": "10"})
    assert clear(exchange)["facts"] == {"seconds": "10"}
    assert "facts" not in clear(Exchange(Reason.BAD_URL, gate_passed=False, facts={"host": host}))


def test_an_exchange_without_facts_has_none() -> None:
    assert set(clear(Exchange(Reason.DROPPED, gate_passed=True))) == {"ms", "reason", "answer_bytes", "request_bytes"}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (HOST, "…"),
        ("Pay.Bank.Example (Bank)", "… (Bank)"),
        ("*.bank.example (bank.net)", "… (bank.net)"),
        ("R11 (Let's Encrypt)", "R11 (Let's Encrypt)"),
    ],
)
def test_a_certificate_that_names_the_host_does_not_give_it_away(name: str, shown: str) -> None:
    facts = {"host": HOST, "issuer": name, "names": name, "until": "2030-01-01"}
    exchange = Exchange(Reason.TLS_DATE, gate_passed=False, peer="a" * 64, issuer=name, facts=facts)
    found = clear(exchange)
    assert found["facts"] == {"issuer": shown, "until": "2030-01-01"}
    assert (found["issuer"], found["peer"]) == (shown, "a" * 64)
    assert shown_issuer(exchange) == shown


def test_a_host_of_one_label_and_an_address_are_hidden_too() -> None:
    for host in ("gateway", "10.0.0.7", "[2001:db8::7]"):
        facts = {"host": host, "issuer": f"{host.strip('[]')} (Bank)"}
        entry = clear(Exchange(Reason.TLS_ISSUER, gate_passed=False, facts=facts))
        assert entry["facts"] == {"issuer": "… (Bank)"}


def test_no_issuer_is_no_issuer() -> None:
    assert shown_issuer(Exchange(Reason.ANSWERED, True, status=200, facts={"host": HOST})) is None
    assert clear(Exchange(Reason.ANSWERED, True, status=200, peer="b" * 64, facts={"host": HOST}))["issuer"] == ""
