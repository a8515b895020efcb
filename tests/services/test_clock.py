"""The system's clock names its boot."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path

import pytest

from console.services.clock import SKEWED, skew, system_clock
from tests.services.bench import answered

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=timezone.utc)


def test_moments_of_one_machine_are_of_one_boot(tmp_path: Path) -> None:
    (tmp_path / "boot_id").write_text("abc\n")
    clock = system_clock(tmp_path / "boot_id")
    first, second = clock(), clock()
    assert first.boot == second.boot == "abc"
    assert second.since(first) >= 0
    assert system_clock()().boot == system_clock()().boot


def test_without_a_boot_id_the_process_stands_for_it(tmp_path: Path) -> None:
    clock = system_clock(tmp_path / "none")
    assert clock().boot == clock().boot != system_clock(tmp_path / "none")().boot


@pytest.mark.parametrize("seconds", [SKEWED, -SKEWED, 420.0, -3600.0, 10 * 365 * 86400.0])
def test_a_clock_that_is_off_is_told_by_the_date_of_an_answer(seconds: float) -> None:
    told = format_datetime(NOW - timedelta(seconds=seconds), usegmt=True)
    assert skew(answered(200, {}, date=told), NOW) == seconds


@pytest.mark.parametrize("seconds", [0.0, 1.0, -60.0, SKEWED - 1])
def test_seconds_on_the_way_say_nothing(seconds: float) -> None:
    told = format_datetime(NOW - timedelta(seconds=seconds), usegmt=True)
    assert skew(answered(200, {}, date=told), NOW) == 0.0


@pytest.mark.parametrize("told", ["", "yesterday", "Tue, 24 Nov 2026 09:00:00 -0000", "Tue, 99 Nov 2026 09:00:00 GMT"])
def test_a_date_that_cannot_be_read_says_nothing(told: str) -> None:
    assert skew(answered(200, {}, date=told), NOW) is None
    assert skew(answered(200, {}), NOW) is None
