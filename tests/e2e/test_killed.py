"""SIGKILL at each step of a payout: what the next start finds, and what the gateway's ledger says."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from console.domain.states import State
from tests.e2e.processes import gateway, script
from tests.flows.bench import Works

ORDER = "order-1"
PAY = """
import os, signal, sys
from pathlib import Path
from console.services import submit
from tests.flows.bench import Works

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

def die_after(name, owner=submit.Submit):
    kept = getattr(owner, name)
    def call(*arguments):
        kept(*arguments)
        die()
    setattr(owner, name, call)

home, where = Path(sys.argv[1]), sys.argv[2]
works = Works.start(home)
if where == "before-the-intent":
    submit.Submit._intend = die
elif where == "after-the-intent":
    submit.Submit._attempt = die
elif where == "before-the-mark":
    submit.Submit._mark = die
elif where == "after-the-mark":
    die_after("_mark")
elif where == "after-the-answer":
    submit.Submit._hear = die
elif where == "after-the-outcome":
    die_after("store", submit.Storing)
works.send("order-1", "1500.00")
"""


@pytest.mark.parametrize(
    ("where", "found", "orders"),
    [
        ("before-the-intent", None, 0),
        ("after-the-intent", State.NOT_SENT, 0),
        ("before-the-mark", State.NOT_SENT, 0),
        ("after-the-mark", State.UNKNOWN, 0),
        ("after-the-answer", State.UNKNOWN, 1),
        ("after-the-outcome", State.WAIT, 1),
    ],
)
def test_what_a_start_finds(home: Path, where: str, found: State | None, orders: int) -> None:
    with gateway(home):
        assert script(PAY, str(home), where).returncode == -signal.SIGKILL
        works = Works.start(home)
        try:
            row = works.services.operations.get(ORDER)
            assert (row and row.state) == found
            assert len(works.accepted()) == orders
            _way_out(works, found, orders)
            assert len(works.accepted()) <= 1
        finally:
            works.close()


def _way_out(works: Works, found: State | None, orders: int) -> None:
    """Not sent: the same bytes can go. Unknown: asked, and settled where the gateway has it; never sent again."""
    if found is State.NOT_SENT:
        review = works.services.submit.resend_review(ORDER)
        sent = works.services.submit.send(review)
        assert (sent.row.state, sent.row.attempt) == (State.WAIT, 2)
        assert [entry["body"] for entry in works.accepted()] == [review.body]
    if found is State.UNKNOWN:
        row = works.services.follow.ask(ORDER)
        assert row.state is (State.UNKNOWN if orders == 0 else row.state)
        assert orders == 0 or row.state in {State.WAIT, State.PAID}
        with pytest.raises(Exception, match="E-NOT-RESENDABLE"):
            works.services.submit.resend_review(ORDER)
