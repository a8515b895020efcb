"""T-LOCK: while another program holds the journal nothing is sent, and no outcome is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from console.services.submit import Submit
from tests.faults import holders
from tests.faults.ground import Ground
from tests.faults.judge import Tally

CASES = 16
"""Each step and span once."""


@pytest.mark.timeout(240)
def test_nothing_is_sent_and_nothing_is_lost(played: Ground, seed: int, tell: Callable[[Tally], Tally]) -> None:
    tally = tell(holders.play(played, seed, CASES))
    assert tally.cases == CASES
    assert tally.is_clean, tally.explain()
    assert set(tally.counts.values()) == {1}


@pytest.mark.timeout(120)
def test_a_mark_that_is_not_insisted_on_is_seen(played: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    """A console that sends although the mark could not be committed calls *not sent* what was accepted."""
    real = Submit._mark

    def careless(self: Submit, *values: object) -> None:
        try:
            real(self, *values)  # type: ignore[arg-type]  # as it is called
        except Exception:
            return

    monkeypatch.setattr(Submit, "_mark", careless)
    order = {**played.case(look=None), "step": "gate", "span": holders.FOR_EVER}
    found = holders.run(order, played.ledger)
    assert found.wrong or found.lost
