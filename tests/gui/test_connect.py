"""Connecting an account by the window, from the welcome page to a checked connection, and what is said on the way."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from console.domain.endpoint import Kind
from console.domain.environment import Environment
from console.journal.recovery import group_of
from console.sandbox.sandbox import Sandbox
from console.settings.settings import ACCOUNTS, RECOVERY_KEPT, Settings
from console.ui.pages.connect_files import FileCard
from console.vault.memory import MemoryVault
from tests.gateway.certificates import Authority
from tests.gui.console_bench import Person, answer_by, zipped

Open = Callable[[], Person]


@pytest.fixture
def gateway(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """A gateway that answers as the real one would."""
    made = Sandbox.open(tmp_path / "gateway")
    answer_by(made, monkeypatch)
    yield made
    made.close()


@pytest.fixture
def vault() -> MemoryVault:
    return MemoryVault()


@pytest.fixture
def person(qtbot: QtBot, home: Path, vault: MemoryVault) -> Iterator[Person]:
    made = Person(qtbot, home, vault=vault)
    yield made
    made.close()


def fill(person: Person, gateway: Sandbox, name: str = "Vector") -> None:
    person.click("welcome/connect")
    person.type("connect/name", name)
    person.type("connect/uuid", gateway.account)


def state(person: Person, name: str) -> str:
    """What a card says at last."""
    card = person.get(name, FileCard)
    person.until(lambda: "Reading" not in card.said.text())
    return f"{card.said.text()} {card.problem.text()}"


def test_from_the_welcome_page_to_a_checked_connection(
    person: Person, gateway: Sandbox, vault: MemoryVault, home: Path, tmp_path: Path
) -> None:
    payout = zipped(gateway.payout_certificate, tmp_path / "payout.zip")
    payment = zipped(gateway.payment_certificate, tmp_path / "payment.zip")
    fill(person, gateway)
    assert not person.sees("nav/overview")
    person.drop("connect/payout", payout)
    assert "payout.zip: private key of" in state(person, "connect/payout")
    person.drop("connect/payment", payment)
    assert "SHA-256" in state(person, "connect/payment")
    person.click("connect/save")

    person.until(lambda: "-" in person.text("recovery/code") and "•" not in person.text("recovery/code"))
    code = person.text("recovery/code").replace("\n", "-")
    assert code == person.console.services.recovery.code()
    person.click("recovery/kept")
    assert "•" in person.text("recovery/code")
    person.type("recovery/group", "0000")
    person.click("recovery/done")
    person.until(lambda: person.sees("recovery/group/problem"))
    assert "Look at your copy" in person.text("recovery/group/problem")
    number = int(person.get("recovery/group", QLineEdit).accessibleName().split()[1])
    person.type("recovery/group", group_of(code, number))
    person.click("recovery/done")

    person.until(lambda: person.sees("check/summary"))
    assert person.text("check/summary") == "The account is connected: the gateway accepts its keys."
    for step in ("network", "payout", "payment", "info"):
        assert person.sees(f"check/{step}")
    assert "RUB" in person.text("connect/balance")
    person.click("connect/files/remove")
    person.until(lambda: not payout.exists() and not payment.exists())
    person.click("connect/done")
    person.until(lambda: person.sees("nav/payout"))
    person.rest()
    account = person.console.services.accounts.current
    assert account is not None
    assert (account.name, account.environment) == ("Vector", Environment.LIVE)
    assert "LIVE" in person.window.windowTitle()
    settings = Settings.open(home / "settings.json")
    assert settings.get(RECOVERY_KEPT)
    stored = (home / "settings.json").read_text()
    assert gateway.account not in stored
    assert "api-merchant" not in stored


def test_one_direction_is_enough_and_the_code_can_wait(person: Person, gateway: Sandbox) -> None:
    fill(person, gateway)
    person.drop("connect/payout", *sorted(gateway.payout_certificate.iterdir()))
    state(person, "connect/payout")
    person.click("connect/save")
    person.click("recovery/later")
    person.until(lambda: person.sees("check/summary"))
    person.click("connect/done")
    person.until(lambda: person.sees("nav/payout"))
    assert person.console.services.accounts.all()[0].kinds == {Kind.PAYOUT}
    assert not person.console.services.recovery.is_kept


class TestWhatIsWrong:
    def test_with_what_was_typed_is_said_at_its_field(self, person: Person, gateway: Sandbox) -> None:
        person.click("welcome/connect")
        person.type("connect/uuid", "7b6c")
        person.click("connect/save")
        assert person.text("connect/name/problem").startswith("Enter a name")
        assert person.text("connect/uuid/problem").startswith("A UUID has 32")
        assert person.text("connect/payout/problem").startswith("Add the certificate")
        assert person.get("connect/name", QLineEdit).hasFocus()
        person.type("connect/name", "Vector")
        person.type("connect/uuid", gateway.account)
        person.click("connect/save")
        person.until(lambda: person.sees("connect/payout/problem"))
        assert person.text("connect/payout/problem").startswith("Add the certificate")
        assert person.console.settings.get(ACCOUNTS) == ()

    def test_with_a_host_that_is_not_documented_is_said_before_it_is_typed_again(
        self, person: Person, gateway: Sandbox
    ) -> None:
        fill(person, gateway)
        assert not person.sees("connect/host")
        person.click("connect/gateway/another")
        assert person.get("connect/host", QLineEdit).hasFocus()
        assert not person.sees("connect/host/again")
        person.click("connect/save")
        assert person.text("connect/host/problem") == "Enter the gateway's host."
        person.type("connect/host", "gate.example")
        assert "will be able to repeat your signed requests" in person.said()
        person.drop("connect/payout", gateway.payout_certificate)
        state(person, "connect/payout")
        person.click("connect/save")
        person.until(lambda: person.sees("connect/host/again/problem"))
        person.type("connect/host/again", "gate.example")
        person.click("connect/save")
        person.click("recovery/later")
        person.click("connect/done")
        person.until(lambda: person.sees("nav/payout"))
        account = person.console.services.accounts.current
        assert account is not None
        assert account.environment is Environment.OTHER

    def test_with_a_certificate_is_said_at_its_card(self, person: Person, gateway: Sandbox, tmp_path: Path) -> None:
        fill(person, gateway)
        folder = gateway.payout_certificate
        cases: list[tuple[str, Callable[[Path], object], str]] = [
            ("wrong.zip", lambda path: wrong(folder, path, "password.txt", b"wrong"), "password is wrong or the file"),
            ("public.zip", lambda path: wrong(folder, path, "private.pem", (folder / "public.pem").read_bytes()),
             "public half of a pair signs nothing"),
            ("none.zip", lambda path: wrong(folder, path, "password.txt", None), "password.txt is missing"),
            ("other.7z", lambda path: path.write_bytes(b"7z"), "it is not a zip archive"),
            ("damaged.zip", lambda path: path.write_bytes(b"PK\x03\x04damaged"), "it is damaged"),
        ]  # fmt: skip
        for name, make, words in cases:
            make(tmp_path / name)
            person.drop("connect/payout", tmp_path / name)
            assert words in state(person, "connect/payout"), name
        person.click("connect/save")
        assert person.text("connect/payout/problem").startswith("Mend this certificate")
        person.drop("connect/payout", folder)
        assert "private key of" in state(person, "connect/payout")
        person.click("connect/payout/away")
        assert state(person, "connect/payout").startswith("Drop the cabinet's zip")

    def test_single_files_are_put_together(self, person: Person, gateway: Sandbox) -> None:
        fill(person, gateway)
        folder = gateway.payout_certificate
        person.drop("connect/payout", folder / "public.pem")
        assert "private.pem is missing" in state(person, "connect/payout")
        person.drop("connect/payout", folder / "private.pem", folder / "password.txt")
        assert "private key of" in state(person, "connect/payout")

    def test_with_one_pair_for_both_is_said(self, person: Person, gateway: Sandbox) -> None:
        fill(person, gateway)
        for name in ("connect/payout", "connect/payment"):
            person.drop(name, gateway.payout_certificate)
            state(person, name)
        person.click("connect/save")
        person.until(lambda: person.sees("connect/payout/problem"))
        assert "given for the other direction" in person.text("connect/payout/problem")

    def test_a_swapped_pair_is_told_by_the_check(self, person: Person, gateway: Sandbox) -> None:
        fill(person, gateway)
        person.drop("connect/payout", gateway.payment_certificate)
        person.drop("connect/payment", gateway.payout_certificate)
        state(person, "connect/payout")
        state(person, "connect/payment")
        person.click("connect/save")
        person.click("recovery/later")
        person.until(lambda: person.sees("check/summary"))
        assert "swapped" in person.text("check/summary")


def test_the_documented_hosts_are_a_choice_by_mouse_and_keys(person: Person, gateway: Sandbox) -> None:
    fill(person, gateway)
    first = person.get("connect/gateway/com", QAbstractButton)
    assert (first.isChecked(), first.accessibleName()) == (True, "Gateway host: api-merchant.alikassa.com")
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert person.get("connect/gateway/io", QAbstractButton).isChecked()
    person.click("connect/gateway/another")
    person.type("connect/host", "gate.example")
    assert person.sees("connect/host/again")
    person.click("connect/gateway/io")
    assert not person.sees("connect/host")
    assert not person.sees("connect/host/again")
    person.drop("connect/payout", gateway.payout_certificate)
    state(person, "connect/payout")
    person.click("connect/save")
    person.click("recovery/later")
    person.until(lambda: person.sees("check/summary"))
    assert person.console.services.accounts.all()[0].host == "api-merchant.alikassa.io"


def test_a_folder_is_chosen_in_a_dialog(person: Person, gateway: Sandbox) -> None:
    fill(person, gateway)
    person.click("connect/payout/folder")
    dialog = person.window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert dialog.fileMode() is QFileDialog.FileMode.Directory
    dialog.filesSelected.emit([str(gateway.payout_certificate)])
    dialog.close()
    assert "private.pem" in state(person, "connect/payout")
    assert "private key of" in state(person, "connect/payout")


class TestAnExtraRoot:
    def test_is_dropped_shown_and_kept_for_the_account(self, person: Person, gateway: Sandbox, tmp_path: Path) -> None:
        (tmp_path / "root.pem").write_bytes(Authority("Vector").root.pem)
        fill(person, gateway)
        person.click("connect/more")
        person.drop("connect/root", tmp_path / "root.pem")
        assert "Vector (Tests), valid 20" in state(person, "connect/root")
        person.drop("connect/payout", gateway.payout_certificate)
        state(person, "connect/payout")
        person.click("connect/save")
        person.click("recovery/later")
        person.until(lambda: person.sees("check/summary"))
        (account,) = person.console.services.accounts.all()
        root = person.console.services.accounts.root(account.id)
        assert root is not None
        assert root.subject == "Vector (Tests)"

    def test_that_is_none_is_said_at_its_card_and_can_be_taken_away(
        self, person: Person, gateway: Sandbox, tmp_path: Path
    ) -> None:
        fill(person, gateway)
        person.click("connect/more")
        person.drop("connect/root", gateway.payout_certificate / "private.pem")
        assert "it holds a private key" in state(person, "connect/root")
        person.drop("connect/root", tmp_path / "nowhere.pem")
        assert "it cannot be read" in state(person, "connect/root")
        person.click("connect/root/away")
        assert not person.sees("connect/root/problem")


def test_a_file_that_cannot_be_removed_is_named_and_can_be_tried_again(
    person: Person, gateway: Sandbox, tmp_path: Path
) -> None:
    payout = zipped(gateway.payout_certificate, tmp_path / "payout.zip")
    payment = zipped(gateway.payment_certificate, tmp_path / "payment.zip")
    fill(person, gateway)
    person.drop("connect/payout", payout)
    person.drop("connect/payment", payment)
    state(person, "connect/payout")
    state(person, "connect/payment")
    person.click("connect/save")
    person.click("recovery/later")
    person.until(lambda: person.sees("connect/files"))
    assert person.text("connect/files").splitlines() == [str(payout), str(payment)]
    payment.unlink()
    payment.mkdir()  # what lies there now is no file
    person.click("connect/files/remove")
    person.until(lambda: person.text("connect/files").startswith("These would not go"))
    assert str(payment) in person.text("connect/files")
    assert str(payout) not in person.text("connect/files")
    assert not payout.exists()
    payment.rmdir()
    person.click("connect/files/remove")
    person.until(lambda: not person.sees("connect/files"))


def test_an_account_that_the_store_lost_is_connected_again_from_its_settings(
    person: Person, gateway: Sandbox, vault: MemoryVault
) -> None:
    fill(person, gateway)
    person.drop("connect/payout", gateway.payout_certificate)
    state(person, "connect/payout")
    person.click("connect/save")
    person.click("recovery/later")
    person.click("connect/done")
    person.until(lambda: person.sees("nav/settings"))
    person.rest()
    (account,) = person.console.services.accounts.all()
    for name in ("account", "payout"):
        vault.remove(f"{account.id}/{name}")
    person.console.services.accounts.load()
    person.click("nav/settings")
    person.click(f"settings/accounts/{account.id}/connect")
    assert person.text("connect/name") == "Vector"
    person.type("connect/uuid", gateway.account)
    person.drop("connect/payout", gateway.payout_certificate)
    state(person, "connect/payout")
    person.click("connect/save")
    person.until(lambda: person.sees("recovery/later"))
    person.click("recovery/later")
    person.click("connect/done")
    person.until(lambda: person.sees("nav/settings"))
    assert [each.id for each in person.console.services.accounts.all()] == [account.id]


def test_files_are_chosen_in_a_dialog(person: Person, gateway: Sandbox, tmp_path: Path) -> None:
    archive = zipped(gateway.payout_certificate, tmp_path / "payout.zip")
    fill(person, gateway)
    person.click("connect/payout/files")
    dialog = person.window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.filesSelected.emit([str(archive)])
    dialog.close()
    assert "private key of" in state(person, "connect/payout")


def test_cancel_goes_back_to_the_welcome_page(person: Person) -> None:
    person.click("welcome/connect")
    person.click("connect/cancel")
    person.until(lambda: person.sees("welcome/journal"))
    person.click("welcome/journal")
    person.until(lambda: person.sees("nav/journal"))
    assert person.window.windowTitle() == "AliKassa Console"


def wrong(folder: Path, into: Path, name: str, content: bytes | None) -> None:
    """A zip of a certificate with one file changed or missing."""
    with zipfile.ZipFile(into, "w") as archive:
        for path in folder.iterdir():
            data = content if path.name == name else path.read_bytes()
            if data is not None:
                archive.writestr(path.name, data)
