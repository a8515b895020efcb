"""A real account at work without a window: connected from the cabinet's zips, checked, and paid from."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from console.app.engine import Engine
from console.catalogue.methods import by_code
from console.domain.endpoint import Kind
from console.gateway.tls_root import Root, read_root
from console.journal.recovery import group_of
from console.services.accounts import Account
from console.services.certificates import read_certificate
from console.services.clock import system_clock
from console.services.services import Services
from console.services.submit import Acknowledgement, Sent
from console.settings.home import Home
from console.settings.settings import Settings
from console.vault.vault import Vault
from tests.e2e.php_gateway import ACCOUNT, PhpGateway

SBP = "payment_card_sbp_rub"


@dataclass
class Real:
    """A console on its own data, without a window."""

    engine: Engine

    @classmethod
    def start(cls, home: Path, vault: Vault | None = None) -> Real:
        place = Home(home)
        return cls(Engine.start(place, Settings.open(place.settings), system_clock(), sandbox=False, vault=vault))

    @property
    def services(self) -> Services:
        return self.engine.services

    def connect(self, gateway: PhpGateway, *, root: Root | None, swapped: bool = False, host: str = "") -> Account:
        """Connect the gateway's account, as a person does who chose both zips and typed the host twice."""
        archives = {Kind.PAYMENT: "payment", Kind.PAYOUT: "payout"}
        if swapped:
            archives = {Kind.PAYMENT: "payout", Kind.PAYOUT: "payment"}
        certificates = {kind: read_certificate([gateway.archive(name)]) for kind, name in archives.items()}
        typed = host or gateway.host
        return self.services.connect.add(
            "ООО «Вектор»", typed, ACCOUNT, certificates, typed_host=typed, root=root
        )  # fmt: skip

    def keep_code(self) -> None:
        """Type back the group of the recovery code that is asked for."""
        recovery = self.services.recovery
        number = recovery.ask(0.4)
        recovery.answer(number, group_of(recovery.code(), number))

    def pay(self, order_id: str, amount: str = "1500.00") -> Sent:
        """Send a payout; every strong doubt is acknowledged."""
        method = by_code(SBP)
        texts = {each.name: each.sample for each in method.fields if each.typed and each.required}
        review = self.services.reviews.prepare(
            method, {**texts, "order_id": order_id, "amount": amount}, "Громова Е. А.", ""
        )
        given = tuple(Acknowledgement(doubt.code, "checked", doubt.typed or "") for doubt in review.doubts)
        return self.services.submit.send(review, given)

    def close(self) -> None:
        self.engine.close()


def root_of(gateway: PhpGateway) -> Root:
    """The authority's certificate, read from its file."""
    return read_root(gateway.root.read_bytes(), datetime.now(timezone.utc))


def script(*arguments: str) -> dict[str, Any]:
    """What a process of its own does on the system's keyring: connect and check, or restart and pay."""
    deed, home, folder, port = arguments
    gateway = PhpGateway(Path(folder), int(port))
    real = Real.start(Path(home))
    try:
        if deed == "connect":
            account = real.connect(gateway, root=root_of(gateway))
            report = real.services.connect.check(account.id)
            real.keep_code()
            return {"ok": report.ok, "digests": {kind.value: digest for kind, digest in report.digests.items()}}
        sent = real.pay("PO-real-1")
        states = [real.services.follow.ask("PO-real-1").state.value for _ in range(2)]
        return {"sent": sent.row.state.value, "states": states}
    finally:
        real.close()


if __name__ == "__main__":
    import json
    import socket

    from tests.e2e.names import knowing
    from tests.e2e.php_gateway import HOST

    setattr(socket, "getaddrinfo", knowing(HOST))  # noqa: B010  # assigning to a module is no mistake here
    print(json.dumps(script(*sys.argv[1:])))
