"""A schema's upgrade under T-KILL, T-DISK and T-PWR, and a first start under T-DISK; upgrades in pieces are noticed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.faults import losses, points
from tests.faults.ground import Ground
from tests.faults.judge import Tally
from tests.faults.seeds import drawn

KILLS, ERRORS, IMAGES, CONTROL_IMAGES = 40, 24, 400, 100
FLAGGED = 3
Tell = Callable[[Tally], Tally]


@pytest.mark.timeout(120)
def test_a_killed_upgrade_is_done_by_the_next_start(played: Ground, seed: int, tell: Tell) -> None:
    everything = points.kills(played, "upgrade")
    tally = tell(points.play(played, "T-KILL of an upgrade", drawn(everything, KILLS, seed), seed))
    assert len(everything) >= KILLS
    assert tally.counts["hit"] >= KILLS * 3 // 4, tally.counts
    assert tally.is_clean, tally.explain()


@pytest.mark.timeout(120)
def test_an_upgrade_in_pieces_is_noticed_by_kills(played: Ground, seed: int, tell: Tell) -> None:
    between = [point for point in points.kills(played, "upgrade-in-pieces") if point.call == "fdatasync"]
    tally = tell(points.play(played, "T-KILL of an upgrade in pieces", between, seed, (0,)))
    assert tally.wrong, tally.explain()


@pytest.mark.timeout(120)
@pytest.mark.parametrize("act", ["upgrade", "founding"])
def test_a_failing_disk_at_a_start_loses_nothing(played: Ground, seed: int, tell: Tell, act: str) -> None:
    everything = points.errors(played, act)
    tally = tell(points.play(played, f"T-DISK of {act}", drawn(everything, ERRORS, seed), seed))
    assert len(everything) >= ERRORS
    assert tally.counts["hung"] == 0, tally.counts
    assert tally.is_clean, tally.explain()


@pytest.mark.timeout(120)
def test_an_upgrade_outlives_a_power_loss(played: Ground, seed: int, tell: Tell) -> None:
    tally = tell(losses.upgrade(played, seed * IMAGES, IMAGES))
    assert tally.is_clean, tally.explain()
    assert tally.cases == IMAGES


@pytest.mark.timeout(120)
def test_an_upgrade_in_pieces_is_noticed_by_power_losses(played: Ground, seed: int, tell: Tell) -> None:
    tally = tell(losses.upgrade(played, seed * IMAGES, CONTROL_IMAGES, "upgrade-in-pieces"))
    assert tally.cases == CONTROL_IMAGES, tally.explain()
    assert tally.lost >= FLAGGED, tally.explain()
