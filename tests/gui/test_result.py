"""The result: what became of an order, what about the money, what can be done; it lives on as the gateway answers."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from console.app.standing import lost_strip
from console.domain.endpoint import Kind
from console.domain.exchange import Exchange, Reason
from console.domain.sentence import MoneyLine
from console.domain.states import State
from console.domain.trouble import Unavailable
from console.ui import i18n
from console.ui.controls.dialog import Dialog
from console.ui.controls.picture import Picture
from console.ui.jobs import LANES
from console.ui.pages.order_banners import lost_outcome
from tests.gui.order_bench import SBP, Hands, press, type_text
from tests.gui.order_fixtures import Sit
from tests.services.bench import Bench, answered, lost, unreachable

WAIT = {"id": 100001524, "payment_status": "wait"}
REFUSED = {"message": "The given data was invalid.", "errors": {"number": ["номер не принят"]}}
SEND_AGAIN = ("again", "resend", "retry")


def pay_out(hands: Hands, answer: Exchange, **changed: str) -> str:
    """Fill in a payout, review it, send it; return its order id."""
    hands.bench.transport.creates.append(answer)
    hands.fill(**changed)
    order_id = hands.order_id()
    hands.review()
    hands.send()
    return order_id


def test_an_accepted_payout_is_not_yet_money_with_the_recipient(payout: Hands) -> None:
    order_id = pay_out(payout, answered(200, WAIT))
    assert payout.text("result/state") == "Processing"
    assert payout.text("result/gateway_id") == "100001524"
    assert payout.text("result/order_id") == order_id
    said = payout.told()
    assert "The gateway accepted the payout" in said
    assert "+7 903 111-22-33" in said
    assert "The money is not with the recipient yet" in said
    assert "Signed and sent" in said or "signed" in said.lower()
    assert payout.focus().objectName() == "result/new"


def test_after_sending_the_form_is_empty_again(payout: Hands) -> None:
    order_id = pay_out(payout, answered(200, WAIT))
    assert payout.services.drafts.load(Kind.PAYOUT) is None
    payout.click("result/new")
    payout.rest()
    assert payout.text(f"{SBP}/amount") == ""
    assert payout.text(f"{SBP}/number") == ""
    assert payout.order_id() != order_id
    assert payout.focus().objectName() == "own/recipient"


def test_the_state_changes_as_the_gateway_answers(payout: Hands) -> None:
    order_id = pay_out(payout, answered(200, WAIT))
    payout.bench.transport.asks.append(answered(200, {"order_id": order_id, "payment_status": "paid", "id": 100001524}))
    payout.bench.clock.advance(6)
    payout.bench.follow.ask(order_id)
    payout.page.operations_changed((order_id, "PO-other"))
    payout.rest()
    assert payout.text("result/state") == "Paid out"
    assert "check in" not in payout.told()


@pytest.mark.parametrize(
    ("status", "badge", "title"),
    [("cancel", "Cancelled", "The payout is cancelled"), ("fail", "Failed", "The payout failed")],
)
def test_every_end_has_its_page(payout: Hands, status: str, badge: str, title: str) -> None:
    order_id = pay_out(payout, answered(200, WAIT))
    payout.bench.transport.asks.append(answered(200, {"order_id": order_id, "payment_status": status}))
    payout.bench.follow.ask(order_id)
    payout.page.operations_changed((order_id,))
    payout.rest()
    assert payout.text("result/state") == badge
    assert title in payout.told()


def test_the_countdown_goes_by_the_second_and_looks_when_it_is_over(payout: Hands) -> None:
    order_id = pay_out(payout, answered(200, WAIT))
    assert "check in 5 s" in payout.told()
    payout.page.tick()
    assert "check in 4 s" in payout.told()
    payout.bench.transport.asks.append(answered(200, {"order_id": order_id, "payment_status": "paid"}))
    payout.bench.follow.ask(order_id)
    for _ in range(7):
        payout.page.tick()
    payout.rest()
    assert payout.text("result/state") == "Paid out"


def test_nothing_sent_says_so_and_may_be_sent_again(payout: Hands) -> None:
    order_id = pay_out(payout, unreachable(Reason.DNS))
    assert payout.text("result/state") == "Not sent"
    said = payout.told()
    assert "Nothing was sent." in said
    assert "the server was not found" in said
    payout.bench.transport.creates.append(answered(200, WAIT))
    payout.click("result/resend")
    payout.rest()
    review = payout.page.review.review
    assert review is not None
    assert review.resend
    assert review.order_id == order_id
    assert "The same order id and the same bytes" in payout.told()
    payout.click("review/back")
    assert payout.text("result/state") == "Not sent"
    payout.click("result/resend")
    payout.rest()
    payout.send()
    assert payout.text("result/state") == "Processing"
    [(_, signed)] = payout.bench.transport.sent
    assert signed.body == review.body


def test_a_resend_leaves_the_form_alone(payout: Hands) -> None:
    order_id = pay_out(payout, unreachable())
    payout.click("result/new")
    payout.type(f"{SBP}/amount", "55")
    payout.page.review_again(order_id)
    payout.rest()
    payout.bench.transport.creates.append(answered(200, WAIT))
    payout.send()
    assert payout.text("result/state") == "Processing"
    payout.click("result/new")
    assert payout.text(f"{SBP}/amount") == "55.00"


def test_a_resend_that_is_out_of_date_is_reviewed_again(payout: Hands) -> None:
    order_id = pay_out(payout, unreachable())
    payout.click("result/resend")
    payout.rest()
    payout.bench.clock.advance(121)
    payout.page.tick()
    payout.click("review/again")
    payout.rest()
    assert payout.page.review.review is not None
    assert payout.page.review.review.order_id == order_id
    assert payout.sees("review/send")


def test_an_unknown_outcome_has_no_way_to_send_again(payout: Hands) -> None:
    order_id = pay_out(payout, lost(Reason.SILENT))
    assert payout.text("result/state") == "Outcome unknown"
    said = payout.told()
    assert "We do not know yet." in said
    assert "Do not create the payout again." in said
    assert "closed until the gateway answers" in said
    for word in ("failed", "cancelled", "try again", "error"):
        assert word not in said.lower()
    for each in payout.page.findChildren(QWidget):
        if each.isVisible():
            assert not any(part in each.objectName() for part in SEND_AGAIN), each.objectName()
    with pytest.raises(Unavailable):
        payout.bench.submit.resend_review(order_id)


@pytest.mark.parametrize("key", ["s", "S", "ы", None])
def test_it_can_be_asked_about_at_once(payout: Hands, key: str | None) -> None:
    order_id = pay_out(payout, lost())
    payout.bench.transport.asks.append(answered(200, {"order_id": order_id, "payment_status": "wait", "id": 7}))
    asked: list[object] = []
    payout.page.changed.connect(asked.append)
    if key is None:
        payout.click("result/check")
    else:
        type_text(payout.page.result, key)
    payout.rest()
    assert payout.text("result/state") == "Processing"
    assert payout.text("result/gateway_id") == "7"
    assert asked == [(order_id,)]


def test_it_does_not_wait_for_questions_that_hang(payout: Hands) -> None:
    order_id = pay_out(payout, lost())
    payout.bench.transport.asks.append(answered(200, {"order_id": order_id, "payment_status": "wait", "id": 7}))
    go = threading.Event()
    for _ in range(LANES["follow"]):
        payout.jobs.run(payout.page, go.wait, lambda _: None, lambda _: None, "follow")
    with payout.qtbot.waitSignal(payout.page.changed):
        payout.click("result/check")
    go.set()
    payout.rest()


@pytest.mark.parametrize(
    ("trouble", "title"),
    [
        (Unavailable("E-KEYRING-LOCKED"), "The password store is locked"),
        (Unavailable("E-BUSY", who="x"), "The journal is busy"),
    ],
)
def test_a_question_that_cannot_be_asked_is_told_and_says_nothing_of_the_money(
    payout: Hands, monkeypatch: pytest.MonkeyPatch, trouble: Unavailable, title: str
) -> None:
    pay_out(payout, lost())

    def refuse(_: str) -> None:
        raise trouble

    monkeypatch.setattr(payout.bench.follow, "ask", refuse)
    payout.click("result/check")
    payout.rest()
    assert title in payout.told()
    assert "Nothing was sent." not in payout.told()
    assert payout.find("result/check").isEnabled()


def test_a_letter_elsewhere_asks_nothing(payout: Hands) -> None:
    pay_out(payout, answered(200, WAIT))
    type_text(payout.page.result, "s")
    payout.rest()
    assert payout.bench.transport.asked == []


def test_a_contradiction_is_shown_first(payout: Hands) -> None:
    order_id = pay_out(payout, answered(200, WAIT))
    for status in ("paid", "cancel"):
        payout.bench.transport.asks.append(answered(200, {"order_id": order_id, "payment_status": status}))
        payout.bench.follow.ask(order_id)
    payout.page.operations_changed((order_id,))
    payout.rest()
    assert payout.text("result/state") == "Contradiction"
    assert "The gateway contradicts itself" in payout.told()


def test_a_refusal_comes_back_into_the_form(payout: Hands) -> None:
    payout.type("own/recipient", "Gromova")
    order_id = pay_out(payout, answered(400, REFUSED))
    assert payout.problem("number") == "The gateway: “номер не принят”"
    assert payout.text(f"{SBP}/number") == "+7 903 111-22-33"
    assert payout.text("own/recipient") == "Gromova"
    assert payout.order_id() != order_id
    assert f"The gateway refused payout {order_id}" in payout.told()
    assert order_id in payout.find(f"{SBP}/order_id").accessibleDescription()
    assert payout.focus().objectName() == f"{SBP}/number"
    draft = payout.services.drafts.load(Kind.PAYOUT)
    assert draft is not None
    assert draft.texts["order_id"] == payout.order_id()
    opened: list[str] = []
    payout.page.opened.connect(opened.append)
    payout.click("order/open_refused")
    assert opened == [order_id]
    payout.click("order/copy_answer")
    assert QApplication.clipboard().text() == "number: номер не принят"


def test_words_about_unknown_fields_stand_above_the_form(payout: Hands) -> None:
    errors = {"errors": {"number": ["bad"], "limit_day": ["too much today"]}}
    pay_out(payout, answered(422, errors))
    assert "The gateway on “limit_day”: “too much today”" in payout.told()
    assert payout.problem("number") == "The gateway: “bad”"


def test_a_refused_payout_can_be_corrected_and_sent(payout: Hands) -> None:
    first = pay_out(payout, answered(400, REFUSED))
    payout.type(f"{SBP}/number", "79039998877")
    payout.bench.transport.creates.append(answered(200, WAIT))
    payout.review()
    assert "refused payout" not in payout.told()
    payout.send()
    assert payout.text("result/state") == "Processing"
    assert payout.text("result/order_id") != first


def test_the_receipt_and_the_report_can_be_copied(payout: Hands) -> None:
    noticed: list[object] = []
    payout.page.noticed.connect(lambda words: noticed.append(i18n.tr(words)))
    order_id = pay_out(payout, answered(200, WAIT))
    payout.click("result/receipt")
    payout.rest()
    assert order_id in QApplication.clipboard().text()
    assert noticed == ["The receipt is copied; the clipboard is cleared in 2 minutes"]


def test_the_report_of_an_unknown_outcome_can_be_copied(payout: Hands) -> None:
    order_id = pay_out(payout, lost())
    payout.click("result/report")
    payout.rest()
    assert order_id in QApplication.clipboard().text()
    assert "Please check this order" in QApplication.clipboard().text()


def test_the_operation_can_be_opened_in_the_table(payout: Hands) -> None:
    opened: list[str] = []
    payout.page.opened.connect(opened.append)
    order_id = pay_out(payout, answered(200, WAIT))
    payout.click("result/operations")
    assert opened == [order_id]


def test_ids_can_be_copied(payout: Hands) -> None:
    order_id = pay_out(payout, answered(200, WAIT))
    shown = payout.find("result/order_id")
    parent = shown.parentWidget()
    assert parent is not None
    from console.ui.controls.button import IconButton

    parent.findChildren(IconButton)[0].click()
    assert QApplication.clipboard().text() == order_id


@pytest.mark.parametrize(
    ("answer", "title", "money"),
    [
        (answered(200, WAIT), "The answer is known but not stored", MoneyLine.AT_GATEWAY),
        (lost(), "What came of the order is not stored", MoneyLine.UNKNOWN),
        (unreachable(), "What came of the order is not stored", MoneyLine.NOT_SENT),
        (answered(500, b""), "What came of the order is not stored", MoneyLine.UNKNOWN),
    ],
)
def test_an_end_that_could_not_be_kept_does_not_claim_more_than_is_known(
    bench: Bench, answer: Exchange, title: str, money: MoneyLine
) -> None:
    bench.prove()
    said = lost_outcome(replace(bench.send(answer), stored=False))
    assert i18n.tr(said.title) == title
    assert said.money is money


@pytest.mark.parametrize(
    ("answer", "icon"),
    [
        (answered(200, WAIT), ("circle-alert", "red")),
        (lost(), ("circle-question-mark", "amber")),
        (unreachable(), ("info", "blue")),
    ],
)
def test_the_strip_of_a_lost_end_looks_by_the_money(bench: Bench, answer: Exchange, icon: tuple[str, str]) -> None:
    bench.prove()
    strip = lost_strip(replace(bench.send(answer), stored=False))
    [shown] = strip.findChildren(Picture)
    assert (shown._name, shown._token) == icon


def test_the_focus_stays_where_it_was_when_the_state_changes(payout: Hands) -> None:
    order_id = pay_out(payout, answered(200, WAIT))
    payout.find("result/receipt").setFocus()
    payout.bench.transport.asks.append(answered(200, {"order_id": order_id, "payment_status": "paid"}))
    payout.bench.follow.ask(order_id)
    payout.page.operations_changed((order_id,))
    payout.rest()
    assert payout.focus().objectName() == "result/receipt"


def test_closing_while_an_order_is_sent_asks_first(payout: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    from PySide6.QtGui import QCloseEvent

    event = QCloseEvent()
    payout.page.leaving(event)
    assert event.isAccepted()
    payout.page._sending.is_sending = True
    payout.page.leaving(event)
    assert not event.isAccepted()
    [dialog] = payout.window.findChildren(Dialog)
    dialog.buttons["wait"].click()
    assert payout.window.isVisible()
    payout.page.leaving(QCloseEvent())
    dialog = next(each for each in payout.window.findChildren(Dialog) if each.isVisible())
    dialog.buttons["leave"].click()
    assert not payout.window.isVisible()
    again = QCloseEvent()
    payout.page.leaving(again)
    assert again.isAccepted()
    payout.page._sending.is_sending = False


def test_entering_and_refreshing_look_again(sit: Sit) -> None:
    hands = sit(Kind.PAYOUT)
    hands.page.entered()
    hands.rest()
    assert hands.focus().objectName() == "own/recipient"
    pay_out(hands, answered(200, WAIT))
    hands.page.entered()
    hands.page.refresh()
    hands.page.begin()
    assert isinstance(hands.focus(), QLineEdit)
    press(hands.focus(), Qt.Key.Key_Tab)
    assert hands.bench.reader.in_states(frozenset({State.WAIT}))
