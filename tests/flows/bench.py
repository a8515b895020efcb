"""The console's engine without a window, against the real sandbox gateway over real HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from console.app.engine import Engine
from console.catalogue.methods import by_code
from console.services.clock import system_clock
from console.services.services import Services
from console.services.submit import Acknowledgement, Sent
from console.settings.home import Home
from console.settings.settings import Settings
from tests.flows.driver import rows

SBP = "payment_card_sbp_rub"


@dataclass
class Works:
    """An engine on a home; closing it is the owner's."""

    engine: Engine
    home: Path

    @classmethod
    def start(cls, home: Path, **options: Any) -> Works:
        inner = Home(home).sandbox
        settings = Settings.open(inner.settings)
        return cls(Engine.start(inner, settings, system_clock(), sandbox=True, **options), home)

    @property
    def services(self) -> Services:
        return self.engine.services

    def send(self, order_id: str, amount: str, code: str = SBP, **changed: str) -> Sent:
        """Send a filled form; every strong doubt is acknowledged."""
        method = by_code(code)
        texts = {each.name: each.sample for each in method.fields if each.typed and each.required}
        texts |= {"order_id": order_id, "amount": amount, **changed}
        review = self.services.reviews.prepare(method, texts, "Громова Е. А.", "")
        given = tuple(Acknowledgement(doubt.code, "checked", doubt.typed or "") for doubt in review.doubts)
        return self.services.submit.send(review, given)

    def accepted(self) -> list[dict[str, Any]]:
        """What the gateway accepted, in order."""
        return rows(self.home / "sandbox" / "gateway" / "ledger.db", "SELECT * FROM accepted ORDER BY id")

    def close(self) -> None:
        self.engine.close()
