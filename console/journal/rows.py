"""An operation as the table shows it: one row, typed. Knows no SQL beyond the names of the columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from console.domain.endpoint import Kind
from console.domain.moment import Moment, parse_utc
from console.domain.money import Money
from console.domain.states import State


@dataclass(frozen=True, slots=True)
class OperationRow:
    """A row of `operation`; the fields are its columns, in order (`layout.OPERATION_COLUMNS`).

    Times are ISO texts as `Moment.iso` writes them. `amount` is in kopecks; `paid_amount`, `fee` and `credited` are the
    gateway's own texts. `number_find` is the keyed mark of the recipient's number, of a payment that of the payer's id.
    """

    order_id: str
    account: str
    kind: Kind
    service: str
    state: State
    attempt: int
    disputed_at: str | None
    disputed_reason: str | None
    amount: int
    currency: str
    recipient: str | None
    basis: str | None
    number_masked: str | None
    number_find: str | None
    bank: str | None
    gateway_id: str | None
    uuid: str | None
    gateway_state: str | None
    paid_amount: str | None
    fee: str | None
    credited: str | None
    partial: bool | None
    error_code: str | None
    error_text: str | None
    created_at: str
    changed_at: str
    ended_at: str | None
    ended_monotonic: float | None
    ended_boot: str | None
    asks: int
    asked_at: str | None
    resolved_at: str | None
    intended_seq: int | None

    @property
    def is_disputed(self) -> bool:
        """Whether the mark stands beside the state."""
        return self.disputed_at is not None

    @property
    def is_unclear(self) -> bool:
        """Whether money may have moved without anybody knowing, or the gateway contradicts itself."""
        return self.state.is_unclear or self.is_disputed

    @property
    def money(self) -> Money:
        """The amount that was ordered."""
        return Money(self.amount, self.currency)

    @property
    def created(self) -> datetime:
        """When the order was fixed, aware and in UTC."""
        return parse_utc(self.created_at)

    @property
    def changed(self) -> datetime:
        """When the row last changed, aware and in UTC."""
        return parse_utc(self.changed_at)

    @property
    def asked(self) -> datetime | None:
        """When the gateway was last asked, aware and in UTC."""
        return None if self.asked_at is None else parse_utc(self.asked_at)

    @property
    def ended(self) -> Moment | None:
        """When the last attempt ended, on both clocks; None while it runs or where none was made."""
        if self.ended_at is None:
            return None
        return Moment(parse_utc(self.ended_at), self.ended_monotonic or 0.0, self.ended_boot or "")

    @property
    def key(self) -> tuple[str, str]:
        """Where the row stands in the table's order: what the next page begins before."""
        return self.created_at, self.order_id


def operation(row: Sequence[Any]) -> OperationRow:
    """Return the typed row; raises ValueError for a state or kind that nobody knows."""
    values = list(row)
    values[2] = Kind(str(values[2]))
    values[4] = State(str(values[4]))
    values[21] = None if values[21] is None else bool(values[21])
    return OperationRow(*values)
