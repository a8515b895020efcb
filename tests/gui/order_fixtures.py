"""Fixtures of the order pages: a person at a new payout, at a new payment, or at several pages one after another."""

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from console.domain.endpoint import Kind
from tests.gui.order_bench import Hands
from tests.services.bench import Bench

Sit = Callable[[Kind], Hands]


@pytest.fixture
def sit(qtbot: QtBot, bench: Bench) -> Iterator[Sit]:
    """Seats a person at a new page."""
    seated: list[Hands] = []

    def make(kind: Kind) -> Hands:
        seated.append(Hands(qtbot, bench, kind))
        return seated[-1]

    yield make
    for hands in seated:
        if not hands.is_closed:
            hands.close()


@pytest.fixture
def payout(sit: Sit) -> Hands:
    """A person at a new payout."""
    return sit(Kind.PAYOUT)


@pytest.fixture
def payment(sit: Sit) -> Hands:
    """A person at a new payment."""
    return sit(Kind.PAYMENT)
