"""T-TAMPER: whatever was changed behind the journal's back is found, and with an anchor what was cut off, too."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from console.journal.check import check
from tests.faults import tampering
from tests.faults.judge import Tally

Tell = Callable[[Tally], Tally]
CHANGES, TAILS = 1_000, 100


@pytest.mark.timeout(120)
def test_every_change_is_found(seed: int, tell: Tell) -> None:
    tally = tell(tampering.play(seed * CHANGES, CHANGES))
    assert tally.cases == CHANGES
    assert tally.is_clean, tally.explain()
    assert len(tally.counts) == len({*tampering.ALONE, *tampering.BY_KEY})


def test_every_cut_tail_is_found_with_an_anchor(seed: int, tell: Tell) -> None:
    tally = tell(tampering.play_tails(seed * TAILS, TAILS))
    assert tally.cases == TAILS
    assert tally.is_clean, tally.explain()
    assert tally.counts.keys() == {"cut", "older", "wal"}


def test_what_a_check_cannot_know_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the key a chain that was made again passes, and without an anchor an older copy does."""
    monkeypatch.setattr(tampering, "check", lambda path, **_: check(path))
    assert 0 < tampering.play(0, 60).wrong < 60
    assert tampering.play_tails(0, 30).wrong > 0
    monkeypatch.setattr(tampering, "check", lambda *_, **__: SimpleNamespace(findings=()))
    assert tampering.play(0, 5).wrong == 5
