"""The window round a page, as a person sees it: rail, top bar, environment."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from console.ui.shell.accounts import AccountRow
from console.ui.shell.bar import BalanceShown
from console.ui.shell.entry import Entry
from console.ui.window import MainWindow
from shots_stage import Stage

RAIL = (
    ("overview", "layout-dashboard", "Обзор", "Overview", "Обзор", "Overview"),
    ("payout", "banknote-arrow-up", "Новая выплата", "New payout", "Выплата", "Payout"),
    ("payment", "banknote-arrow-down", "Новый платёж", "New payment", "Платёж", "Payment"),
    ("operations", "list", "Операции", "Operations", "Операции", "Operations"),
    ("journal", "scroll-text", "Журнал", "Journal", "Журнал", "Journal"),
    ("settings", "settings", "Настройки", "Settings", "Настройки", "Settings"),
)


def framed(stage: Stage, name: str, build: Callable[[], QWidget], environment: str = "sandbox") -> MainWindow:
    """Return the window with the page `name` made by `build`."""
    window = MainWindow()
    for entry, icon, russian, english, short_russian, short_english in RAIL:
        factory = build if entry == name else QWidget
        words = stage.say(russian, english), stage.say(short_russian, short_english)
        window.register(Entry(entry, icon, *words, factory))
    account = AccountRow("a", stage.say("ООО «Вектор»", "Vector LLC"), "4f21", environment)
    window.bar.account.show_accounts([account], "a")
    amount = stage.say("1\u00a0284\u00a0560,00\u00a0₽", "RUB\u00a01,284,560.00")
    window.show_balance(BalanceShown(amount, stage.say("2 мин назад", "2 min ago")))
    window.show_counts(4, 1)
    window.set_environment(environment)
    window.go(name)
    return window
