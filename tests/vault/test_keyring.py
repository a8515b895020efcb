"""The keyring's vault against backends that behave as documented, and as badly as they were seen to."""

from __future__ import annotations

import os
import sys
import threading
import types
from collections.abc import Callable

import pytest

from console.domain.secret import Secret
from console.domain.trouble import Unavailable
from console.vault import keyring as module
from console.vault.keyring import Backend, KeyringVault, platform_backend, trouble_of


class Store:
    """A backend that keeps entries in memory; `spoil` is what it does to what it gives back."""

    def __init__(self, spoil: Callable[[str | None], str | None] = lambda text: text) -> None:
        self.entries: dict[tuple[str, str], str] = {}
        self.spoil = spoil

    def get_password(self, service: str, username: str) -> str | None:
        return self.spoil(self.entries.get((service, username)))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.entries[service, username]


def vault(backend: Backend, *, limit: int | None = None, seconds: float = 30.0) -> KeyringVault:
    return KeyringVault("home1", lambda: backend, limit=limit, seconds=seconds)


def code(work: Callable[[], object]) -> str:
    with pytest.raises(Unavailable) as caught:
        work()
    return caught.value.code


def test_one_entry_a_secret_under_the_documented_names() -> None:
    store = Store()
    keyring = vault(store)
    assert keyring.read("acc/payout") is None
    keyring.write("acc/payout", Secret("пароль"))
    keyring.write("journal/key", Secret("00"))
    assert store.entries == {
        ("alikassa-console/home1/acc/payout", "value"): "пароль",
        ("alikassa-console/home1/journal/key", "value"): "00",
    }
    assert keyring.read("acc/payout") == Secret("пароль")
    keyring.remove("acc/payout")
    keyring.remove("acc/payout")
    assert keyring.read("acc/payout") is None


@pytest.mark.parametrize("spoil", [lambda text: text and text[:3], lambda _: None, lambda text: text and text + "x"])
def test_what_comes_back_different_is_not_kept(spoil: Callable[[str | None], str | None]) -> None:
    store = Store(spoil)
    assert code(lambda: vault(store).write("acc/payout", Secret("secret"))) == "E-KEYRING-READBACK"
    store.spoil = lambda text: text
    assert vault(store).read("acc/payout") is None


def test_what_stood_there_before_is_put_back() -> None:
    store = Store()
    vault(store).write("acc/payout", Secret("old"))
    store.spoil = lambda text: text if text == "old" else "cut"
    assert code(lambda: vault(store).write("acc/payout", Secret("new"))) == "E-KEYRING-READBACK"
    assert vault(store).read("acc/payout") == Secret("old")


def test_the_same_secret_is_not_written_twice() -> None:
    class Once(Store):
        def set_password(self, service: str, username: str, password: str) -> None:
            assert (service, username) not in self.entries
            super().set_password(service, username, password)

    keyring = vault(Once())
    keyring.write("acc/payout", Secret("one"))
    keyring.write("acc/payout", Secret("one"))
    with pytest.raises(Unavailable):
        keyring.write("acc/payout", Secret("two"))


def test_a_store_with_a_limit_is_not_asked_to_cut() -> None:
    store = Store()
    with pytest.raises(Unavailable) as caught:
        vault(store, limit=10).write("a/account", Secret("😀" * 6))
    assert (caught.value.code, caught.value.values) == ("E-KEYRING-SIZE", {"most": 10, "have": 12})
    assert store.entries == {}
    vault(store, limit=12).write("a/account", Secret("😀" * 6))


def test_a_store_that_hangs_is_told_and_left_behind() -> None:
    go = threading.Event()

    class Hanging(Store):
        def get_password(self, service: str, username: str) -> str | None:
            go.wait(30)
            return None

    assert code(lambda: vault(Hanging(), seconds=0.01).read("a/account")) == "E-KEYRING-HANG"
    go.set()


def _error(name: str, cause: str = "") -> Exception:
    kind: type[Exception] = type(name, (Exception,), {})
    error = kind()
    if cause:
        error.__cause__ = _error(cause)
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (_error("KeyringLocked"), "E-KEYRING-LOCKED"),
        (_error("LockedException"), "E-KEYRING-LOCKED"),
        (_error("InitError", "PromptDismissedException"), "E-KEYRING-DISMISSED"),
        (_error("InitError"), "E-KEYRING-NONE"),
        (_error("NoKeyringError"), "E-KEYRING-NONE"),
        (_error("PasswordSetError"), "E-KEYRING-REFUSED"),
        (_error("PasswordDeleteError"), "E-KEYRING-REFUSED"),
        (_error("SecretServiceNotAvailableException"), "E-KEYRING-NONE"),
        (RuntimeError("anything"), "E-KEYRING-NONE"),
    ],
)
def test_every_exception_of_a_backend_has_its_code(error: Exception, expected: str) -> None:
    class Failing(Store):
        def get_password(self, service: str, username: str) -> str | None:
            raise error

    assert code(lambda: vault(Failing()).read("a/account")) == expected


def test_a_system_without_a_known_store_has_none() -> None:
    assert code(lambda: KeyringVault("home1", platform="plan9").read("a/account")) == "E-KEYRING-NONE"


def test_an_error_that_is_its_own_cause_ends() -> None:
    error = RuntimeError()
    error.__cause__ = error
    assert trouble_of(error).code == "E-KEYRING-NONE"


def test_windows_has_a_limit() -> None:
    keyring = KeyringVault("home1", Store, platform="win32")
    assert code(lambda: keyring.write("a/account", Secret("x" * 1281))) == "E-KEYRING-SIZE"


@pytest.fixture
def backends(monkeypatch: pytest.MonkeyPatch) -> None:
    """The platforms' modules, which import only on their own systems."""
    monkeypatch.setenv("KEYRING_PROPERTY_APPID", "evil")
    for name, kind in (("SecretService", "Keyring"), ("macOS", "Keyring"), ("Windows", "WinVaultKeyring")):
        stand_in = types.ModuleType(f"keyring.backends.{name}")
        setattr(stand_in, kind, Store)
        monkeypatch.setitem(sys.modules, f"keyring.backends.{name}", stand_in)
        monkeypatch.setattr(f"keyring.backends.{name}", stand_in, raising=False)


@pytest.mark.usefixtures("backends")
@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_the_platforms_backend_is_built_directly_and_obeys_no_variable(platform: str) -> None:
    assert isinstance(platform_backend(platform), Store)
    assert "KEYRING_PROPERTY_APPID" not in os.environ


def test_a_session_without_a_store_is_told_in_words() -> None:
    assert trouble_of(_error("SecretServiceNotAvailableException")).values["why"] == module._NO_SERVICE
    assert trouble_of(_error("InitError", "NoKeyringError")).values["why"] == module._NO_SERVICE
    assert trouble_of(_error("OddError")).values["why"] == module._ODD
