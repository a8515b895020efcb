"""What the payer must be shown: big, copyable, as the gateway wrote it; links are opened with care."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLabel

from console.domain.exchange import Exchange
from console.settings.translations import Translator
from console.ui import clipboard, i18n
from console.ui.controls.dialog import Dialog
from console.ui.controls.payer import QrBlock
from tests.gui.order_bench import Hands
from tests.services.bench import answered

WAIT = {"id": 100001524, "payment_status": "wait"}
CARD = {**WAIT, "url": None, "cardNumber": "2200701553017648", "cardHolderName": "Иван Петрович С."}
LINK = {**WAIT, "url": "https://pay.example/p/7f3c9a52"}


def pay_in(hands: Hands, code: str, answer: Exchange) -> None:
    """Create a payment."""
    hands.bench.transport.creates.append(answer)
    hands.click(f"method/{code}")
    values = {"amount": "4900", "customer_user_id": "client-1", "customer_ip": "95.24.17.8"}
    if code == "payment_card_number_card":
        values["customer_code"] = "100000000111"
    for name, text in values.items():
        hands.type(f"{code}/{name}", text)
    hands.click(f"{code}/review")
    hands.rest()
    hands.send()


def test_a_card_is_shown_to_the_payer_in_groups_and_copied_whole(payment: Hands) -> None:
    pay_in(payment, "payment_card_number_card", answered(200, CARD))
    assert payment.text("result/number") == "2200 7015 5301 7648"
    assert payment.text("result/holder") == "Иван Петрович С."
    assert "220070••••••7648" in payment.told()
    payment.click("result/copy")
    assert "2200 7015 5301 7648" in QApplication.clipboard().text()
    assert "4,900.00" in QApplication.clipboard().text()


def test_what_was_copied_for_the_payer_leaves_the_clipboard(payment: Hands) -> None:
    pay_in(payment, "payment_card_number_card", answered(200, CARD))
    payment.click("result/copy")
    assert clipboard.guard().stays == clipboard.LONG == 120_000
    clipboard.clear()
    assert QApplication.clipboard().text() == ""
    payment.click("result/copy")
    QApplication.clipboard().setText("something else")
    clipboard.clear()
    assert QApplication.clipboard().text() == "something else"


def test_a_link_is_shown_with_its_code_and_copied(payment: Hands) -> None:
    pay_in(payment, "payment_card_number_rub_hpp", answered(200, LINK))
    assert payment.text("result/url") == LINK["url"]
    code = payment.page.findChild(QrBlock)
    assert code is not None
    assert code.accessibleName() == LINK["url"]
    payment.click("result/copy_link")
    assert QApplication.clipboard().text() == LINK["url"]


@pytest.mark.parametrize(("answer", "opened"), [("open", 1), ("no", 0)])
def test_a_link_is_opened_after_its_host_was_shown(
    payment: Hands, monkeypatch: pytest.MonkeyPatch, answer: str, opened: int
) -> None:
    went: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", went.append)
    pay_in(payment, "payment_card_number_rub_hpp", answered(200, LINK))
    payment.click("result/open")
    [dialog] = payment.window.findChildren(Dialog)
    assert "pay.example" in "".join(each.text() for each in dialog.findChildren(QLabel))
    dialog.buttons[answer].click()
    assert len(went) == opened


@pytest.mark.parametrize("url", ["http://pay.example/p", "javascript:alert(1)", "file:///etc/passwd"])
def test_only_https_is_opened(payment: Hands, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    went: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", went.append)
    pay_in(payment, "payment_card_number_rub_hpp", answered(200, {**WAIT, "url": url}))
    assert payment.text("result/url") == url
    assert not payment.find("result/open").isEnabled()
    assert "This link is not opened here" in payment.told()
    from console.ui.pages.payer import PayerPanel

    payment.page.findChildren(PayerPanel)[0]._on_open(url)
    assert went == []
    assert payment.window.findChildren(Dialog) == []


def test_a_host_in_other_letters_is_shown_as_it_is_asked_for(payment: Hands) -> None:
    pay_in(payment, "payment_card_number_rub_hpp", answered(200, {**WAIT, "url": "https://раy.example/p"}))
    payment.click("result/open")
    [dialog] = payment.window.findChildren(Dialog)
    assert "xn--" in "".join(each.text() for each in dialog.findChildren(QLabel))
    dialog.reject()


def test_a_value_of_another_form_is_shown_as_it_came_with_a_note(payment: Hands) -> None:
    pay_in(payment, "payment_card_number_card", answered(200, {**CARD, "cardNumber": "2200-70 (ask)"}))
    assert payment.text("result/number") == "2200-70 (ask)"
    assert "as the gateway wrote it" in payment.told()


def test_an_account_link_shows_link_account_and_holder(payment: Hands) -> None:
    answer = {**LINK, "cardNumber": "40817810156003706312", "cardHolderName": "ООО «Ромашка»"}
    pay_in(payment, "virtual_account_rub_hpp", answered(200, answer))
    assert payment.text("result/url") == LINK["url"]
    assert payment.text("result/number") == "40817 810 1 5600 3706312"
    assert payment.text("result/holder") == "ООО «Ромашка»"


def test_the_text_for_the_payer_follows_the_language(payment: Hands) -> None:
    pay_in(payment, "payment_card_number_card", answered(200, CARD))
    i18n.current().use("ru", Translator("ru"))
    payment.rest()
    assert "4\u00a0900,00\u00a0₽" in payment.text("result/text")
    assert payment.text("result/state") == "В обработке"


def test_a_refused_payment_comes_back_into_its_form(payment: Hands) -> None:
    code = "payment_card_sbp_rub_card"
    pay_in(payment, code, answered(400, {"errors": {"customer_ip": ["bad address"]}}))
    assert payment.problem("customer_ip", code) == "The gateway: “bad address”"


def test_a_narrow_window_has_one_column(payment: Hands) -> None:
    pay_in(payment, "payment_card_number_rub_hpp", answered(200, LINK))
    payment.page.result.set_narrow(True)
    payment.rest()
    state, url = payment.find("result/state"), payment.find("result/url")
    assert state.mapTo(payment.page, state.rect().topLeft()).y() > url.mapTo(payment.page, url.rect().topLeft()).y()


def _answer(hands: Hands, **fields: object) -> None:
    """Let the gateway answer a status question about the payment that is shown."""
    order_id = hands.text("result/order_id")
    hands.bench.transport.asks.append(answered(200, {"order_id": order_id, **fields}))
    hands.bench.follow.ask(order_id)
    hands.page.operations_changed((order_id,))
    hands.rest()


def test_a_paid_payment_shows_what_came_in(payment: Hands) -> None:
    pay_in(payment, "payment_card_number_card", answered(200, CARD))
    sums = {"payment_amount": "4900.00", "commission_amount": "98", "account_payment_amount": "4802.000000"}
    _answer(payment, payment_status="paid", **sums)
    assert payment.text("result/state") == "Paid"
    assert not payment.sees("result/number")
    told = payment.told()
    assert "RUB\u00a04,802.00" in told
    assert "RUB\u00a098.00" in told


def test_a_payment_paid_in_part_says_so(payment: Hands) -> None:
    pay_in(payment, "payment_card_number_card", answered(200, CARD))
    _answer(payment, payment_status="paid", payment_amount="4000.00", is_partial_payment=True)
    assert "Agree with the payer about the rest." in payment.told()


def test_a_state_that_nobody_knows_is_told_beside_the_requisites(payment: Hands) -> None:
    pay_in(payment, "payment_card_number_card", answered(200, CARD))
    _answer(payment, payment_status="thinking")
    assert "thinking" in payment.told()
    assert payment.text("result/number") == "2200 7015 5301 7648"
