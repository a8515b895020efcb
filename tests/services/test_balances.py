"""The balance: asked, journalled, and what a refusal does to the key's proof."""

from __future__ import annotations

import pytest

from console.domain.digest import Digest
from console.domain.endpoint import Endpoint, Kind
from console.domain.exchange import Exchange, Reason
from console.domain.trouble import Refused, Unavailable
from tests.services.bench import Bench, answered, unreachable

BALANCE = {"currency": "RUB", "balance": "93.84000000", "pending_payouts": 12.5}


def test_a_balance_is_kept_with_its_age_and_proves_the_key(bench: Bench) -> None:
    bench.accounts.prove(bench.accounts.open("acc"), Kind.PAYOUT, None)
    bench.transport.asks.append(answered(200, BALANCE))
    held = bench.balances.refresh("acc")
    assert (held.balance.text, held.pending and held.pending.text, held.at) == ("93.84000000", "12.5", bench.clock())
    assert bench.balances.latest("acc") == held
    assert bench.accounts.is_proved(bench.accounts.open("acc"), Kind.PAYOUT)
    ((endpoint, signed),) = bench.transport.asked
    assert (endpoint, signed.body) == (Endpoint.BALANCE, b"[]")
    last = bench.reader.event_page(None, 1)[0]
    assert (last.kind, last.endpoint) == ("asked", "/v1/account/balance")


def test_a_proof_that_stands_is_left_alone(bench: Bench) -> None:
    before = bench.home.settings.read_bytes()
    bench.transport.asks.append(answered(200, BALANCE))
    bench.balances.refresh("acc")
    assert bench.home.settings.read_bytes() == before


def test_a_refused_signature_voids_the_proof(bench: Bench) -> None:
    bench.transport.asks.append(answered(401, {"message": "no"}))
    with pytest.raises(Refused) as caught:
        bench.balances.refresh("acc")
    assert caught.value.values == {"tail": "4f21", "digest": "sha1"}
    assert not bench.accounts.is_proved(bench.accounts.open("acc"), Kind.PAYOUT)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (unreachable(Reason.DNS), "E-NET-DNS"),
        (answered(500, b""), "E-GATEWAY-5XX"),
        (answered(200, b"<html>"), "E-GATEWAY-HTML"),
        (answered(200, {"currency": "RUB"}), "E-GATEWAY-HTML"),
    ],
)
def test_no_balance_is_no_balance(bench: Bench, answer: object, code: str) -> None:
    bench.transport.asks.append(answer)  # type: ignore[arg-type]  # an Exchange, as parametrised
    with pytest.raises(Unavailable) as caught:
        bench.balances.refresh("acc")
    assert caught.value.code == code
    assert bench.balances.latest("acc") is None


class TestTheProbe:
    def test_tries_sha1_first(self, bench: Bench) -> None:
        bench.transport.asks.append(answered(200, BALANCE))
        proof = bench.prover.prove("acc", Kind.PAYOUT)
        assert (proof.accepted, proof.is_refused) == (Digest.SHA1, False)
        assert [signed.digest for _, signed in bench.transport.asked] == [Digest.SHA1]

    def test_then_sha256_and_keeps_what_worked(self, bench: Bench) -> None:
        bench.transport.asks += [answered(401, {}), answered(200, {"data": []})]
        proof = bench.prover.prove("acc", Kind.PAYMENT)
        assert proof.accepted is Digest.SHA256
        assert bench.accounts.digest("acc", Kind.PAYMENT) is Digest.SHA256
        assert [endpoint for endpoint, _ in bench.transport.asked] == [Endpoint.PAYMENT_HISTORY] * 2
        assert b'"paginate":1' in bench.transport.asked[0][1].body
        kinds = [event.kind for event in bench.reader.event_page(None, 3)]
        assert kinds.count("probed") == 2

    def test_that_both_are_refused_voids_the_proof(self, bench: Bench) -> None:
        bench.transport.asks += [answered(401, {}), answered(401, {})]
        assert bench.prover.prove("acc", Kind.PAYOUT).is_refused
        assert not bench.accounts.is_proved(bench.accounts.open("acc"), Kind.PAYOUT)

    @pytest.mark.parametrize(
        "answer", [unreachable(), answered(502, b"<html>"), answered(429, {}), answered(200, b"<html>")]
    )
    def test_that_nobody_answers_proves_nothing_either_way(self, bench: Bench, answer: Exchange) -> None:
        bench.transport.asks.append(answer)
        proof = bench.prover.prove("acc", Kind.PAYOUT)
        assert (proof.accepted, proof.is_refused) == (None, False)
        assert bench.accounts.is_proved(bench.accounts.open("acc"), Kind.PAYOUT)


def test_a_balance_says_how_far_the_clock_is_off_and_nothing_depends_on_it(bench: Bench) -> None:
    bench.transport.asks += [answered(200, BALANCE, date="Tue, 24 Nov 2026 08:50:00 GMT"), answered(200, BALANCE)]
    held = bench.balances.refresh("acc")
    assert held.skew == 600.0
    assert bench.accounts.is_proved(bench.accounts.open("acc"), Kind.PAYOUT)
    assert bench.balances.refresh("acc").skew is None
