"""An account as pages show it, and what is known of its keys' proofs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console.domain.endpoint import Kind
from console.domain.environment import Environment
from console.domain.exchange import Exchange
from console.domain.secret import Secret
from console.services.account import shown
from console.services.connect_record import change_record
from console.services.proof import Prover
from console.vault.entry import AccountEntry
from tests.services.bench import UUID, Bench, answered

RECORD = {"id": "a", "name": "Вектор", "payout": {"fingerprint": "f" * 64}}
ACCEPTED, REFUSED = answered(200, {"balance": "1.00"}), answered(401, {})


def test_is_made_of_its_record_and_its_entry() -> None:
    live = shown(RECORD, AccountEntry(Secret(UUID), "https://gateway.test:8443", "live"))
    assert (live.id, live.title, live.tail, live.host) == ("a", "Вектор", "4f21", "gateway.test:8443")
    assert (live.kinds, live.environment, live.is_sandbox) == (frozenset({Kind.PAYOUT}), Environment.OTHER, False)
    toy = shown(RECORD, AccountEntry(Secret(UUID), "http://127.0.0.1:1", "sandbox"))
    assert (toy.is_sandbox, str(getattr(toy.title, "source", ""))) == (True, "Sandbox")


@pytest.mark.parametrize("answers", [[ACCEPTED], [REFUSED, REFUSED]], ids=["accepted", "refused"])
def test_when_a_key_was_checked_is_known_whatever_came_of_it(bench: Bench, answers: list[Exchange]) -> None:
    assert bench.accounts.checked("acc", Kind.PAYOUT) is None
    bench.transport.asks += answers
    Prover(bench.accounts, bench.journal, bench.clock).prove("acc", Kind.PAYOUT)
    assert bench.accounts.checked("acc", Kind.PAYOUT) == bench.clock.utc
    assert bench.accounts.checked("acc", Kind.PAYMENT) is None
    assert bench.accounts.has_proof("acc", Kind.PAYOUT) is (answers == [ACCEPTED])


def test_a_balance_that_proves_the_key_is_a_check_too(bench: Bench) -> None:
    bench.accounts.prove(bench.accounts.open("acc"), Kind.PAYOUT, None)
    bench.transport.asks += [ACCEPTED, ACCEPTED]
    bench.balances.refresh("acc")
    first = bench.clock.utc
    bench.clock.utc += timedelta(minutes=5)
    bench.balances.refresh("acc")
    assert bench.accounts.checked("acc", Kind.PAYOUT) == first


def test_a_time_that_is_none_is_no_check(bench: Bench) -> None:
    change_record(bench.settings, "acc", payout={"checked": "yesterday"})
    assert bench.accounts.checked("acc", Kind.PAYOUT) is None
