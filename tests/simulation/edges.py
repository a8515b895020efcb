"""The edges of a history: where its process ends, where its network begins, and what a clerk wants paid."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

from console.domain.exchange import Exchange
from console.gateway.gate import Gate
from console.gateway.signing import Signed
from tests.services.bench import FakeTransport

_load = serialization.load_pem_private_key


class Killed(BaseException):
    """The process ends here."""


@dataclass
class Intent:
    """What a clerk wants paid once: a recipient and an amount, and the orders made for it."""

    number: str
    amount: str
    orders: list[str] = field(default_factory=list)


@dataclass
class SimTransport(FakeTransport):
    """Where the network begins, inside a history."""

    world: Any = None

    def create(self, endpoint: object, signed: Signed, gate: Gate, *_: object) -> Exchange:
        return self.world.carry(signed, gate)  # type: ignore[no-any-return]  # the world is typed below

    def ask(self, endpoint: object, signed: Signed, *_: object) -> Exchange:
        self.world.may_die("ask")
        answer = self.world.gateway.ask(signed.body)
        self.world.may_die("answer")
        return answer  # type: ignore[no-any-return]  # the world is typed below


@cache
def loaded(pem: bytes, password: bytes | None) -> PrivateKeyTypes:
    """Load a private key once: half of a history's time went into opening the same keys at each start."""
    return _load(pem, password)
