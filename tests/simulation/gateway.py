"""A gateway that exists only in a history: it accepts, loses, delays, refuses, lies and falls ill by a seed.

Its ledger is the judge: what it accepted happened, whatever the console believes.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from console.domain.exchange import Exchange, Reason
from tests.services.bench import answered, lost, unreachable

LATE_MOST = 600.0
FINALS = ("paid", "paid", "paid", "fail", "cancel")


@dataclass
class Order:
    """An order that the gateway has: `at` and `final_at` are seconds of the history."""

    order_id: str
    id: int
    amount: str
    number: str
    at: float
    final_at: float
    final: str

    def status(self, now: float) -> str:
        """The `payment_status` at a second of the history."""
        return self.final if now >= self.final_at else "wait"

    def moves_money(self, now: float) -> bool:
        """Whether its money left or still may."""
        return self.status(now) not in {"fail", "cancel"}


@dataclass
class VirtualGateway:
    """The gateway's side of a history. `now` is the history's clock in seconds."""

    random: Random
    now: Callable[[], float]
    note: Callable[[str], None]
    ledger: dict[str, Order] = field(default_factory=dict)
    late: list[Order] = field(default_factory=list)
    ill: str = ""
    ill_until: float = 0.0
    is_healed: bool = False
    next_id: int = 100_000_000
    believed: Callable[[str], bool] = lambda _: False
    """Whether the console's journal holds the true final state of an order: only then may the gateway lie about it."""

    def fall_ill(self, how: str, seconds: float) -> None:
        """Be out of order for a while: down, 500, 401, html, 429."""
        self.ill, self.ill_until = how, self.now() + seconds

    def heal(self) -> None:
        """Be well from now on: no illness, and no question that gets through badly."""
        self.ill, self.is_healed = "", True

    def knows(self, order_id: str) -> bool:
        """Whether an order was accepted or still will be."""
        return order_id in self.ledger or any(order.order_id == order_id for order in self.late)

    def surface(self) -> None:
        """Accept the creates that were held up."""
        due = [order for order in self.late if order.at <= self.now()]
        self.late = [order for order in self.late if order.at > self.now()]
        for order in due:
            self.ledger.setdefault(order.order_id, order)

    @property
    def is_down(self) -> bool:
        """Whether nothing reaches it."""
        return self._illness() == "down"

    def create(self, body: bytes) -> Exchange:
        """Answer a create whose bytes arrived."""
        self.surface()
        wanted = json.loads(body)
        order_id = wanted["order_id"]
        if self.knows(order_id):
            return self._told(400, {"message": "", "errors": {"order_id": ["has already been taken"]}})
        illness = self._illness()
        if illness:
            return self._sick(illness)
        deed = self.random.choices(
            ("accept", "accept-lost", "lost", "late", "refuse", "500", "garbage", "no-id"), (12, 4, 3, 3, 2, 1, 1, 1)
        )[0]
        self.note(f"gateway {deed}")
        return self._do(deed, wanted)

    def ask(self, body: bytes) -> Exchange:
        """Answer a status question."""
        self.surface()
        illness = self._illness()
        if illness:
            return unreachable() if illness == "down" else self._sick(illness)
        if self.random.random() < 0.1 and not self.is_healed:
            return self.random.choice((lost(), lost(Reason.SILENT), answered(502, b"<html>"), answered(200, b"{}")))
        wanted = json.loads(body)
        if not isinstance(wanted, dict):
            return answered(200, {"currency": "RUB", "balance": "1000000.00000000", "pending_payouts": "0.00"})
        order = next(
            (each for each in self.ledger.values() if wanted in ({"order_id": each.order_id}, {"id": str(each.id)})),
            None,
        )
        if order is None:
            return self._told(400, {"message": "", "errors": {"order_id": ["not found"]}})
        return answered(200, self._status(order))

    def _status(self, order: Order) -> dict[str, object]:
        status = order.status(self.now())
        if status != "wait" and self.believed(order.order_id) and self.random.random() < 0.05:
            status = "cancel" if status == "paid" else "paid"
            self.note(f"gateway lies about {order.order_id}")
        return {
            "order_id": order.order_id,
            "id": order.id,
            "payment_status": status,
            "amount": order.amount + "0000000",
            "payment_amount": order.amount,
            "commission_amount": 1.5,
            "is_partial_payment": False,
        }

    def _do(self, deed: str, wanted: dict[str, str]) -> Exchange:
        if deed == "refuse":
            return self._told(400, {"message": "The given data was invalid.", "errors": {"number": ["is wrong"]}})
        if deed in {"lost", "500"}:
            return lost() if deed == "lost" else answered(500, b"oops")
        order = self._order(wanted, self.random.uniform(1, LATE_MOST) if deed == "late" else 0.0)
        if deed == "late":
            self.late.append(order)
            return lost(Reason.SILENT)
        self.ledger[order.order_id] = order
        if deed == "accept-lost":
            return lost(self.random.choice((Reason.DROPPED, Reason.SILENT, Reason.GARBAGE, Reason.TOO_BIG)))
        if deed == "garbage":
            return answered(200, b"<html>ok</html>")
        return answered(
            200, {"payment_status": "wait"} if deed == "no-id" else {"id": order.id, "payment_status": "wait"}
        )

    def _order(self, wanted: dict[str, str], delay: float) -> Order:
        self.next_id += 1
        at = self.now() + delay
        final_at = at + self.random.choice((0.0, 5.0, 60.0, 900.0))
        return Order(
            wanted["order_id"],
            self.next_id,
            wanted["amount"],
            wanted["number"],
            at,
            final_at,
            self.random.choice(FINALS),
        )

    def _illness(self) -> str:
        if self.ill and self.now() >= self.ill_until:
            self.ill = ""
        return self.ill

    def _sick(self, illness: str) -> Exchange:
        return {
            "down": lost(),
            "500": answered(503, b""),
            "401": answered(401, {"message": "Unauthenticated."}),
            "html": answered(200, b"<html>maintenance</html>"),
            "429": answered(429, b"", retry_after="30"),
        }[illness]

    def _told(self, status: int, body: dict[str, object]) -> Exchange:
        return answered(status, body)
