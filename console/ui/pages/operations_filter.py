"""The chips above the operations table: state, kind, method and period, as the filter they make.

Periods are Moscow days counted from now. Knows no row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from enum import Enum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.catalogue.methods import every
from console.domain.endpoint import Kind
from console.domain.method import Method
from console.domain.moment import MOSCOW
from console.domain.states import State
from console.domain.text import Text, mark
from console.domain.wording import state_word
from console.journal.filters import Filter
from console.ui.controls.button import Button
from console.ui.controls.chip import FilterChip
from console.ui.i18n import Words

_STATE = mark("operations", "State")
_KIND = mark("operations", "Kind")
_METHOD = mark("operations", "Method")
_PERIOD = mark("operations", "Period")
_ANY_STATE = mark("operations", "any")
_ANY_KIND = mark("operations", "payouts and payments")
_ANY_METHOD = mark("operations", "all")
_ANY_TIME = mark("operations", "all the time")
_UNCLEAR = mark("operations", "unclear and contradictions")
_OPEN = mark("operations", "in progress")
_PAID = mark("operations", "Paid out, paid")
_PAYOUTS = mark("operations", "payouts")
_PAYMENTS = mark("operations", "payments")
_RESET = mark("operations", "Reset")
_OF_KIND = {
    Kind.PAYOUT: mark("operations", "payout: {method}"),
    Kind.PAYMENT: mark("operations", "payment: {method}"),
}


class Period(Enum):
    """A span of Moscow days that ends now, or yesterday."""

    ALL = "all"
    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"
    MONTH = "month"


_PERIODS: dict[Period, Text] = {
    Period.ALL: _ANY_TIME,
    Period.TODAY: mark("operations", "today"),
    Period.YESTERDAY: mark("operations", "yesterday"),
    Period.WEEK: mark("operations", "7 days"),
    Period.MONTH: mark("operations", "30 days"),
}
_DAYS = {Period.TODAY: 0, Period.YESTERDAY: 1, Period.WEEK: 6, Period.MONTH: 29}

UNCLEAR = "unclear"
OPEN = frozenset(state for state in State if state.is_open)
_STATES = (
    State.UNKNOWN,
    State.ABSENT,
    State.NOT_SENT,
    State.WAIT,
    State.PAID,
    State.REJECTED,
    State.FAIL,
    State.CANCEL,
    State.CLOSED,
)


class FilterBar(QWidget):
    """The four chips and *Reset*; `changed` comes with every choice, `filter()` is what they let through."""

    changed = Signal()
    reset_asked = Signal()

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._extra = Filter()
        self._silent = False
        self.state = FilterChip(_STATE, _state_choices(), name="operations/filter/state")
        kinds = [(None, _ANY_KIND), (Kind.PAYOUT, _PAYOUTS), (Kind.PAYMENT, _PAYMENTS)]
        self.kind = FilterChip(_KIND, kinds, name="operations/filter/kind")
        self.method = FilterChip(_METHOD, _method_choices(None), name="operations/filter/method")
        self.period = FilterChip(_PERIOD, list(_PERIODS.items()), name="operations/filter/period")
        self.reset = Button(_RESET, "quiet", size="small", name="operations/reset")
        self.reset.clicked.connect(self.reset_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for chip in self._chips():
            row.addWidget(chip)
            chip.changed.connect(self._on_changed)
        row.addWidget(self.reset)
        row.addStretch(1)
        self.kind.changed.connect(self._on_kind)
        self._show_reset()

    def filter(self) -> Filter:
        """Return what the chips let through."""
        wanted = replace(self._extra, kind=_kind(self.kind.value()))
        chosen = self.state.value()
        if chosen == UNCLEAR:
            wanted = replace(wanted, unclear_only=True)
        elif isinstance(chosen, frozenset):
            wanted = replace(wanted, states=chosen)
        service = self.method.value()
        if isinstance(service, str):
            wanted = replace(wanted, services=frozenset({service}))
        since, until = span(_period(self.period.value()), self._now())
        return replace(wanted, since=since, until=until)

    def is_on(self) -> bool:
        """Tell whether any chip narrows the table."""
        return any(chip.is_on() for chip in self._chips()) or not self._extra.is_empty

    def clear(self) -> None:
        """Let everything through; `changed` comes once."""
        self._extra = Filter()
        self._choose(dict.fromkeys(self._chips()))

    def show_filter(self, wanted: Filter) -> None:
        """Choose what `wanted` says by the chips that can; `changed` comes once."""
        state: object = UNCLEAR if wanted.unclear_only else wanted.states or None
        values = [value for value, _ in _state_choices()]
        self._extra = Filter() if state in values else Filter(states=wanted.states)
        self._choose({self.state: state if state in values else None, self.kind: wanted.kind, self.method: None,
                      self.period: None})  # fmt: skip

    def _chips(self) -> tuple[FilterChip, ...]:
        return self.state, self.kind, self.method, self.period

    def _choose(self, values: dict[FilterChip, object]) -> None:
        self._silent = True
        for chip, value in values.items():
            if value is None:
                chip.reset()
            else:
                chip.set_value(value)
        self._silent = False
        self._on_changed()

    def _on_kind(self, kind: object) -> None:
        """Offer the methods of that kind alone."""
        self.method.set_choices(_method_choices(_kind(kind)))

    def _on_changed(self) -> None:
        if not self._silent:
            self._show_reset()
            self.changed.emit()

    def _show_reset(self) -> None:
        self.reset.setVisible(self.is_on())


def span(period: Period, now: datetime) -> tuple[datetime | None, datetime | None]:
    """Return since and until (UTC) of a period; None where it is open."""
    if period is Period.ALL:
        return None, None
    midnight = now.astimezone(MOSCOW).replace(hour=0, minute=0, second=0, microsecond=0)
    since = (midnight - timedelta(days=_DAYS[period])).astimezone(timezone.utc)
    return since, midnight.astimezone(timezone.utc) if period is Period.YESTERDAY else None


def _state_choices() -> list[tuple[object, Words]]:
    plain: list[tuple[object, Words]] = [
        (frozenset({state}), _PAID if state is State.PAID else state_word(state, Kind.PAYOUT)) for state in _STATES
    ]
    return [(None, _ANY_STATE), (UNCLEAR, _UNCLEAR), (OPEN, _OPEN), *plain]


def _method_choices(kind: Kind | None) -> list[tuple[object, Words]]:
    def words(method: Method) -> Text:
        return method.title if kind is not None else _OF_KIND[method.kind].with_(method=method.title)

    return [(None, _ANY_METHOD), *((method.code, words(method)) for method in every(kind))]


def _kind(value: object) -> Kind | None:
    return value if isinstance(value, Kind) else None


def _period(value: object) -> Period:
    return value if isinstance(value, Period) else Period.ALL
