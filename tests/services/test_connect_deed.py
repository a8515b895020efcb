"""A change in several places is whole or not at all, whichever step fails."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from console.domain.secret import Secret
from console.domain.trouble import Unavailable
from console.services import connect_deed as module
from console.services.connect_deed import Deed, put_file
from console.settings.settings import ACCOUNTS, Settings
from console.vault.memory import MemoryVault

Step = Callable[[Deed], None]


class Place:
    """A vault, a folder and settings with an account in them."""

    def __init__(self, folder: Path) -> None:
        self.vault = MemoryVault()
        self.file = folder / "keys" / "a.pem"
        self.settings = Settings.open(folder / "settings.json")
        with self.deed() as deed:
            deed.secret("a/account", Secret("old"))
            deed.file(self.file, b"old")
            deed.record("z", {"id": "z"})
            deed.record("a", {"id": "a", "name": "old"})
            deed.record("b", {"id": "b"})

    def deed(self) -> Deed:
        return Deed(self.vault, self.settings)

    def state(self) -> tuple[object, ...]:
        names = sorted(each.name for each in self.file.parent.iterdir())
        secrets = tuple(self.vault.read(name) for name in ("a/account", "a/payout"))
        return (*secrets, self.file.exists() and self.file.read_bytes(), names, self.settings.get(ACCOUNTS))

    def steps(self) -> list[Step]:
        return [
            lambda deed: deed.secret("a/account", Secret("new")),
            lambda deed: deed.secret("a/payout", Secret("added")),
            lambda deed: deed.file(self.file, b"new"),
            lambda deed: deed.file(self.file.with_name("b.pem"), b"added"),
            lambda deed: deed.record("a", {"id": "a", "name": "new"}),
            lambda deed: deed.record("n", {"id": "n"}),
        ]

    def removal(self) -> list[Step]:
        return [
            lambda deed: deed.record("a", None),
            lambda deed: deed.file(self.file, None),
            lambda deed: deed.secret("a/account", None),
            lambda deed: deed.secret("a/payout", None),
        ]

    def take(self, steps: list[Step]) -> None:
        with self.deed() as deed:
            for step in steps:
                step(deed)


def fail(_: Deed) -> None:
    raise Unavailable("E-X")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_what_goes_well_stays(place: Place) -> None:
    place.take(place.steps())
    assert place.vault.read("a/account") == Secret("new")
    assert place.file.read_bytes() == b"new"
    assert place.file.stat().st_mode & 0o077 == 0
    assert [each["id"] for each in place.settings.get(ACCOUNTS)] == ["z", "a", "b", "n"]
    place.take(place.removal())
    assert place.state()[0] is None
    assert not place.file.exists()


@pytest.mark.parametrize("removing", [False, True])
@pytest.mark.parametrize("done", range(7))
def test_what_fails_is_taken_back_whole(place: Place, done: int, removing: bool) -> None:
    before = place.state()
    with pytest.raises(Unavailable, match="E-X"):
        place.take([*(place.removal() if removing else place.steps())[:done], fail])
    assert place.state() == before


def test_a_fault_of_the_disk_is_trouble_and_leaves_no_half_file(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    before = place.state()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable) as caught, place.deed() as deed:
        deed.file(place.file, b"new")
    assert (caught.value.code, caught.value.values) == ("E-KEY-FILE", {"why": "no space"})
    assert place.state() == before


def test_a_fault_without_words_is_named_by_its_class(place: Place) -> None:
    with pytest.raises(Unavailable) as caught, place.deed():
        raise TimeoutError
    assert caught.value.values == {"why": "TimeoutError"}


def test_a_vault_that_fails_for_good_keeps_the_other_places_whole(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(name: str, secret: Secret) -> None:
        raise Unavailable("E-KEYRING-NONE")

    def breaks(_: Deed) -> None:
        monkeypatch.setattr(place.vault, "write", gone)

    record, file, secret = place.steps()[4], place.steps()[2], place.steps()[0]
    with pytest.raises(Unavailable, match="E-KEYRING-NONE"):
        place.take([record, file, secret, breaks, place.steps()[1]])
    assert place.file.read_bytes() == b"old"
    assert place.settings.get(ACCOUNTS)[1]["name"] == "old"


def test_a_file_left_by_a_process_that_died_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "a.pem.new").write_bytes(b"half")
    put_file(tmp_path / "a.pem", b"whole")
    assert [path.name for path in tmp_path.iterdir()] == ["a.pem"]


def test_a_key_waits_until_its_change_is_done(place: Place) -> None:
    with place.deed() as deed:
        deed.key(place.file, b"new", "a/payout", Secret("word"))
        assert (place.file.read_bytes(), place.file.with_name("a.pem.next").read_bytes()) == (b"old", b"new")
        deed.settle_keys()
        assert (place.file.read_bytes(), place.file.with_name("a.pem.next").exists()) == (b"new", True)
    assert place.state()[:4] == (Secret("old"), Secret("word"), b"new", ["a.pem"])


def test_a_key_that_is_there_is_not_written_again(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.vault.write("a/payout", Secret("word"))
    before = place.state()
    monkeypatch.setattr(os, "open", fail)
    with place.deed() as deed:
        deed.key(place.file, b"old", "a/payout", Secret("word"))
        deed.settle_keys()
    assert place.state() == before


def test_a_waiting_key_that_cannot_be_removed_is_left_to_the_next_start(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stuck(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, "stuck")

    with place.deed() as deed:
        deed.key(place.file, b"new", "a/payout", Secret("word"))
        deed.settle_keys()
        monkeypatch.setattr(Path, "unlink", stuck)
    monkeypatch.undo()
    assert place.state()[2:4] == (b"new", ["a.pem", "a.pem.next"])


def test_a_system_that_cannot_flush_folders_is_not_asked_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FLUSHES_FOLDERS", False)
    put_file(tmp_path / "a.pem", b"whole")
    assert (tmp_path / "a.pem").read_bytes() == b"whole"
