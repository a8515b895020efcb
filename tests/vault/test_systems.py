"""The backends of Windows and macOS as they are, over systems that are made up and behave as they are documented."""

from __future__ import annotations

import importlib
import struct
import sys
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from console.domain.secret import Secret
from console.domain.trouble import Unavailable
from console.vault.keyring import KeyringVault

MOST_BYTES = 2560


class PyWinError(Exception):
    """`pywintypes.error`."""

    def __init__(self, winerror: int, funcname: str) -> None:
        super().__init__(winerror, funcname, "")
        self.winerror = winerror
        self.funcname = funcname


@dataclass
class CredentialManager:
    """`win32cred` over a table of targets, each with one user name and a blob of UTF-16."""

    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    is_gone: bool = False
    CRED_TYPE_GENERIC = 1
    CRED_PERSIST_ENTERPRISE = 3
    __name__ = "win32cred"

    def CredRead(self, Type: int, TargetName: str) -> dict[str, Any]:
        self._look("CredRead", TargetName)
        return self.entries[TargetName]

    def CredWrite(self, credential: dict[str, Any], flags: int) -> None:
        assert flags == 0
        if self.is_gone:
            raise PyWinError(1312, "CredWrite")
        blob = credential["CredentialBlob"].encode("utf-16-le")
        if len(blob) > MOST_BYTES:
            raise PyWinError(1783, "CredWrite")
        self.entries[credential["TargetName"]] = {**credential, "CredentialBlob": blob}

    def CredDelete(self, Type: int, TargetName: str) -> None:
        self._look("CredDelete", TargetName)
        del self.entries[TargetName]

    def _look(self, function: str, target: str) -> None:
        if self.is_gone:
            raise PyWinError(1312, function)
        if target not in self.entries:
            raise PyWinError(1168, function)


class KeychainError(Exception):
    """`keyring.backends.macOS.api.Error`."""


class NotFound(KeychainError):
    """errSecItemNotFound."""


class KeychainDenied(KeychainError):
    """errSecUserCanceled: the window that asks was closed."""


@dataclass
class Keychain:
    """`keyring.backends.macOS.api`; `trouble` is what each call raises."""

    entries: dict[tuple[str, str], str] = field(default_factory=dict)
    trouble: Exception | None = None
    Error = KeychainError
    NotFound = NotFound
    KeychainDenied = KeychainDenied

    def find_generic_password(self, _: object, service: str, username: str) -> str:
        self._look(service, username)
        return self.entries[service, username]

    def set_generic_password(self, _: object, service: str, username: str, password: str) -> None:
        if self.trouble is not None:
            raise self.trouble
        self.entries[service, username] = password

    def delete_generic_password(self, _: object, service: str, username: str) -> None:
        self._look(service, username)
        del self.entries[service, username]

    def _look(self, service: str, username: str) -> None:
        if self.trouble is not None:
            raise self.trouble
        if (service, username) not in self.entries:
            raise NotFound(-25300, "Item not found")


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[KeyringVault, CredentialManager]]:
    """A vault on Windows."""
    manager = CredentialManager()
    parent = types.ModuleType("win32ctypes.pywin32")
    for name, value in (("pywintypes", types.SimpleNamespace(error=PyWinError)), ("win32cred", manager)):
        monkeypatch.setattr(parent, name, value, raising=False)
        monkeypatch.setitem(sys.modules, f"win32ctypes.pywin32.{name}", value)
    monkeypatch.setitem(sys.modules, "win32ctypes", types.ModuleType("win32ctypes"))
    monkeypatch.setitem(sys.modules, "win32ctypes.pywin32", parent)
    monkeypatch.delitem(sys.modules, "keyring.backends.Windows", raising=False)
    importlib.import_module("keyring.backends.Windows")
    yield KeyringVault("home1", platform="win32"), manager
    sys.modules.pop("keyring.backends.Windows", None)


@pytest.fixture
def mac(monkeypatch: pytest.MonkeyPatch) -> tuple[KeyringVault, Keychain]:
    """A vault on macOS."""
    keychain = Keychain()
    module = importlib.import_module("keyring.backends.macOS")
    monkeypatch.setattr(module, "api", keychain, raising=False)
    return KeyringVault("home1", platform="darwin"), keychain


def code(work: Callable[[], object]) -> str:
    with pytest.raises(Unavailable) as caught:
        work()
    return caught.value.code


class TestWindows:
    def test_an_entry_stands_under_its_documented_name(self, windows: tuple[KeyringVault, CredentialManager]) -> None:
        vault, manager = windows
        assert vault.read("acc/payout") is None
        vault.write("acc/payout", Secret("пароль"))
        assert vault.read("acc/payout") == Secret("пароль")
        (entry,) = manager.entries.values()
        assert (entry["TargetName"], entry["UserName"]) == ("alikassa-console/home1/acc/payout", "value")

    def test_another_secret_leaves_no_old_one_beside_it(self, windows: tuple[KeyringVault, CredentialManager]) -> None:
        vault, manager = windows
        for text in ("one", "two", "three"):
            vault.write("acc/payout", Secret(text))
        assert list(manager.entries) == ["alikassa-console/home1/acc/payout"]
        vault.remove("acc/payout")
        vault.remove("acc/payout")
        assert manager.entries == {}

    def test_an_entry_takes_1280_characters(self, windows: tuple[KeyringVault, CredentialManager]) -> None:
        vault, manager = windows
        vault.write("acc/payout", Secret("x" * 1280))
        assert code(lambda: vault.write("acc/payout", Secret("😀" * 641))) == "E-KEYRING-SIZE"
        assert vault.read("acc/payout") == Secret("x" * 1280)
        assert len(manager.entries["alikassa-console/home1/acc/payout"]["CredentialBlob"]) == MOST_BYTES

    def test_a_session_without_a_manager_is_told(self, windows: tuple[KeyringVault, CredentialManager]) -> None:
        vault, manager = windows
        manager.is_gone = True
        assert code(lambda: vault.read("acc/payout")) == "E-KEYRING-NONE"
        assert code(lambda: vault.remove("acc/payout")) == "E-KEYRING-NONE"


class TestMacOS:
    def test_an_entry_stands_under_its_documented_name(self, mac: tuple[KeyringVault, Keychain]) -> None:
        vault, keychain = mac
        assert vault.read("acc/payout") is None
        for text in ("один", "два"):
            vault.write("acc/payout", Secret(text))
        assert keychain.entries == {("alikassa-console/home1/acc/payout", "value"): "два"}
        vault.remove("acc/payout")
        assert vault.read("acc/payout") is None

    @pytest.mark.parametrize(
        ("trouble", "expected"),
        [
            (KeychainDenied(-128, "Keychain Access Denied"), "E-KEYRING-DISMISSED"),
            (KeychainError(-25308, "Unknown Error"), "E-KEYRING-LOCKED"),
            (KeychainError(-25293, "Security Auth Failure"), "E-KEYRING-NONE"),
        ],
    )
    def test_what_the_keychain_refuses_is_told(
        self, mac: tuple[KeyringVault, Keychain], trouble: Exception, expected: str
    ) -> None:
        vault, keychain = mac
        keychain.trouble = trouble
        assert code(lambda: vault.read("acc/payout")) == expected
        assert code(lambda: vault.write("acc/payout", Secret("x"))) == expected


def test_the_blob_of_windows_is_in_this_machines_order() -> None:
    """What the made-up manager keeps is what Windows would: UTF-16 without a mark, least byte first."""
    assert "ж".encode("utf-16-le") == struct.pack("<H", 0x0436)
