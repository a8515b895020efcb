"""The gateway for one account: which key signs what, and what the bodies are."""

import json
from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from console.domain.digest import Digest
from console.domain.endpoint import Endpoint, Kind
from console.domain.exchange import Reason
from console.domain.secret import Secret
from console.domain.trouble import Unavailable
from console.gateway import client
from console.gateway.answers import fields_of
from console.gateway.client import Gateway, Signer
from console.gateway.signing import Signed, SigningKey, verify
from console.gateway.transport import Transport
from tests.gateway.attempts import PATIENT, Gate
from tests.gateway.faults import Caller, FaultServer, answer


class Account:
    """An account whose keys can be taken away, and the gateway that hears it."""

    def __init__(self, key: SigningKey) -> None:
        payment = SigningKey(rsa.generate_private_key(public_exponent=65537, key_size=1024))
        self.keys = {Kind.PAYOUT: Signer(key, Digest.SHA1), Kind.PAYMENT: Signer(payment, Digest.SHA256)}
        self.signed = 0
        self.requests: list[tuple[str, bytes]] = []

    def signer(self, kind: Kind) -> Signer:
        self.signed += 1
        if kind not in self.keys:
            raise Unavailable("E-LOCKED")
        return self.keys[kind]

    def serve(self, caller: Caller) -> None:
        while request := caller.read_request():
            head, _, body = request.partition(b"\r\n\r\n")
            path = head.split()[1].decode()
            self.requests.append((path, body))
            caller.send(answer(json.dumps({"path": path}).encode()))


@pytest.fixture
def account(key: SigningKey) -> Account:
    """An account with both keys."""
    return Account(key)


@pytest.fixture
def gateway(account: Account) -> Iterator[Gateway]:
    """That account at its gateway."""
    with FaultServer(account.serve) as server:
        gateway = Gateway(Transport(server.url, Secret("uuid-1")), account.signer)
        yield gateway
        gateway.close()


def _is_signed_by(account: Account, kind: Kind, signed: Signed) -> bool:
    signer = account.keys[kind]
    assert signed.digest is signer.digest
    assert signed.fingerprint == signer.key.fingerprint
    return verify(signer.key.public_pem, signed.body, signed.signature, signed.digest)


@pytest.mark.parametrize("kind", Kind)
def test_create(account: Account, gateway: Gateway, kind: Kind) -> None:
    body = b'{"amount":"1.00"}'
    signed = gateway.sign(kind, body)
    gate = Gate()
    exchange = gateway.create(kind, signed, gate, PATIENT)
    assert exchange.reason is Reason.ANSWERED
    assert gate.peers == [None]
    assert account.requests == [(kind.create.value, body)]
    assert _is_signed_by(account, kind, signed)
    assert exchange.request_head == gateway.request_head(kind.create, signed)


@pytest.mark.parametrize("kind", Kind)
def test_status_is_asked_by_order_and_by_id(account: Account, gateway: Gateway, kind: Kind) -> None:
    first, exchange = gateway.ask(kind, order_id="№ 1/2")
    assert fields_of(exchange) == {"path": kind.status.value}
    second, _ = gateway.ask(kind, gateway_id="100000536", order_id="№ 1/2")
    path = kind.status.value
    assert account.requests == [(path, b'{"order_id":"\\u2116 1\\/2"}'), (path, b'{"id":"100000536"}')]
    assert all(_is_signed_by(account, kind, signed) for signed in (first, second))


def test_question_names_an_order(gateway: Gateway) -> None:
    with pytest.raises(ValueError, match="order"):
        gateway.question(Kind.PAYOUT)


def test_account_is_asked_with_the_payout_key(account: Account, gateway: Gateway) -> None:
    for ask, path in ((gateway.balance, Endpoint.BALANCE), (gateway.info, Endpoint.INFO)):
        signed, exchange = ask()
        assert exchange.reason is Reason.ANSWERED
        assert account.requests.pop() == (path.value, b"[]")
        assert _is_signed_by(account, Kind.PAYOUT, signed)


def test_history_is_asked_with_the_payment_key(account: Account, gateway: Gateway) -> None:
    signed, _ = gateway.history("2026-11-24")
    body = b'{"date_from":"2026-11-24","date_to":"2026-11-24","page":1,"paginate":1}'
    assert account.requests == [("/v1/payment/history", body)]
    assert _is_signed_by(account, Kind.PAYMENT, signed)


def test_probe_is_sent_as_it_was_signed(account: Account, gateway: Gateway) -> None:
    signed = account.keys[Kind.PAYOUT].key.sign(b"[]", Digest.SHA256)
    assert gateway.probe(Endpoint.BALANCE, signed).signature == signed.signature
    assert account.signed == 0


def test_locked_console_asks_what_it_has_asked_before(account: Account, gateway: Gateway) -> None:
    asked, _ = gateway.ask(Kind.PAYOUT, order_id="1")
    ahead = gateway.question(Kind.PAYOUT, order_id="2")
    account.keys.clear()
    assert gateway.ask(Kind.PAYOUT, order_id="1")[0] is asked
    assert gateway.ask(Kind.PAYOUT, order_id="2")[0] is ahead
    assert account.signed == 2
    with pytest.raises(Unavailable):
        gateway.ask(Kind.PAYOUT, order_id="3")
    with pytest.raises(Unavailable):
        gateway.balance()
    with pytest.raises(Unavailable):
        gateway.sign(Kind.PAYOUT, b"{}")


def test_question_of_each_kind_has_its_own_signature(account: Account, gateway: Gateway) -> None:
    for kind in Kind:
        assert _is_signed_by(account, kind, gateway.question(kind, order_id="1"))


def test_creates_are_not_remembered(account: Account, gateway: Gateway) -> None:
    gateway.sign(Kind.PAYOUT, b"{}")
    gateway.sign(Kind.PAYOUT, b"{}")
    assert account.signed == 2


def test_closed_gateway_forgets(account: Account, gateway: Gateway) -> None:
    gateway.question(Kind.PAYOUT, order_id="1")
    gateway.close()
    gateway.question(Kind.PAYOUT, order_id="1")
    assert account.signed == 2


def test_oldest_question_is_forgotten(account: Account, gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "MOST_QUESTIONS", 2)
    for order_id in ("1", "2", "1", "3", "1", "2"):
        gateway.question(Kind.PAYOUT, order_id=order_id)
    assert account.signed == 4


def test_waiting_can_be_stopped(gateway: Gateway) -> None:
    gateway.stop_waiting()
