"""One case: a home of its own beside one running gateway, a recipient of its own, and a console without a window on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from console.app.engine import Engine
from console.catalogue.methods import by_code
from console.domain.states import State
from console.journal.read import Reader
from console.services.clock import system_clock
from console.services.reviews import Review
from console.services.services import Services
from console.services.submit import Acknowledgement, Sent
from console.settings.home import Home
from console.settings.settings import Settings
from console.vault.file import FileVault

METHOD = "payment_card_sbp_rub"
KOPECKS = (0, 11, 12, 13, 21, 22, 23, 24, 25, 26, 32, 33, 34)
"""The outcomes of the sandbox that end at once, by the kopecks that choose them."""

UNANSWERED = (22, 23, 24, 25, 32, 33, 34)
"""Those of them after whose answer, or for want of one, nobody knows whether the order was accepted."""


@dataclass(frozen=True)
class Stage:
    """A case by its folder and number. Every case of one gateway has a number of its own."""

    folder: Path
    number: int
    kopecks: int = 0

    @property
    def home(self) -> Home:
        """The home: where the sandbox's would be, so that a start with the sandbox finds it."""
        return Home(self.folder / "sandbox")

    @property
    def backups(self) -> Path:
        """The folder that copies go to."""
        return self.folder / "backups"

    @property
    def recipient(self) -> str:
        """A phone that no other case pays."""
        return f"7903{self.number:07d}"

    @property
    def amount(self) -> str:
        """The amount; its kopecks choose what the gateway makes of it."""
        return f"{100 + self.number % 900}.{self.kopecks:02d}"

    def order(self, which: str = "a") -> str:
        """An order id of this case."""
        return f"case-{self.number}-{which}"

    @contextmanager
    def engine(self, *, first: bool = False) -> Iterator[Engine]:
        """A console's engine on the home; `first` connects the sandbox's account as a first start does."""
        home = self.home
        vault = None if first else FileVault(home.path / "vault.json")
        engine = Engine.start(home, Settings.open(home.settings), system_clock(), sandbox=first, vault=vault)
        try:
            yield engine
        finally:
            engine.close()

    def review(self, services: Services, order_id: str, recipient: str = "") -> Review:
        """The review of a payout to the case's recipient."""
        method = by_code(METHOD)
        texts = {each.name: each.sample for each in method.fields if each.typed and each.required}
        texts |= {"order_id": order_id, "amount": self.amount, "number": recipient or self.recipient}
        return services.reviews.prepare(method, texts, "Громова Е. А.", "")

    def pay(self, services: Services, order_id: str, recipient: str = "") -> Sent:
        """Send a payout; strong doubts are acknowledged."""
        return confirm(services, self.review(services, order_id, recipient))


def confirm(services: Services, review: Review) -> Sent:
    """Send what was reviewed."""
    given = tuple(Acknowledgement(doubt.code, "checked", doubt.typed or "") for doubt in review.doubts)
    return services.submit.send(review, given)


def states(journal: Path) -> dict[str, str]:
    """The orders of a journal and their states, the oldest first."""
    reader = Reader(journal)
    try:
        rows = reader.in_states(frozenset(State))
        return {row.order_id: row.state.value for row in sorted(rows, key=lambda row: row.created)}
    finally:
        reader.close()
