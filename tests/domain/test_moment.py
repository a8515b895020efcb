"""Moments: spans on the clock nobody can set, days of Moscow, and the form in which times are stored."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.moment import MOSCOW, Moment, day_or_same, moscow_day, parse_utc

NOON = datetime(2026, 11, 24, 12, 0, 0, 450, tzinfo=timezone.utc)
PLAIN = NOON.replace(tzinfo=None)
TIMES = st.datetimes(PLAIN - timedelta(days=9000), PLAIN + timedelta(days=30000), timezones=st.just(timezone.utc))


def moment(seconds: float = 0.0, monotonic: float = 100.0, boot: str = "boot") -> Moment:
    return Moment(NOON + timedelta(seconds=seconds), monotonic, boot)


@pytest.mark.parametrize("wall", [NOON.replace(tzinfo=None), NOON.astimezone(MOSCOW)])
def test_wall_time_is_aware_and_in_utc(wall: datetime) -> None:
    with pytest.raises(ValueError, match="in UTC"):
        Moment(wall, 0.0, "boot")


def test_a_span_is_measured_on_the_clock_nobody_can_set() -> None:
    assert moment(seconds=-86400, monotonic=130.0).since(moment()) == 30.0
    assert moment(seconds=86400, monotonic=130.0).since(moment()) == 30.0


def test_after_a_restart_the_wall_clock_has_to_do() -> None:
    assert moment(seconds=42, monotonic=1.0, boot="next").since(moment()) == 42.0


def test_a_span_is_never_below_zero() -> None:
    assert moment(monotonic=99.0).since(moment()) == 0.0
    assert moment(seconds=-5, boot="next").since(moment()) == 0.0


def test_times_are_stored_with_microseconds() -> None:
    assert moment().iso() == "2026-11-24T12:00:00.000450Z"


@given(TIMES)
def test_a_stored_time_is_read_back(utc: datetime) -> None:
    assert parse_utc(Moment(utc, 0.0, "boot").iso()) == utc


@given(st.lists(TIMES, min_size=2))
def test_stored_times_sort_as_text(times: list[datetime]) -> None:
    stored = [Moment(utc, 0.0, "boot").iso() for utc in times]
    assert [parse_utc(text) for text in sorted(stored)] == sorted(times)


@pytest.mark.parametrize("text", ["2026-11-24", "2026-11-24T12:00:00Z", "2026-11-24T12:00:00.000450+03:00", ""])
def test_another_form_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match="does not match"):
        parse_utc(text)


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        ("2026-11-24T20:59:59.999999Z", "2026-11-24"),
        ("2026-11-24T21:00:00.000000Z", "2026-11-25"),
        ("2026-12-31T21:00:00.000000Z", "2027-01-01"),
        ("2026-07-01T20:59:59.000000Z", "2026-07-01"),
    ],
)
def test_days_begin_at_moscow_midnight_in_winter_and_summer(utc: str, day: str) -> None:
    assert moscow_day(parse_utc(utc)) == day


@pytest.mark.parametrize(
    ("value", "found"),
    [("2026-11-24", date(2026, 11, 24)), ("2026-13-24", "2026-13-24"), ("45", "45"), (45, 45), (None, None)],
)
def test_a_day_in_text_is_known_as_one(value: object, found: object) -> None:
    assert day_or_same(value) == found
