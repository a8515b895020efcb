"""A client in PHP, as the documentation has it, is served; and refused when one byte is not the signed one."""

import base64
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from console.catalogue import methods
from console.domain.endpoint import Endpoint, Kind
from console.domain.method import Method
from console.sandbox.sandbox import Sandbox
from tests.sandbox.client import accepted, rows
from tests.sandbox.orders import PAYOUT, body
from tests.sandbox.stepped import SteppedClock

CLIENT = Path(__file__).with_name("client.php")
DROPPED = 52
"""curl's CURLE_GOT_NOTHING."""


@dataclass(frozen=True)
class Heard:
    """What the PHP client got, and the bytes it sent."""

    status: int
    error: int
    body: bytes
    sent: bytes

    @property
    def json(self) -> dict[str, object]:
        content = json.loads(self.body)
        assert isinstance(content, dict)
        return content


def php(sandbox: Sandbox, endpoint: Endpoint, content: object, *options: str, key: Kind | None = None) -> Heard:
    """Have PHP encode, sign and post `content`."""
    of_payments = (key or endpoint.key) is Kind.PAYMENT
    certificate = sandbox.payment_certificate if of_payments else sandbox.payout_certificate
    command = ["php", str(CLIENT), sandbox.url, endpoint.value, sandbox.account, str(certificate), *options]
    done = subprocess.run(command, input=json.dumps(content).encode(), capture_output=True, check=True, timeout=50)
    assert done.stderr == b""
    said = json.loads(done.stdout)
    return Heard(
        said["status"], said["error"], base64.b64decode(said["body"] or ""), base64.b64decode(said["sent"])
    )  # fmt: skip


@pytest.mark.parametrize("method", methods.every(), ids=lambda method: method.code)
def test_every_method_is_served(sandbox: Sandbox, method: Method) -> None:
    heard = php(sandbox, method.kind.create, body(method.code))
    assert (heard.status, heard.json["payment_status"]) == (200, "wait")
    assert rows(sandbox.ledger, "SELECT body, digest FROM accepted") == [(heard.sent, "sha1")]


def test_a_payout_from_balance_to_paid(sandbox: Sandbox, clock: SteppedClock) -> None:
    assert php(sandbox, Endpoint.BALANCE, []).json["balance"] == "1284560.00000000"
    number = php(sandbox, Endpoint.PAYOUT, body(order_id="выплата/1")).json["id"]
    clock.advance(5)
    for question in ({"order_id": "выплата/1"}, {"id": number}):
        told = php(sandbox, Endpoint.PAYOUT_STATUS, question).json
        assert (told["payment_status"], told["order_id"]) == ("paid", "выплата/1")
    assert php(sandbox, Endpoint.BALANCE, []).json["balance"] == "1281560.00000000"


def test_the_sample_request_of_the_documentation(sandbox: Sandbox) -> None:
    sample = {
        "order_id": "1234", "amount": 500, "customer_browser_user_agent": "Mozilla/5.0 (X11)", "customer_ip": "95.24.17.8",
        "success_redirect_id": 1, "fail_redirect_id": 1, "notification_endpoint_id": 100,
        "service": "payment_card_rub_hpp",
    }  # fmt: skip
    heard = php(sandbox, Endpoint.PAYMENT, sample)
    assert heard.sent.startswith(b'{"order_id":"1234","amount":500,')
    assert (heard.status, accepted(sandbox.ledger)) == (200, ["1234"])


def test_one_changed_byte_is_refused(sandbox: Sandbox) -> None:
    heard = php(sandbox, Endpoint.PAYOUT, body(), "spoil")
    assert (heard.status, accepted(sandbox.ledger)) == (401, [])
    assert php(sandbox, Endpoint.PAYOUT, body()).status == 200


def test_the_key_of_the_other_kind_is_refused(sandbox: Sandbox) -> None:
    assert php(sandbox, Endpoint.PAYOUT, body(), key=Kind.PAYMENT).status == 401
    assert php(sandbox, Endpoint.BALANCE, [], key=Kind.PAYMENT).status == 401


def test_a_refusal_names_its_fields(sandbox: Sandbox) -> None:
    heard = php(sandbox, Endpoint.PAYOUT, body(number="+7 903 111-22-33", customer_code=""))
    assert heard.status == 400
    assert heard.json == {
        "message": "The given data was invalid.",
        "errors": {
            "number": ["The number may not be greater than 11 characters."],
            "customer_code": ["The customer code field is required."],
        },
    }


def test_a_dropped_connection_leaves_the_client_without_an_answer(sandbox: Sandbox) -> None:
    heard = php(sandbox, Endpoint.PAYOUT, body(PAYOUT, amount="10.33", order_id="PO-1"))
    assert (heard.status, heard.error, heard.body) == (0, DROPPED, b"")
    assert accepted(sandbox.ledger) == ["PO-1"]
