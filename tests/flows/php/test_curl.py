"""A client of two commands, `openssl dgst` and `curl`, is served by the sandbox."""

import base64
import json
import subprocess

import pytest

from console.domain.digest import Digest
from console.domain.endpoint import Endpoint, Kind
from console.sandbox.sandbox import Sandbox
from tests.sandbox.client import accepted
from tests.sandbox.openssl import sign
from tests.sandbox.orders import PAYMENT, body


def curl(sandbox: Sandbox, endpoint: Endpoint, sent: bytes, *options: str, digest: Digest = Digest.SHA1) -> str:
    """Return the status and the answer, as curl prints them."""
    folder = sandbox.payment_certificate if endpoint.key is Kind.PAYMENT else sandbox.payout_certificate
    headers = {
        "Content-Type": "application/json",
        "Account": sandbox.account,
        "Sign": base64.b64encode(sign(folder, sent, digest)).decode(),
    }
    command = [
        "curl", "--silent", "--show-error", "--noproxy", "*", "--write-out", " %{http_code}", "--data-binary", "@-",
        *(word for name, value in headers.items() for word in ("--header", f"{name}: {value}")),
        *options, sandbox.url + endpoint.value,
    ]  # fmt: skip
    return subprocess.run(command, input=sent, capture_output=True, check=True, timeout=50).stdout.decode()


@pytest.mark.parametrize("digest", Digest)
def test_curl_is_served(sandbox: Sandbox, digest: Digest) -> None:
    assert curl(sandbox, Endpoint.BALANCE, b"[]", digest=digest).endswith('"pending_payouts":"0.00000000"} 200')
    assert curl(sandbox, Endpoint.PAYMENT, json.dumps(body(PAYMENT)).encode(), digest=digest).endswith(" 200")
    assert accepted(sandbox.ledger) == [body(PAYMENT)["order_id"]]


def test_curl_may_wait_to_be_asked_for_the_body(sandbox: Sandbox) -> None:
    assert curl(sandbox, Endpoint.BALANCE, b"[]", "--header", "Expect: 100-continue").endswith(" 200")


def test_curl_by_another_name_of_this_machine_is_refused(sandbox: Sandbox) -> None:
    port = sandbox.url.rpartition(":")[2]
    answer = curl(sandbox, Endpoint.BALANCE, b"[]", "--header", f"Host: rebound.example:{port}")
    assert answer.endswith(" 403")


def test_curl_cannot_send_too_much(sandbox: Sandbox) -> None:
    assert curl(sandbox, Endpoint.BALANCE, b" " * 70_000).endswith(" 413")
