"""The check of the journal: its progress, its sentence, and what it says of a journal that was changed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.domain.text import Text
from console.domain.trouble import Unavailable
from console.services.verify import Report
from console.ui import i18n
from console.ui.pages.journal import JournalPage
from console.ui.pages.journal_check import took_words
from console.ui.pages.journal_record import short_fingerprint
from tests.gui.reading_bench import Sitting
from tests.services.bench import Bench, answered

WAIT = {"id": 100001524, "payment_status": "wait"}
Page = Sitting[JournalPage]


@pytest.fixture
def seat(qtbot: QtBot, bench: Bench) -> Iterator[Page]:
    sitting = Sitting(qtbot, bench, JournalPage)
    yield sitting
    sitting.close()


def enter(seat: Page) -> None:
    seat.page.entered()
    seat.rest()


def titles(seat: Page) -> list[str]:
    seat.rest()
    model = seat.page.model
    for place in range(model.rowCount()):
        model.row_at(place)
    seat.rest()
    return [str(model.index(place, 2).data()) for place in range(model.rowCount())]


def test_the_check_says_in_a_sentence_what_it_proved(seat: Page) -> None:
    seat.bench.send(answered(200, WAIT))
    enter(seat)
    with seat.qtbot.waitSignal(seat.page.check.ended):
        seat.click("journal/verify")
    seat.rest()
    said = seat.told()
    assert "The journal is whole: 5 records, an unbroken chain, 1 signature is right" in said
    assert "Records since 2026-11-24 follow one another and none was changed. Checked at 12:00:00 in 0.0 s." in said
    assert titles(seat)[0] == "Journal checked"
    with seat.qtbot.waitSignal(seat.page.noticed):
        seat.click("journal/report/copy")
    assert "5 records form an unbroken chain." in QApplication.clipboard().text()
    seat.click("journal/report/close")
    assert not seat.sees("journal/report")


def test_the_check_shows_how_far_it_is_and_can_be_stopped(seat: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    enter(seat)
    import threading

    begun, go_on = threading.Event(), threading.Event()

    def slow(progress: object) -> Report:
        assert callable(progress)
        progress(1000, 4000)
        begun.set()
        assert go_on.wait(10)
        progress(2000, 4000)
        raise AssertionError("the check was not stopped")

    monkeypatch.setattr(seat.services.records, "_check", slow)
    seat.page.verify.click()
    seat.page.check.start()
    assert not seat.page.verify.isEnabled()
    seat.qtbot.waitUntil(lambda: "1,000 of 4,000" in seat.told(), timeout=10_000)
    assert begun.is_set()
    seat.page.report.stop_asked.emit()
    with seat.qtbot.waitSignal(seat.page.check.stopped):
        go_on.set()
    seat.rest()
    assert seat.page.verify.isEnabled()
    assert not seat.sees("journal/report")
    assert titles(seat) == ["Journal begun"]


def test_a_changed_journal_is_told_in_red_with_the_first_fault(seat: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    enter(seat)
    fault = Text("", "Record 1 was changed.")
    monkeypatch.setattr(seat.services.records, "_check", lambda _: Report(False, (fault,), fault, 1, 0, None))
    with seat.qtbot.waitSignal(seat.page.check.ended):
        seat.click("journal/verify")
    seat.rest()
    said = seat.told()
    assert "The journal is not what was written" in said
    assert "Record 1 was changed." in said
    seat.click("journal/report/copy")
    assert QApplication.clipboard().text() == "Record 1 was changed.\n"


def test_a_check_that_cannot_be_made_is_told(seat: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    enter(seat)

    def busy(_: object) -> Report:
        raise Unavailable("E-BUSY", who="another program")

    monkeypatch.setattr(seat.services.records, "_check", busy)
    with seat.qtbot.waitSignal(seat.page.check.failed):
        seat.click("journal/verify")
    assert "The journal is busy" in seat.told()
    seat.click("journal/report/close")


def test_a_bug_is_not_hidden(seat: Page) -> None:
    for act in (seat.page.check._on_failed, seat.page.source._on_failed, seat.page._on_not_run):
        with pytest.raises(ZeroDivisionError):
            act(ZeroDivisionError())


@pytest.mark.parametrize(
    ("seconds", "english", "russian"),
    [(0.04, "0.0 s", "0,0\u00a0с"), (3.14, "3.1 s", "3,1\u00a0с"), (75, "1 min 15 s", "1\u00a0мин 15\u00a0с")],
)
def test_the_time_of_a_check_is_said_to_a_tenth(seconds: float, english: str, russian: str) -> None:
    assert i18n.tr(took_words(seconds)) == english
    i18n.current().choose("ru")
    assert i18n.tr(took_words(seconds)) == russian


def test_a_fingerprint_is_shortened_for_comparing() -> None:
    assert short_fingerprint("9c41aabbccddb208") == "9C:41…B2:08"
    assert short_fingerprint("9c41") == "9C41"
