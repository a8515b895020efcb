"""A desk with an open journal for each test that asks for one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from console.domain.states import State
from console.journal.entry import EventKind
from console.journal.keys import fingerprint_of
from tests.journal.making import FIND, Desk, moment


@pytest.fixture
def desk(home: Path) -> Iterator[Desk]:
    """A home with its lock and its journal open."""
    opened = Desk(home)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def signing_key() -> rsa.RSAPrivateKey:
    """A merchant's key, short so that it is made fast."""
    return rsa.generate_private_key(65537, 1024)


@pytest.fixture(scope="session")
def public_key(signing_key: rsa.RSAPrivateKey) -> tuple[str, bytes]:
    """Its fingerprint and the PEM of its public half."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    pem = signing_key.public_key().public_bytes(serialization.Encoding.PEM, form)
    return fingerprint_of(pem), pem


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """Seven orders: three states, two kinds, two numbers."""
    desk.send("PO-1", number_find=FIND, basis="Счёт 1", bank="100000000111", number_masked="40817 •••• 9310")
    desk.send("PO-2", number_find=FIND, amount=12_345_67, recipient="Пётр Смирнов", bank="100000000004")
    desk.intend("PO-3", number_find=FIND, basis="Счёт 1", bank="100000000111")
    desk.send(
        "PA-1", kind="payment", service="payment_card_rub", number_find="cd" * 32, recipient=None, basis=None, partial=1
    )
    for order_id, state in (("PO-4", State.UNKNOWN), ("PO-5", State.REJECTED), ("PO-6", State.UNKNOWN)):
        desk.intend(order_id)
        desk.move(State.INTENDED, State.SENDING, EventKind.SENDING, order_id)
        desk.move(State.SENDING, state, order_id=order_id)
    desk.move(State.UNKNOWN, State.ABSENT, EventKind.RESOLVED, "PO-6", resolved_at=moment(99).iso())
    return desk


@pytest.fixture
def told(desk: Desk, public_key: tuple[str, bytes]) -> Desk:
    """A journal with a key, two orders, and questions asked again."""
    desk.journal.ensure_key(*public_key, moment(0.5))
    desk.send()
    desk.send("PO-2", amount=5)
    for second in (20, 22, 24):
        desk.ask(at=moment(second))
    desk.move(State.WAIT, State.PAID, EventKind.HEARD, fee="1.50", ended_monotonic=12.25)
    return desk
