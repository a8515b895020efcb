"""A console that cannot start as usual: without a password store, without the journal's key, while another one is open."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from console.app.engine import Engine
from console.domain.endpoint import Kind
from console.domain.secret import Secret
from console.domain.trouble import Unavailable
from console.journal import opening
from console.sandbox import sandbox
from console.sandbox.sandbox import Sandbox
from console.services.certificates import read_certificate
from console.services.clock import system_clock
from console.settings.home import Home
from console.settings.settings import ACCOUNTS, Settings
from console.ui.pages.keyring_bar import StateBar
from console.vault.memory import MemoryVault
from tests.gui.console_bench import Person, answer_by

HOST = "api-merchant.alikassa.com"


class Store(MemoryVault):
    """A store that fails with `code` until a test mends it."""

    def __init__(self, code: str = "", **values: object) -> None:
        super().__init__()
        self.trouble = Unavailable(code, **values) if code else None

    def read(self, name: str) -> Secret | None:
        if self.trouble is not None:
            raise self.trouble
        return super().read(name)


@pytest.fixture
def gateway(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    made = Sandbox.open(tmp_path / "gateway")
    answer_by(made, monkeypatch)
    yield made
    made.close()


@pytest.fixture
def sit(qtbot: QtBot, home: Path) -> Iterator[Callable[..., Person]]:
    seated: list[Person] = []

    def make(vault: MemoryVault, **options: object) -> Person:
        seated.append(Person(qtbot, home, vault=vault, **options))
        return seated[-1]

    yield make
    for person in reversed(seated):
        person.close()


def settle(home: Path, gateway: Sandbox) -> tuple[Store, str]:
    """A home with one account; return its store and its recovery code."""
    store, place = Store(), Home(home)
    engine = Engine.start(place, Settings.open(place.settings), system_clock(), sandbox=False, vault=store)
    certificate = read_certificate([gateway.payout_certificate])
    engine.services.connect.add("Vector", HOST, gateway.account, {Kind.PAYOUT: certificate})
    code = engine.services.recovery.code()
    engine.close()
    return store, code


def password(gateway: Sandbox) -> str:
    return (gateway.payout_certificate / "password.txt").read_text().strip()


class TestWithoutAStore:
    @pytest.mark.parametrize(
        ("code", "words"),
        [
            ("E-KEYRING-LOCKED", "Unlock the store and press Again."),
            ("E-KEYRING-DISMISSED", "You closed the unlock window."),
            ("E-KEYRING-HANG", "has not answered for 30 s"),
        ],
    )
    def test_again_goes_on_where_it_was_mended(
        self, sit: Callable[..., Person], home: Path, gateway: Sandbox, code: str, words: str
    ) -> None:
        store, _ = settle(home, gateway)
        store.trouble = Unavailable(code, seconds=30)
        person = sit(store)
        person.get("keyring/again", QWidget)
        assert words in person.said()
        assert person.sees("keyring/session") is (code == "E-KEYRING-HANG")
        assert not person.sees("nav/payout")
        store.trouble = None
        person.click("keyring/again")
        person.until(lambda: person.sees("nav/payout"))
        account = person.console.services.accounts.current
        assert account is not None
        assert account.name == "Vector"

    @pytest.mark.parametrize("code", ["E-KEYRING-LOCKED", "E-KEYRING-DISMISSED", "E-KEYRING-HANG", "E-KEYRING-NONE"])
    def test_the_journal_is_looked_at_without_it(
        self, sit: Callable[..., Person], home: Path, gateway: Sandbox, code: str
    ) -> None:
        store, _ = settle(home, gateway)
        store.trouble = Unavailable(code, seconds=30, why="nothing answers", names="GNOME Keyring")
        person = sit(store)
        person.click("keyring/look")
        person.until(lambda: person.sees("nav/journal"))
        bar = person.get("keyring/bar", StateBar)
        assert "You can look, but neither send nor see what is sealed." in person.said()
        assert not person.sees("nav/payout")
        person.click("nav/journal")
        person.click("journal/verify")
        person.until(lambda: "The journal is whole" in person.said())
        store.trouble = None
        bar.button.click()
        person.until(lambda: person.sees("nav/payout"))
        assert not person.sees("keyring/bar")

    def test_a_new_home_has_nothing_to_look_at(self, sit: Callable[..., Person]) -> None:
        person = sit(Store("E-KEYRING-LOCKED"))
        person.click("welcome/connect")
        person.get("keyring/again", QWidget)
        assert not person.sees("keyring/look")

    def test_says_how_to_get_one_and_works_for_one_run(
        self, sit: Callable[..., Person], home: Path, gateway: Sandbox
    ) -> None:
        _, code = settle(home, gateway)
        person = sit(Store("E-KEYRING-NONE", why="nothing answers", names="GNOME Keyring"))
        person.click("keyring/session")
        person.get("session/code", QLineEdit)
        assert "gnome-keyring" in person.said()
        person.type("session/code", code[:-1] + ("0" if code[-1] != "0" else "1"))
        person.type("connect/uuid", gateway.account)
        person.type("session/payout", "wrong")
        person.click("session/begin")
        person.until(lambda: person.sees("session/code/problem"))
        person.type("session/code", code)
        person.click("session/begin")
        person.until(lambda: person.sees("session/payout/problem"))
        assert person.get("session/payout", QLineEdit).echoMode() is QLineEdit.EchoMode.Password
        person.type("session/payout", password(gateway))
        person.click("session/begin")
        person.until(lambda: person.sees("nav/payout"))
        person.rest()
        assert person.console.services.accounts.all()[0].name == "Vector"
        texts = [path.read_bytes() for path in home.rglob("*") if path.is_file()]
        assert not any(gateway.account.encode() in text or password(gateway).encode() in text for text in texts)

    def test_a_new_home_begins_for_one_run_with_nothing_to_type(self, sit: Callable[..., Person]) -> None:
        person = sit(Store("E-KEYRING-NONE", why="nothing answers", names="GNOME Keyring"))
        person.click("welcome/connect")
        person.click("keyring/session")
        person.until(lambda: person.sees("welcome/connect"))
        person.click("welcome/connect")
        person.get("connect/name", QLineEdit)


class TestAJournalWithoutItsKey:
    def test_is_looked_at_until_the_code_is_typed(
        self, sit: Callable[..., Person], home: Path, gateway: Sandbox
    ) -> None:
        _, code = settle(home, gateway)
        person = sit(Store())
        person.get("keyring/bar", QWidget)
        assert person.sees("nav/operations")
        assert person.sees("nav/journal")
        assert not person.sees("nav/payout")
        assert "does not hold the key of this journal" in person.said()
        person.click("keyring/code")
        person.type("recovery/code", "not a code")
        person.click("recovery/restore")
        person.until(lambda: person.sees("recovery/code/problem"))
        person.type("recovery/code", code)
        person.click("recovery/restore")
        person.until(lambda: person.sees("nav/payout"))
        person.get("connect/again", QWidget)
        assert "has lost the account “Vector”" in person.said()

    def test_the_account_that_was_lost_is_connected_again(
        self, sit: Callable[..., Person], home: Path, gateway: Sandbox
    ) -> None:
        store, _ = settle(home, gateway)
        account_id = str(Settings.open(home / "settings.json").get(ACCOUNTS)[0]["id"])
        store.remove(f"{account_id}/account")
        person = sit(store)
        person.click("connect/again")
        assert person.text("connect/name") == "Vector"
        assert not person.sees("connect/again"), "pressed again, it would empty the form"
        person.click("connect/cancel")
        person.until(lambda: person.sees("connect/again"))
        person.click("connect/again")
        person.type("connect/uuid", gateway.account)
        person.drop("connect/payout", gateway.payout_certificate)
        person.until(lambda: "private key of" in person.said())
        person.click("connect/save")
        person.click("recovery/later")
        person.click("connect/done")
        person.until(lambda: person.sees("nav/payout"))
        assert not person.sees("connect/again")
        assert [each.id for each in person.console.services.accounts.all()] == [account_id]


def test_a_second_window_looks_and_goes_on_when_the_first_is_closed(
    sit: Callable[..., Person], home: Path, gateway: Sandbox
) -> None:
    store, _ = settle(home, gateway)
    place = Home(home)
    first = Engine.start(place, Settings.open(place.settings), system_clock(), sandbox=False, vault=store)
    person = sit(store)
    person.get("keyring/again", QWidget)
    assert "already open" in person.said()
    assert "has been open since" in person.said()
    assert not person.sees("nav/payout")
    person.window.rail.chosen.emit("payout")
    assert not person.sees("payment_card_sbp_rub/amount")
    first.close()
    person.click("keyring/again")
    person.until(lambda: person.sees("nav/payout"))


def test_a_fault_of_the_home_has_a_page_of_its_own(sit: Callable[..., Person], home: Path, gateway: Sandbox) -> None:
    store, _ = settle(home, gateway)
    good = (home / "journal.db").read_bytes()
    (home / "journal.db").write_bytes(b"not a database" * 100)
    for name in ("journal.db-wal", "journal.db-shm"):
        (home / name).unlink(missing_ok=True)
    person = sit(store)
    person.get("start/again", QWidget)
    assert "This start sent nothing." in person.said()
    (home / "journal.db").write_bytes(good)
    person.click("start/again")
    person.until(lambda: person.sees("nav/payout"))


def test_a_start_on_a_full_disk_does_not_say_what_became_of_the_last_run(
    sit: Callable[..., Person], home: Path, gateway: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, _ = settle(home, gateway)

    def full(*_: object, **__: object) -> None:
        raise Unavailable("E-DISK-FULL", why="SQLITE_FULL", where="journal.db", who="")

    with monkeypatch.context() as patched:
        patched.setattr(opening, "prepare", full)
        person = sit(store)
        person.get("start/again", QWidget)
    words = person.said()
    assert "The disk takes no more." in words
    assert "{" not in words
    assert "Nothing was sent." not in words
    assert "Orders of an earlier run are asked about once the console is open." in words
    person.click("start/again")
    person.until(lambda: person.sees("nav/payout"))


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "The disk takes no more."), (errno.EROFS, "The disk reported a fault.")],
)
def test_a_disk_that_refuses_before_the_journal_is_met_is_told(
    qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(sandbox, "_say", refuse)
        person = Person(qtbot, home, sandbox=True)
        person.get("start/again", QWidget)
    assert words in person.said()
    assert "This start sent nothing." in person.said()
    person.click("start/again")
    person.until(lambda: person.sees("nav/payout"))
    person.close()
