"""The card of an operation: what it tells, what it offers in each state, what is revealed and copied."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from console.domain.exchange import Exchange, Reason
from console.domain.trouble import Unavailable
from console.ui.controls.button import Button
from console.ui.jobs import LANES
from console.ui.pages.card_desk import SHOWN_FOR
from console.ui.pages.operations import OperationsPage
from tests.gui.operations_hands import (
    CARD,
    SHOWN,
    WAIT,
    Page,
    deeds,
    sent,
    show,
)
from tests.gui.reading_bench import Sitting
from tests.services.bench import Bench, answered, lost, unreachable


@pytest.fixture
def seat(qtbot: QtBot, bench: Bench) -> Iterator[Page]:
    sitting = Sitting(qtbot, bench, OperationsPage)
    yield sitting
    sitting.close()


def test_a_card_has_the_facts_and_what_happened(seat: Page) -> None:
    review = seat.bench.review(recipient="Громова Е. А.", basis="Счёт 7", order_id="PO-77-abcd")
    seat.bench.transport.creates.append(answered(200, WAIT))
    seat.bench.submit.send(review)
    show(seat, "PO-77-abcd")
    assert seat.text("operations/card/amount") == "RUB\u00a03,000.00"
    assert seat.text("operations/card/state") == "Processing"
    assert seat.text("operations/card/number") == "+7 903 •••-••-33"
    assert seat.text("operations/card/gateway_id") == "100001524"
    said = seat.told()
    for words in (
        "Payout, SBP", "Громова Е. А.", "Sberbank, 100000000111", "Счёт 7", "Intent in the journal",
        "Request signed and sent", "Accepted by the gateway, processing", "What happened",
    ):  # fmt: skip
        assert words in said, words
    assert not seat.sees("operations/notice")
    assert deeds(seat) == {"check"}


@pytest.mark.parametrize(
    ("answer", "expected", "title"),
    [
        (lost(Reason.SILENT), {"check", "resolve"}, "We do not know yet whether payout PO-77-abcd went out"),
        (unreachable(), {"resend", "close"}, "Payout PO-77-abcd was not sent"),
        (answered(400, {"errors": {"number": ["no"]}}), {"correct"}, "The gateway refused payout PO-77-abcd"),
        (
            answered(200, {"id": 7, "payment_status": "fail"}),
            {"correct"},
            "The gateway could not make payout PO-77-abcd",
        ),
        (answered(200, {"id": 7, "payment_status": "paid"}), set(), ""),
        (answered(200, {"id": 7, "payment_status": "frozen"}), {"check"}, "A state that this version does not know"),
    ],
)
def test_each_state_has_its_notice_and_its_buttons(
    seat: Page, answer: Exchange, expected: set[str], title: str
) -> None:
    sent(seat, answer)
    assert deeds(seat) == expected
    assert seat.sees("operations/notice") == bool(title)
    assert title in seat.told()


def test_an_unknown_outcome_offers_nothing_that_sends(seat: Page) -> None:
    sent(seat, lost())
    buttons = [name for name in ("resend", "correct", "close") if seat.sees(f"operations/{name}")]
    assert buttons == []
    assert "Send again" not in seat.told()


def test_the_next_check_counts_down(seat: Page) -> None:
    order_id = sent(seat, lost())
    row = seat.bench.reader.get(order_id)
    assert row is not None
    seat.bench.follow.watch(row, seat.bench.clock(), first=42.0)
    seat.page.desk.reload()
    seat.rest()
    assert "next check in 42 s" in seat.told()
    assert "in 42 s" in seat.told().splitlines()
    seat.bench.clock.advance(12)
    seat.page.tick()
    assert "next check in 30 s" in seat.told()
    assert "in 30 s" in seat.told().splitlines()
    seat.bench.clock.advance(29.5)
    seat.page.tick()
    assert "next check in a moment" in seat.told()
    seat.bench.clock.advance(60)
    seat.page.tick()
    assert "now" in seat.told().splitlines()


def test_check_now_asks_and_shows_what_was_heard(seat: Page) -> None:
    order_id = sent(seat, answered(200, WAIT))
    seat.bench.transport.asks.append(answered(200, {"order_id": order_id, "id": 100001524, "payment_status": "paid"}))
    with seat.qtbot.waitSignal(seat.page.changed) as changed:
        seat.click("operations/check")
    seat.page.operations_changed(changed.args[0])
    seat.rest()
    assert seat.text("operations/card/state") == "Paid out"
    assert "The gateway confirmed: paid out" in seat.told()
    assert deeds(seat) == set()


def test_check_now_does_not_wait_for_questions_that_hang(seat: Page) -> None:
    order_id = sent(seat, answered(200, WAIT))
    seat.bench.transport.asks.append(answered(200, {"order_id": order_id, "id": 100001524, "payment_status": "paid"}))
    go = threading.Event()
    for _ in range(LANES["follow"]):
        seat.jobs.run(seat.page, go.wait, lambda _: None, lambda _: None, "follow")
    with seat.qtbot.waitSignal(seat.page.changed):
        seat.one("operations/check", Button).click()
    go.set()
    seat.rest()


def test_a_check_that_cannot_be_made_is_told(seat: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    sent(seat, answered(200, WAIT))

    def refuse(_: str) -> None:
        raise Unavailable("E-KEYRING-LOCKED")

    monkeypatch.setattr(seat.services.follow, "ask", refuse)
    seat.click("operations/check")
    assert "password store" in seat.dialog().findChildren(QLabel)[0].text().lower()
    seat.dialog().buttons["ok"].click()
    assert seat.one("operations/check", Button).isEnabled()


def test_a_number_is_shown_whole_for_ten_seconds_and_that_is_journalled(seat: Page) -> None:
    order_id = sent(seat, answered(200, WAIT))
    seat.click("operations/reveal")
    assert seat.text("operations/card/number") == "+7 903 111-22-33"
    assert seat.bench.kinds(order_id)[-1] == "revealed"
    assert SHOWN_FOR == 10_000
    assert seat.page.desk._mask.isActive()
    seat.page.desk._mask.timeout.emit()
    assert seat.text("operations/card/number") == "+7 903 •••-••-33"


def test_a_number_can_be_hidden_at_once_and_goes_with_the_card(seat: Page) -> None:
    sent(seat, answered(200, WAIT))
    seat.click("operations/reveal")
    seat.click("operations/reveal")
    assert seat.text("operations/card/number") == "+7 903 •••-••-33"
    assert not seat.page.desk._mask.isActive()
    seat.click("operations/reveal")
    seat.click("operations/card/close")
    assert not seat.page.desk._mask.isActive()
    show(seat, "PO-77-abcd")
    assert seat.text("operations/card/number") == "+7 903 •••-••-33"


def test_the_requisites_of_a_payment_are_revealed_too(seat: Page) -> None:
    sent(seat, answered(200, SHOWN), CARD)
    assert seat.text("operations/card/number") == "220070••••••7648"
    assert "Card number" in seat.told()
    seat.click("operations/reveal")
    assert seat.text("operations/card/number") == "2200 7015 5301 7648"


def test_ids_are_copied(seat: Page) -> None:
    sent(seat, answered(200, WAIT))
    for name, value in (("order_id", "PO-77-abcd"), ("gateway_id", "100001524")):
        with seat.qtbot.waitSignal(seat.page.noticed):
            seat.click(f"operations/card/{name}/copy")
        assert QApplication.clipboard().text() == value


def test_receipt_and_report_are_copied(seat: Page) -> None:
    sent(seat, answered(200, WAIT))
    with seat.qtbot.waitSignal(seat.page.noticed):
        seat.click("operations/receipt")
    assert QApplication.clipboard().text().startswith("Payout: By phone number, SBP\n")
    with seat.qtbot.waitSignal(seat.page.noticed):
        seat.click("operations/report")
    assert QApplication.clipboard().text().startswith("Please check this order\n")
    assert "79031112233" not in QApplication.clipboard().text()


def test_after_a_day_the_report_stands_first(seat: Page) -> None:
    seat.bench.send(lost(), order_id="PO-77-abcd")
    seat.bench.clock.advance(25 * 3600)
    show(seat, "PO-77-abcd")
    assert "has been unknown for 25 h" in seat.told()
    button = seat.page.card._notice
    assert button is not None
    assert button.findChild(Button, "operations/report")


def test_the_payers_values_are_shown_large_and_copied_as_one_text(seat: Page) -> None:
    sent(seat, answered(200, SHOWN), CARD)
    assert "payer" in deeds(seat)
    seat.click("operations/payer")
    seat.qtbot.waitUntil(lambda: seat.sees("result/number"), timeout=10_000)
    assert seat.text("result/number") == "2200 7015 5301 7648"
    assert seat.text("result/holder") == "IVAN S."
    with seat.qtbot.waitSignal(seat.page.noticed):
        seat.click("result/copy")
    assert "2200 7015 5301 7648" in QApplication.clipboard().text()
    seat.click("dialog/done")


def test_the_payers_values_come_only_for_the_card_that_asked(seat: Page) -> None:
    sent(seat, answered(200, SHOWN), CARD)
    card = seat.page.card.card
    assert card is not None
    seat.page.desk._show_payer(card)
    seat.page.close_card()
    seat.rest()
    assert not seat.sees("result/number")


def test_what_comes_for_another_card_is_dropped(seat: Page) -> None:
    order_id = sent(seat, answered(200, WAIT))
    card = seat.page.card.card
    assert card is not None
    seat.page.desk.order_id = "another"
    seat.page.desk._on_card(card)
    seat.page.desk._on_revealed(seat.services.operations.reveal(order_id))
    assert seat.text("operations/card/number") == "+7 903 •••-••-33"


def test_a_card_that_is_looked_at_keeps_its_place(seat: Page) -> None:
    order_id = sent(seat, lost())
    seat.window.resize(1240, 500)
    QApplication.processEvents()
    bar = seat.page.card._scroll.verticalScrollBar()
    bar.setValue(60)
    seat.page.operations_changed((order_id,))
    seat.rest()
    assert bar.value() == 60


def test_a_bug_is_not_hidden(seat: Page) -> None:
    for act in (seat.page.desk._on_failed, seat.page.source._on_failed):
        with pytest.raises(ZeroDivisionError):
            act(ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        seat.page.desk._on_not_asked(ZeroDivisionError())
