"""The slices of a soak: each suite's slice plays what its number says, and the report knows what it is."""

from __future__ import annotations

import pytest

import reliability
from tests.faults import slices
from tests.faults.ground import Ground

NUMBER = 3
SHORT = {
    "COPYING": 7, "TWINS": 3, "SMALL": 4, "PART": 6, "UPGRADE_IMAGES": 40, "FOLDER_IMAGES": 40, "CONTROL_IMAGES": 100,
    "CLOCKS": 10, "HELD": 2,
}  # fmt: skip
NAMES = (
    "copies", "copies-power", "twins", "small-disk", "upgrade", "starts-disk", "upgrade-power", "clock-set", "clock-sleep",
    "hold",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, number in SHORT.items():
        monkeypatch.setattr(slices, name, number)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", NAMES)
def test_a_slice_plays_its_number_and_the_report_says_what_it_is(played: Ground, name: str) -> None:
    tally = slices.SLICES[name][0](played, NUMBER)
    assert tally.is_clean, tally.explain()
    assert tally.suite in reliability.WHAT
    assert tally.first in {NUMBER, NUMBER * tally.cases}, "it is not drawn by its number"
    if name == "copies":
        assert tally.counts["copies put back"], "no copy was put back"


@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", ["control-copies", "control-upgrade"])
def test_a_control_is_caught(played: Ground, name: str) -> None:
    assert name in slices.GUILTY
    assert slices.SLICES[name][0](played, NUMBER).lost
