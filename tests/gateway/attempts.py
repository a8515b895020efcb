"""Creates that the tests try, and the gate they go through."""

from collections.abc import Callable

from console.domain.digest import Digest
from console.domain.endpoint import Endpoint
from console.domain.exchange import Exchange
from console.gateway.limits import Limits
from console.gateway.signing import Signed
from console.gateway.transport import Transport

SIGNED = Signed(b'{"amount":"3000.00","order_id":"1234"}', b"\x00\xff" * 128, Digest.SHA1, "f" * 64)
PATIENT = Limits(connect=5, write=5, read=5, total=20)
QUICK = Limits(connect=5, write=5, read=0.2, total=20)
SHORT = Limits(connect=0.3, write=5, read=5, total=20)
BRIEF = Limits(connect=5, write=5, read=5, total=0.5)

Make = Callable[..., Transport]


class Gate:
    """A gate that notes whom it let through."""

    def __init__(self) -> None:
        self.peers: list[str | None] = []

    def __call__(self, peer: str | None) -> None:
        self.peers.append(peer)


def unsent(transport: Transport, limits: Limits = PATIENT) -> Exchange:
    """Try a create that must not leave."""
    gate = Gate()
    exchange = transport.create(Endpoint.PAYOUT, SIGNED, gate, limits)
    assert gate.peers == []
    assert not exchange.gate_passed
    assert exchange.status is None
    assert exchange.request_body == SIGNED.body
    return exchange


def sent(transport: Transport, limits: Limits = PATIENT) -> Exchange:
    """Try a create that passes its gate, once."""
    gate = Gate()
    exchange = transport.create(Endpoint.PAYOUT, SIGNED, gate, limits)
    assert len(gate.peers) == 1
    assert exchange.gate_passed
    assert gate.peers == [exchange.peer]
    return exchange
