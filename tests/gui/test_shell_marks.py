"""What the window shows at all times: environment, account, balance, counters; and how it bears narrow windows."""

import itertools

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.ui import i18n
from console.ui.controls.badge import EnvironmentBadge
from console.ui.controls.outcome import Outcome
from console.ui.shell.accounts import AccountMenu, AccountRow
from console.ui.theme import theme
from console.ui.theme.tokens import DARK, LIGHT
from console.ui.window import BalanceShown, MainWindow

ACCOUNTS = (
    AccountRow("a", "ООО «Вектор»", "4f21", "live"),
    AccountRow("b", "Песочница", "0001", "sandbox"),
)
OUTCOMES = (
    Outcome("", "circle-check", "green", "Usual", "wait, then paid"),
    Outcome(".33", "circle-question-mark", "amber", "Lose the answer", "accepted, no answer"),
)


class Memory:
    """Keeps a size."""

    def __init__(self, size: tuple[int, int] | None = None) -> None:
        self.size = size

    def read(self) -> tuple[int, int] | None:
        return self.size

    def write(self, width: int, height: int) -> None:
        self.size = (width, height)


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    result = MainWindow()
    qtbot.addWidget(result)
    result.resize(1440, 900)
    with qtbot.waitActive(result):
        result.show()
    return result


def badge(window: MainWindow) -> EnvironmentBadge:
    found = window.findChild(EnvironmentBadge, "bar/environment")
    assert isinstance(found, EnvironmentBadge)
    return found


def edge(window: MainWindow) -> set[str]:
    """The colours along the upper edge of the sheet."""
    image = window.grab().toImage()
    origin = window.sheet.mapTo(window, QPoint(0, 0))
    return {QColor(image.pixel(origin.x() + left, origin.y() + 3)).name().upper() for left in range(60, 160)}


@pytest.mark.parametrize(
    ("environment", "word", "russian"),
    [
        ("live", "LIVE", "БОЕВОЙ"),
        ("sandbox", "SANDBOX", "ПЕСОЧНИЦА"),
        ("other", "OTHER GATEWAY: gw.example.org", "ДРУГОЙ ШЛЮЗ: gw.example.org"),
    ],
)
def test_the_environment_is_said_in_title_and_badge(
    window: MainWindow, environment: str, word: str, russian: str
) -> None:
    window.set_environment(environment, "gw.example.org")
    assert badge(window).text() == badge(window).accessibleName() == word
    assert window.windowTitle() == f"AliKassa Console — {word}"
    i18n.current().choose("ru")
    assert window.windowTitle() == f"Консоль AliKassa — {russian}"
    assert badge(window).text() == russian


def test_the_frame_is_solid_when_money_is_real_and_hatched_when_it_is_not(window: MainWindow) -> None:
    window.set_environment("sandbox")
    assert {LIGHT.sand_t, LIGHT.sand_h} <= edge(window) and window.sheet.strip.isVisible()
    window.set_environment("live")
    assert not window.sheet.strip.isVisible()
    image = window.grab().toImage()
    origin = window.sheet.mapTo(window, QPoint(0, 0))
    assert QColor(image.pixel(origin.x() + 100, origin.y() + 1)).name().upper() == LIGHT.live_e
    theme.current().choose("dark")
    image = window.grab().toImage()
    assert QColor(image.pixel(origin.x() + 100, origin.y() + 1)).name().upper() == DARK.live_e


def test_the_balance_says_how_old_it_is(window: MainWindow) -> None:
    balance = window.findChild(QWidget, "bar/balance")
    assert balance is not None and balance.accessibleName() == "Balance —, no data"
    window.show_balance(BalanceShown("RUB 1.00", "2 min ago"))
    assert balance.accessibleName() == "Balance RUB 1.00, 2 min ago"
    window.show_balance(BalanceShown("RUB 1.00", "47 min ago", is_stale=True))
    assert LIGHT.amber in {
        QColor(balance.grab().toImage().pixel(x, y)).name().upper() for x in range(90) for y in range(50)
    }


def test_counters_hide_at_zero_and_lead_to_what_they_count(window: MainWindow, qtbot: QtBot) -> None:
    assert not window.bar.unclear.isVisible() and not window.bar.open.isVisible()
    window.show_counts(4, 1)
    with qtbot.waitSignal(window.bar.unclear_asked):
        QTest.mouseClick(window.bar.unclear, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(window.bar.open_asked):
        QTest.mouseClick(window.bar.open, Qt.MouseButton.LeftButton)


def test_the_account_switch_offers_the_others(window: MainWindow, qtbot: QtBot) -> None:
    window.bar.account.show_accounts(ACCOUNTS, "a")
    assert window.bar.account.accessibleName() == "Account: ООО «Вектор»"
    window.bar.account.open_menu()
    menu = window.findChild(AccountMenu)
    assert isinstance(menu, AccountMenu)
    row = menu.findChild(QAbstractButton, "bar/account/b")
    assert isinstance(row, QAbstractButton)
    with qtbot.waitSignal(window.bar.account_chosen) as chosen:
        QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    assert chosen.args == ["b"]


def test_the_account_in_use_is_not_chosen_again(window: MainWindow, qtbot: QtBot) -> None:
    window.bar.account.show_accounts(ACCOUNTS, "a")
    window.bar.account.open_menu()
    menu = window.findChild(AccountMenu)
    assert isinstance(menu, AccountMenu)
    row = menu.findChild(QAbstractButton, "bar/account/a")
    assert isinstance(row, QAbstractButton)
    with qtbot.assertNotEmitted(window.bar.account_chosen):
        QTest.keyClick(row, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.findChild(AccountMenu) is None)


def test_without_an_account_there_is_no_menu(window: MainWindow) -> None:
    window.bar.account.open_menu()
    assert window.findChild(AccountMenu) is None and window.bar.account.accessibleName() == "Account: No account"


def test_the_outcome_of_the_next_request_is_chosen_in_the_strip(window: MainWindow, qtbot: QtBot) -> None:
    strip = window.sheet.strip
    strip.offer(OUTCOMES)
    button = window.findChild(QAbstractButton, "sandbox/outcome")
    assert isinstance(button, QAbstractButton)
    assert button.accessibleName() == "Outcome of the next request: usual"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    option = window.findChild(QAbstractButton, "sandbox/outcome/.33")
    assert isinstance(option, QAbstractButton) and option.isVisible()
    with qtbot.waitSignal(strip.outcome_chosen) as chosen:
        QTest.mouseClick(option, Qt.MouseButton.LeftButton)
    assert chosen.args == [".33"]
    assert button.accessibleName() == "Outcome of the next request: Lose the answer"
    strip.show_outcome("")
    assert button.accessibleName() == "Outcome of the next request: usual"


def test_a_second_click_closes_the_panel(window: MainWindow, qtbot: QtBot) -> None:
    window.sheet.strip.offer(OUTCOMES)
    button = window.findChild(QAbstractButton, "sandbox/outcome")
    assert isinstance(button, QAbstractButton)
    for _ in range(2):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.findChild(QWidget, "sandbox/outcomes") is None)


@pytest.mark.parametrize(
    ("width", "rail", "words"),
    [(1920, 212, True), (1440, 212, True), (1359, 92, True), (1120, 92, True), (1000, 92, False)],
)
def test_the_shell_bears_every_width(window: MainWindow, width: int, rail: int, words: bool) -> None:
    window.show_counts(4, 1)
    window.resize(width, 700)
    assert window.rail.width() == rail
    assert (window.bar.unclear.toolTip() == "") is words
    assert window.bar.environment.geometry().right() <= window.bar.width()
    assert window.bar.open.x() > window.bar.balance.geometry().right()


def test_the_smallest_window_is_960_by_540(window: MainWindow) -> None:
    window.resize(200, 200)
    assert window.size() == QSize(960, 540)


def test_nothing_in_the_bar_is_cut_in_the_smallest_window(window: MainWindow) -> None:
    i18n.current().choose("ru")
    window.set_environment("live")
    window.bar.account.show_accounts(ACCOUNTS, "a")
    window.show_balance(BalanceShown("999\u00a0999\u00a0999,99\u00a0₽", "47 мин назад"))
    window.show_counts(99, 12)
    window.resize(960, 540)
    QApplication.processEvents()
    shown = [window.bar.account, window.bar.balance, window.bar.open, window.bar.unclear, window.bar.environment]
    edges = [(part.x(), part.geometry().right()) for part in shown]
    assert all(left > right for (_, right), (left, _) in itertools.pairwise(edges))


def test_the_size_is_kept(qtbot: QtBot) -> None:
    memory = Memory((1100, 640))
    first = MainWindow(memory)
    qtbot.addWidget(first)
    assert first.size() in {
        QSize(1100, 640),
        QSize(1100, 640).boundedTo(first.screen().availableSize() - QSize(64, 64)).expandedTo(QSize(960, 540)),
    }
    first.show()
    first.resize(1000, 600)
    first.close()
    assert memory.size == (1000, 600)


def test_closing_can_be_refused(window: MainWindow) -> None:
    window.leaving.connect(lambda event: event.ignore())
    assert window.close() is False and window.isVisible()
    window.leaving.disconnect()


def test_a_notice_lies_on_the_sheet(window: MainWindow) -> None:
    window.notice("Copied")
    toast = window.findChild(QWidget, "toast")
    assert toast is not None and toast.isVisible() and toast.parentWidget() is window.sheet
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not toast.isVisible()


def test_the_welcome_page_has_no_environment(window: MainWindow, qtbot: QtBot) -> None:
    page = QWidget()
    window.welcome(page)
    assert not window.rail.isVisible() and not window.bar.isVisible() and page.isVisible()
    assert window.windowTitle() == "AliKassa Console" and window.sheet.environment() == ""
    window.welcome(None)
    window.set_environment("sandbox")
    assert window.rail.isVisible() and window.windowTitle() == "AliKassa Console — SANDBOX"
