"""The settings, section by section, over a real journal and a scripted gateway."""

import tempfile
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from console.catalogue.methods import by_code
from console.domain.digest import Digest
from console.domain.endpoint import Kind
from console.domain.money import Money
from console.domain.secret import Secret
from console.domain.text import Text
from console.gateway.tls_root import read_root
from console.services.anchor import Anchor
from console.services.backups import Backups, Found
from console.services.check import _TITLES as STEPS
from console.services.check import CheckReport, Step
from console.services.connect_record import change_record
from console.services.gap import Gap
from console.services.limits import Limit, Scope
from console.services.lock import Lock
from console.services.recovery import Recovery
from console.ui.controls.states import look as look_of
from console.ui.controls.warning import OfflineBar
from console.ui.pages.help import HelpDialog
from console.ui.pages.help_keys import KeysDialog
from console.ui.pages.lock import LockPage
from console.ui.pages.palette import Palette, Target
from console.ui.pages.restore import RestoreDialog
from console.ui.pages.settings import SettingsPage
from console.ui.pages.settings_accounts import AccountsSection
from console.ui.pages.settings_backup import BackupSection
from console.ui.pages.settings_dialogs import CodeDialog
from console.ui.shell.curtain import Curtain
from console.ui.shell.notices import Notices
from console.ui.window import MainWindow
from shots_scenes.frame import framed
from shots_scenes.story import Story, day
from shots_stage import Stage, scene
from tests.gateway.certificates import Authority
from tests.services.connect_bench import Desk

LARGE, SMALL, HALF = (1440, 900), (1280, 720), (960, 540)


def settings(stage: Stage, section: str, environment: str = "live") -> tuple[MainWindow, SettingsPage, Story]:
    story = day(stage)
    bench = story.bench
    anchor = Anchor(bench.vault, bench.journal)
    folder = tempfile.TemporaryDirectory()
    stage.at_end(folder.cleanup)
    Path(folder.name, "desk").mkdir()
    backups = Backups(bench.home, bench.journal.journal_id, bench.settings, bench.clock)
    more = {
        "connect": Desk(bench, Path(folder.name, "desk")).connector,
        "limits": bench.limits,
        "backups": backups,
        "gap": Gap(bench.journal, anchor, bench.settings, bench.clock, backups),
        "recovery": Recovery(bench.vault, bench.reader, bench.settings),
        "lock": Lock(bench.vault, bench.accounts, bench.journal, bench.reader, bench.clock),
    }
    story.services.__dict__.update(more)
    page = SettingsPage(story.services, story.jobs)  # type: ignore[arg-type]  # the services that this page asks
    window = framed(stage, "settings", lambda: page, environment)
    page.show_section(section)
    stage.later(story.until)
    return window, page, story


@scene("12-settings", LARGE, (150, 200))
def accounts(stage: Stage) -> QWidget:
    window, page, _ = settings(stage, "accounts")
    section = page.section("accounts")
    assert isinstance(section, AccountsSection)
    details = (
        Text(
            "", stage.say("Сертификат шлюза выдан Let's Encrypt.", "The gateway's certificate is from Let's Encrypt.")
        ),
        Text("", stage.say("Принят с SHA-1.", "Accepted with SHA-1.")),
        Text("", stage.say("Принят с SHA-1.", "Accepted with SHA-1.")),
        Text("", stage.say("Платежи и выплаты.", "Payments and payouts.")),
    )
    steps = tuple(
        Step(name, True, title, detail, 0.05 * number + 0.04)
        for number, ((name, title), detail) in enumerate(zip(STEPS.items(), details, strict=True))
    )
    summary = Text("", stage.say("Счёт подключён: шлюз принимает оба ключа.", "The gateway accepts both keys."))
    digests: dict[Kind, Digest | None] = dict.fromkeys(Kind, Digest.SHA1)
    report = CheckReport(steps, True, summary, None, digests, None, None)
    stage.later(lambda: section.check.show_report(report))
    return window


def opened(stage: Stage, *, lost: bool) -> QWidget:
    """The accounts with the fold of the first open: an extra root, a code of its own; or that account lost."""
    window, page, story = settings(stage, "accounts")
    bench, connector = story.bench, page._services.connect
    bench.accounts.prove(bench.accounts.open("acc"), Kind.PAYOUT, Digest.SHA1, bench.clock())
    if lost:
        bench.vault.remove("acc/account")
        bench.accounts.load()
    else:
        name = stage.say("Корень «Вектора»", "Vector Root")
        connector.set_root("acc", read_root(Authority(name).root.pem, bench.clock().utc))
        connector.set_code("acc", "payment_card_sbp_rub", "payment_sbp_v5")
        change_record(bench.settings, "acc", info={"payment": {"codes": ["payment_card_number_card"]}})
        section = page.section("accounts")
        assert isinstance(section, AccountsSection)
        section.keep_open("acc", is_open=True)
    page.show_section("accounts")
    stage.later(story.until)
    return window


@scene("12-settings-accounts-more", LARGE)
def more_of_an_account(stage: Stage) -> QWidget:
    return opened(stage, lost=False)


@scene("12-settings-accounts-lost", LARGE)
def lost_account(stage: Stage) -> QWidget:
    return opened(stage, lost=True)


@scene("12-settings-code", LARGE)
def code_dialog(stage: Stage) -> QWidget:
    return over(stage, lambda window: CodeDialog(by_code("payment_card_sbp_rub"), "payment_sbp_v5", window))


@scene("12-settings-restore", LARGE)
def restore_dialog(stage: Stage) -> QWidget:
    made = datetime(2026, 11, 23, 18, 0, tzinfo=timezone.utc)
    found = Found(Path("journal-9f2c41aa-2026-11-23T180004Z.db"), "9f2c41aa", 1482, made, True, 27)
    return over(stage, lambda window: RestoreDialog(found, window))


@scene("12-settings-960x540", HALF, (200,))
def accounts_small(stage: Stage) -> QWidget:
    return settings(stage, "accounts", "sandbox")[0]


@scene("12-settings-orders", LARGE)
def orders(stage: Stage) -> QWidget:
    window, page, story = settings(stage, "orders")
    limits = story.bench.limits
    limits.change(Limit("acc", Scope.PAYOUT, Money(100_000_00), Money(500_000_00)))
    limits.change(Limit("acc", Scope.DAY, None, Money(3_000_000_00)))
    stage.later(lambda: page.show_section("orders"))
    return window


@scene("12-settings-following", LARGE)
def following(stage: Stage) -> QWidget:
    return settings(stage, "following")[0]


@scene("12-settings-look", LARGE)
def look(stage: Stage) -> QWidget:
    return settings(stage, "look")[0]


@scene("12-settings-lock", LARGE)
def lock(stage: Stage) -> QWidget:
    window, page, story = settings(stage, "lock")
    story.services.lock.set_pin(Secret("осень-26"), Secret("осень-26"))
    stage.later(lambda: page.show_section("lock"))
    stage.later(story.until)
    return window


@scene("12-settings-recovery", SMALL)
def recovery(stage: Stage) -> QWidget:
    return settings(stage, "recovery")[0]


@scene("12-settings-backup", LARGE)
def backup(stage: Stage) -> QWidget:
    window, page, story = settings(stage, "backup")
    section = page.section("backup")
    assert isinstance(section, BackupSection)
    folder = tempfile.TemporaryDirectory()
    stage.at_end(folder.cleanup)
    section.take(Path(folder.name))
    stage.later(story.until)
    stage.later(section.make.click)
    stage.later(story.until)
    stage.later(story.until)
    return window


@scene("12-settings-about", LARGE)
def about(stage: Stage) -> QWidget:
    return settings(stage, "about")[0]


@scene("13-lock", LARGE)
def locked(stage: Stage) -> QWidget:
    window, _, _ = settings(stage, "look")
    page = LockPage()
    curtain = Curtain(window)
    stage.later(lambda: curtain.lower(page))
    stage.later(lambda: page.show_way(has_pin=True))
    stage.later(lambda: page.refuse(Text("", stage.say("Это не тот ПИН-код.", "This is not the PIN."))))
    return window


def over(stage: Stage, make: Callable[[QWidget], QDialog]) -> QWidget:
    """The window with a dialog over it, drawn as a part of it."""
    window, _, story = settings(stage, "look")

    def show() -> None:
        dialog = make(window)
        dialog.setWindowFlags(Qt.WindowType.Widget)
        dialog.setParent(window)
        dialog.show()
        dialog.adjustSize()
        dialog.move((window.width() - dialog.width()) // 2, 90)

    stage.later(show)
    stage.later(story.until)
    return window


@scene("14-palette", LARGE)
def palette(stage: Stage) -> QWidget:
    def make(window: QWidget) -> QDialog:
        targets = [
            Target("banknote-arrow-up", stage.say("Новая выплата", "New payout"), stage.say("страница", "page"), list),
            Target("smartphone", stage.say("По номеру телефона", "By phone"), stage.say("способ", "method"), list),
            Target("database", stage.say("Резервная копия", "Backup"), stage.say("настройки", "settings"), list),
            Target("lock", stage.say("Заблокировать", "Lock"), stage.say("действие", "deed"), list),
            Target("info", stage.say("Если исход неизвестен", "Unknown outcomes"), stage.say("справка", "help"), list),
        ]
        return Palette(targets, lambda *_: None, window)

    return over(stage, make)


@scene("14-help", LARGE)
def help_(stage: Stage) -> QWidget:
    def make(window: QWidget) -> QDialog:
        dialog = HelpDialog("unknown", window)
        dialog.setMinimumSize(980, 660)
        return dialog

    return over(stage, make)


@scene("14-keys", LARGE)
def keys_(stage: Stage) -> QWidget:
    return over(stage, KeysDialog)


@scene("15-notices", LARGE)
def notices(stage: Stage) -> QWidget:
    window, _, _ = settings(stage, "orders")
    told = Notices(window.sheet)
    rows = (
        ("PO-1", "paid", "Выплата PO-20261124-0015: выплачено", "Payout PO-20261124-0015: paid out"),
        ("PO-2", "disputed", "Шлюз противоречит себе по PO-20261124-0007", "The gateway contradicts itself"),
    )

    def tell() -> None:
        for order, state, russian, english in rows:
            detail = stage.say("12 345,67 ₽, Алексеев И. П.", "RUB 12,345.67, Alekseev I. P.")
            told.tell(order, look_of(state, "payout"), stage.say(russian, english), detail, stays=True)
        bar = OfflineBar(stage.say("Нет связи со шлюзом с 13:58. Вопросы ждут.", "No connection since 13:58."))
        window.sheet.set_offline(bar)

    stage.later(tell)
    return window
