"""The settings page through its real widgets, over real services and a real journal."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from console.domain.money import Money
from console.domain.trouble import Unavailable
from console.journal.recovery import code_of
from console.services import check
from console.services.limits import Limit, Scope
from console.settings.settings import (
    BASIS_REQUIRED,
    HIDE_AMOUNTS,
    IDLE_MINUTES,
    LANGUAGE,
    ORDER_ID_FROM_BASIS,
    PROXY,
    RECOVERY_KEPT,
    THEME,
)
from console.ui import formats, i18n
from console.ui.controls.check import CheckBox
from console.ui.controls.choice import Choice
from console.ui.controls.payer import BodyBlock
from console.ui.pages.settings import SECTIONS
from console.ui.pages.settings_backup import BackupSection
from console.ui.pages.settings_lock import LockSection
from console.ui.theme import theme
from tests.gui.settings_bench import Page, show, type_in
from tests.services.bench import answered


def tick(seat: Page, name: str) -> None:
    seat.one(name, CheckBox).click()
    seat.rest()


def test_every_section_opens_by_click_and_by_arrows(seat: Page) -> None:
    for name, _, words in SECTIONS:
        show(seat, name)
        shown = seat.page.stack.currentWidget()
        assert shown is not None
        assert shown.isVisible()
        assert i18n.tr(words) in seat.text(f"settings/section/{name}")
    QTest.keyClick(seat.one("settings/section/about", QAbstractButton), Qt.Key.Key_Up)
    seat.rest()
    assert seat.sees("settings/backup/choose")


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_check_names_the_section_as_it_is_called(language: str) -> None:
    i18n.current().choose(language)
    sections = {name: i18n.tr(words) for name, _, words in SECTIONS}
    assert sections["accounts"] in i18n.tr(check._ROOT)


def test_an_account_is_added_where_accounts_are(seat: Page) -> None:
    head = seat.page.add.parentWidget()
    assert head is not None and seat.sees("settings/accounts/add")
    height = head.height()
    for name, _, _ in SECTIONS:
        show(seat, name)
        assert seat.sees("settings/accounts/add") == (name == "accounts"), name
        assert head.height() == height, "the cards stay where they are"


def test_the_language_and_the_theme_change_at_once_and_stay(seat: Page) -> None:
    show(seat, "look")
    seat.one("settings/look/language", Choice).set_value("ru")
    seat.one("settings/look/theme", Choice).set_value("dark")
    seat.rest()
    assert "Язык и вид" in seat.told()
    assert theme.tokens().name == "dark"
    assert (seat.bench.settings.get(LANGUAGE), seat.bench.settings.get(THEME)) == ("ru", "dark")


def test_amounts_are_hidden(seat: Page) -> None:
    show(seat, "look")
    tick(seat, "settings/look/hide_amounts")
    assert formats.money(Money(100)) == "RUB\u00a0•••"
    assert formats.money(Money(100), hidden=False) == "RUB\u00a01.00"
    assert seat.bench.settings.get(HIDE_AMOUNTS)
    formats.hide_amounts(hidden=False)  # as the key does
    show(seat, "look")
    assert not seat.one("settings/look/hide_amounts", CheckBox).isChecked()


def test_orders(seat: Page) -> None:
    show(seat, "orders")
    seat.one("settings/orders/order_id", Choice).set_value(True)
    tick(seat, "settings/orders/basis_required")
    assert seat.bench.settings.get(ORDER_ID_FROM_BASIS)
    assert seat.bench.settings.get(BASIS_REQUIRED)


def test_limits_are_stored_together_and_read_back(seat: Page) -> None:
    show(seat, "orders")
    type_in(seat, "settings/limits/payout/warn", "1000")
    type_in(seat, "settings/limits/payout/block", "5000,50")
    seat.click("settings/limits/save")
    assert seat.bench.limits.of("acc")[0] == Limit("acc", Scope.PAYOUT, Money(100_000), Money(500_050))
    show(seat, "look")
    show(seat, "orders")
    assert seat.text("settings/limits/payout/block").replace("\u00a0", "") == "5000.50"


@pytest.mark.parametrize(("warn", "block"), [("1000", "500"), ("abc", "")])
def test_a_limit_that_makes_no_sense_is_said_at_its_field(seat: Page, warn: str, block: str) -> None:
    show(seat, "orders")
    type_in(seat, "settings/limits/day/warn", warn)
    type_in(seat, "settings/limits/day/block", block)
    seat.click("settings/limits/save")
    assert seat.text("settings/limits/day/warn/problem")
    assert seat.bench.limits.of("acc")[1] == Limit("acc", Scope.DAY)


def test_the_proxy(seat: Page) -> None:
    show(seat, "following")
    assert "Questions go as planned." in seat.told()
    type_in(seat, "settings/network/proxy", "user:secret@host")
    seat.click("settings/network/save")
    assert seat.text("settings/network/proxy/problem")
    type_in(seat, "settings/network/proxy", "proxy.example:3128")
    seat.click("settings/network/save")
    assert seat.bench.settings.get(PROXY) == "http://proxy.example:3128"


def test_enter_goes_on_and_sets_the_pin(seat: Page) -> None:
    show(seat, "lock")
    section = seat.page.section("lock")
    assert isinstance(section, LockSection)
    seat.click("settings/lock/set")
    for name in ("typed", "again"):
        assert not section.services.lock.has_pin()
        edit = seat.dialog().findChild(QLineEdit, f"dialog/{name}")
        assert isinstance(edit, QLineEdit)
        edit.setText("осень-26")
        QTest.keyClick(edit, Qt.Key.Key_Return)
        seat.rest()
    assert section.services.lock.has_pin()


def test_a_pin_is_set_changed_and_removed(seat: Page) -> None:
    show(seat, "lock")
    section = seat.page.section("lock")
    assert isinstance(section, LockSection)

    def fill(**texts: str) -> None:
        dialog = seat.dialog()
        for name, text in texts.items():
            edit = dialog.findChild(QLineEdit, f"dialog/{name}")
            assert isinstance(edit, QLineEdit)
            assert edit.echoMode() is QLineEdit.EchoMode.Password
            edit.setText(text)

    seat.click("settings/lock/set")
    fill(typed="123", again="123")
    seat.click("dialog/set")
    assert "6 characters" in seat.text("dialog/typed/problem")
    fill(typed="осень-26", again="осень-26")
    seat.click("dialog/set")
    assert section.services.lock.has_pin()
    seat.click("settings/lock/remove")
    fill(known="wrong")
    seat.click("dialog/remove")
    assert seat.text("dialog/known/problem") == "This is not the PIN."
    fill(known="осень-26")
    seat.click("dialog/remove")
    assert not section.services.lock.has_pin()


def test_the_idle_time(seat: Page) -> None:
    show(seat, "lock")
    seat.one("settings/lock/idle", Choice).set_value(30)
    seat.rest()
    assert seat.bench.settings.get(IDLE_MINUTES) == 30


def test_a_recovery_code_is_checked_and_not_kept(seat: Page) -> None:
    show(seat, "recovery")
    type_in(seat, "settings/recovery/code", "AAAA")
    seat.click("settings/recovery/check")
    assert seat.text("settings/recovery/code/problem")
    type_in(seat, "settings/recovery/code", code_of(seat.bench.key))
    seat.click("settings/recovery/check")
    assert "This is the code of this journal." in seat.told()
    assert seat.text("settings/recovery/code") == ""


def test_whether_the_code_is_kept_and_the_code_itself(seat: Page) -> None:
    seat.bench.settings.set(RECOVERY_KEPT, False)
    show(seat, "recovery")
    assert "Nobody proved to have a copy" in seat.told()
    seat.click("settings/recovery/show")
    assert code_of(seat.bench.key)[:4] in seat.told()


def test_a_backup_is_made_into_the_chosen_folder(seat: Page, tmp_path: Path) -> None:
    show(seat, "backup")
    section = seat.page.section("backup")
    assert isinstance(section, BackupSection)
    assert not section.make.isEnabled()
    section.take(tmp_path / "nowhere")
    seat.rest()
    assert seat.text("settings/backup/problem")
    (tmp_path / "copies").mkdir()
    section.take(tmp_path / "copies")
    seat.rest()
    heard: list[object] = []
    seat.page.noticed.connect(heard.append)
    seat.click("settings/backup/make")
    assert len(seat.page._services.backups.all()) == 1
    assert "none yet" not in seat.told()
    assert len(heard) == 1


def test_a_backup_can_be_stopped(seat: Page, tmp_path: Path) -> None:
    section = seat.page.section("backup")
    assert isinstance(section, BackupSection)
    seat.page.show_section("backup")
    section.take(tmp_path)
    seat.rest()
    section.make.click()
    section._on_stop()
    seat.rest()
    assert not section.progress.isVisible()
    assert not list(tmp_path.glob("*.part"))


def test_a_gap_is_signed_off_with_note_and_name(seat: Page) -> None:
    show(seat, "backup")
    assert not seat.sees("settings/gap/sign")
    seat.bench.journal.block(Unavailable("E-ROLLBACK", k=3, why="restored"))
    show(seat, "backup")
    assert "The journal knows no order. Compare every order of the cabinet with it, then sign off." in seat.told()
    seat.click("settings/gap/sign")
    assert seat.text("settings/gap/problem")
    type_in(seat, "settings/gap/note", "compared with the bank")
    type_in(seat, "settings/gap/name", "Anna")
    seat.click("settings/gap/sign")
    assert seat.bench.journal.fault is None
    assert not seat.sees("settings/gap/sign")


def test_a_gap_says_from_where_on_orders_are_to_be_compared(seat: Page) -> None:
    for number in ("1", "2"):
        seat.bench.clock.advance(60)
        seat.bench.prove()
        seat.bench.send(answered(200, {"id": int(number), "payment_status": "wait"}), order_id=f"o-{number}")
    seat.bench.journal.block(Unavailable("E-ROLLBACK", k=3, why="restored"))
    show(seat, "backup")
    assert "The last order in the journal is o-2 of 2026-11-24 12:02 MSK. Compare every later one" in seat.told()


def test_the_head_ends_where_the_cards_end(seat: Page) -> None:
    card, add = seat.one("settings/accounts/acc", QWidget), seat.one("settings/accounts/add", QWidget)
    ends = [each.mapTo(seat.window, each.rect().topRight()).x() for each in (card, add)]
    assert ends[0] == ends[1]


def test_about_names_the_licences(seat: Page) -> None:
    show(seat, "about")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in seat.one("settings/about/text", BodyBlock).toPlainText()
    seat.one("settings/about/licence", Choice).set_value("httpx")
    seat.rest()
    assert "Encode" in seat.one("settings/about/text", BodyBlock).toPlainText()
