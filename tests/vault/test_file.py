"""The sandbox's vault: a file for its owner alone, and for toys alone."""

import errno
import json
import os
import threading
from pathlib import Path

import pytest

from console.domain.secret import Secret
from console.domain.trouble import Unavailable
from console.vault.file import FileVault

TOY = {"uuid": "uuid-1", "host": "http://127.0.0.1:8000", "kind": "sandbox"}


@pytest.fixture
def path(home: Path) -> Path:
    """Where the vault is."""
    return home / "vault.json"


@pytest.fixture
def vault(path: Path) -> FileVault:
    """A vault that holds the sandbox's account."""
    vault = FileVault(path)
    vault.write("sandbox/account", _entry())
    return vault


def _entry(**changes: object) -> Secret:
    return Secret(json.dumps({**TOY, **changes}))


def test_secrets_are_kept_replaced_and_forgotten(vault: FileVault, path: Path) -> None:
    names = ("sandbox/payout", "sandbox/payment", "journal/key", "journal/head")
    for name in names:
        assert vault.read(name) is None
        vault.write(name, Secret(f"{name} 1"))
        vault.write(name, Secret(f"{name} пароль"))
    again = FileVault(path)
    assert [again.read(name) for name in names] == [Secret(f"{name} пароль") for name in names]
    again.remove("journal/head")
    again.remove("journal/head")
    assert vault.read("journal/head") is None
    assert vault.read("sandbox/account") == _entry()


def test_file_is_its_owners_alone(vault: FileVault, path: Path) -> None:
    previous = os.umask(0)
    try:
        vault.write("journal/key", Secret("x"))
    finally:
        os.umask(previous)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_what_a_crash_left_is_written_over(vault: FileVault, path: Path) -> None:
    left = path.with_name("vault.json.new")
    left.write_text("{")
    left.chmod(0o666)
    vault.write("journal/key", Secret("x"))
    assert not left.exists()
    assert path.stat().st_mode & 0o777 == 0o600


def test_crash_while_writing_keeps_the_old_file(vault: FileVault, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_handle: int) -> None:
        raise OSError("no space left")

    before = path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(Unavailable):
            vault.write("journal/key", Secret("x"))
    assert path.read_bytes() == before
    vault.write("journal/key", Secret("x"))
    assert vault.read("journal/key") == Secret("x")


def test_folder_is_flushed_where_folders_can_be(vault: FileVault, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[int] = []
    monkeypatch.setattr(os, "fsync", flushed.append)
    vault.write("journal/key", Secret("x"))
    assert len(flushed) == 2
    monkeypatch.setattr("console.vault.file._CAN_FLUSH_FOLDERS", False)
    vault.write("journal/key", Secret("y"))
    assert len(flushed) == 3


@pytest.mark.parametrize(
    "entry",
    [
        _entry(kind="live"),
        _entry(kind=None),
        _entry(host="https://api-merchant.alikassa.com"),
        _entry(host="http://api-merchant.alikassa.com"),
        _entry(host="https://127.0.0.1:8000"),
        _entry(host="http://10.0.0.1"),
        _entry(host="http://localhost:8000"),
        _entry(host="http://127.0.0.1.example.com"),
        _entry(host="http://[127.0.0.1"),
        _entry(host="http://"),
        _entry(host=""),
        _entry(host=8000),
        Secret("{}"),
        Secret("[]"),
        Secret("1"),
        Secret("uuid-1"),
        Secret(""),
    ],
)
def test_live_account_is_refused(path: Path, entry: Secret) -> None:
    vault = FileVault(path)
    with pytest.raises(Unavailable) as caught:
        vault.write("live/account", entry)
    assert caught.value.code == "E-KEYRING-NONE"
    assert not path.exists()


@pytest.mark.parametrize("host", ["http://127.0.0.1:1", "http://127.1.2.3", "http://[::1]:8000", "HTTP://127.0.0.1/"])
def test_sandbox_account_is_kept(path: Path, host: str) -> None:
    vault = FileVault(path)
    vault.write("a/account", _entry(host=host))
    assert vault.read("a/account") == _entry(host=host)


@pytest.mark.parametrize(
    "name", ["live/payout", "live/payment", "sandbox/other", "other", "journal/other", "/account", ""]
)
def test_secret_of_no_sandbox_account_is_refused(vault: FileVault, name: str) -> None:
    with pytest.raises(Unavailable):
        vault.write(name, Secret("x"))
    assert vault.read(name) is None


def test_account_that_was_turned_live_in_the_file_is_not_handed_out(vault: FileVault, path: Path) -> None:
    vault.write("sandbox/payout", Secret("toy"))
    entries = json.loads(path.read_text())
    entries["sandbox/account"] = json.dumps({**TOY, "host": "https://api-merchant.alikassa.com"})
    path.write_text(json.dumps(entries))
    for name in ("sandbox/account", "sandbox/payout"):
        with pytest.raises(Unavailable):
            vault.read(name)
    vault.remove("sandbox/account")
    assert vault.read("sandbox/account") is None


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"journal/key":1}', b"\xff", b"1", b"null"])
def test_damaged_file_is_told(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    vault = FileVault(path)
    with pytest.raises(Unavailable) as caught:
        vault.read("journal/key")
    assert caught.value.code == "E-KEYRING-NONE"
    with pytest.raises(Unavailable):
        vault.write("journal/key", Secret("x"))
    with pytest.raises(Unavailable):
        vault.remove("journal/key")
    assert path.read_bytes() == content


def test_file_that_cannot_be_read_is_told(path: Path) -> None:
    path.mkdir()
    with pytest.raises(Unavailable):
        FileVault(path).read("journal/key")


def test_writers_do_not_lose_each_others_secrets(vault: FileVault) -> None:
    def write(number: int) -> None:
        vault.write("journal/key", Secret(str(number)))
        vault.write(f"a{number}/account", _entry())

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert all(vault.read(f"a{number}/account") == _entry() for number in range(8))


def test_a_disk_that_refuses_is_told_and_keeps_what_was_there(
    vault: FileVault, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable) as written:
        vault.write("journal/key", Secret("x"))
    with pytest.raises(Unavailable) as removed:
        vault.remove("sandbox/account")
    for told in (written.value, removed.value):
        assert (told.code, told.values["why"]) == ("E-KEYRING-NONE", "No space left on device")
    assert FileVault(path).read("sandbox/account") == _entry()
