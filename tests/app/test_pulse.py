"""The pulse: what a beat asks, and that an answer makes room for the next question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from console.app.pulse import Pulse
from console.domain.states import State
from console.domain.trouble import Unavailable
from console.ui.jobs import Jobs


@dataclass
class FakeFollow:
    """Hands out orders as the budget would, and hears which were asked about."""

    due: list[tuple[str, ...]]
    asked: list[str] = field(default_factory=list)
    within_reach: list[str] = field(default_factory=list)

    def claim(self) -> tuple[str, ...]:
        return self.due.pop(0) if self.due else ()

    def answered(self, account_id: str) -> None:
        self.within_reach.append(account_id)

    def ask(self, order_id: str) -> Any:
        self.asked.append(order_id)
        return SimpleNamespace(order_id=order_id, state=State.WAIT)


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    assert made.shutdown()


def test_an_answer_makes_room_for_the_next_question(jobs: Jobs, qtbot: QtBot) -> None:
    follow = FakeFollow([("a", "b"), ("c",), (), ("d",)])
    services = SimpleNamespace(follow=follow, accounts=SimpleNamespace(current=None), clock=lambda: None)
    owner = QObject()
    engine = SimpleNamespace(
        services=services, journal=SimpleNamespace(flush=lambda _: None), anchor=SimpleNamespace(drop=lambda: None)
    )
    pulse = Pulse(engine, jobs, owner)  # type: ignore[arg-type]  # what a beat needs of an engine
    pulse.start()
    pulse.beat()
    qtbot.waitUntil(lambda: sorted(follow.asked) == ["a", "b", "c", "d"])
    pulse.stop()
    follow.due = [("e",), ("f",)]
    pulse.beat()
    qtbot.waitUntil(jobs.is_idle)
    assert follow.asked[4:] == ["e"], "a stopped pulse goes on asking"


@pytest.mark.parametrize("is_heard", [True, False])
def test_a_balance_shows_that_the_gateway_is_within_reach(jobs: Jobs, qtbot: QtBot, is_heard: bool) -> None:
    def refresh(_: str) -> None:
        if not is_heard:
            raise Unavailable("E-NET-DNS", host="pay.example")

    follow = FakeFollow([])
    services = SimpleNamespace(
        follow=follow, accounts=SimpleNamespace(current=SimpleNamespace(id="acc")), clock=lambda: None,
        balances=SimpleNamespace(refresh=refresh),
    )  # fmt: skip
    owner = QObject()
    pulse = Pulse(SimpleNamespace(services=services), jobs, owner)  # type: ignore[arg-type]  # what it needs of an engine
    pulse.ask_balance()
    qtbot.waitUntil(lambda: not pulse._busy)
    assert follow.within_reach == ["acc"] * is_heard
