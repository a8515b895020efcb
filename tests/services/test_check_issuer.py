"""The issuer of the gateway's certificate: remembered, and told once when it changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.domain.endpoint import Kind
from console.domain.exchange import Exchange
from console.domain.sentences import told
from console.services.balances import Balances
from console.services.check_issuer import Issuers
from console.services.proof import Prover
from tests.services.bench import Bench, answered, unreachable

ANSWER = answered(200, {"balance": "1.00"})


def shown(issuer: str | None) -> Exchange:
    return replace(ANSWER, issuer=issuer, peer=None if issuer is None else "f" * 64)


@pytest.fixture
def issuers(bench: Bench) -> Issuers:
    return Issuers(bench.settings, bench.journal, bench.clock)


def changes(bench: Bench) -> list[dict[str, object]]:
    return [event.facts for event in bench.reader.event_page() if event.kind == "changed"]


def test_the_first_issuer_is_no_news(bench: Bench, issuers: Issuers) -> None:
    issuers.saw(bench.account, unreachable())
    assert issuers.known("acc") == ""
    issuers.saw(bench.account, shown("R11 (Let's Encrypt)"))
    issuers.saw(bench.account, shown("R11 (Let's Encrypt)"))
    issuers.saw(bench.account, shown(None))
    assert issuers.known("acc") == "R11 (Let's Encrypt)"
    assert (issuers.news(), changes(bench)) == ((), [])


def test_another_issuer_is_journalled_and_told_once(bench: Bench, issuers: Issuers) -> None:
    for issuer in ("R11", "Antivirus Root", "Antivirus Root"):
        issuers.saw(bench.account, shown(issuer))
    (change,) = changes(bench)
    assert change == {"what": "issuer", "tail": "4f21", "was": "R11", "issuer": "Antivirus Root", "peer": "f" * 64}
    (news,) = issuers.news()
    assert issuers.news() == ()
    assert news.code == "E-TLS-CHANGED"
    assert not told(news).needs


def test_balances_and_proofs_see_it(bench: Bench, issuers: Issuers) -> None:
    bench.transport.asks += [shown("one"), shown("two")]
    Balances(bench.accounts, bench.journal, bench.clock, issuers).refresh("acc")
    Prover(bench.accounts, bench.journal, bench.clock, issuers).prove("acc", Kind.PAYOUT)
    assert issuers.known("acc") == "two"
    assert len(issuers.news()) == 1
