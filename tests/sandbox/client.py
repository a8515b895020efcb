"""A client of the sandbox that knows nothing of it but its facts: plain HTTP, and keys read from the issued folders."""

from __future__ import annotations

import base64
import json
import socket
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from console.domain.digest import Digest
from console.domain.endpoint import Endpoint, Kind
from console.sandbox.sandbox import Sandbox

SECONDS = 20
HASHES = {Digest.SHA1: hashes.SHA1(), Digest.SHA256: hashes.SHA256()}


@dataclass(frozen=True)
class Answer:
    """An answer as it came."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, object]:
        content = json.loads(self.body)
        assert isinstance(content, dict)
        return content

    @property
    def errors(self) -> list[str]:
        """The fields a refusal names."""
        named = self.json["errors"]
        assert isinstance(named, dict)
        return list(named)


@cache
def private_key(pem: bytes, password: bytes) -> rsa.RSAPrivateKey:
    key = load_pem_private_key(pem, password)
    assert isinstance(key, rsa.RSAPrivateKey)
    return key


class Client:
    """Signs and posts to one sandbox."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        port = urlsplit(sandbox.url).port
        assert port is not None
        self.port = port

    def sign(self, kind: Kind, body: bytes, digest: Digest = Digest.SHA1) -> str:
        folder = self.sandbox.payment_certificate if kind is Kind.PAYMENT else self.sandbox.payout_certificate
        password = (folder / "password.txt").read_bytes().strip()
        key = private_key((folder / "private.pem").read_bytes(), password)
        return base64.b64encode(key.sign(body, padding.PKCS1v15(), HASHES[digest])).decode()

    def headers(self, kind: Kind, body: bytes, digest: Digest = Digest.SHA1) -> dict[str, str]:
        return {
            "Content-Type": "application/json",
            "Account": self.sandbox.account,
            "Sign": self.sign(kind, body, digest),
        }

    def post(self, endpoint: Endpoint, content: object = (), digest: Digest = Digest.SHA1) -> Answer:
        """Sign and post a body as that endpoint wants it."""
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        return self.send(endpoint.value, body, self.headers(endpoint.key, body, digest))

    def send(self, path: str, body: bytes, headers: dict[str, str], method: str = "POST") -> Answer:
        """Post these bytes with these headers; RemoteDisconnected where the connection is dropped."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)) as connection:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())

    def dial(self) -> socket.socket:
        """Return a connection on which nothing was said yet."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=SECONDS)


def heard(connection: socket.socket) -> bytes:
    """Return all that comes until the other side ends."""
    whole = b""
    while data := connection.recv(65536):
        whole += data
    return whole


def rows(ledger: Path, sql: str) -> list[tuple[object, ...]]:
    """Return what another program sees in the ledger."""
    with closing(sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)) as base:
        return base.execute(sql).fetchall()


def accepted(ledger: Path) -> list[object]:
    """Return the order ids that were accepted, in their order."""
    return [row[0] for row in rows(ledger, "SELECT order_id FROM accepted ORDER BY id")]
