"""T-UI: whoever presses too often sends once. The judge is the gateway's ledger, in another process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from console.gateway.transport import Transport
from console.ui.pages.review import SendButton
from tests.faults import presses
from tests.faults.ground import Ground
from tests.faults.judge import Tally

TRIALS = 100


@pytest.mark.timeout(300)
def test_no_hand_sends_twice(played: Ground, qapp: object, seed: int, tell: Callable[[Tally], Tally]) -> None:
    del qapp
    tally = tell(presses.play(played, seed, TRIALS))
    assert tally.cases == TRIALS
    assert tally.is_clean, tally.explain()
    assert set(presses.KINDS) <= tally.counts.keys()


@pytest.mark.timeout(120)
def test_a_second_create_is_seen(played: Ground, qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    del qapp
    real = Transport.create

    def twice(self: Transport, endpoint: Any, signed: Any, gate: Any, *rest: Any) -> Any:
        answer = real(self, endpoint, signed, gate, *rest)
        real(self, endpoint, signed, lambda _: None)
        return answer

    monkeypatch.setattr(presses, "KINDS", (presses.ON_SEND,))
    monkeypatch.setattr(Transport, "create", twice)
    assert presses.play(played, 1, 2).duplicates == 2


@pytest.mark.timeout(120)
def test_an_enter_that_sends_is_seen(played: Ground, qapp: object, monkeypatch: pytest.MonkeyPatch) -> None:
    del qapp
    monkeypatch.setattr(presses, "KINDS", (presses.ENTER,))
    monkeypatch.setattr(SendButton, "keyPressEvent", lambda self, _: self.click())
    assert presses.play(played, 1, 2).wrong == 2
