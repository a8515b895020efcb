"""What the buttons of a card do: closing, the support's word, lifting a mark, sending again, correcting."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.domain.states import State
from console.domain.trouble import Unavailable
from console.ui.pages.card_dialogs import ResolveDialog
from console.ui.pages.operations import OperationsPage
from tests.gui.operations_hands import (
    WAIT,
    Page,
    deeds,
    disputed,
    fill,
    problem,
    sent,
    state,
    unknown_for_long,
)
from tests.gui.order_bench import press
from tests.gui.reading_bench import Sitting
from tests.services.bench import Bench, answered, lost, unreachable


@pytest.fixture
def seat(qtbot: QtBot, bench: Bench) -> Iterator[Page]:
    sitting = Sitting(qtbot, bench, OperationsPage)
    yield sitting
    sitting.close()


def test_sending_again_asks_for_the_review_of_the_same_bytes(seat: Page) -> None:
    sent(seat, unreachable())
    with seat.qtbot.waitSignal(seat.page.resend_asked) as asked:
        seat.click("operations/resend")
    assert asked.args == ["PO-77-abcd"]


def test_correcting_fills_a_new_form(seat: Page) -> None:
    sent(seat, answered(400, {"errors": {"number": ["no"]}}))
    with seat.qtbot.waitSignal(seat.page.duplicated) as duplicated:
        seat.click("operations/correct")
    assert duplicated.args[0].texts["number"] == "79031112233"
    assert "order_id" not in duplicated.args[0].texts


def test_any_operation_can_be_the_beginning_of_a_new_one(seat: Page) -> None:
    sent(seat, answered(200, WAIT))
    with seat.qtbot.waitSignal(seat.page.duplicated):
        seat.click("operations/duplicate")
    with seat.qtbot.waitSignal(seat.page.records_asked) as asked:
        seat.click("operations/card/records")
    assert asked.args == ["PO-77-abcd"]


def test_closing_needs_the_typed_word(seat: Page) -> None:
    sent(seat, unreachable())
    seat.click("operations/close")
    assert "Close payout PO-77-abcd unsent?" in seat.told()
    seat.click("dialog/close")
    assert problem(seat, "typed") == "Fill this in."
    fill(seat, typed="nope")
    seat.click("dialog/close")
    assert "abcd" in problem(seat, "typed")
    assert state(seat) is State.NOT_SENT
    fill(seat, typed="ABCD")
    seat.click("dialog/close")
    seat.qtbot.waitUntil(lambda: state(seat) is State.CLOSED, timeout=10_000)
    seat.rest()


def test_a_closing_that_is_thought_over_closes_nothing(seat: Page) -> None:
    sent(seat, unreachable())
    seat.click("operations/close")
    seat.click("dialog/back")
    seat.click("operations/close")
    press(seat.dialog(), Qt.Key.Key_Escape)
    seat.rest()
    assert state(seat) is State.NOT_SENT


def test_the_supports_word_has_to_wait(seat: Page) -> None:
    sent(seat, lost())
    seat.click("operations/resolve")
    said = seat.told()
    assert "It is too early to record support's answer" in said
    assert "after 3 more checks" in said
    seat.click("dialog/ok")
    assert state(seat) is State.UNKNOWN


def test_the_supports_word_waits_for_the_time_alone_where_it_was_asked_enough(seat: Page) -> None:
    order_id = sent(seat, lost())
    for _ in range(3):
        seat.bench.transport.asks.append(lost())
        seat.bench.clock.advance(2)
        seat.bench.follow.ask(order_id)
    seat.page.desk.reload()
    seat.rest()
    seat.click("operations/resolve")
    said = seat.told()
    assert "It can be recorded from 2026-11-24 12:15 MSK." in said
    assert "more check" not in said


def test_the_supports_word_is_recorded_with_everything_it_needs(seat: Page) -> None:
    order_id = sent(seat, lost())
    unknown_for_long(seat, order_id)
    seat.click("operations/resolve")
    dialog = seat.dialog()
    assert isinstance(dialog, ResolveDialog)
    seat.click("dialog/resolve")
    assert problem(seat, "answer") == "Choose the answer"
    assert problem(seat, "ticket") == problem(seat, "name") == problem(seat, "typed") == "Fill this in."
    QApplication.processEvents()
    for field in dialog.fields.values():
        if field.isVisible():
            assert field.problem.mapTo(field, QPoint()).y() > field.input.geometry().bottom()
            assert field.problem.mapTo(field, QPoint(0, field.problem.height())).y() <= field.height()
    from console.services.settle import Word

    dialog.answered.set_value(Word.NEVER)
    fill(seat, ticket="T-17", name="Анна", typed="abcd")
    with seat.qtbot.waitSignal(seat.page.changed) as changed:
        seat.click("dialog/resolve")
    seat.page.operations_changed(changed.args[0])
    seat.rest()
    assert state(seat) is State.ABSENT
    assert deeds(seat) == {"check", "resend", "close"}
    said = seat.told()
    assert "AliKassa has no payout PO-77-abcd" in said
    assert "T-17, recorded by Анна" in said


def test_the_supports_word_that_it_has_it_needs_the_id(seat: Page) -> None:
    order_id = sent(seat, lost())
    unknown_for_long(seat, order_id)
    seat.click("operations/resolve")
    dialog = seat.dialog()
    assert isinstance(dialog, ResolveDialog)
    from console.services.settle import Word

    dialog.answered.set_value(Word.HAS)
    fill(seat, ticket="T-17", name="Anna", typed="abcd")
    seat.click("dialog/resolve")
    assert problem(seat, "gateway_id") == "Fill this in."
    fill(seat, gateway_id="100001777")
    with seat.qtbot.waitSignal(seat.page.changed) as changed:
        seat.click("dialog/resolve")
    seat.page.operations_changed(changed.args[0])
    seat.rest()
    assert seat.text("operations/card/gateway_id") == "100001777"
    assert "Support answered: the gateway has it" in seat.told()


def test_a_contradiction_is_shown_first_and_lifted_with_a_note(seat: Page) -> None:
    disputed(seat)
    assert seat.text("operations/card/disputed") == "Contradiction"
    assert seat.text("operations/card/state") == "Paid out"
    assert "Before: “Paid out”, now: “Cancelled”." in seat.told()
    assert deeds(seat) == {"check", "resolve", "lift"}
    seat.click("operations/lift")
    seat.click("dialog/lift")
    assert problem(seat, "note") == problem(seat, "name") == "Fill this in."
    fill(seat, note="письмо от 25.11", name="Анна")
    with seat.qtbot.waitSignal(seat.page.changed) as changed:
        seat.click("dialog/lift")
    seat.page.operations_changed(changed.args[0])
    seat.rest()
    assert not seat.sees("operations/card/disputed")
    assert state(seat) is State.PAID
    assert "письмо от 25.11 (Анна)" in seat.told()


def test_a_deed_that_cannot_be_done_any_more_is_told(seat: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    sent(seat, unreachable())

    def refuse(*_: object) -> None:
        raise Unavailable("E-IO")

    monkeypatch.setattr(seat.services.settle, "close", refuse)
    seat.click("operations/close")
    fill(seat, typed="abcd")
    seat.click("dialog/close")
    seat.qtbot.waitUntil(lambda: "The disk failed while the journal was written" in seat.told(), timeout=10_000)
    seat.click("dialog/ok")
