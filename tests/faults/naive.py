"""A client as they are often written: it records an order after success and repeats it when no answer comes.

It goes through the same suites as the console and has to show duplicates and losses there, or they prove nothing.
"""

from __future__ import annotations

import base64
import http.client
import json
import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from console.catalogue.methods import by_code
from console.domain.digest import Digest
from console.domain.endpoint import Kind
from console.gateway import signing
from console.gateway.wire import encode
from console.services.connect_open import key_path
from console.vault.entry import read_account
from console.vault.file import FileVault
from tests.faults.stage import METHOD, Stage

TRIES = 3
SECONDS = 5.0
RECORD = "naive.jsonl"


def pay(stage: Stage, tell: Callable[[str], None]) -> None:
    """Pay the case's recipient, with a new order id each time no answer comes."""
    url, account, key = _access(stage)
    for attempt in range(TRIES):
        order_id = stage.order(f"naive-{os.getpid()}-{attempt}")
        try:
            answer = _post(url, account, key, _body(stage, order_id))
        except (OSError, ValueError, http.client.HTTPException):
            continue
        if "id" in answer:
            record(stage.folder / RECORD, order_id)
            tell(f"sent {order_id} wait")
            return


def record(path: Path, order_id: str) -> None:
    """Write down, durably, that an order was paid."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(order_id) + "\n")
        file.flush()
        os.fsync(file.fileno())


def records(stage: Stage) -> list[str]:
    """The orders that it knows of."""
    path = stage.folder / RECORD
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return [str(json.loads(line)) for line in lines]


def _access(stage: Stage) -> tuple[str, str, signing.SigningKey]:
    vault = FileVault(stage.home.path / "vault.json")
    entry = read_account(vault, "sandbox")
    assert entry is not None
    pem = key_path(stage.home, "sandbox", Kind.PAYOUT).read_bytes()
    return entry.host, entry.uuid.reveal(), signing.load_key(pem, vault.read("sandbox/payout"))


def _body(stage: Stage, order_id: str) -> bytes:
    method = by_code(METHOD)
    texts = {each.name: each.sample for each in method.fields if each.typed and each.required}
    body = {
        **texts, "amount": stage.amount, "number": stage.recipient, "order_id": order_id, "service": METHOD,
    }  # fmt: skip
    return encode(body)


def _post(url: str, account: str, key: signing.SigningKey, body: bytes) -> dict[str, object]:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=SECONDS)
    try:
        sign = base64.b64encode(key.sign(body, Digest.SHA1).signature).decode()
        head = {"Account": account, "Sign": sign, "Content-Type": "application/json"}
        connection.request("POST", "/v1/payout", body, head)
        answer: dict[str, object] = json.loads(connection.getresponse().read())
        return answer
    finally:
        connection.close()
