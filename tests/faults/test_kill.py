"""T-KILL: SIGKILL at the writing, flushing, sending, receiving, renaming and unlinking calls of what the console does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults import aftermath, points
from tests.faults.ground import Ground
from tests.faults.judge import Found, Tally
from tests.faults.seeds import drawn
from tests.faults.stage import Stage

SLICE = 200
ACTS = ("payout", "status", "backup", "founding", "resend")


@pytest.mark.timeout(180)
def test_a_kill_at_any_call_pays_once_and_loses_nothing(
    played: Ground, seed: int, tell: Callable[[Tally], Tally]
) -> None:
    everything = [point for act in ACTS for point in points.kills(played, act)]
    tally = tell(points.play(played, "T-KILL", drawn(everything, SLICE, seed), seed))
    assert len(everything) >= SLICE
    assert tally.counts["hit"] >= SLICE * 3 // 4, "the kills did not meet their calls"
    assert tally.is_clean, tally.explain()


def test_the_call_that_writes_the_mark_is_among_the_points(played: Ground) -> None:
    made = points.calls(played, "payout", ("fdatasync", "sendto"))
    assert made[1, "fdatasync"] >= 1, "the mark is not flushed in the thread that sends"
    assert made[1, "sendto"] >= 1


def test_a_number_that_lies_in_a_home_is_seen(tmp_path: Path) -> None:
    stage, found = Stage(tmp_path, 7), Found()
    (stage.home.path / "logs").mkdir(parents=True)
    (stage.home.path / "vault.json").write_text(stage.recipient)
    aftermath.hold_tongue(stage, found)
    assert found.wrong == 0
    (stage.home.path / "logs" / "console.log").write_text(f"sent to {stage.recipient}")
    stage.backups.mkdir()
    (stage.backups / "copy.db").write_bytes(b"x" + stage.recipient.encode("utf-16-le"))
    aftermath.hold_tongue(stage, found)
    assert found.wrong == len(found.notes)
    assert {"the recipient as raw in logs/console.log", "the recipient as utf-16-le in copy.db"} <= set(found.notes)
