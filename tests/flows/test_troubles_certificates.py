"""Certificates and archives that something is wrong with, on the card they fall on: told, refused whole, and replaced."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from console.domain.secret import Secret
from console.domain.sentences import told
from console.domain.text import Text
from console.domain.trouble import Unavailable
from console.gateway import signing
from console.sandbox.sandbox import Sandbox
from console.services import archive, certificates, check
from console.settings.settings import ACCOUNTS
from console.ui.controls.label import Label
from console.ui.pages.connect_files import FileCard
from tests.flows import troubles_files as made
from tests.flows.troubles import Ring, Watched, kept, lively
from tests.flows.troubles_files import Make, Parts, folder_of, pair, parts_of, zip_of
from tests.flows.troubles_home import Sit

CARD = "connect/payout"


def wrong_password(path: Path, parts: Parts) -> tuple[Path, ...]:
    return zip_of(path, {**parts, "password.txt": b"wrong"})


def damaged(path: Path, parts: Parts) -> tuple[Path, ...]:
    pem = parts["private.pem"]
    return folder_of(path, {**parts, "private.pem": pem[:300] + b"AAAA" + pem[304:]})


def foreign(path: Path, parts: Parts) -> tuple[Path, ...]:
    return folder_of(path, {**parts, "public.pem": pair()["public.pem"]})


def public_given(path: Path, parts: Parts) -> tuple[Path, ...]:
    return folder_of(path, {**parts, "private.pem": parts["public.pem"]})


def no_password(path: Path, parts: Parts) -> tuple[Path, ...]:
    return folder_of(path, {name: data for name, data in parts.items() if name != "password.txt"})


def no_rsa(path: Path, _: Parts) -> tuple[Path, ...]:
    return folder_of(path, pair(is_rsa=False))


def twice(path: Path, parts: Parts) -> tuple[Path, ...]:
    return zip_of(path, {**parts, "old/private.pem": parts["private.pem"]})


KEYS: dict[str, tuple[Make, str, dict[str, object]]] = {
    "wrong password": (wrong_password, "E-CERT-PASSWORD", {}),
    "damaged": (damaged, "E-CERT-PASSWORD", {}),
    "foreign": (foreign, "E-CERT-WEAK", {"why": certificates._NO_MATCH}),
    "public given as private": (public_given, "E-CERT-PUBLIC", {}),
    "no password": (no_password, "E-CERT-NOPASS", {}),
    "below 1024 bits": (
        lambda path, _: folder_of(path, made.short_pair(1023)), "E-CERT-WEAK",
        {"why": signing._TOO_SHORT.with_(bits=1023)},
    ),
    "not RSA": (no_rsa, "E-CERT-WEAK", {"why": signing._NOT_RSA}),
}  # fmt: skip
ARCHIVES: dict[str, tuple[Make, Text]] = {
    "21 members": (made.many, archive._TOO_MANY.with_(limit=20)),
    "bomb": (made.bomb, archive._BROKEN),
    "lying": (made.lying, archive._BROKEN),
    "big": (
        lambda path, parts: zip_of(path, {**parts, "private.pem": bytes(64 * 1024 + 1)}),
        archive._TOO_BIG.with_(name="private.pem"),
    ),
    "two keys": (twice, archive._TWICE.with_(name="private.pem")),
    "link": (made.link, archive._LINK.with_(name="private.pem")),
    "encrypted": (made.encrypted, archive._LOCKED),
    "truncated": (made.truncated, archive._BROKEN),
    "spoiled": (made.spoiled, archive._BROKEN),
    "not a zip": (made.not_a_zip, archive._NOT_ZIP),
    "nothing in it": (lambda path, _: zip_of(path, {"readme": b""}), archive._MISSING.with_(name="private.pem")),
}


@pytest.fixture
def person(sit: Sit, gateway: Sandbox) -> Watched:
    """A person at the form, with everything typed."""
    made = sit()
    made.click("welcome/connect")
    made.type("connect/name", "Vector")
    made.type("connect/uuid", gateway.account)
    return made


def drop(person: Watched, *paths: Path, card: str = CARD) -> None:
    """Let files fall on the card, which does not keep the window waiting, and wait for what it says."""
    with lively():
        person.drop(card, *paths)
        person.until(lambda: "Reading" not in person.get(card, FileCard).said.text())


def refused_whole(person: Watched, home: Path, ring: Ring, gateway: Sandbox) -> None:
    """*Connect* stores nothing; the good certificate in its place is taken."""
    before = kept(home, ring)
    person.click("connect/save")
    person.until(lambda: person.text(f"{CARD}/problem").startswith("Mend this certificate"))
    assert kept(home, ring) == before
    drop(person, gateway.payout_certificate)
    assert "private key of" in person.text(f"{CARD}/state")
    person.click("connect/save")
    person.click("recovery/later")
    person.until(lambda: person.sees("check/summary"))
    assert person.text("check/summary") == "The account is connected: the gateway accepts its keys."


@pytest.mark.parametrize("name", KEYS)
def test_a_key(person: Watched, home: Path, ring: Ring, gateway: Sandbox, tmp_path: Path, name: str) -> None:
    make, code, values = KEYS[name]
    drop(person, *make(tmp_path / "given", parts_of(gateway.payout_certificate)))
    person.hears(code, **values)
    refused_whole(person, home, ring, gateway)


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive(person: Watched, home: Path, ring: Ring, gateway: Sandbox, tmp_path: Path, name: str) -> None:
    make, why = ARCHIVES[name]
    before = sorted(tmp_path.rglob("*"))
    paths = make(tmp_path / "given", parts_of(gateway.payout_certificate))
    drop(person, *paths)
    person.hears("E-CERT-ARCHIVE", why=why)
    assert sorted(path for path in tmp_path.rglob("*") if path not in paths) == before
    refused_whole(person, home, ring, gateway)


def test_names_that_climb_are_only_names(person: Watched, gateway: Sandbox, tmp_path: Path) -> None:
    before = set(tmp_path.parent.rglob("*.pem"))
    drop(person, *made.climbing(tmp_path / "given", parts_of(gateway.payout_certificate)))
    assert "private key of" in person.text(f"{CARD}/state")
    assert set(tmp_path.parent.rglob("*.pem")) == before


@pytest.mark.parametrize("bits", [1024, 2047])
def test_a_short_key_works_and_is_warned_of(person: Watched, tmp_path: Path, bits: int) -> None:
    drop(person, *folder_of(tmp_path / "given", pair(bits)))
    notes(person, "E-CERT-SHORT", bits=bits)
    assert f"private key of {bits} bits" in person.text(f"{CARD}/state")


def test_an_unprotected_key_is_kept_protected(
    person: Watched, home: Path, ring: Ring, gateway: Sandbox, tmp_path: Path
) -> None:
    parts = parts_of(gateway.payout_certificate)
    password = parts["password.txt"].decode().strip()
    key = serialization.load_pem_private_key(parts["private.pem"], password.encode())
    assert isinstance(key, RSAPrivateKey)
    plain = key.private_bytes(made.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    drop(person, *folder_of(tmp_path / "given", {**parts, "private.pem": plain}))
    notes(person, "E-CERT-PLAIN")
    person.click("connect/save")
    person.click("recovery/later")
    person.until(lambda: person.sees("check/summary"))
    stored = kept(home, ring)
    (name,) = stored.files
    assert b"ENCRYPTED" in stored.files[name]
    (secret,) = (text for entry, text in stored.secrets.items() if entry.endswith("/payout"))
    assert secret != password
    assert signing.load_key(stored.files[name], Secret(secret)).bits == key.key_size


def test_a_swapped_pair_is_told_by_the_check(person: Watched, ring: Ring, gateway: Sandbox) -> None:
    drop(person, gateway.payment_certificate)
    drop(person, gateway.payout_certificate, card="connect/payment")
    person.click("connect/save")
    person.click("recovery/later")
    checked_again(person)
    person.reads(check._SWAPPED)
    assert "Not accepted for the list of payments" in person.said()
    person.click("connect/done")
    person.until(lambda: person.sees("nav/payout"))
    settings = person.console.settings.get(ACCOUNTS)
    assert not any("proof" in part for part in settings[0].values() if isinstance(part, dict))


def test_an_unsaved_pair_is_told_by_the_check(person: Watched, gateway: Sandbox, tmp_path: Path) -> None:
    drop(person, *folder_of(tmp_path / "given", pair()))
    person.click("connect/save")
    person.click("recovery/later")
    checked_again(person)
    person.reads(check._PAYOUT_REFUSED)
    person.hears("E-CERT-REFUSED", "what", tail=gateway.account[-4:], digest="SHA-1, SHA-256")


def checked_again(person: Watched) -> None:
    """Wait for the check, and check once more, when everything that it needs was loaded."""
    person.until(lambda: person.sees("check/summary"))
    person.rest()
    with lively():
        person.click("connect/check")
        person.until(lambda: person.sees("check/summary"))


def notes(person: Watched, code: str, **values: object) -> None:
    """Read a warning of a key that is good all the same: its title, what it means, and what to do."""
    said = told(Unavailable(code, **values))
    note = person.get(CARD, FileCard).note
    assert isinstance(note, Label)
    person.until(note.isVisible)
    person.reads(said.title, said.what, said.do)
