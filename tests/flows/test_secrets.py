"""Nothing personal and nothing secret in any file of a home, in a log or in a traceback, however it is written."""

from __future__ import annotations

import base64
import sqlite3
import traceback
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from console.catalogue.methods import every
from console.domain.endpoint import Kind
from console.domain.secret import Secret
from console.domain.trouble import Trouble
from console.journal.filters import Filter
from tests.flows.bench import Works

PHONE, ACCOUNT, ADDRESS = "79031112233", "40602810700000000025", "95.24.17.8"
TOYS = ("gateway", "vault.json")
"""The only places of a sandbox's home where its toys may lie (contract)."""


def forms(secret: bytes) -> dict[str, bytes]:
    """A secret as it may be written: raw, hex, base64 at each of its three offsets, UTF-16."""
    found = {"raw": secret, "hex": secret.hex().encode(), "HEX": secret.hex().upper().encode()}
    for offset in range(3):
        whole = base64.b64encode(bytes(offset) + secret)
        found[f"base64+{offset}"] = whole[4 if offset else 0 : len(whole) - 4]
    try:
        found["utf-16"] = secret.decode("ascii").encode("utf-16-le")
    except UnicodeDecodeError:
        pass
    return found


def planted(works: Works) -> Iterator[tuple[str, bytes]]:
    """Everything that must not be found: numbers, what payers are shown, signatures, keys, passwords, the UUID."""
    yield from (("phone", PHONE.encode()), ("account", ACCOUNT.encode()), ("address", ADDRESS.encode()))
    folder = works.home / "sandbox" / "gateway"
    for kind in Kind:
        yield f"{kind.value} password", (folder / kind.value / "password.txt").read_bytes().strip()
    assert works.engine.sandbox is not None
    yield "uuid", works.engine.sandbox.account.encode()
    for entry in works.accepted():
        yield "signature", base64.b64decode(entry["signature"])
        yield "body", entry["body"]
        for value in works.services.operations.shown(entry["order_id"]):
            if value.shown.form.value in {"card", "phone", "account"}:
                yield value.shown.form.value, value.value.encode()


def files(home: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(home.rglob("*")):
        if path.is_file() and not set(path.relative_to(home).parts) & set(TOYS):
            yield path.name, path.read_bytes()


def scan(works: Works, places: dict[str, bytes]) -> list[str]:
    return [
        f"{what} as {form} in {place}"
        for what, secret in planted(works)
        for form, needle in forms(secret).items()
        for place, content in places.items()
        if len(needle) >= 8 and needle in content
    ]


def paid(works: Works) -> None:
    """One order of every method, and a refusal, an unknown and one that was not sent."""
    for number, method in enumerate(every()):
        works.send(f"order-{number}", f"{1500 + number}.00", method.code)
    for kopecks in ("21", "33"):
        works.send(f"order-{kopecks}", f"1700.{kopecks}")
    for row in works.services.operations.page(Filter()):
        if row.state.is_asked:
            works.services.follow.ask(row.order_id)


@pytest.mark.parametrize("when", ["open", "closed"])
def test_no_file_of_a_home_gives_anything_away(home: Path, when: str) -> None:
    works = Works.start(home)
    paid(works)
    wanted = list(planted(works))
    assert len(wanted) > 25
    if when == "closed":
        works.close()
    places = dict(files(home / "sandbox"))
    assert {"journal.db", "settings.json"} <= set(places)
    found = [
        f"{what} as {form} in {place}"
        for what, secret in wanted
        for form, needle in forms(secret).items()
        for place, content in places.items()
        if len(needle) >= 8 and needle in content
    ]
    if when == "open":
        works.close()
    assert found == []


def test_the_scan_finds_what_is_there(home: Path) -> None:
    works = Works.start(home)
    works.send("order-1", "1500.00")
    for form, needle in forms(PHONE.encode()).items():
        assert scan(works, {"file": b"xx" + needle + b"yy"}), form
    works.close()


def test_private_keys_in_a_home_are_encrypted(home: Path) -> None:
    works = Works.start(home)
    works.close()
    keys = list((home / "sandbox" / "keys").iterdir())
    assert len(keys) == 2
    assert all(b"ENCRYPTED" in path.read_bytes() for path in keys)


def test_no_search_index_and_no_clear_column_holds_a_number(home: Path) -> None:
    works = Works.start(home)
    paid(works)
    works.close()
    with closing(sqlite3.connect(home / "sandbox" / "journal.db")) as base:
        dump = "\n".join(base.iterdump())
    assert not [number for number in (PHONE, ACCOUNT, ADDRESS) if number in dump]


def test_a_traceback_shows_no_secret(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    works = Works.start(home)

    def fail(*_: object, **__: object) -> None:
        raise Trouble("E-INTERNAL")

    access = works.services.accounts.open("sandbox")
    monkeypatch.setattr(access.gateway, "create", fail)
    with pytest.raises(Trouble) as caught:
        works.send("order-1", "1500.00")
    monkeypatch.undo()
    works.send("order-2", "1501.00")
    text = "".join(traceback.format_exception(caught.value)).encode()
    found = scan(works, {"traceback": text})
    works.close()
    assert found == []
    assert repr(Secret("x")) == "Secret(***)"
