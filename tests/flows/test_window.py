"""A clerk's day at the window: refusals, drafts, faults, and doing it all by the keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from pytestqt.qtbot import QtBot

from console.catalogue import methods
from console.catalogue.methods import by_code
from console.domain.endpoint import Kind
from console.domain.fields.amount import Amount
from console.domain.fields.ids import OrderId, PayerId, Service
from console.domain.fields.phone import Phone
from console.domain.method import Form, Method, Shown
from console.domain.text import mark
from tests.flows.driver import Driver
from tests.mouse import double_click

SBP = "payment_card_sbp_rub"
ACCOUNT = "virtual_account_rub"


def text(driver: Driver, name: str) -> str:
    return driver.get(name, QLineEdit).text()


class TestARefusal:
    def test_comes_back_into_a_new_draft_with_everything_typed_and_its_words_at_the_field(self, driver: Driver) -> None:
        method = by_code(SBP)
        driver.fill(method, amount="1500.21")
        driver.type("own/recipient", "Gromova")
        first = driver.order_id(method)
        driver.review(method)
        driver.click("review/send")
        problem = driver.get(f"{SBP}/number/problem")
        driver.until(lambda: "invalid" in _said(problem))
        assert text(driver, f"{SBP}/number") == "+7 903 111-22-33"
        assert text(driver, "own/recipient") == "Gromova"
        assert driver.order_id(method) != first
        assert driver.state(first) == "rejected"
        assert driver.accepted() == []

    def test_can_be_corrected_and_paid(self, driver: Driver) -> None:
        method = by_code(SBP)
        driver.fill(method, amount="1500.21")
        driver.review(method)
        driver.click("review/send")
        driver.get(f"{SBP}/number/problem")
        driver.type(f"{SBP}/amount", "1500.00")
        order_id = driver.order_id(method)
        driver.review(method)
        driver.click("review/send")
        driver.get("result/state")
        assert driver.state(order_id) == "wait"
        assert len(driver.accepted()) == 1


def _said(label: object) -> str:
    said = getattr(label, "text", None)
    return str(said()) if callable(said) else ""


def test_a_draft_survives_a_restart(qtbot: QtBot, home: Path) -> None:
    method = by_code(ACCOUNT)
    driver = Driver(qtbot, home)
    driver.fill(method, amount="777")
    driver.type("own/recipient", "ООО «Сигма»")
    driver.close()
    again = Driver(qtbot, home)
    again.go("payout")
    number = again.get(f"{ACCOUNT}/number", QLineEdit)
    again.until(lambda: number.text().replace(" ", "") == "40602810700000000025")
    assert text(again, "own/recipient") == "ООО «Сигма»"
    again.close()


def test_the_language_can_change_in_the_middle_of_a_form(driver: Driver) -> None:
    from console.ui import i18n

    driver.fill(by_code(SBP), amount="12 345,67")
    i18n.current().choose("ru")
    assert text(driver, f"{SBP}/amount").replace("\u00a0", " ").replace(".", ",") == "12 345,67"
    assert driver.get(f"{SBP}/review", QAbstractButton).text() == "Проверить выплату"


def test_an_unknown_outcome_has_no_send_and_a_second_payout_is_blocked(driver: Driver) -> None:
    method = by_code(SBP)
    order_id = driver.send(method, amount="1500.32")
    assert driver.state(order_id) == "unknown"
    assert driver.find("review/send") is None
    assert driver.find("result/resend") is None
    driver.click("result/new")
    driver.fill(method, amount="1500.32")
    driver.review(method)
    assert driver.find("review/send") is None
    assert driver.accepted() == []


def test_the_entry_of_the_rail_begins_a_new_payout_under_a_result_and_leaves_a_review(driver: Driver) -> None:
    method = by_code(SBP)
    driver.send(method)
    driver.go("payout")
    driver.until(
        lambda: driver.find("result/state") is None and text(driver, f"{SBP}/number") == "", "still the result"
    )
    driver.fill(method, amount="12.00")
    driver.review(method)
    driver.go("payout")
    assert text(driver, f"{SBP}/amount") == "12.00", "the form as it stands"
    assert driver.find("review/send") is None


def test_a_table_has_a_name_for_a_reader_of_the_screen_in_both_languages(driver: Driver) -> None:
    from console.ui import i18n

    for page, name, words in (
        ("overview", "overview/latest", ("Latest operations", "Последние операции")),
        ("operations", "operations/table", ("Operations", "Операции")),
        ("journal", "journal/table", ("Journal", "Журнал")),
    ):
        driver.go(page)
        for language, said in zip(("en", "ru"), words, strict=True):
            i18n.current().choose(language)
            assert driver.get(name).accessibleName() == said


def test_a_double_click_sends_once(driver: Driver) -> None:
    method = by_code(SBP)
    driver.fill(method)
    driver.review(method)
    send = driver.get("review/send", QAbstractButton)
    for _ in range(5):
        QTest.mouseClick(send, Qt.MouseButton.LeftButton)
        double_click(send)
    driver.get("result/state")
    assert len(driver.accepted()) == 1


def test_enter_sends_nothing_and_ctrl_enter_sends(driver: Driver) -> None:
    method = by_code(SBP)
    driver.fill(method)
    driver.review(method)
    assert driver.get("review/back").hasFocus()
    QTest.keyClick(driver.get("review/send"), Qt.Key.Key_Return)
    assert driver.find("result/state") is None
    QTest.keyClick(driver.get("review/back"), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    driver.get("result/state")
    assert len(driver.accepted()) == 1


@pytest.fixture
def ninth(monkeypatch: pytest.MonkeyPatch) -> Method:
    """A method that nobody has heard of, as one declaration."""
    method = Method(
        "ninth_service",
        Kind.PAYMENT,
        title=mark("catalogue", "Order id"),
        short=mark("catalogue", "SBP"),
        sentence=mark("catalogue", "Amount"),
        icon="zap",
        party="customer_user_id",
        shows=(Shown("cardNumber", Form.PHONE, mark("catalogue", "Phone number")),),
        fields=(
            Amount(name="amount", label=mark("catalogue", "Amount"), sample="50.00"),
            OrderId(),
            Service(),
            PayerId(name="customer_user_id", label=mark("catalogue", "Who pays"), sample="client-9"),
            Phone(name="customer_phone", label=mark("catalogue", "Phone number"), sample="79031112233"),
        ),
    )
    monkeypatch.setitem(methods.BY_CODE, method.code, method)
    return method


def test_a_ninth_method_is_one_declaration(ninth: Method, qtbot: QtBot, home: Path) -> None:
    driver = Driver(qtbot, home)
    order_id = driver.send(ninth)
    (entry,) = driver.accepted()
    assert (
        entry["body"]
        == (
            f'{{"amount":"50.00","order_id":"{order_id}","service":"ninth_service","customer_user_id":"client-9",'
            f'"customer_phone":"79031112233"}}'
        ).encode()
    )
    row = driver.services.operations.get(order_id)
    assert row is not None
    assert row.number_masked is not None
    assert "•••" in row.number_masked
    driver.go("operations")
    driver.get("operations/table")
    driver.close()
