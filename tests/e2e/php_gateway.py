"""An independent gateway in PHP behind TLS, with an authority of its own and certificates as the cabinet issues them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from tests.e2e.tls_front import tls_front
from tests.gateway.certificates import Authority

ROUTER = Path(__file__).with_name("php_gateway.php")
ACCOUNT = "5f1c2a77-80d4-4b0b-9b6a-6f0c1d9e4c21"
HOST = "gateway.test"
"""A name that only the tests know; see `tests.e2e.names`."""
_STARTED = re.compile(r"\(http://127\.0\.0\.1:(\d+)\) started")


@dataclass(frozen=True)
class PhpGateway:
    """A gateway that runs: where it is, and what the cabinet gave out for it."""

    folder: Path
    port: int

    @property
    def host(self) -> str:
        """What a person types."""
        return f"{HOST}:{self.port}"

    @property
    def root(self) -> Path:
        """The authority's certificate, as an administrator hands it out."""
        return self.folder / "root.pem"

    def archive(self, kind: str) -> Path:
        """The zip of a pair."""
        return self.folder / "cabinet" / f"{kind}.zip"

    def password(self, kind: str) -> str:
        """The password of a pair, without its line end."""
        return (self.folder / "cabinet" / kind / "password.txt").read_text().strip()

    def verify_with(self, digest: str) -> None:
        """Take signatures with this digest from now on."""
        (self.folder / "digest.txt").write_text(digest)

    def know(self, payment: str, payout: str) -> None:
        """Take these pairs for payments and payouts from now on."""
        for kind, pair in (("payment", payment), ("payout", payout)):
            public = (self.folder / "cabinet" / pair / "public.pem").read_bytes()
            (self.folder / f"{kind}.pem").write_bytes(public)

    def orders(self) -> dict[str, Any]:
        """What it was told to pay, by order id."""
        found = json.loads((self.folder / "orders.json").read_text())
        return dict(found)

    def forget_requests(self) -> None:
        """Forget what it was asked so far."""
        (self.folder / "requests.jsonl").unlink(missing_ok=True)

    def requests(self) -> list[dict[str, Any]]:
        """What it was asked."""
        log = self.folder / "requests.jsonl"
        return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []


def issue(folder: Path, kind: str) -> None:
    """Make a pair with OpenSSL alone: a traditional encrypted PEM, a password with a line end, and the zip of both."""
    pair = folder / kind
    pair.mkdir(parents=True)
    password = f"Пароль-{kind}-9f3Xq"
    (pair / "password.txt").write_text(password + "\r\n", "utf-8")
    private, public = pair / "private.pem", pair / "public.pem"
    secret = f"pass:{password}"
    _openssl("genrsa", "-traditional", "-aes256", "-passout", secret, "-out", private, "2048")
    _openssl("rsa", "-in", private, "-passin", secret, "-pubout", "-out", public)
    with zipfile.ZipFile(folder / f"{kind}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in (private, public, pair / "password.txt"):
            archive.write(path, path.name)


def _openssl(*words: str | Path) -> None:
    subprocess.run(("openssl", *words), check=True, capture_output=True)


@contextmanager
def php_gateway(
    folder: Path, *, digest: str = "sha1", name: str = HOST, end: datetime | None = None
) -> Iterator[PhpGateway]:
    """Run a gateway whose certificate is for `name` and ends then, until the block ends."""
    for kind in ("payment", "payout"):
        issue(folder / "cabinet", kind)
    authority = Authority("Тестовый УЦ", "Шлюз")
    (folder / "root.pem").write_bytes(authority.root.pem)
    (folder / "account.txt").write_text(ACCOUNT)
    (folder / "orders.json").write_text("{}")
    with _php(folder) as behind, tls_front(authority.issue(name, end=end).context(), behind) as port:
        gateway = PhpGateway(folder, port)
        gateway.verify_with(digest)
        gateway.know("payment", "payout")
        yield gateway


@contextmanager
def _php(folder: Path) -> Iterator[int]:
    """PHP's own server on a port that it chooses; what it logs is read, so that it never waits."""
    environment = {**os.environ, "GATEWAY": str(folder)}
    command = ["php", "-n", "-d", "display_errors=stderr", "-S", "127.0.0.1:0", str(ROUTER)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stderr is not None
        reading: threading.Thread | None = None
        try:
            started = _STARTED.search(process.stderr.readline())
            assert started is not None
            reading = threading.Thread(target=_drain, args=(process.stderr,), name="php-log")
            reading.start()
            yield int(started[1])
        finally:
            process.terminate()
            process.wait()
            if reading is not None:
                reading.join()


def _drain(log: IO[str]) -> None:
    for _ in log:
        pass
