"""A whole set of services over a real journal and real keys; only the transport, the vault and the clock are made up."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from console.catalogue.methods import by_code
from console.domain.endpoint import Endpoint, Kind
from console.domain.exchange import Exchange, Reason
from console.domain.method import Method
from console.domain.moment import Moment
from console.domain.secret import Secret
from console.gateway.gate import Gate
from console.gateway.signing import Signed
from console.journal.append import Journal
from console.journal.lock import HomeLock
from console.journal.read import Reader
from console.journal.seal import new_key
from console.services.accounts import Accounts
from console.services.balances import Balances
from console.services.certificates import Certificate, read_certificate
from console.services.follow import Follow
from console.services.limits import Limits
from console.services.proof import Prover
from console.services.reviews import Review, Reviews
from console.services.settle import Settle
from console.services.submit import Acknowledgement, Sent, Submit
from console.settings.home import Home
from console.settings.settings import RECOVERY_KEPT, Settings
from console.vault.entry import AccountEntry
from console.vault.memory import MemoryVault

UUID = "7b6c2f0e-53a1-4c4c-9d3c-0d6a6f3b4f21"
Answer = Exchange | Callable[[Signed], Exchange]


def answered(status: int, body: object, **headers: str) -> Exchange:
    """An answer with a JSON body (or raw bytes)."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Exchange(
        Reason.ANSWERED, True, status=status, answer_head=b"HTTP/1.1", answer_body=raw, headers=named, duration=0.1
    )


def unreachable(reason: Reason = Reason.REFUSED) -> Exchange:
    """An exchange that ended before the gate."""
    return Exchange(reason, gate_passed=False, facts={"host": "gateway.test", "seconds": "10"})


def lost(reason: Reason = Reason.DROPPED) -> Exchange:
    """An exchange that ended after the gate without an answer."""
    return Exchange(reason, gate_passed=True)


@dataclass
class SteppedClock:
    """A clock that a test moves: `advance` for awake seconds, `sleep` for those asleep."""

    utc: datetime = datetime(2026, 11, 24, 9, 0, tzinfo=timezone.utc)
    monotonic: float = 1000.0
    boot: str = "boot-1"

    def __call__(self) -> Moment:
        return Moment(self.utc, self.monotonic, self.boot)

    def advance(self, seconds: float) -> None:
        self.utc += timedelta(seconds=seconds)
        self.monotonic += seconds

    def sleep(self, seconds: float) -> None:
        self.utc += timedelta(seconds=seconds)


@dataclass
class FakeTransport:
    """Stands where the network begins: scripted answers, and the gate called as the real one calls it."""

    base_url: str
    creates: list[Answer] = field(default_factory=list)
    asks: list[Answer] = field(default_factory=list)
    sent: list[tuple[Endpoint, Signed]] = field(default_factory=list)
    asked: list[tuple[Endpoint, Signed]] = field(default_factory=list)
    stopped: int = 0
    closed: bool = False
    extra_root: bytes | None = None
    proxy: str | None = None
    before_gate: Callable[[], object] = lambda: None
    after_gate: Callable[[], object] = lambda: None

    def create(self, endpoint: Endpoint, signed: Signed, gate: Gate, *_: object) -> Exchange:
        answer = self.creates.pop(0)
        found = answer(signed) if callable(answer) else answer
        if not found.gate_passed:
            return found
        self.before_gate()
        try:
            gate(None)
        except Exception as error:  # as the transport does: whatever the gate raises keeps every byte at home
            return Exchange(Reason.GATE, gate_passed=False, detail=type(error).__name__)
        self.after_gate()
        self.sent.append((endpoint, signed))
        return found

    def ask(self, endpoint: Endpoint, signed: Signed, *_: object) -> Exchange:
        self.asked.append((endpoint, signed))
        answer = self.asks.pop(0)
        return answer(signed) if callable(answer) else answer

    def request_head(self, endpoint: Endpoint, signed: Signed) -> bytes:
        return b"POST " + endpoint.value.encode() + b" HTTP/1.1\r\nAccount: " + UUID.encode()

    def stop_waiting(self) -> None:
        self.stopped += 1

    def close(self) -> None:
        self.closed = True


@cache
def certificate(name: str) -> bytes:
    """An encrypted private key, made once a run; the name tells keys apart."""
    del name
    key = rsa.generate_private_key(65537, 1024)
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.BestAvailableEncryption(b"right"),
    )


class Bench:
    """The services of one home, on a stepped clock and a scripted gateway."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.home = Home(folder / "home").create()
        self.clock = SteppedClock()
        self.settings = Settings.open(self.home.settings)
        self.vault = MemoryVault()
        self.lock = HomeLock.take(self.home.path, self.clock())
        self.key = new_key()
        self.journal = Journal.open(self.home.path, self.key, self.clock(), self.lock)
        self.reader = Reader(self.home.journal)
        self.settings.set(RECOVERY_KEPT, True)
        self.uuids = {Secret(UUID)}
        self.transport = FakeTransport("")
        monkeypatch.setattr("console.gateway.transport.Transport", self._transport)
        self.accounts = self._accounts()
        self.account = self.accounts.add(
            "acc",
            "ООО «Вектор»",
            AccountEntry(Secret(UUID), "https://gateway.test", "live"),
            self._certificates(folder),
        )
        self.waits: list[float] = []
        self.random = 0.5
        self.compose()

    def compose(self) -> None:
        """Make the services anew over the same journal."""
        clock = self.clock
        self.balances = Balances(self.accounts, self.journal, clock)
        self.limits = Limits(self.journal, self.reader, self.settings, clock)
        self.reviews = Reviews(
            self.accounts, self.balances, self.reader, self.journal.finder, self.limits, self.settings, clock,
            fault=lambda: self.journal.fault,
        )  # fmt: skip
        self.submit = Submit(self.accounts, self.journal, self.reader, self.reviews, clock, self.waits.append)
        self.settle = Settle(self.journal, self.reader, clock)
        self.follow = Follow(self.accounts, self.journal, self.reader, clock, lambda: self.random)
        self.prover = Prover(self.accounts, self.journal, clock)

    def prove(self, *kinds: Kind) -> None:
        """Note both keys as accepted."""
        access = self.accounts.open("acc")
        for kind in kinds or tuple(Kind):
            self.accounts.prove(access, kind, self.accounts.digest("acc", kind))

    def texts(self, code: str = "payment_card_sbp_rub", **changed: str) -> tuple[Method, dict[str, str]]:
        """The required fields of a method, filled with its samples."""
        method = by_code(code)
        texts = {each.name: each.sample for each in method.fields if each.typed and each.required}
        return method, {**texts, **changed}

    def review(
        self, code: str = "payment_card_sbp_rub", recipient: str = "", basis: str = "", **changed: str
    ) -> Review:
        """A review of a filled form."""
        method, texts = self.texts(code, **changed)
        return self.reviews.prepare(method, texts, recipient, basis)

    def send(self, answer: Answer, code: str = "payment_card_sbp_rub", **changed: str) -> Sent:
        """Send a filled form and let the gateway answer so; every strong doubt is acknowledged."""
        self.transport.creates.append(answer)
        review = self.review(code, **changed)
        return self.submit.send(review, acknowledge(review))

    def kinds(self, order_id: str) -> list[str]:
        """The kinds of an order's events, in order."""
        return [event.kind for event in self.reader.events(order_id)]

    def close(self) -> None:
        self.accounts.close()
        self.reader.close()
        self.journal.close()
        self.lock.release()

    def _accounts(self) -> Accounts:
        return Accounts(self.home, self.settings, self.vault, lambda text: self.journal.finder.mark("proof", text))

    def _transport(
        self, base_url: str, account: Secret, *, extra_root: bytes | None = None, proxy: str | None = None
    ) -> FakeTransport:
        assert account in self.uuids
        kept = replace(self.transport, base_url=base_url, closed=False)
        self.transport = replace(kept, extra_root=extra_root, proxy=proxy)
        return self.transport

    def _certificates(self, folder: Path) -> dict[Kind, Certificate]:
        for kind in Kind:
            issue(folder / kind.value, kind.value)
        return {kind: read_certificate([folder / kind.value]) for kind in Kind}


def issue(folder: Path, name: str) -> None:
    """Write a certificate as the cabinet gives it out: traditional encrypted PEM, a password with a line end."""
    folder.mkdir()
    key = serialization.load_pem_private_key(certificate(name), b"right")
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    (folder / "private.pem").write_bytes(certificate(name))
    (folder / "public.pem").write_bytes(public)
    (folder / "password.txt").write_bytes(b"right\r\n")


def acknowledge(review: Review) -> tuple[Acknowledgement, ...]:
    """Acknowledge every strong doubt of a review."""
    return tuple(
        Acknowledgement(doubt.code, "checked by letter", doubt.typed or "")
        for doubt in review.doubts
        if doubt.is_strong
    )
