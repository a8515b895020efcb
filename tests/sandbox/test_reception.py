"""The desk: only authentic requests are served, and the ledger has an order before its answer is made."""

import base64
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from console.domain.digest import Digest
from console.domain.endpoint import Endpoint, Kind
from console.sandbox import documents
from console.sandbox.certificates import certificate
from console.sandbox.ledger import Ledger, choose
from console.sandbox.reception import Reception
from console.sandbox.replies import Reply
from tests.sandbox.client import accepted, rows
from tests.sandbox.openssl import sign
from tests.sandbox.orders import ACCOUNT, PAYOUT, body
from tests.sandbox.stepped import SteppedClock


class Desk:
    """A reception, and requests signed by OpenSSL's tool."""

    def __init__(self, issued: Path, path: Path, clock: SteppedClock, digests: frozenset[Digest]) -> None:
        self.issued = issued
        self.ledger = Ledger(path)
        certificates = {kind: certificate(issued / kind.value) for kind in Kind}
        self.reception = Reception(self.ledger, certificates, ACCOUNT, clock=clock, digests=digests)

    def close(self) -> None:
        self.ledger.close()

    def ask(
        self, endpoint: Endpoint, content: bytes | dict[str, object] = b"[]", *, key: Kind | None = None,
        account: str = ACCOUNT, signature: str | None = None, digest: Digest = Digest.SHA1,
    ) -> Reply:  # fmt: skip
        sent = content if isinstance(content, bytes) else documents.write(content)
        made = base64.b64encode(sign(self.issued / (key or endpoint.key).value, sent, digest)).decode()
        return self.reception.receive(endpoint.value, account, made if signature is None else signature, sent)

    def statuses(self) -> list[object]:
        return [row[0] for row in rows(self.ledger.path, "SELECT status FROM request ORDER BY seq")]


@pytest.fixture
def digests() -> frozenset[Digest]:
    return frozenset(Digest)


@pytest.fixture
def desk(issued: Path, tmp_path: Path, clock: SteppedClock, digests: frozenset[Digest]) -> Iterator[Desk]:
    with closing(Desk(issued, tmp_path / "ledger.db", clock, digests)) as opened:
        yield opened


@pytest.mark.parametrize("digest", Digest)
def test_either_digest_is_taken_and_written_down(desk: Desk, digest: Digest) -> None:
    assert desk.ask(Endpoint.PAYOUT, body(), digest=digest).status == 200
    row = rows(desk.ledger.path, "SELECT digest, fingerprint, body, signature, account FROM accepted")[0]
    sent = documents.write(body())
    signature = base64.b64encode(sign(desk.issued / "payout", sent, digest)).decode()
    fingerprint = certificate(desk.issued / "payout").fingerprint
    assert row == (digest.value, fingerprint, sent, signature, ACCOUNT)


@pytest.mark.parametrize("digests", [frozenset({Digest.SHA256})])
def test_a_gateway_may_take_one_digest_only(desk: Desk) -> None:
    assert desk.ask(Endpoint.BALANCE, digest=Digest.SHA1).status == 401
    assert desk.ask(Endpoint.BALANCE, digest=Digest.SHA256).status == 200


@pytest.mark.parametrize("endpoint", Endpoint)
def test_every_endpoint_takes_its_own_key_alone(desk: Desk, endpoint: Endpoint) -> None:
    other = Kind.PAYMENT if endpoint.key is Kind.PAYOUT else Kind.PAYOUT
    assert desk.ask(endpoint, b"{}", key=other).status == 401
    assert desk.ask(endpoint, b"{}").status in {200, 400}


@pytest.mark.parametrize("account", ["", "47dcb243-4d6f-4815-b7a2-471630c52d81", "ы"])
def test_another_account_is_not_known(desk: Desk, account: str) -> None:
    reply = desk.ask(Endpoint.BALANCE, account=account)
    assert (reply.status, documents.read(reply.body)) == (401, {"message": "The account is not known here."})


@pytest.mark.parametrize("signature", ["", "AAAA", "not base64!", "ы", "QUJD\nQUJD"])
def test_what_is_no_signature_fits_nothing(desk: Desk, signature: str) -> None:
    assert desk.ask(Endpoint.PAYOUT, body(), signature=signature).status == 401
    assert accepted(desk.ledger.path) == []


def test_one_byte_more_and_the_signature_is_wrong(desk: Desk) -> None:
    sent = documents.write(body())
    signature = base64.b64encode(sign(desk.issued / "payout", sent)).decode()
    assert desk.ask(Endpoint.PAYOUT, sent + b" ", signature=signature).status == 401
    assert desk.ask(Endpoint.PAYOUT, sent, signature=signature).status == 200


def test_paths_are_exact(desk: Desk) -> None:
    assert desk.reception.receive("/v1/payout?x=1", ACCOUNT, "", b"").status == 404
    assert desk.statuses() == [404]


def test_balance_and_account_look_at_no_body(desk: Desk) -> None:
    for sent in (b"[]", b"{}", b"", b'{"order_id":"x"}', b"not json"):
        assert desk.ask(Endpoint.BALANCE, sent).status == desk.ask(Endpoint.INFO, sent).status == 200


def test_a_body_that_is_no_json(desk: Desk) -> None:
    reply = desk.ask(Endpoint.PAYOUT, b'{"amount":"1","amount":"2"}')
    assert (reply.status, documents.read(reply.body)) == (400, {"message": "The body is not JSON, or is doubtful."})


def test_a_refusal_without_a_request_is_seen_too(desk: Desk) -> None:
    assert desk.reception.refuse("/x", 413, "Too long.").status == 413
    assert desk.statuses() == [413]


def test_a_choice_is_spent_by_a_create_that_gets_so_far(desk: Desk) -> None:
    choose(desk.ledger.path, "fail")
    desk.ask(Endpoint.PAYOUT, body(number="1"))
    desk.ask(Endpoint.PAYOUT, body(), signature="AAAA")
    desk.ask(Endpoint.BALANCE)
    assert desk.ledger.chosen() == "fail"
    desk.ask(Endpoint.PAYOUT, body())
    desk.ask(Endpoint.PAYOUT, body(order_id="PO-2"))
    assert rows(desk.ledger.path, "SELECT outcome FROM accepted ORDER BY id") == [("fail",), ("paid",)]


def test_a_dropped_request_has_no_status(desk: Desk) -> None:
    assert desk.ask(Endpoint.PAYOUT, body(amount="1.32")).status is None
    sql = "SELECT status, outcome, accepted_id FROM request"
    assert rows(desk.ledger.path, sql) == [(None, "lost-before", None)]


def test_a_late_order_surfaces_by_time_alone(desk: Desk, clock: SteppedClock) -> None:
    assert desk.reception.until_late() is None
    desk.ask(Endpoint.PAYOUT, body(amount="1.34"))
    desk.reception.surface()
    assert (desk.reception.until_late(), accepted(desk.ledger.path)) == (90, [])
    clock.advance(91)
    assert desk.reception.until_late() == 0
    desk.reception.surface()
    assert (desk.reception.until_late(), accepted(desk.ledger.path)) == (None, [body()["order_id"]])


def test_a_question_finds_what_surfaced_meanwhile(desk: Desk, clock: SteppedClock) -> None:
    order_id = body()["order_id"]
    desk.ask(Endpoint.PAYOUT, body(amount="1.34"))
    assert desk.ask(Endpoint.PAYOUT_STATUS, {"order_id": order_id}).status == 400
    clock.advance(90)
    answer = documents.read(desk.ask(Endpoint.PAYOUT_STATUS, {"order_id": order_id}).body)
    assert (answer["payment_status"], answer["service_code"]) == ("wait", PAYOUT)


def test_a_repeat_of_a_late_order_is_paid_once(desk: Desk, clock: SteppedClock) -> None:
    desk.ask(Endpoint.PAYOUT, body(amount="1.34"))
    choose(desk.ledger.path, "paid")
    assert desk.ask(Endpoint.PAYOUT, body(amount="1.34")).status == 200
    clock.advance(90)
    desk.reception.surface()
    assert accepted(desk.ledger.path) == [body()["order_id"]]


def test_an_order_that_cannot_be_written_down_is_not_answered(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(desk.ledger, "note", fail)
    with pytest.raises(OSError, match="disk"):
        desk.ask(Endpoint.PAYOUT, body())
    assert accepted(desk.ledger.path) == []
