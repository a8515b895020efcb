"""The review: drawn from the bytes, sent once and by a person only."""

from __future__ import annotations

import json
import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from console.domain.environment import Environment
from console.domain.exchange import Exchange
from console.domain.fields.bank import as_typed
from console.domain.states import State
from console.domain.trouble import Unavailable
from console.gateway.signing import Signed
from console.journal.rows import OperationRow
from console.services.reviews import LASTS
from console.ui.controls.button import Button
from console.ui.controls.payer import BodyBlock
from console.ui.pages.review_summary import visible
from tests.gui.order_bench import CTRL, SBP, Hands, press
from tests.mouse import double_click
from tests.services.bench import answered, lost, unreachable

ACCOUNT = "virtual_account_rub"
WAIT = {"id": 100001524, "payment_status": "wait"}
KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@pytest.fixture
def reviewed(payout: Hands) -> Hands:
    """A person at the review of a payout by phone that nothing is wrong with."""
    payout.type("own/recipient", "Gromova E. A.")
    payout.type("own/basis", "Invoice 118")
    payout.fill(amount="12345,67")
    payout.review()
    return payout


def hold(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier, times: int) -> None:
    """Hold a key down: one press, then repetitions."""
    for number in range(times):
        event = QKeyEvent(QEvent.Type.KeyPress, key, modifiers, "", number > 0)
        QApplication.sendEvent(widget, event)
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyRelease, key, modifiers))


def button(hands: Hands) -> Button:
    return hands.one("review/send", Button)


def test_the_review_is_drawn_from_its_bytes(reviewed: Hands) -> None:
    review = reviewed.page.review.review
    assert review is not None
    assert reviewed.text("review/amount") == "RUB\u00a012,345.67"
    assert reviewed.text("review/number") == "+7 903 111-22-33"
    assert reviewed.text("review/customer_code") == "Sberbank"
    assert reviewed.text("review/recipient") == "Gromova E. A."
    assert reviewed.text("review/basis") == "Invoice 118"
    assert reviewed.text("review/order_id") == json.loads(review.body)["order_id"]
    assert reviewed.text("review/account") == "ООО «Вектор», account …4f21"
    reviewed.click("review/body/fold")
    assert reviewed.one("review/body", BodyBlock).toPlainText() == review.body.decode()


def test_other_values_than_the_forms_are_shown_when_the_bytes_say_so(reviewed: Hands) -> None:
    review = reviewed.page.review.review
    assert review is not None
    other = reviewed.bench.review(number="79039998877", order_id="PO-other")
    reviewed.page.review.show_review(other)
    reviewed.rest()
    assert reviewed.text("review/number") == "+7 903 999-88-77"


def test_the_keyboard_begins_at_back(reviewed: Hands) -> None:
    assert reviewed.focus().objectName() == "review/back"


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("name", ["review/back", "review/send", "review/body/fold"])
def test_plain_enter_never_sends(reviewed: Hands, key: Qt.Key, name: str) -> None:
    reviewed.find(name).setFocus()
    press(reviewed.focus(), key)
    reviewed.rest()
    assert reviewed.bench.transport.sent == []
    assert reviewed.bench.reader.head() is None or not reviewed.bench.reader.in_states(frozenset(State))


@pytest.mark.parametrize("key", KEYS)
def test_ctrl_enter_sends(reviewed: Hands, key: Qt.Key) -> None:
    reviewed.bench.transport.creates.append(answered(200, WAIT))
    press(reviewed.focus(), key, CTRL)
    reviewed.rest()
    assert len(reviewed.bench.transport.sent) == 1
    assert reviewed.text("result/gateway_id") == "100001524"


def test_ctrl_enter_does_nothing_on_the_form(payout: Hands) -> None:
    payout.fill()
    press(payout.focus(), Qt.Key.Key_Return, CTRL)
    payout.rest()
    assert payout.sees(f"{SBP}/amount")


def test_a_click_sends_what_was_shown_once(reviewed: Hands) -> None:
    review = reviewed.page.review.review
    assert review is not None
    assert button(reviewed).text() == "Send RUB\u00a012,345.67"
    reviewed.bench.transport.creates.append(answered(200, WAIT))
    reviewed.send()
    [(_, signed)] = reviewed.bench.transport.sent
    assert signed.body == review.body


def test_held_keys_and_double_clicks_send_once(reviewed: Hands) -> None:
    reviewed.bench.transport.creates.append(answered(200, WAIT))
    send = button(reviewed)
    QTest.mouseClick(send, Qt.MouseButton.LeftButton)
    double_click(send)
    hold(reviewed.window, Qt.Key.Key_Return, CTRL, 30)
    send.click()
    reviewed.rest()
    assert len(reviewed.bench.transport.sent) == 1
    assert len(reviewed.bench.kinds(reviewed.bench.reader.in_states(frozenset(State))[0].order_id)) >= 3


def test_a_key_that_was_held_from_before_sends_nothing(reviewed: Hands) -> None:
    repeated = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, CTRL, "", True)
    QApplication.sendEvent(reviewed.focus(), repeated)
    button(reviewed).setFocus()
    QApplication.sendEvent(reviewed.focus(), QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Space, CTRL, " ", True))
    reviewed.rest()
    assert reviewed.bench.transport.sent == []


def test_while_it_is_sent_the_page_takes_nothing(reviewed: Hands) -> None:
    reviewed.page._sending._stop.setInterval(0)
    began, go_on = threading.Event(), threading.Event()

    def answer(_: Signed) -> Exchange:
        began.set()
        assert go_on.wait(10)
        return answered(200, WAIT)

    reviewed.bench.transport.creates.append(answer)
    reviewed.click("review/send")
    assert not button(reviewed).isEnabled()
    assert not reviewed.find("review/back").isEnabled()
    assert reviewed.focus() is reviewed.page.review, "keys pressed meanwhile go to what they were not meant for"
    assert reviewed.page.review.ring_radius == 0, "a ring round the page would hide the frame of the environment"
    reviewed.until(lambda: reviewed.sees("review/stop"))
    reviewed.page.begin()
    reviewed.page.review_again("PO-1")
    assert reviewed.sees("review/send")
    reviewed.until(began.is_set)
    reviewed.click("review/stop")
    reviewed.until(lambda: reviewed.bench.transport.stopped == 1)
    go_on.set()
    reviewed.rest()
    assert reviewed.sees("result/state")


def test_back_keeps_the_form_and_voids_the_review(reviewed: Hands) -> None:
    reviewed.click("review/back")
    assert reviewed.page.review.review is None
    assert reviewed.text(f"{SBP}/number") == "+7 903 111-22-33"
    assert reviewed.focus().objectName() == f"{SBP}/review"


def test_a_review_is_void_after_two_minutes(reviewed: Hands) -> None:
    reviewed.page.tick()
    assert reviewed.sees("review/send")
    reviewed.bench.clock.advance(LASTS + 1)
    reviewed.page.tick()
    assert not reviewed.sees("review/send")
    press(reviewed.focus(), Qt.Key.Key_Return, CTRL)
    reviewed.rest()
    assert reviewed.bench.transport.sent == []
    reviewed.click("review/again")
    reviewed.rest()
    assert reviewed.sees("review/send")


def test_a_review_is_void_after_a_sleep(reviewed: Hands) -> None:
    reviewed.bench.clock.sleep(3600)
    reviewed.page.tick()
    assert not reviewed.sees("review/send")


def test_a_void_review_that_nobody_ticked_is_not_sent(reviewed: Hands) -> None:
    reviewed.bench.clock.sleep(3600)
    reviewed.send()
    assert reviewed.bench.transport.sent == []
    assert reviewed.sees("review/again")


def test_another_account_voids_the_review(reviewed: Hands) -> None:
    reviewed.page.account_changed()
    assert reviewed.sees("review/again")
    assert not reviewed.sees("review/send")


def test_an_edit_while_the_review_is_made_voids_it(payout: Hands) -> None:
    payout.fill()
    payout.click(f"{SBP}/review")
    payout.type(f"{SBP}/amount", "5", leave=False)
    payout.rest()
    assert payout.sees(f"{SBP}/amount")
    assert payout.page.review.review is None


def test_trouble_before_anything_was_sent_stands_above_the_review(
    reviewed: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise Unavailable("E-DISK-FULL", free=1000, need=64_000_000)

    monkeypatch.setattr(reviewed.bench.submit, "send", full)
    reviewed.send()
    said = reviewed.told()
    assert "Not enough disk space for the journal" in said
    assert "Nothing was sent." in said
    assert button(reviewed).isEnabled()
    assert reviewed.focus().objectName() == "review/back"


def test_a_review_that_cannot_be_made_says_so_over_the_form(payout: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object) -> None:
        raise Unavailable("E-KEYRING-LOCKED")

    payout.fill()
    monkeypatch.setattr(payout.bench.reviews, "prepare", locked)
    payout.review()
    assert "The password store is locked" in payout.told()
    assert payout.find(f"{SBP}/review").isEnabled()


def test_an_order_that_is_taken_meanwhile_voids_the_review(reviewed: Hands) -> None:
    review = reviewed.page.review.review
    assert review is not None
    reviewed.bench.transport.creates.append(unreachable())
    reviewed.bench.submit.send(review)
    reviewed.send()
    assert "This order is already being sent." in reviewed.told()
    assert not reviewed.sees("review/send")
    assert reviewed.bench.transport.sent == []


def test_a_bug_while_sending_never_leaves_a_send_button(reviewed: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    reviewed.bench.transport.creates.append(lost())
    send = reviewed.bench.submit.send

    def break_after(*given: object) -> None:
        send(*given)  # type: ignore[arg-type]  # passed on as it came
        raise ZeroDivisionError

    monkeypatch.setattr(reviewed.bench.submit, "send", break_after)
    with reviewed.qtbot.captureExceptions() as caught:
        reviewed.send()
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]
    assert reviewed.text("result/state") == "Outcome unknown"
    assert not reviewed.sees("review/send")


def test_a_bug_before_the_gate_is_told_as_not_sent_and_stops_payouts(reviewed: Hands) -> None:
    reviewed.bench.transport.before_gate = lambda: 1 // 0
    reviewed.bench.transport.creates.append(lost())
    with reviewed.qtbot.captureExceptions() as caught:
        reviewed.send()
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]
    assert reviewed.text("result/state") == "Not sent"
    reviewed.bench.transport.before_gate = lambda: None
    reviewed.click("result/resend")
    reviewed.rest()
    assert "Payouts are stopped until restart." in reviewed.told()
    assert not reviewed.sees("review/send")
    assert reviewed.bench.transport.sent == []


def test_a_bug_after_the_gate_is_asked_about(reviewed: Hands) -> None:
    review = reviewed.page.review.review
    assert review is not None
    reviewed.bench.transport.after_gate = lambda: 1 // 0
    reviewed.bench.transport.creates.append(lost())
    with reviewed.qtbot.captureExceptions():
        reviewed.send()
    assert reviewed.text("result/state") == "Outcome unknown"
    assert reviewed.bench.follow.next_check(review.order_id) is not None


def test_a_bank_as_typed_is_shown_as_it_goes_out(payout: Hands) -> None:
    method, texts = payout.bench.texts(customer_code=as_typed("Neue Bank"))
    payout.page.review.show_review(payout.bench.reviews.prepare(method, texts, "", ""))
    payout.page.setCurrentWidget(payout.page.review)
    payout.rest()
    assert payout.text("review/customer_code") == "Neue Bank"


@pytest.mark.parametrize("environment", list(Environment))
def test_the_environment_is_named(payout: Hands, environment: Environment) -> None:
    review = payout.bench.review()
    account = replace(review.account, environment=environment)
    payout.page.review.show_review(replace(review, account=account))
    payout.page.setCurrentWidget(payout.page.review)
    payout.rest()
    words = {"sandbox": "no money moves", "live": "real money", "other": "not an address of AliKassa"}
    assert words[environment.value] in payout.told()


def test_what_cannot_be_seen_in_a_name_is_written_out() -> None:
    assert visible("Gromova\u202e E.") == "Gromova[U+202E] E."


@pytest.mark.parametrize("narrow", [True, False])
def test_a_narrow_window_shows_the_warnings_first(reviewed: Hands, narrow: bool) -> None:
    reviewed.page.review.set_narrow(narrow)
    reviewed.rest()
    warnings, summary = reviewed.page.review._warnings, reviewed.page.review._summary
    assert warnings is not None
    assert summary is not None
    top = warnings.mapTo(reviewed.page, warnings.rect().topLeft())
    other = summary.mapTo(reviewed.page, summary.rect().topLeft())
    assert (top.y() < other.y()) is narrow
    assert (top.x() > other.x()) is not narrow


@pytest.mark.parametrize("fails", [1, 2])
def test_a_journal_that_cannot_be_read_after_the_gate_does_not_make_it_not_sent(
    reviewed: Hands, monkeypatch: pytest.MonkeyPatch, fails: int
) -> None:
    bench, left = reviewed.bench, fails
    get = bench.reader.get

    def busy(order_id: str) -> OperationRow | None:
        nonlocal left
        left -= 1
        if left >= 0:
            raise Unavailable("E-BUSY", who="another program")
        return get(order_id)

    bench.transport.after_gate = lambda: monkeypatch.setattr(bench.reader, "get", busy)
    bench.transport.creates.append(answered(200, WAIT))
    reviewed.send()
    assert "Nothing was sent." not in reviewed.told()
    assert reviewed.page.currentWidget() is reviewed.page.result
    reviewed.page.refresh()
    reviewed.rest()
    assert reviewed.text("result/state") == "Processing"
