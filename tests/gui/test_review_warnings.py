"""The warnings of a review: acknowledged with reasons, typed where reading is not enough, blocked, unproved."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from console.domain.endpoint import Kind
from console.domain.exchange import Exchange, Reason
from console.domain.states import State
from console.domain.trouble import Unavailable
from console.services.settle import Resolution, Word
from console.settings.translations import Translator
from console.ui import i18n
from console.ui.controls.button import Button
from tests.gui.order_bench import CTRL, Hands, press, type_text
from tests.gui.order_fixtures import Sit
from tests.services.bench import Bench, answered, lost, unreachable

ACCOUNT = "virtual_account_rub"
WAIT = {"id": 100001524, "payment_status": "wait"}


def button(hands: Hands) -> Button:
    return hands.one("review/send", Button)


def _strong(hands: Hands) -> None:
    """A payout to an account that does not fit its BIK."""
    hands.click(f"method/{ACCOUNT}")
    for name, text in {
        "amount": "42000",
        "number": "40817810156003706312",
        "customer_code": "100000000004",
        "bik_bank": "044525974",
    }.items():
        hands.type(f"{ACCOUNT}/{name}", text)
    hands.click(f"{ACCOUNT}/review")
    hands.rest()


def test_a_strong_warning_wants_its_box_and_a_reason(payout: Hands) -> None:
    _strong(payout)
    assert not button(payout).isEnabled()
    payout.click("review/acknowledge/1")
    assert not button(payout).isEnabled()
    payout.type("review/reason/1", "Подтверждено письмом", leave=False)
    assert button(payout).isEnabled()
    payout.bench.transport.creates.append(answered(200, WAIT))
    payout.send()
    [row] = payout.bench.reader.in_states(frozenset({State.WAIT}))
    intended = payout.bench.reader.events(row.order_id)[0]
    assert intended.facts["acknowledged"] == [{"code": "control-key", "reason": "Подтверждено письмом"}]


def test_by_the_keyboard_alone(payout: Hands) -> None:
    _strong(payout)
    for expected in ("review/acknowledge/1", "review/reason/1"):
        press(payout.focus(), Qt.Key.Key_Tab)
        assert payout.focus().objectName() == expected
        if expected == "review/acknowledge/1":
            press(payout.focus(), Qt.Key.Key_Space)
        else:
            type_text(payout.focus(), "checked")
    payout.bench.transport.creates.append(answered(200, WAIT))
    press(payout.focus(), Qt.Key.Key_Return)
    payout.rest()
    assert payout.bench.transport.sent == []
    press(payout.focus(), Qt.Key.Key_Return, CTRL)
    payout.rest()
    assert len(payout.bench.transport.sent) == 1


def test_a_second_payout_within_a_day_wants_the_amount_typed(payout: Hands) -> None:
    payout.bench.send(answered(200, {"id": 5, "payment_status": "paid"}), amount="12345.67", order_id="PO-first")
    payout.fill(amount="12345,67")
    payout.review()
    payout.click("review/acknowledge/1")
    payout.type("review/reason/1", "two invoices")
    payout.type("review/typed/1", "12345")
    assert not button(payout).isEnabled()
    payout.type("review/typed/1", "12 345,67")
    assert button(payout).isEnabled()
    payout.bench.transport.creates.append(answered(200, WAIT))
    payout.send()
    assert payout.sees("result/state")


def test_a_blocked_payout_has_no_send(payout: Hands) -> None:
    payout.bench.send(lost(), order_id="PO-first")
    payout.fill()
    payout.rest()
    assert payout.told().count("was already sent at") == 1, "beside the form"
    payout.review()
    assert not payout.sees("review/send")
    assert not payout.sees("review/prove")
    assert not payout.sees("review/acknowledge/1"), "there is nothing to send as it is"
    assert payout.told().count("was already sent at") == 1
    press(payout.focus(), Qt.Key.Key_Return, CTRL)
    payout.rest()
    assert len(payout.bench.transport.sent) == 1


def test_an_unproved_key_has_check_connection_instead(payout: Hands) -> None:
    payout.bench.accounts.prove(payout.bench.accounts.open("acc"), Kind.PAYOUT, None)
    payout.fill()
    payout.review()
    assert not payout.sees("review/send")
    payout.bench.transport.asks.append(answered(200, {"balance": "10.00"}))
    payout.click("review/prove")
    payout.rest()
    assert payout.sees("review/send")


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ([answered(401, {}), answered(401, {})], "The gateway does not accept the signature"),
        ([unreachable()], "gateway.test refused the connection."),
        ([unreachable(Reason.TLS_ISSUER)], "Do not switch checking off; ask your administrator."),
        ([unreachable(Reason.OTHER)], "The gateway is out of reach"),
        ([lost(Reason.TOO_BIG)], "The gateway's answer is too long"),
    ],
)
def test_a_key_that_is_not_accepted_says_why(payout: Hands, answers: list[Exchange], words: str) -> None:
    payout.bench.accounts.prove(payout.bench.accounts.open("acc"), Kind.PAYOUT, None)
    payout.fill()
    payout.review()
    payout.bench.transport.asks.extend(answers)
    payout.click("review/prove")
    payout.rest()
    assert words in payout.told()
    assert not payout.sees("review/send")
    assert payout.find("review/prove").isEnabled()


def test_a_probe_that_finds_no_key_is_told(payout: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    payout.bench.accounts.prove(payout.bench.accounts.open("acc"), Kind.PAYOUT, None)
    payout.fill()
    payout.review()

    def fail(*_: object) -> None:
        raise Unavailable("E-KEYRING-LOCKED")

    monkeypatch.setattr(payout.bench.prover, "prove", fail)
    payout.click("review/prove")
    payout.rest()
    assert "The password store is locked" in payout.told()


def test_a_payment_with_an_unproved_key_warns(sit: Sit, bench: Bench) -> None:
    bench.accounts.prove(bench.accounts.open("acc"), Kind.PAYMENT, None)
    hands = sit(Kind.PAYMENT)
    code = "payment_card_number_rub_hpp"
    for name, text in {"amount": "100", "customer_user_id": "client-1", "customer_ip": "95.24.17.8"}.items():
        hands.type(f"{code}/{name}", text)
    hands.click(f"{code}/review")
    hands.rest()
    assert hands.sees("review/acknowledge/1")
    assert button(hands).text() == "Create payment RUB\u00a0100.00"


def test_the_language_can_change_and_acknowledgements_stay(payout: Hands) -> None:
    _strong(payout)
    payout.click("review/acknowledge/1")
    payout.type("review/reason/1", "checked", leave=False)
    i18n.current().use("ru", Translator("ru"))
    payout.rest()
    assert payout.text("review/amount") == "42\u00a0000,00\u00a0₽"
    assert payout.text("review/customer_code") == "Т-Банк"
    assert button(payout).isEnabled()
    assert button(payout).text() == "Отправить 42\u00a0000,00\u00a0₽"


@pytest.mark.parametrize("typed", ["0015", " 0015 "])
def test_what_the_support_never_had_wants_its_last_signs_typed(payout: Hands, typed: str) -> None:
    bench = payout.bench
    bench.send(lost(), order_id="PO-77-0015")
    for _ in range(3):
        bench.transport.asks.append(answered(500, b""))
        bench.follow.ask("PO-77-0015")
        bench.clock.advance(2)
    bench.journal.flush(bench.clock())
    bench.clock.advance(15 * 60)
    bench.settle.resolve("PO-77-0015", Resolution(Word.NEVER, "T-1", "Анна", "0015"))
    payout.page.review_again("PO-77-0015")
    payout.rest()
    payout.click("review/acknowledge/1")
    payout.type("review/reason/1", "the support's letter")
    payout.type("review/typed/1", "15")
    assert not button(payout).isEnabled()
    payout.type("review/typed/1", typed)
    assert button(payout).isEnabled()
    bench.transport.creates.append(answered(200, WAIT))
    payout.send()
    assert payout.text("result/state") == "Processing"
