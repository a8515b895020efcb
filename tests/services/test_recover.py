"""What a start makes of attempts that were cut short, and the anchor that notices lost records."""

from __future__ import annotations

import pytest

from console.domain.endpoint import Kind
from console.domain.secret import Secret
from console.domain.states import State
from console.services.anchor import Anchor, head_in
from console.services.recover import recover
from tests.services.bench import Bench, answered

ORDER = "PO-20261124-0015"


class Killed(BaseException):
    """Stands for the end of the process."""


def kill(bench: Bench, *, after_the_mark: bool) -> None:
    def die() -> None:
        raise Killed

    if after_the_mark:
        bench.transport.after_gate = die
    else:
        bench.transport.before_gate = die
    with pytest.raises(Killed):
        bench.send(answered(200, {"id": 5, "payment_status": "wait"}))


def test_killed_before_the_mark_is_not_sent_and_keeps_id_and_bytes(bench: Bench) -> None:
    kill(bench, after_the_mark=False)
    assert recover(bench.journal, bench.reader, bench.clock()).not_sent == 1
    row = bench.reader.get(ORDER)
    assert row is not None
    assert (row.state, row.error_text) == (State.NOT_SENT, "cut-short")
    assert bench.submit.resend_review(ORDER).order_id == ORDER


def test_killed_after_the_mark_is_unknown_and_asked_about(bench: Bench) -> None:
    kill(bench, after_the_mark=True)
    assert recover(bench.journal, bench.reader, bench.clock()).unknown == {Kind.PAYOUT: (ORDER,), Kind.PAYMENT: ()}
    row = bench.reader.get(ORDER)
    assert row is not None
    assert row.state is State.UNKNOWN
    bench.follow.start()
    assert bench.follow.next_check(ORDER) is not None


def test_nothing_hanging_is_nothing_to_recover(bench: Bench) -> None:
    head = bench.journal.head()
    recovered = recover(bench.journal, bench.reader, bench.clock())
    assert (recovered.not_sent, set(recovered.unknown.values())) == (0, {()})
    assert bench.journal.head() == head


def test_the_head_goes_into_the_vault_where_it_moved(bench: Bench) -> None:
    anchor = Anchor(bench.vault, bench.journal)
    assert anchor.kept() is None
    assert anchor.drop()
    assert anchor.kept() == bench.journal.head()
    assert not anchor.drop()
    bench.vault.write("journal/head", Secret("[]"))
    assert head_in(bench.vault) is None
