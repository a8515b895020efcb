"""Accounts that are connected, checked and removed, over the bench's journal and scripted gateway."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from console.domain.endpoint import Kind
from console.domain.exchange import Exchange
from console.domain.secret import Secret
from console.domain.trouble import Unavailable
from console.services.accounts import Account
from console.services.certificates import Certificate, read_certificate
from console.services.check import Check, Step
from console.services.check_issuer import Issuers
from console.services.connect import Connector
from console.services.proof import Prover
from console.settings.settings import ACCOUNTS
from tests.services.bench import Bench, answered, issue

OTHER = "0f21c7de-9a11-4a60-8a33-5d1c77a0b7aa"
HOST = "api-merchant.alikassa.com"
BALANCE = answered(200, {"currency": "RUB", "balance": "93.84000000"})
HISTORY = answered(200, {"data": []})
INFO = answered(
    200,
    {
        "is_allowed_payment": True,
        "is_allowed_payout": True,
        "payments": [
            {"service_code": "payment_card_number_card", "status": "active"},
            {"service_code": "payment_card_sbp_rub_card", "status": "inactive"},
        ],
        "payouts": [{"service_code": "payment_card_sbp_rub"}],
    },
)
REFUSAL = answered(401, {"message": "Unauthorized"})


class Desk:
    """A connector over a bench."""

    def __init__(self, bench: Bench, folder: Path) -> None:
        self.bench = bench
        bench.uuids.add(Secret(OTHER))
        self.ids: Iterator[str] = iter(["new-1", "new-2", "new-3"])
        self.issuers = Issuers(bench.settings, bench.journal, bench.clock)
        self.prover = Prover(bench.accounts, bench.journal, bench.clock, self.issuers)
        self.check = Check(
            bench.accounts, bench.balances, self.prover, bench.journal, self.issuers, bench.settings, bench.clock
        )
        self.steps: list[Step] = []
        self.connector = self.make()
        self.certificates = {kind: self.certificate(folder, f"{kind.value}-two") for kind in Kind}

    def make(self, trouble: Unavailable | None = None) -> Connector:
        bench = self.bench

        def require() -> None:
            if trouble is not None:
                raise trouble

        return Connector(
            bench.accounts, bench.settings, bench.journal, bench.reader, bench.follow, self.check,
            clock=bench.clock, new_id=lambda: next(self.ids), require=require,
        )  # fmt: skip

    def certificate(self, folder: Path, name: str) -> Certificate:
        issue(folder / name, name)
        return read_certificate([folder / name])

    def add(self, name: str = "Второй", *kinds: Kind, **more: object) -> Account:
        chosen = {kind: self.certificates[kind] for kind in kinds or tuple(Kind)}
        return self.connector.add(name, HOST, OTHER, chosen, **more)  # type: ignore[arg-type]  # as the caller has them

    def run(self, account_id: str, *answers: Exchange) -> list[tuple[str, bool | None]]:
        """Check an account against scripted answers; every one of them is asked for."""
        self.bench.transport.asks += answers
        self.report = self.connector.check(account_id, self.steps.append)
        assert self.bench.transport.asks == []
        return [(step.name, step.ok) for step in self.report.steps]

    def changes(self) -> list[dict[str, object]]:
        """The records of changes, the oldest first."""
        events = self.bench.reader.event_page(None, 1000)
        return [event.facts for event in reversed(events) if event.kind == "changed"]

    def state(self) -> tuple[object, ...]:
        """Everything that an account is made of."""
        bench = self.bench
        files = {path.name: path.read_bytes() for path in sorted(bench.home.keys.iterdir())}
        return dict(bench.vault._secrets), files, bench.settings.get(ACCOUNTS), bench.accounts.all()
