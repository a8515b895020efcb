"""A form in the middle of being filled in, while the account, the environment, the language or the look changes."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from pytestqt.qtbot import QtBot

from console.app.engine import Engine
from console.catalogue.methods import by_code
from console.domain.endpoint import Kind
from console.services.certificates import read_certificate
from console.services.clock import system_clock
from console.services.reviews import Review
from console.settings.home import Home
from console.settings.settings import Settings
from console.ui import i18n
from console.ui.controls.choice import Choice
from console.ui.theme import theme
from console.vault.memory import MemoryVault
from tests.flows.driver import Driver
from tests.services.bench import issue

SBP = "payment_card_sbp_rub"
ACCOUNTS = {
    "ООО «Вектор»": "0f21c7de-9a11-4a60-8a33-5d1c77a0b7aa",
    "ООО «Сигма»": "7bd1f3a0-5c0e-4f6e-9a55-2f3a9be7c001",
}
TYPED = {"amount": "12 345,67", "number": "79001234567"}
HALF = {f"{SBP}/amount": "12345.67", f"{SBP}/number": "79001", "own/recipient": "Громова Е. А.", "own/basis": "Счёт 17"}


def _unknown(host: str, *_: object, **__: object) -> NoReturn:
    raise socket.gaierror(socket.EAI_NONAME, f"{host} is not known here")


@pytest.fixture
def driver(qtbot: QtBot, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Driver]:
    """A console with two real accounts, whose gateway is out of reach."""
    monkeypatch.setattr(socket, "getaddrinfo", _unknown)
    vault, place = MemoryVault(), Home(home)
    engine = Engine.start(place, Settings.open(place.settings), system_clock(), sandbox=False, vault=vault)
    for name, uuid in ACCOUNTS.items():
        certificates = {}
        for kind in Kind:
            issue(tmp_path / f"{uuid}-{kind.value}", f"{uuid}-{kind.value}")
            certificates[kind] = read_certificate([tmp_path / f"{uuid}-{kind.value}"])
        engine.services.connect.add(name, "api-merchant.alikassa.com", uuid, certificates)
    engine.close()
    made = Driver(qtbot, home, sandbox=False, vault=vault)
    yield made
    i18n.current().choose("en")
    made.close()


@pytest.fixture
def half(driver: Driver) -> Driver:
    """The same with half a payout typed, and the cursor in the middle of a number."""
    driver.go("payout")
    driver.click(f"method/{SBP}")
    for name, text in HALF.items():
        driver.type(name, text)
    edit = driver.get(f"{SBP}/number", QLineEdit)
    edit.setFocus()
    edit.setCursorPosition(3)
    return driver


def typed(driver: Driver) -> dict[str, str]:
    """What stands in the form, without what spaces and the language's comma do to it."""
    found = {name: driver.get(name, QLineEdit).text() for name in (*HALF, f"{SBP}/order_id")}
    plain = str.maketrans({" ": "", "\u00a0": "", "\u202f": "", ",": ".", "+": ""})
    return {name: text if name.startswith("own/") else text.translate(plain) for name, text in found.items()}


def choose_account(driver: Driver, title: str) -> None:
    """Open the menu of the top bar and press the row of an account."""
    account = next(each for each in driver.services.accounts.all() if each.title == title)
    driver.click("bar/account")
    driver.click(f"bar/account/{account.id}")
    assert driver.services.accounts.current == account


def test_another_account_keeps_the_form_and_the_cursor_s_place(half: Driver) -> None:
    before = typed(half)
    for title in ("ООО «Сигма»", "ООО «Вектор»"):
        choose_account(half, title)
        assert typed(half) == before
        assert half.get(f"{SBP}/number", QLineEdit).cursorPosition() == 3


def test_the_language_and_the_look_keep_the_form(half: Driver) -> None:
    before = typed(half)
    for language, look in (("ru", "dark"), ("en", "light"), ("ru", "light")):
        i18n.current().choose(language)
        theme.current().choose(look)
        assert typed(half) == before


def test_settings_change_language_and_look_and_the_form_waits(half: Driver) -> None:
    before = typed(half)
    half.go("settings")
    half.click("settings/section/look")
    half.get("settings/look/language", Choice).set_value("ru")
    half.get("settings/look/theme", Choice).set_value("dark")
    half.go("payout")
    assert typed(half) == before


def test_the_sandbox_and_back_keeps_the_form(half: Driver) -> None:
    before = typed(half)
    half.console.enter(sandbox=True)
    half.until(lambda: half.console.is_sandbox and half.console.is_made and half.find("nav/payout"), "no sandbox")
    half.go("payout")
    half.console.enter(sandbox=False)
    half.until(lambda: not half.console.is_sandbox and half.console.is_made and half.find("nav/payout"), "no way back")
    half.go("payout")
    number = half.get(f"{SBP}/number", QLineEdit)
    half.until(number.text)
    assert typed(half) == before


def test_a_review_that_is_being_made_for_another_account_is_never_shown(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.fill(by_code(SBP), **TYPED)
    reviews, begun, may_end = driver.services.reviews, threading.Event(), threading.Event()
    real = reviews.prepare

    def slow(*given: Any) -> Review:
        review = real(*given)
        begun.set()
        assert may_end.wait(20)
        return review

    monkeypatch.setattr(type(reviews), "prepare", lambda _, *given: slow(*given))
    driver.click(f"{SBP}/review")
    driver.until(begun.is_set)
    choose_account(driver, "ООО «Сигма»")
    may_end.set()
    button = driver.get(f"{SBP}/review", QAbstractButton)
    driver.until(button.isEnabled, "the form is not back")
    assert driver.find("review/back") is None


def test_a_review_that_is_open_for_another_account_cannot_be_sent(driver: Driver) -> None:
    driver.fill(by_code(SBP), **TYPED)
    driver.review(by_code(SBP))
    choose_account(driver, "ООО «Сигма»")
    send = driver.find("review/send", QAbstractButton)
    assert send is None or not send.isEnabled()
    driver.click("review/back")
    assert typed(driver)[f"{SBP}/amount"] == "12345.67"
