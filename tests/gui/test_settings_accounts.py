"""Settings of accounts through real widgets: keys, names, roots, codes, and accounts that the password store has lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from console.domain.endpoint import Kind
from console.domain.exchange import Exchange
from console.services.connect import Lost
from console.ui.controls.picture import Picture
from console.ui.pages.connect_check import StepRow
from console.ui.pages.settings_accounts import AccountsSection
from console.ui.pages.settings_dialogs import ReplaceDialog, RootDialog
from tests.gateway.certificates import Authority
from tests.gui.settings_bench import Page
from tests.services.bench import answered, unreachable
from tests.services.connect_bench import BALANCE, HISTORY, INFO, REFUSAL

SBP = "payment_card_sbp_rub"
CODE = f"settings/accounts/acc/code/{SBP}"


def test_an_account_is_renamed(seat: Page) -> None:
    seat.click("settings/accounts/acc/rename")
    name = seat.one("dialog/name", QLineEdit)
    name.setText("")
    seat.click("dialog/rename")
    assert seat.text("dialog/name/problem")
    name.setText("Vector")
    seat.click("dialog/rename")
    assert seat.bench.accounts.get("acc").name == "Vector"
    assert "Vector" in seat.told()


def test_another_certificate_is_taken_and_has_to_be_checked(seat: Page, tmp_path: Path) -> None:
    seat.bench.prove()
    seat.page.refresh()
    seat.rest()
    assert seat.text("settings/accounts/acc/payout/state") == "Works"
    seat.click("settings/accounts/acc/payout/replace")
    dialog = seat.dialog()
    assert isinstance(dialog, ReplaceDialog)
    seat.click("dialog/replace")
    assert seat.text("dialog/problem") == "Choose a certificate first."
    dialog.card.take([tmp_path / "payout-two"])
    seat.rest()
    seat.click("dialog/replace")
    assert seat.text("settings/accounts/acc/payout/state") == "Not checked"
    assert seat.sees("connect/files/remove")


def test_a_removal_is_confirmed_by_the_end_of_the_uuid(seat: Page) -> None:
    seat.click("settings/accounts/acc/remove")
    seat.click("dialog/remove")
    assert seat.text("dialog/typed/problem")
    seat.one("dialog/typed", QLineEdit).setText("4F21")
    seat.click("dialog/remove")
    assert seat.bench.accounts.all() == ()
    assert "No account yet" in seat.told()


def test_the_connection_is_checked(seat: Page) -> None:
    section = seat.page.section("accounts")
    assert isinstance(section, AccountsSection)
    changed: list[bool] = []
    seat.page.accounts_changed.connect(lambda: changed.append(True))
    seat.bench.transport.asks += [BALANCE, HISTORY, INFO]
    seat.click("settings/accounts/check")
    assert seat.text("check/summary") == "The account is connected: the gateway accepts its keys."
    assert seat.text("settings/accounts/acc/payment/state") == "Works"
    assert changed
    assert seat.bench.accounts.has_proof("acc", Kind.PAYMENT)


@pytest.mark.parametrize(
    ("answers", "look"),
    [
        ((REFUSAL, REFUSAL, HISTORY), ("circle-x", "red")),
        ((answered(503, {}), HISTORY), ("clock", "amber")),
        ((answered(429, {}), HISTORY), ("clock", "amber")),
        ((BALANCE, HISTORY, INFO), ("circle-check", "green")),
        ((unreachable(),), ("circle-slash", "ink3")),
    ],
)
def test_only_a_key_that_was_refused_is_red(seat: Page, answers: tuple[Exchange, ...], look: tuple[str, str]) -> None:
    seat.bench.transport.asks += answers
    seat.click("settings/accounts/check")
    assert seat.bench.transport.asks == []
    assert looks(seat, "payout") == look


def test_a_gateway_out_of_reach_says_nothing_against_the_account(seat: Page) -> None:
    seat.bench.transport.asks.append(unreachable())
    seat.click("settings/accounts/check")
    assert looks(seat, "network") == ("clock", "amber")


def looks(seat: Page, step: str) -> tuple[str, str]:
    """The icon of a step of the check, and its colour."""
    picture = seat.one(f"check/{step}", StepRow).findChild(Picture)
    assert picture is not None
    return picture._name, picture._token


def test_a_new_account_is_asked_for(seat: Page) -> None:
    asked: list[bool] = []
    seat.page.connect_asked.connect(lambda: asked.append(True))
    seat.click("settings/accounts/add")
    assert asked


def test_each_key_says_with_what_it_signs_and_when_it_was_checked(seat: Page) -> None:
    payout, payment = (f"settings/accounts/acc/{kind.value}/checked" for kind in (Kind.PAYOUT, Kind.PAYMENT))
    assert seat.text(payment) == "Signs with SHA-1"
    refused = answered(401, {})
    seat.bench.transport.asks += [refused, BALANCE, refused, refused, INFO]
    seat.click("settings/accounts/check")
    assert seat.text(payout) == "Signs with SHA-256, checked 2026-11-24 12:00 MSK"
    assert seat.text("settings/accounts/acc/payment/state") == "Refused"
    assert seat.text(payment) == "Not accepted when checked 2026-11-24 12:00 MSK"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    path = tmp_path / "root.pem"
    path.write_bytes(Authority("Корень «Вектора»").root.pem)
    return path


class TestAnExtraRoot:
    def choose(self, seat: Page, path: Path) -> None:
        seat.click("settings/accounts/acc/root/choose")
        dialog = seat.dialog()
        assert isinstance(dialog, RootDialog)
        dialog.card.take([path])
        seat.rest()
        seat.click("dialog/trust")

    def test_is_chosen_shown_with_its_days_and_fingerprint_and_removed(self, seat: Page, root: Path) -> None:
        seat.click("settings/accounts/acc/more")
        assert seat.text("settings/accounts/acc/root").startswith("None")
        assert not seat.sees("settings/accounts/acc/root/remove")
        self.choose(seat, root)
        found = seat.bench.accounts.root("acc")
        assert found is not None
        shown = seat.text("settings/accounts/acc/root")
        assert found.subject in shown
        assert f"valid {found.since}–{found.until}" in shown
        assert found.printed in shown.replace(": ", ":")
        seat.click("settings/accounts/acc/root/remove")
        assert seat.bench.accounts.root("acc") is None
        assert seat.text("settings/accounts/acc/root").startswith("None")

    def test_is_shown_whole_to_be_compared_and_no_longer_asked_for(self, seat: Page, root: Path) -> None:
        seat.click("settings/accounts/acc/more")
        seat.click("settings/accounts/acc/root/choose")
        dialog = seat.dialog()
        assert isinstance(dialog, RootDialog)
        seat.click("dialog/trust")
        assert seat.text("dialog/problem") == "Choose a certificate file first."
        dialog.card.take([root])
        seat.rest()
        assert not seat.sees("dialog/problem")
        said = dialog.card.said
        longest = max(said.fontMetrics().horizontalAdvance(word) for word in said.text().split())
        assert longest <= said.width()
        seat.click("dialog/back")

    def test_that_is_none_stays_in_the_dialog(self, seat: Page, tmp_path: Path) -> None:
        seat.click("settings/accounts/acc/more")
        (tmp_path / "no.pem").write_text("nothing")
        self.choose(seat, tmp_path / "no.pem")
        assert seat.text("dialog/problem") == "Choose a certificate file first."
        assert "it is not a certificate" in seat.text("connect/root/problem")
        assert seat.bench.accounts.root("acc") is None
        seat.click("dialog/back")

    def test_that_was_changed_outside_is_told_and_can_be_removed(self, seat: Page, root: Path) -> None:
        seat.click("settings/accounts/acc/more")
        self.choose(seat, root)
        seat.bench.accounts.root_file("acc").write_bytes(Authority("Evil").root.pem)
        seat.page.refresh()
        seat.rest()
        assert "not the one that was chosen" in seat.text("settings/accounts/acc/root")
        seat.click("settings/accounts/acc/root/remove")
        assert seat.text("settings/accounts/acc/root").startswith("None")


class TestAServiceCode:
    def test_that_the_account_lists_or_not_is_told(self, seat: Page) -> None:
        seat.click("settings/accounts/acc/more")
        assert seat.text(f"{CODE}/state") == "not known yet"
        seat.bench.transport.asks += [BALANCE, HISTORY, INFO]
        seat.click("settings/accounts/check")
        assert seat.text(f"{CODE}/state") == "the account lists it"
        assert seat.text("settings/accounts/acc/code/payment_card_sbp_rub_card/state") == "the account does not list it"

    def test_is_changed_and_taken_back(self, seat: Page) -> None:
        seat.click("settings/accounts/acc/more")
        seat.click(f"{CODE}/change")
        seat.one("dialog/code", QLineEdit).setText("не код")
        seat.click("dialog/save")
        assert "Latin letters" in seat.text("dialog/code/problem")
        seat.one("dialog/code", QLineEdit).setText("payment_sbp_v5")
        seat.click("dialog/save")
        assert seat.text(CODE) == f"payment_sbp_v5 instead of {SBP}"
        assert seat.bench.accounts.service_code("acc", SBP) == "payment_sbp_v5"
        seat.click(f"{CODE}/change")
        assert seat.text("dialog/code") == "payment_sbp_v5"
        seat.one("dialog/code", QLineEdit).clear()
        seat.click("dialog/save")
        assert seat.text(CODE) == SBP


class TestALostAccount:
    @pytest.fixture
    def lost(self, seat: Page) -> Page:
        for name in ("acc/account", "acc/payout", "acc/payment"):
            seat.bench.vault.remove(name)
        seat.bench.accounts.load()
        seat.page.refresh()
        seat.rest()
        return seat

    def test_can_be_connected_again_from_here(self, lost: Page) -> None:
        asked: list[Lost] = []
        lost.page.reconnect_asked.connect(asked.append)
        assert "The password store has lost" in lost.told()
        assert "No account yet" not in lost.told()
        lost.click("settings/accounts/acc/connect")
        assert [each.id for each in asked] == ["acc"]

    def test_is_removed_by_its_name(self, lost: Page) -> None:
        lost.click("settings/accounts/acc/remove")
        lost.click("dialog/remove")
        assert lost.text("dialog/typed/problem")
        lost.one("dialog/typed", QLineEdit).setText("ооо «вектор»")
        lost.click("dialog/remove")
        assert "No account yet" in lost.told()


def test_everything_of_an_account_is_reached_by_tab(seat: Page) -> None:
    seat.click("settings/accounts/acc/more")
    reached = set[str]()
    seat.one("settings/accounts/acc/rename", QAbstractButton).setFocus()
    for _ in range(40):
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.add(focused.objectName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    wanted = {f"settings/accounts/acc/{each}" for each in ("rename", "more", "remove", "root/choose", "payout/replace")}
    assert wanted | {f"{CODE}/change"} <= reached
