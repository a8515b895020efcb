"""Settings of orders: where an order id comes from, the required basis, and the limits on payouts of an account."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from console.domain.money import Money
from console.domain.text import mark
from console.domain.trouble import Invalid
from console.services.limits import Limit, Scope
from console.settings.settings import BASIS_REQUIRED, ORDER_ID_FROM_BASIS
from console.ui.controls.button import Button
from console.ui.controls.card import row
from console.ui.controls.check import CheckBox
from console.ui.controls.choice import Choice
from console.ui.controls.field import FieldFrame
from console.ui.controls.label import Label
from console.ui.controls.money import MoneyInput, as_typed
from console.ui.i18n import Words
from console.ui.jobs import Jobs
from console.ui.pages.settings_parts import Section, SettingsCard

if TYPE_CHECKING:
    from console.services.services import Services

_TITLE = mark("settings", "Orders")
_ID = mark("settings", "Order id")
_ID_IS = mark("settings", "From the basis it is readable for the accountant; an id is never used twice either way.")
_RANDOM = mark("settings", "Date and random signs")
_BASIS_ID = mark("settings", "From the basis")
_BASIS = mark("settings", "Basis")
_BASIS_IS = mark(
    "settings", "A payout without a basis is not sent. The basis stays here and never goes to the gateway."
)
_REQUIRED = mark("settings", "Required")
_LIMITS = mark("settings", "Limits of payouts")
_LIMITS_ARE = mark(
    "settings",
    "From the level that warns on, a payout needs a reason; above the level that blocks it is not sent. Days are Moscow "
    "days. An empty field is no limit; every change is a record of the journal.",
)
_ACCOUNT = mark("settings", "Account")
_SCOPES = {
    Scope.PAYOUT: mark("settings", "One payout"),
    Scope.DAY: mark("settings", "All payouts of a day"),
    Scope.RECIPIENT: mark("settings", "To one recipient in a day"),
}
_WARN = mark("settings", "Warns from")
_BLOCK = mark("settings", "Blocks above")
_SAVE = mark("settings", "Save limits")
_ORDER = mark("settings", "The level that warns is not above the level that blocks.")
_SAVED = mark("settings", "Limits saved")
_NO_ACCOUNT = mark("settings", "Connect an account first: limits belong to an account.")


class OrdersSection(Section):
    """Order ids, the basis, limits."""

    def __init__(self, services: Services, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(services, jobs, parent)
        settings = services.settings
        self._card = SettingsCard(_TITLE, name="settings/orders")
        from_basis = settings.get(ORDER_ID_FROM_BASIS)
        self.order_id = Choice(
            _ID, ((False, _RANDOM), (True, _BASIS_ID)), from_basis, name="settings/orders/order_id"
        )  # fmt: skip
        self.basis = CheckBox(_REQUIRED, name="settings/orders/basis_required")
        self.basis.setChecked(settings.get(BASIS_REQUIRED))
        self._card.add(_ID, _ID_IS, self.order_id)
        self._card.add(_BASIS, _BASIS_IS, self.basis)
        self.limits = LimitsCard(self)
        self.column.addWidget(self._card)
        self.column.addWidget(self.limits)
        self.column.addStretch(1)
        self.order_id.changed.connect(self._on_order_id)
        self.basis.toggled.connect(self._on_basis)

    def entered(self) -> None:
        """Show the limits as they are now."""
        self.limits.show_accounts()

    def _on_order_id(self, value: object) -> None:
        self._keep(lambda: self.services.settings.set(ORDER_ID_FROM_BASIS, bool(value)))

    def _on_basis(self, required: bool) -> None:
        self._keep(lambda: self.services.settings.set(BASIS_REQUIRED, required))

    def _keep(self, work: Callable[[], None]) -> None:
        self.run(work, lambda _: None, self._card.say, "read")


class LimitsCard(SettingsCard):
    """Three scopes by two levels for one account at a time; nothing is stored until *Save*."""

    def __init__(self, section: OrdersSection) -> None:
        super().__init__(_LIMITS, _LIMITS_ARE, "settings/limits")
        self._section = section
        self._accounts: tuple[str, ...] = ()
        self.account: Choice | None = None
        self.fields: dict[tuple[Scope, str], FieldFrame] = {}
        self._none = Label(_NO_ACCOUNT, "body", "ink2", wrap=True)
        self._grid = QWidget()
        grid = QGridLayout(self._grid)
        grid.setContentsMargins(0, 8, 0, 12)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(14)
        for number, scope in enumerate(Scope):
            grid.addWidget(Label(_SCOPES[scope], "body_medium", wrap=True), number, 0)
            for place, (level, words) in enumerate((("warn", _WARN), ("block", _BLOCK)), 1):
                field = FieldFrame(f"settings/limits/{scope.value}/{level}", words, MoneyInput())
                grid.addWidget(field, number, place)
                self.fields[scope, level] = field
        for place in range(3):
            grid.setColumnStretch(place, 1)
        self.save = Button(_SAVE, "primary", name="settings/limits/save")
        self.save.clicked.connect(self._on_save)
        self._buttons = row(self.save, 1)
        for part in (self._none, self._grid, self._buttons):
            self.add_part(part)

    def show_accounts(self) -> None:
        """Offer the accounts there are, and show the limits of the one in use."""
        accounts = self._section.services.accounts
        known = accounts.all()
        for part, shown in ((self._none, not known), (self._grid, bool(known)), (self._buttons, bool(known))):
            part.setVisible(shown)
        ids = tuple(account.id for account in known)
        if ids != self._accounts or self.account is None:
            self._accounts = ids
            self._offer([(account.id, account.title) for account in known])
        self._show()

    def _offer(self, choices: Sequence[tuple[object, Words]]) -> None:
        if self.account is not None:
            self.head.removeWidget(self.account)
            self.account.hide()
            self.account.deleteLater()
            self.account = None
        current = self._section.services.accounts.current
        if current is not None:
            self.account = Choice(_ACCOUNT, choices, current.id, name="settings/limits/account")
            self.account.changed.connect(self._show)
            self.head.addWidget(self.account)

    def _show(self) -> None:
        self.say("")
        if self.account is None:
            return
        for limit in self._section.services.limits.of(str(self.account.value())):
            for level, money in (("warn", limit.warn), ("block", limit.block)):
                field = self.fields[limit.scope, level]
                field.input.set_text("" if money is None else as_typed(money))
                field.set_problem(None)

    def _on_save(self) -> None:
        wanted = self._read()
        if wanted is None:
            return

        def store() -> None:
            for limit in wanted:
                self._section.services.limits.change(limit)

        self._section.run(store, lambda _: self._section.noticed.emit(_SAVED), self.say, "read")

    def _read(self) -> list[Limit] | None:
        """Return what stands in the fields, or None where something is no sum; then it says so there."""
        if self.account is None:
            return None
        levels: dict[tuple[Scope, str], Money | None] = {}
        for key, field in self.fields.items():
            text = field.input.text().strip()
            try:
                levels[key] = Money.parse(text) if text else None
                field.set_problem(None)
            except Invalid as problem:
                field.set_problem(problem.text)
        for scope in Scope:
            warn, block = levels.get((scope, "warn")), levels.get((scope, "block"))
            if warn is not None and block is not None and warn > block:
                self.fields[scope, "warn"].set_problem(_ORDER)
        wrong = next((field for field in self.fields.values() if field.has_problem()), None)
        if wrong is not None:
            wrong.input.edit.setFocus()
            return None
        account = str(self.account.value())
        return [Limit(account, scope, levels[scope, "warn"], levels[scope, "block"]) for scope in Scope]
