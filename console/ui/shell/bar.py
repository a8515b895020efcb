"""The top bar: which account, its balance and how old that is, what is open and unclear, which environment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.text import mark
from console.ui import i18n, icons
from console.ui.controls import paint
from console.ui.controls.badge import CounterBadge, EnvironmentBadge
from console.ui.controls.button import IconButton
from console.ui.controls.label import Label
from console.ui.controls.picture import Picture
from console.ui.controls.states import look
from console.ui.i18n import Words
from console.ui.shell.accounts import AccountMenu, AccountRow
from console.ui.shell.room import Room
from console.ui.theme import tokens

_ACCOUNT = mark("window", "account …{tail}")
_NO_ACCOUNT = mark("window", "No account")
_SWITCH = mark("window", "Account: {name}")
_REFRESH = mark("window", "Ask for the balance now")
_NO_DATA = mark("window", "no data")
_BALANCE = mark("window", "balance, {age}")
_BALANCE_NAME = mark("window", "Balance {amount}, {age}")


@dataclass(frozen=True, slots=True)
class BalanceShown:
    """A balance as it is shown: the amount, how old it is, whether that is too old (15 minutes)."""

    amount: Words = "—"
    age: Words = _NO_DATA
    is_stale: bool = False


class TopBar(QWidget):
    """The bar of 56 px above the sheet."""

    account_chosen = Signal(str)
    connect_asked = Signal()
    balance_asked = Signal()
    open_asked = Signal()
    unclear_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(tokens.TOP_BAR)
        self.account = AccountSwitch()
        self.account.chosen.connect(self.account_chosen)
        self.account.connect_asked.connect(self.connect_asked)
        self.balance = _Balance()
        self._ask = IconButton("refresh-cw", _REFRESH, name="bar/refresh", key="F5")
        self._ask.clicked.connect(self.balance_asked)
        self.open = CounterBadge(look("wait"), name="bar/open")
        self.open.clicked.connect(self.open_asked)
        self.unclear = CounterBadge(look("unknown"), name="bar/unclear")
        self.unclear.clicked.connect(self.unclear_asked)
        self.environment = EnvironmentBadge(name="bar/environment")
        self.tail = QHBoxLayout()
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(self.account)
        row.addSpacing(8)
        row.addWidget(self.balance)
        row.addWidget(self._ask)
        row.addStretch(1)
        row.addWidget(self.open)
        row.addWidget(self.unclear)
        row.addSpacing(4)
        row.addWidget(self.environment)
        row.addLayout(self.tail)

    def show_balance(self, shown: BalanceShown) -> None:
        """Show a balance."""
        self.balance.show_balance(shown)

    def show_counts(self, open_: int, unclear: int) -> None:
        """Show how many operations are open and how many unclear; zero shows nothing."""
        self.open.count(open_)
        self.unclear.count(unclear)

    def show_environment(self, environment: str, host: str = "") -> None:
        """Mark the environment; an empty one is not marked."""
        self.environment.setVisible(bool(environment))
        if environment:
            self.environment.show_environment(environment, host)

    def clear(self) -> None:
        """Show nothing of a home that is left."""
        self.account.show_accounts((), "")
        self.show_balance(BalanceShown())
        self.show_counts(0, 0)

    def set_room(self, room: Room) -> None:
        """Arrange for a width of the window."""
        narrow = room is Room.NARROW
        self.open.set_narrow(narrow)
        self.unclear.set_narrow(narrow)
        self.account.set_narrow(narrow)


class _Balance(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("bar/balance")
        self._amount = Label(role="lead_money")
        self._age = Label(role="caption", ink="ink3")
        self._sign = Picture("triangle-alert", "amber", 12)
        self._shown = BalanceShown()
        foot = QHBoxLayout()
        foot.setSpacing(4)
        foot.addWidget(self._sign)
        foot.addWidget(self._age)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self._amount)
        column.addLayout(foot)
        column.addStretch(1)
        i18n.current().changed.connect(self.retranslate)
        self.show_balance(self._shown)

    def show_balance(self, shown: BalanceShown) -> None:
        """Show a balance."""
        self._shown = shown
        self._amount.set_ink("ink3" if shown.is_stale else "ink")
        self._age.set_ink("amber" if shown.is_stale else "ink3")
        self._sign.setVisible(shown.is_stale)
        self.retranslate()

    def text(self) -> str:
        """Return the amount as shown."""
        return self._amount.text()

    def retranslate(self) -> None:
        """Say the words again, in the language in use."""
        shown = self._shown
        self._amount.say(shown.amount)
        self._age.say(shown.age if shown.age == _NO_DATA else _BALANCE.with_(age=shown.age))
        self.setAccessibleName(i18n.tr(_BALANCE_NAME.with_(amount=shown.amount, age=shown.age)))


class AccountSwitch(QAbstractButton):
    """The account in use; a click offers the others. `chosen(str)` gives the id wanted, `connect_asked` wants a new one."""

    chosen = Signal(str)
    connect_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._rows: tuple[AccountRow, ...] = ()
        self._current: AccountRow | None = None
        self._menu: AccountMenu | None = None
        self.can_connect = False
        """Whether the menu offers to connect another account."""
        self.ring_radius = tokens.RADIUS_CONTROL
        self.setObjectName("bar/account")
        self.setFixedHeight(40)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self.open_menu)
        self.set_narrow(False)
        i18n.current().changed.connect(self.retranslate)
        self.retranslate()

    def show_accounts(self, rows: Sequence[AccountRow], current: str) -> None:
        """Offer these accounts; `current` is the id of the one in use."""
        self._rows = tuple(rows)
        self._current = next((row for row in rows if row.id == current), None)
        self.retranslate()

    def set_narrow(self, narrow: bool) -> None:
        """Take less room."""
        self.setFixedWidth(168)
        self.update()

    def open_menu(self) -> None:
        """Offer the accounts."""
        if not self._rows and not self.can_connect:
            return
        current = self._current.id if self._current else ""
        self._menu = AccountMenu(self._rows, current, self.window(), can_connect=self.can_connect)
        self._menu.chosen.connect(self.chosen)
        self._menu.connect_asked.connect(self.connect_asked)
        self._menu.popup_at(self.mapToGlobal(QPoint(0, self.height() + 4)))

    def retranslate(self) -> None:
        """Say the words again, in the language in use."""
        name = self._current.name if self._current else i18n.tr(_NO_ACCOUNT)
        self.setAccessibleName(i18n.tr(_SWITCH.with_(name=name)))
        self.setToolTip(name if paint.width(name, "second_strong") > self.width() - 70 else "")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(168, 40)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            rect = QRectF(self.rect())
            fill = "hover" if self.isDown() else "surface"
            paint.box(painter, rect, fill, "edge" if self.underMouse() else "line", tokens.RADIUS_CONTROL)
            icons.draw(painter, "wallet", QRectF(11, 12, 16, 16), "ink2")
            current = self._current
            room = rect.width() - 35 - 30
            if current is None:
                paint.text(painter, QRectF(35, 0, room, 40), i18n.tr(_NO_ACCOUNT), "second_strong", "ink2")
            else:
                paint.text(painter, QRectF(35, 5, room, 17), current.name, "second_strong", "ink")
                tail = i18n.tr(_ACCOUNT.with_(tail=current.tail))
                paint.text(painter, QRectF(35, 21, room, 16), tail, "caption_tabular", "ink3")
            icons.draw(painter, "chevrons-up-down", QRectF(rect.right() - 23, 13, 14, 14), "ink2")
