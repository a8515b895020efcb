"""A password store that fails at the first start of a home or at a later one: told, nothing begun by halves, and mended."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QWidget

from console.sandbox.sandbox import Sandbox
from console.settings.home import Home
from tests.flows.troubles import (
    HOLD,
    TOLD,
    Beat,
    Fault,
    Make,
    Ring,
    giving,
    kept,
    lively,
    losing,
    patience,
    raising,
    settle,
    truncating,
    watched,
)
from tests.flows.troubles_home import Sit

AT_FIRST: dict[str, tuple[Make, str, dict[str, object]]] = {
    **TOLD,
    "losing": (lambda _: losing("journal/key"), "E-KEYRING-READBACK", {}),
    "another value": (lambda _: giving("00" * 32, "journal/key"), "E-KEYRING-READBACK", {}),
    "truncating": (lambda _: truncating(12), "E-KEYRING-READBACK", {}),
    "refusing": (
        lambda _: raising("PasswordSetError", "set"), "E-KEYRING-REFUSED", {},
    ),
}  # fmt: skip
"""And those that it meets when it keeps the key of a new journal."""


def opening(sit: Sit) -> Beat:
    """How long the window stands still where nothing is wrong."""
    person = sit()
    with watched() as beat:
        person.until(lambda: person.sees("nav/payout"))
    person.close()
    return beat


@pytest.mark.parametrize("name", AT_FIRST)
def test_a_first_start(sit: Sit, home: Path, ring: Ring, name: str) -> None:
    make, code, values = AT_FIRST[name]
    ring.fault = make(ring)
    person = sit(patience(code))
    person.click("welcome/connect")
    person.get("keyring/again", QWidget)
    person.hears(code, **values)
    person.click("keyring/again")
    person.get("welcome/connect", QWidget)
    ring.hold = HOLD
    with lively():  # the first time modules were imported
        person.click("welcome/connect")
        person.get("keyring/again", QWidget)
    place = Home(home)
    assert not place.journal.exists()
    assert not any(place.keys.glob("*"))
    assert not person.sees("keyring/look")
    ring.mend()
    assert ring.entries == {}
    person.click("keyring/again")
    person.click("welcome/connect")
    person.get("connect/name", QLineEdit)
    assert place.journal.exists()


@pytest.mark.parametrize("name", TOLD)
def test_a_later_start(sit: Sit, home: Path, ring: Ring, gateway: Sandbox, name: str) -> None:
    settle(home, gateway, ring)
    before, entries = kept(home, ring), dict(ring.entries)
    make, code, values = TOLD[name]
    ring.fault = make(ring)
    person = sit(patience(code))
    person.get("keyring/again", QWidget)
    person.hears(code, **values)
    ring.hold = HOLD
    with lively():
        person.tries_again()
    person.click("keyring/look")
    person.get("keyring/bar", QWidget)
    person.hears("E-KEYRING-JOURNAL", "what")
    assert not person.sees("nav/payout")
    assert (kept(home, ring), ring.entries) == (before, entries)
    ring.mend()
    person.click("keyring/again")
    person.until(lambda: person.sees("nav/payout"))


@pytest.mark.parametrize("fault", [losing("journal/key"), giving("ab" * 32, "journal/key")], ids=["gone", "another"])
def test_a_later_start_without_the_journals_key(
    sit: Sit, home: Path, ring: Ring, gateway: Sandbox, fault: Fault
) -> None:
    settle(home, gateway, ring)
    before, calm = kept(home, ring), opening(sit)
    ring.fault, ring.hold = fault, HOLD
    person = sit()
    with lively(calm):
        person.get("keyring/bar", QWidget)
    person.hears("E-KEYRING-JOURNAL", "title", "what")
    person.get("keyring/code", QWidget)
    assert not person.sees("nav/payout")
    assert kept(home, ring) == before
    ring.mend()
    person.click("keyring/again")
    person.until(lambda: person.sees("nav/payout"))


@pytest.mark.parametrize("fault", [losing("/account"), giving("not as it was", "/account")], ids=["gone", "another"])
def test_a_later_start_without_an_accounts_entry(
    sit: Sit, home: Path, ring: Ring, gateway: Sandbox, fault: Fault
) -> None:
    settle(home, gateway, ring)
    before, calm = kept(home, ring), opening(sit)
    ring.fault, ring.hold = fault, HOLD
    person = sit()
    with lively(calm):
        person.get("connect/again", QWidget)
    assert "has lost the account “Vector”" in person.said()
    assert kept(home, ring) == before
    ring.mend()
    person.click("connect/again")
    person.type("connect/uuid", gateway.account)
    person.drop("connect/payout", gateway.payout_certificate)
    person.until(lambda: "private key of" in person.said())
    person.click("connect/save")
    person.click("connect/done")
    person.until(lambda: person.sees("nav/payout"))


def test_a_store_that_is_slow_holds_nothing_up(sit: Sit, home: Path, ring: Ring, gateway: Sandbox) -> None:
    settle(home, gateway, ring)
    calm = opening(sit)
    ring.hold = HOLD
    person = sit()
    with lively(calm):
        person.until(lambda: person.sees("nav/payout"))
    ring.mend()
