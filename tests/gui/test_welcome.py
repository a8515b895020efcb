"""The first page, and the way between the sandbox and the real accounts in one window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from console.domain.endpoint import Kind
from console.sandbox.sandbox import Sandbox
from console.services.certificates import read_certificate
from console.settings.settings import LANGUAGE, THEME, Settings
from console.ui import i18n
from console.ui.theme import theme
from console.vault.memory import MemoryVault
from tests.gui.console_bench import Person, answer_by

HOST = "api-merchant.alikassa.com"
AMOUNT = "payment_card_sbp_rub/amount"


@pytest.fixture
def person(qtbot: QtBot, home: Path) -> Iterator[Person]:
    made = Person(qtbot, home, vault=MemoryVault())
    yield made
    made.close()


def test_keys_of_pages_do_nothing_on_the_welcome_page(person: Person, home: Path) -> None:
    person.get("welcome/connect", QWidget)
    assert person.get("welcome/connect", QWidget).hasFocus()
    person.window.rail.chosen.emit("payout")
    assert person.sees("welcome/connect")
    assert not (home / "journal.db").exists()


def test_language_and_theme_are_chosen_and_kept(person: Person, home: Path) -> None:
    person.click("welcome/language")
    pick(person, "Русский")
    person.rest()
    assert i18n.current().code == "ru"
    assert person.text("welcome/language") == "Русский"
    person.click("welcome/theme")
    pick(person, "Тёмная")
    person.rest()
    assert theme.tokens().name == "dark"
    kept = Settings.open(home / "settings.json")
    assert (kept.get(LANGUAGE), kept.get(THEME)) == ("ru", "dark")


def test_there_and_back_without_losing_a_draft(person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gateway = Sandbox.open(tmp_path / "gateway")
    answer_by(gateway, monkeypatch)
    try:
        person.get("welcome/sandbox", QWidget)
        services = person.console.services
        certificate = read_certificate([gateway.payout_certificate])
        services.connect.add("Vector", HOST, gateway.account, {Kind.PAYOUT: certificate})
        person.click("welcome/sandbox")
        person.until(lambda: "SANDBOX" in person.window.windowTitle() and person.sees("nav/payout"))
        person.click("nav/payout")
        person.click("method/payment_card_sbp_rub")
        person.type(AMOUNT, "1500")
        choose(person, "Vector")
        person.until(lambda: "LIVE" in person.window.windowTitle() and person.sees("nav/payout"))
        person.click("nav/payout")
        person.until(lambda: person.sees("own/recipient"))
        assert not person.sees(AMOUNT) or person.text(AMOUNT) == ""
        choose(person, "Sandbox")
        person.until(lambda: "SANDBOX" in person.window.windowTitle() and person.sees("nav/payout"))
        person.click("nav/payout")
        person.until(lambda: person.find(AMOUNT, QLineEdit) is not None and person.text(AMOUNT) != "")
        assert person.text(AMOUNT).replace("\u00a0", "").startswith("1500")
        person.rest()
    finally:
        gateway.close()


def test_an_account_is_connected_from_the_sandbox(person: Person) -> None:
    person.click("welcome/sandbox")
    person.until(lambda: person.sees("nav/payout"))
    person.rest()
    person.click("bar/account")
    person.click("bar/account/connect")
    person.get("connect/name", QLineEdit)
    person.click("connect/cancel")
    person.until(lambda: person.sees("welcome/sandbox"))


def pick(person: Person, words: str) -> None:
    menu = next(each for each in person.window.findChildren(QMenu) if each.isVisible())
    action = next(each for each in menu.actions() if each.text() == words)
    assert isinstance(action, QAction)
    action.trigger()
    menu.close()


def choose(person: Person, name: str) -> None:
    """Choose an account of the menu by its name."""
    person.rest()
    person.click("bar/account")
    person.until(lambda: row(person, name) is not None)
    found = row(person, name)
    assert found is not None
    person.click(found)


def row(person: Person, name: str) -> str | None:
    rows = [each for each in person.window.findChildren(QWidget) if each.objectName().startswith("bar/account/")]
    return next((each.objectName() for each in rows if each.isVisible() and each.accessibleName() == name), None)
