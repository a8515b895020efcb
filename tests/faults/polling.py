"""T-POLL: thousands of pending operations on a virtual clock, and a made-up gateway that counts who asks when.

The program under test is the real one, down to journal and keys; made up are the clock, the transport and the vault.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from console.domain.exchange import Exchange
from console.domain.moment import Moment
from console.domain.states import State
from console.gateway.signing import Signed
from console.journal import layout
from console.journal.connect import Connection
from console.services.schedule import IN_FLIGHT, RATE
from tests.faults.judge import Found
from tests.services.bench import Bench, FakeTransport, answered, unreachable

UNKNOWN = 120
"""How many are unknown at first: every other one of them never reached the gateway."""
HEALTHY, SLOW, NOW = 240.0, 600.0, 500.0
"""Seconds from the start: the gateway answers again, it asks to slow down, a person presses *Check now*."""
SETTLED = 900.0
"""Seconds after which everything that the gateway knows has to be known (G15)."""
PAUSE = 60.0
ANSWER = 0.04
"""Seconds that an answer takes."""
LATE = 1.2
"""How much longer than planned a whole round of questions may take (failure model P8)."""


@dataclass
class PollTransport(FakeTransport):
    """Where the network begins."""

    answer: Callable[[Signed], Exchange] = lambda _: unreachable()

    def ask(self, endpoint: object, signed: Signed, *_: object) -> Exchange:
        return self.answer(signed)


class Crowd:
    """The pending operations, the gateway and the beat of the console."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch, seed: int, pending: int) -> None:
        self.random = Random(seed)
        self.bench = Bench(folder, patch)
        self.bench.transport = PollTransport("", answer=self._answer)
        self.bench.prove()
        self.began = self.bench.clock.monotonic
        self.orders = [f"p-{number:05d}" for number in range(pending)]
        self.unknown = {order: bool(place % 2) for place, order in enumerate(self.random.sample(self.orders, UNKNOWN))}
        """Each unknown one, and whether the gateway knows it."""
        self.asked: list[tuple[float, str]] = []
        self.settled: dict[str, float] = {}
        self.paused_at: float | None = None
        self._insert()
        self.bench.compose()
        self.bench.follow._random = self.random.random
        self.bench.follow.start()

    def now(self) -> float:
        """Seconds since the start."""
        return self.bench.clock.monotonic - self.began

    def run(self, until: float) -> None:
        """Beat once a second; answers make room for further questions, as in the window."""
        checked = False
        while self.now() < until:
            begun = self.now()
            while claimed := self.bench.follow.claim():
                for order in claimed:
                    self.bench.clock.advance(ANSWER)
                    self._ask(order)
            if not checked and self.now() >= NOW:
                checked = True
                self._check_now()
            self.bench.journal.flush(self.bench.clock())
            self.bench.clock.advance(max(0.0, begun + 1 - self.now()))

    def _ask(self, order: str) -> None:
        row = self.bench.follow.ask(order)
        if row.state is not State.UNKNOWN and order in self.unknown:
            self.settled.setdefault(order, self.now())

    def _check_now(self) -> None:
        """A person asks about the one that was asked last: it is asked at once, whatever is due."""
        order = self.asked[-1][1]
        self._ask(order)
        assert self.asked[-1] == (self.now(), order), "Check now did not ask at once"

    def _answer(self, signed: Signed) -> Exchange:
        order = str(json.loads(signed.body)["order_id"])
        self.asked.append((self.now(), order))
        if self.now() < HEALTHY:
            return self.random.choice((unreachable(), answered(500, b"oops"), unreachable()))
        if self.paused_at is None and self.now() >= SLOW:
            self.paused_at = self.now()
            return answered(429, b"", retry_after=str(int(PAUSE)))
        if not self.unknown.get(order, True):
            return answered(400, {"message": "", "errors": {"order_id": ["not found"]}})
        return answered(200, {"order_id": order, "id": int(order[2:]) + 1, "payment_status": "wait"})

    def _insert(self) -> None:
        """Write the pending operations as a journal has them, without their events: nothing here reads those."""
        now = self.bench.clock()
        columns: dict[str, str | int | None] = dict.fromkeys(layout.OPERATION_COLUMNS) | {
            "account": "acc", "kind": "payout", "service": "payment_card_sbp_rub", "attempt": 1, "amount": 300_000,
            "currency": "RUB", "asks": 0,
        }  # fmt: skip
        rows = []
        for order in self.orders:
            age = timedelta(seconds=self.random.uniform(0, 2 * 24 * 3600))
            created = Moment(now.utc - age, now.monotonic, now.boot).iso()
            state = State.UNKNOWN if order in self.unknown else State.WAIT
            gateway_id = None if order in self.unknown else str(int(order[2:]) + 1)
            more = {"order_id": order, "state": state.value, "gateway_id": gateway_id, "created_at": created,
                    "changed_at": created, "ended_at": created}  # fmt: skip
            rows.append(tuple((columns | more).values()))
        marks = ", ".join("?" * len(columns))
        sql = f"INSERT INTO operation ({', '.join(columns)}) VALUES ({marks})"
        found = "INSERT INTO search (rowid, recipient, basis, order_id, gateway_id) "
        found += "SELECT id, recipient, basis, order_id, gateway_id FROM operation"

        def write(connection: Connection) -> None:
            connection.executemany(sql, rows)
            connection.execute(found)

        self.bench.journal._store.write(write)


def run(order: dict[str, Any]) -> dict[str, Any]:
    """Let a crowd be followed until every one was surely asked about, and judge how."""
    with tempfile.TemporaryDirectory(dir=order["folder"]) as folder, pytest.MonkeyPatch.context() as patch:
        crowd = Crowd(Path(folder), patch, order["seed"], order["pending"])
        sweep = order["pending"] / RATE * LATE
        end = HEALTHY + max(SETTLED, sweep + PAUSE) + 60.0
        crowd.run(end)
        found = Found()
        _pace(crowd, found)
        _everybody(crowd, found, sweep)
        _outcomes(crowd, found)
        crowd.bench.close()
    known = sum(crowd.unknown.values())
    settled = sum(crowd.unknown[order] for order in crowd.settled)
    return {
        "found": found.facts(), "questions": len(crowd.asked), "seconds": round(end), "known": known, "settled": settled
    }  # fmt: skip


def _pace(crowd: Crowd, found: Found) -> None:
    """No more than the budget: five a second, never more than two seconds' worth in one, and a pause is kept."""
    window: deque[float] = deque()
    most = 0
    for at, _ in crowd.asked:
        window.append(at)
        while window[0] <= at - 1.0:
            window.popleft()
        most = max(most, len(window))
    if most > 2 * RATE:
        found.is_wrong(f"{most} questions within a second")
    minutes = Counter(int(at // 60) for at, _ in crowd.asked)
    if max(minutes.values()) > 60 * RATE + RATE + 1:
        found.is_wrong(f"{max(minutes.values())} questions within a minute")
    assert crowd.paused_at is not None
    early = [at for at, _ in crowd.asked if crowd.paused_at < at < crowd.paused_at + PAUSE]
    if len(early) >= IN_FLIGHT:  # those that were in flight already come all the same
        found.is_wrong(f"{len(early)} questions while the gateway asked to slow down")


def _everybody(crowd: Crowd, found: Found, sweep: float) -> None:
    """Everybody is asked within one round of questions after the outage, a round with its pause, and none is starved."""
    until = HEALTHY + sweep + PAUSE + 60.0
    asked = {order for at, order in crowd.asked if HEALTHY <= at <= until}
    starved = [order for order in crowd.orders if order not in asked]
    if starved:
        found.is_wrong(f"{len(starved)} of {len(crowd.orders)} were not asked within {until:.0f} s: {starved[:3]}")
    accepted = Counter(order for at, order in crowd.asked if at >= HEALTHY and order not in crowd.unknown)
    if accepted and max(accepted.values()) > 4 + min(accepted.values()):
        found.is_wrong(f"one was asked {max(accepted.values())} times, another {min(accepted.values())}")


def _outcomes(crowd: Crowd, found: Found) -> None:
    """What the gateway knows is known a quarter of an hour after it is healthy; what it does not know stays unknown."""
    for order, known in crowd.unknown.items():
        row = crowd.bench.reader.get(order)
        assert row is not None
        if known and crowd.settled.get(order, 1e9) > HEALTHY + SETTLED:
            found.is_wrong(f"{order} is known to the gateway and was settled at {crowd.settled.get(order)}")
        if not known and (row.state is not State.UNKNOWN or row.is_disputed):
            found.is_wrong(f"{order} never arrived and is {row.state.value}")
