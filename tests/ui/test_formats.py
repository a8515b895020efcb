from datetime import datetime, timedelta, timezone

import pytest

from console.domain.money import Money, Sum
from console.ui import formats, i18n

NOON = datetime(2026, 11, 24, 11, 3, 12, 18_000, tzinfo=timezone.utc)


@pytest.fixture
def russian() -> None:
    i18n.current().choose("ru")


def test_money_in_english() -> None:
    assert formats.money(Money(1234567)) == "RUB\u00a012,345.67"
    assert formats.money(Money(1), sign=formats.MINUS) == "\u2212RUB\u00a00.01"
    assert formats.money(Money(1), hidden=True) == "RUB\u00a0•••"


@pytest.mark.usefixtures("russian")
def test_money_in_russian() -> None:
    assert formats.money(Money(1234567)) == "12\u00a0345,67\u00a0₽"
    assert formats.money(Sum("10.123456789")) == "10,123456789\u00a0₽"
    assert formats.money(Money(1), hidden=True) == "•••\u00a0₽"


def test_times_are_moscow_times() -> None:
    assert formats.time(NOON) == "14:03:12"
    assert formats.time(NOON, milliseconds=True) == "14:03:12.018"
    assert formats.clock(NOON) == "14:03"
    assert formats.date_time(NOON) == "2026-11-24 14:03"
    assert formats.date_time_zone(NOON, seconds=True) == "2026-11-24 14:03:12 MSK"
    assert formats.date(NOON + timedelta(hours=10)) == "2026-11-25"
    assert formats.long_date(NOON) == "Tuesday, 24 November 2026, Moscow time"


@pytest.mark.usefixtures("russian")
def test_times_in_russian() -> None:
    assert formats.date_time_zone(NOON) == "24.11.2026 14:03 МСК"
    assert formats.long_date(NOON) == "Вторник, 24 ноября 2026, время московское"
    assert formats.short_weekday(NOON) == "вт"
    assert formats.number(1284560) == "1\u00a0284\u00a0560"
    assert formats.milliseconds(1181) == "1\u00a0181 мс"


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=-5), "только что"),
        (timedelta(seconds=59), "только что"),
        (timedelta(minutes=2), "2\u00a0мин назад"),
        (timedelta(hours=3), "3\u00a0ч назад"),
        (timedelta(days=2), "2 дня назад"),
        (timedelta(days=6), "6 дней назад"),
    ],
)
@pytest.mark.usefixtures("russian")
def test_ages(passed: timedelta, words: str) -> None:
    assert formats.age(NOON, NOON + passed) == words


@pytest.mark.parametrize(("seconds", "words"), [(-1, "0 s"), (42, "42 s"), (125, "2 min 05 s"), (12_000, "3 h 20 min")])
def test_durations(seconds: float, words: str) -> None:
    assert formats.duration(seconds) == words


def test_thousands_of_roubles_keep_a_tenth_where_they_are_few() -> None:
    sums = (0, 1, 40_000, 150_000, 300_000, 994_999, 995_000, 482_150_000)
    assert [formats.thousands(kopecks) for kopecks in sums] == ["0", "0.1", "0.4", "1.5", "3", "9.9", "10", "4,822"]
    i18n.current().choose("ru")
    assert formats.thousands(150_000) == "1,5"
