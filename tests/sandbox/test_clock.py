"""The real clock: aware, and its waits end when they should."""

from datetime import datetime, timedelta, timezone
from threading import Event
from time import monotonic

from console.sandbox.clock import Clock


def test_the_time_is_now_and_in_utc() -> None:
    now = Clock().now()
    assert now.utcoffset() == timedelta(0)
    assert abs(now - datetime.now(timezone.utc)) < timedelta(minutes=1)


def test_a_wait_ends_at_once_when_it_is_stopped() -> None:
    stop = Event()
    stop.set()
    start = monotonic()
    Clock().wait(60, stop)
    assert monotonic() - start < 5


def test_a_wait_ends_by_itself() -> None:
    stop = Event()
    Clock().wait(0.001, stop)
    assert not stop.is_set()
