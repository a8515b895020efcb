"""A password store that fails while an account is connected, removed or paid from: told, whole or not at all, and mended."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from console.sandbox.sandbox import Sandbox
from tests.flows.driver import rows
from tests.flows.troubles import (
    HOLD,
    NAMES,
    TOLD,
    Fault,
    Make,
    Ring,
    Watched,
    giving,
    kept,
    lively,
    losing,
    patience,
    raising,
    settle,
    truncating,
)
from tests.flows.troubles_hands import SBP, form, pay, send
from tests.flows.troubles_home import Sit

CONNECTING: dict[str, tuple[Make, str, dict[str, object]]] = {
    **TOLD,
    "losing": (lambda _: losing("/payout"), "E-KEYRING-READBACK", {}),
    "another value": (lambda _: giving("other", "/payment"), "E-KEYRING-READBACK", {}),
    "truncating": (lambda _: truncating(40), "E-KEYRING-READBACK", {}),
    "refusing": (
        lambda _: raising("PasswordSetError", "set", name="/payment"), "E-KEYRING-REFUSED", {},
    ),
}  # fmt: skip


def fill(person: Watched, gateway: Sandbox) -> None:
    """Fill the form that connects an account, up to *Connect*."""
    person.click("welcome/connect")
    person.type("connect/name", "Vector")
    person.type("connect/uuid", gateway.account)
    for kind, folder in (("payout", gateway.payout_certificate), ("payment", gateway.payment_certificate)):
        person.drop(f"connect/{kind}", folder)
    person.until(lambda: person.said().count("private key of") == 2)


def connected(person: Watched) -> None:
    """Go on from *Connect* to the pages."""
    person.click("connect/save")
    person.click("recovery/later")
    person.until(lambda: person.sees("check/summary"))
    person.click("connect/done")
    person.until(lambda: person.sees("nav/payout"))
    person.rest()


@pytest.mark.parametrize("name", CONNECTING)
def test_connecting(sit: Sit, home: Path, ring: Ring, gateway: Sandbox, name: str) -> None:
    make, code, values = CONNECTING[name]
    person = sit(patience(code))
    fill(person, gateway)
    before = kept(home, ring)
    ring.fault, ring.hold = make(ring), HOLD / 2
    with lively():
        person.click("connect/save")
        person.until(lambda: person.sentence(code, **values)[1] in person.said())
    person.hears(code, **values)
    assert person.text("connect/name") == "Vector"
    ring.mend()
    assert kept(home, ring) == before
    connected(person)
    assert len(ring.secrets()) == 3


def test_connecting_to_a_store_that_takes_back_nothing(sit: Sit, home: Path, ring: Ring, gateway: Sandbox) -> None:
    person = sit()
    fill(person, gateway)
    before = kept(home, ring)
    refused = raising("PasswordSetError", "set", name="/payment").before

    def before_call(deed: str, name: str) -> None:
        refused(deed, name)
        raising("PasswordDeleteError", "delete").before(deed, name)

    ring.fault = Fault(before_call)
    person.click("connect/save")
    person.hears("E-KEYRING-REFUSED")
    ring.mend()
    after = kept(home, ring)
    assert (after.accounts, after.records) == (before.accounts, before.records)
    assert not any(name.endswith(".pem") for name in after.files)
    left = set(ring.secrets())
    connected(person)
    assert len(set(ring.secrets()) - left) == 3  # what nothing points to stays, and is not used


def test_a_store_as_small_as_the_smallest_holds_an_account(sit: Sit, ring: Ring, gateway: Sandbox) -> None:
    ring.fault = truncating(1280)
    person = sit(limit=1280)
    fill(person, gateway)
    connected(person)
    assert max(map(len, ring.entries.values())) < 400


def test_a_store_that_is_too_small_is_told_by_its_size(sit: Sit, home: Path, ring: Ring, gateway: Sandbox) -> None:
    person = sit(limit=70)
    fill(person, gateway)
    before = kept(home, ring)
    person.click("connect/save")
    person.until(lambda: "takes at most 70 characters" in person.said())
    length = int(person.said().partition("this has ")[2].partition(".")[0])
    person.hears("E-KEYRING-SIZE", most=70, have=length)
    assert kept(home, ring) == before


class TestRemoving:
    FAULTS = {
        "delete refused": raising("PasswordDeleteError", "delete"),
        "delete fails oddly": raising(ValueError, "delete"),
        "locked meanwhile": raising("KeyringLocked", "delete"),
    }

    @pytest.mark.parametrize("name", FAULTS)
    def test_an_account_is_whole_or_gone(self, sit: Sit, home: Path, ring: Ring, gateway: Sandbox, name: str) -> None:
        account = settle(home, gateway, ring)
        before = kept(home, ring)
        person = sit()
        person.click("nav/settings")
        ring.fault, ring.hold = self.FAULTS[name], HOLD / 2
        person.click(f"settings/accounts/{account}/remove")
        person.type("dialog/typed", gateway.account[-4:])
        with lively():
            person.click("dialog/remove")
            person.until(lambda: person.sees("dialog/problem"))
        codes = {"locked meanwhile": "E-KEYRING-LOCKED", "delete fails oddly": "E-KEYRING-NONE"}
        code = codes.get(name, "E-KEYRING-REFUSED")
        person.hears(code, "do", names=NAMES)
        assert kept(home, ring) == before
        ring.mend()
        person.click("dialog/remove")
        person.until(lambda: not person.sees(f"settings/accounts/{account}"))
        assert kept(home, ring).accounts == ()
        assert ring.secrets() == {}


class TestPaying:
    FAULTS: dict[str, tuple[Make, str, dict[str, object]]] = {
        **TOLD,
        "losing": (lambda _: losing("/payout"), "E-KEYRING-MISSING", {}),
        "another value": (lambda _: giving("other", "/payout"), "E-CERT-PASSWORD", {}),
    }

    @pytest.mark.parametrize("name", FAULTS)
    def test_a_key_that_is_not_given_sends_nothing(
        self, sit: Sit, home: Path, ring: Ring, gateway: Sandbox, name: str
    ) -> None:
        settle(home, gateway, ring)
        make, code, values = self.FAULTS[name]
        whole = make(ring)
        ring.fault = Fault(_only("/payout", whole), whole.given)
        person = sit(patience(code))
        form(person)
        with lively():
            person.click(f"{SBP.code}/review")
            person.until(lambda: person.sentence(code, **values)[1] in person.said())
        person.hears(code, **values)
        assert "Nothing was sent." in person.said()
        assert person.text(f"{SBP.code}/amount").replace("\xa0", "") == "3000.00"
        assert person.console.services.operations.count() == 0
        ring.mend()
        pay(person)
        assert len(rows(gateway.ledger, "SELECT * FROM accepted")) == 1

    def test_a_store_that_hangs_after_the_review_is_not_needed(
        self, sit: Sit, home: Path, ring: Ring, gateway: Sandbox
    ) -> None:
        settle(home, gateway, ring)
        person = sit(HOLD)
        form(person)
        person.click(f"{SBP.code}/review")
        person.get("review/send", QWidget)
        ring.fault = TOLD["hanging"][0](ring)
        with lively():
            send(person)
        assert len(rows(gateway.ledger, "SELECT * FROM accepted")) == 1


def _only(name: str, fault: Fault) -> Callable[[str, str], None]:
    def before(deed: str, entry: str) -> None:
        if entry.endswith(name):
            fault.before(deed, entry)

    return before
