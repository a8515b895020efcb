"""How facts are printed on screen in the language in use: money, Moscow times, ages, durations, counts.

Inside the program times are aware and in UTC; here they become Moscow time. Nothing is parsed here.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QDate

from console.domain.moment import MOSCOW
from console.domain.money import Money, Sum, format_money, format_sum
from console.domain.text import mark
from console.ui import i18n

MINUS = "\u2212"
HIDDEN = "•••"

_NOW = mark("window", "just now")
_MINUTES = mark("window", "{n} min ago", "{n} min ago")
_HOURS = mark("window", "{n} h ago", "{n} h ago")
_DAYS = mark("window", "{n} day ago", "{n} days ago")
_MS = mark("window", "{n} ms")
_SECONDS = mark("window", "{n} s")
_MINUTES_LONG = mark("window", "{minutes} min {seconds} s")
_HOURS_LONG = mark("window", "{hours} h {minutes} min")
_MOSCOW = mark("window", "{time} MSK")
_TODAY_DATE = mark("window", "{weekday}, {date}, Moscow time")


class _Screen:
    """What others may see of the screen."""

    hides_amounts = False


def hide_amounts(*, hidden: bool) -> None:
    """Let dots stand for amounts from now on, or show them again; everything on screen is said anew."""
    if _Screen.hides_amounts != hidden:
        _Screen.hides_amounts = hidden
        i18n.current().changed.emit()


def amounts_are_hidden() -> bool:
    """Tell whether dots stand for amounts."""
    return _Screen.hides_amounts


def money(value: Money | Sum, *, sign: str = "", hidden: bool | None = None) -> str:
    """Return `12 345,67 ₽` or `RUB 12,345.67`; with `hidden` the digits are dots, by default as `hide_amounts` says."""
    language = i18n.current().code
    if amounts_are_hidden() if hidden is None else hidden:
        return f"{HIDDEN}\u00a0₽" if language == "ru" else f"RUB\u00a0{HIDDEN}"
    if isinstance(value, Sum):
        return format_sum(value, "RUB", language)
    return format_money(value, language, sign=sign)


def date(utc: datetime) -> str:
    """Return the Moscow date: `24.11.2026`, in English `2026-11-24`."""
    return _moscow(utc, "%d.%m.%Y", "%Y-%m-%d")


def date_time(utc: datetime, *, seconds: bool = False) -> str:
    """Return the Moscow date and time without the zone, as in a column that names it."""
    tail = " %H:%M:%S" if seconds else " %H:%M"
    return _moscow(utc, "%d.%m.%Y" + tail, "%Y-%m-%d" + tail)


def date_time_zone(utc: datetime, *, seconds: bool = False) -> str:
    """Return the Moscow date and time with its zone: `24.11.2026 14:03 МСК`."""
    return i18n.tr(_MOSCOW.with_(time=date_time(utc, seconds=seconds)))


def time(utc: datetime, *, milliseconds: bool = False) -> str:
    """Return the Moscow time `14:03:12`, with milliseconds for a timeline: `13:58:40.018`."""
    moscow = utc.astimezone(MOSCOW)
    return moscow.strftime("%H:%M:%S.") + f"{moscow.microsecond // 1000:03d}" if milliseconds else f"{moscow:%H:%M:%S}"


def clock(utc: datetime) -> str:
    """Return the Moscow hour and minute: `14:02`."""
    return f"{utc.astimezone(MOSCOW):%H:%M}"


def long_date(utc: datetime) -> str:
    """Return the day in words with its weekday: `Вторник, 24 ноября 2026, время московское`."""
    moscow = utc.astimezone(MOSCOW)
    day = QDate(moscow.year, moscow.month, moscow.day)
    locale = i18n.current().locale()
    weekday = locale.toString(day, "dddd")
    text = _TODAY_DATE.with_(weekday=weekday[:1].upper() + weekday[1:], date=locale.toString(day, "d MMMM yyyy"))
    return i18n.tr(text)


def short_weekday(utc: datetime) -> str:
    """Return the Moscow weekday in two or three letters: `вт`."""
    moscow = utc.astimezone(MOSCOW)
    return i18n.current().locale().toString(QDate(moscow.year, moscow.month, moscow.day), "ddd")


def age(utc: datetime, now: datetime) -> str:
    """Return how long ago something was: `только что`, `2 мин назад`, `3 ч назад`, `6 дней назад`."""
    passed = max(timedelta(0), now - utc)
    minutes = int(passed.total_seconds() // 60)
    if minutes < 1:
        return i18n.tr(_NOW)
    if minutes < 60:
        return i18n.tr(_MINUTES.of(minutes))
    if minutes < 48 * 60:
        return i18n.tr(_HOURS.of(minutes // 60))
    return i18n.tr(_DAYS.of(minutes // (24 * 60)))


def duration(seconds: float) -> str:
    """Return a time to wait: `42 с`, `2 мин 05 с`, `3 ч 20 мин`."""
    whole = max(0, round(seconds))
    if whole < 60:
        return i18n.tr(_SECONDS.with_(n=whole))
    if whole < 3600:
        return i18n.tr(_MINUTES_LONG.with_(minutes=whole // 60, seconds=f"{whole % 60:02d}"))
    return i18n.tr(_HOURS_LONG.with_(hours=whole // 3600, minutes=whole % 3600 // 60))


def milliseconds(value: int) -> str:
    """Return `181 мс`."""
    return i18n.tr(_MS.with_(n=number(value)))


def number(value: int) -> str:
    """Return a whole number in groups of three: `4 812`, in English `4,812`."""
    grouped = f"{value:,}"
    return grouped.replace(",", "\u00a0") if i18n.current().code == "ru" else grouped


def thousands(kopecks: int) -> str:
    """Return a sum in thousands of roubles: whole ones, below ten to a tenth, so that a small one is not told as none."""
    if not 0 < kopecks < 995_000:
        return number(round(kopecks / 100_000))
    text = f"{max(1, round(kopecks / 10_000)) / 10:.1f}".removesuffix(".0")
    return text.replace(".", ",") if i18n.current().code == "ru" else text


def _moscow(utc: datetime, russian: str, english: str) -> str:
    return utc.astimezone(MOSCOW).strftime(russian if i18n.current().code == "ru" else english)
