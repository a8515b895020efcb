"""Records as rows: every kind has its words, and only what is not calm has a colour."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.domain.endpoint import Kind
from console.journal.entry import Event, EventKind
from console.services.record_rows import kind_of, row_of
from console.settings.translations import Translator
from tests.services.test_timeline import event

say = Translator("en")


@pytest.mark.parametrize(
    ("given", "title", "tone"),
    [
        (event(EventKind.CHANGED), "Settings changed", ""),
        (replace(event(EventKind.INTENDED), endpoint="/v1/payment"), "Intent: payment PO-1", ""),
        (
            event(EventKind.HEARD, status=400, fields=["a"], operation={"state": "rejected"}),
            "Refused by the gateway",
            "red",
        ),
        (event(EventKind.PROBED, status=200, accepted=True), "Connection checked: the key is accepted", ""),
        (event(EventKind.PROBED, status=401), "Connection checked: the key is not accepted", "amber"),
        (event(EventKind.ASKED, reason="dns"), "Gateway out of reach", "amber"),
        (event(EventKind.ASKED, status=503), "Gateway out of reach", "amber"),
        (event(EventKind.ASKED, status=200), "State asked: nothing new", ""),
        (event(EventKind.ASKED, status=400), "State asked: the answer names no state", "amber"),
        (replace(event(EventKind.ASKED, status=200), endpoint="/v1/account/balance"), "Balance asked", ""),
        (
            event(EventKind.ASKED, status=200, disputed="two-finals", operation={"disputed_at": "x"}),
            "The gateway contradicts itself",
            "violet",
        ),
        (event(EventKind.ASKED, status=200, operation={"state": "paid"}), "The gateway confirmed: paid out", ""),
        (event(EventKind.REVEALED), "Number shown for 10 s", ""),
        (event("later"), "Recorded: later", ""),
    ],
)
def test_every_record_has_its_words(given: Event, title: str, tone: str) -> None:
    row = row_of(given)
    assert (say(row.title), row.tone) == (title, tone)
    assert row.duration is None


def test_money_in_is_told_by_the_address() -> None:
    assert kind_of(replace(event(EventKind.HEARD), endpoint="/v1/payment/status")) is Kind.PAYMENT
    assert kind_of(replace(event(EventKind.HEARD), endpoint=None)) is Kind.PAYOUT
