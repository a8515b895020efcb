"""The vault in the system's keyring: one entry a secret, read back after writing, with a deadline on every call.

The platform's backend is built directly and never auto-detected (measured: M17). Any exception of a backend, also one
that is no `KeyringError`, is mapped in `trouble_of` and nowhere else. There is no other store to fall back to.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from typing import Protocol, TypeVar

from console.domain.secret import Secret
from console.domain.text import Text, mark
from console.domain.trouble import Trouble, Unavailable
from console.vault.deadline import SECONDS, Late, within

T = TypeVar("T")
USER = "value"
WINDOWS_LIMIT = 1280
"""Characters (UTF-16 units) of one entry of the Windows Credential Manager: 2,560 bytes (measured: A17)."""

_NAMES: dict[str, Text] = {
    "linux": mark("vault", "GNOME Keyring, KWallet or KeePassXC with the Secret Service"),
    "darwin": mark("vault", "the login keychain"),
    "win32": mark("vault", "the Credential Manager"),
}
_NO_SYSTEM = mark("vault", "no password store is known for this system")
_LOCKED = frozenset({"KeyringLocked", "LockedException"})
_DISMISSED = frozenset({"PromptDismissedException", "KeychainDenied"})
_ABSENT = frozenset({"SecretServiceNotAvailableException", "NoKeyringError"})
_REFUSES = frozenset({"PasswordSetError", "PasswordDeleteError"})
_NO_SERVICE = mark("vault", "nothing in this session answers as one")
_ODD = mark("vault", "it has a fault of its own")
_NO_WINDOW = -25308
"""macOS: errSecInteractionNotAllowed, a locked keychain where no window can ask for its password."""


class Backend(Protocol):
    """What is used of a backend of `keyring`."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return the entry, or None where there is none."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep an entry in place of another."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Remove an entry; raises where there is none."""
        ...


class KeyringVault:
    """The secrets of one home. May block for `seconds` at each call: off the main thread only."""

    def __init__(
        self,
        home_id: str,
        backend: Callable[[], Backend] | None = None,
        *,
        limit: int | None = None,
        seconds: float = SECONDS,
        platform: str = sys.platform,
    ) -> None:
        self._prefix = f"alikassa-console/{home_id}"
        self._make = backend or (lambda: platform_backend(platform))
        self._platform = platform
        self._limit = limit if limit is not None else (WINDOWS_LIMIT if platform == "win32" else None)
        self._seconds = seconds
        self._backend: Backend | None = None

    def read(self, name: str) -> Secret | None:
        """Return the secret, or None where the keyring has none. Raises Unavailable (E-KEYRING-…)."""
        text = self._call(lambda backend: backend.get_password(self._service(name), USER))
        return None if text is None else Secret(text)

    def write(self, name: str, secret: Secret) -> None:
        """Keep the secret and read it back; what came back different is not used: E-KEYRING-READBACK.

        What stood there before is put back then.
        """
        length = len(secret.reveal().encode("utf-16-le")) // 2
        if self._limit is not None and length > self._limit:
            raise Unavailable("E-KEYRING-SIZE", most=self._limit, have=length)
        before = self.read(name)
        if before == secret:
            return
        self._set(name, secret)
        if self.read(name) != secret:
            self._take_back(name, before)
            raise Unavailable("E-KEYRING-READBACK")

    def remove(self, name: str) -> None:
        """Forget the secret, if there is one."""
        service = self._service(name)

        def delete(backend: Backend) -> None:
            if backend.get_password(service, USER) is not None:
                backend.delete_password(service, USER)

        self._call(delete)

    def _set(self, name: str, secret: Secret) -> None:
        if self._platform == "win32":
            self.remove(name)  # the backend would keep the old secret in an entry of its own (measured: M17)
        self._call(lambda backend: backend.set_password(self._service(name), USER, secret.reveal()))

    def _take_back(self, name: str, before: Secret | None) -> None:
        """Remove what was written, also where the store denies that it has it, and put the old secret back."""
        with contextlib.suppress(Unavailable):
            self._call(lambda backend: backend.delete_password(self._service(name), USER))
        if before is not None:
            self._set(name, before)

    def _service(self, name: str) -> str:
        return f"{self._prefix}/{name}"

    def _call(self, work: Callable[[Backend], T]) -> T:
        try:
            return within(self._seconds, lambda: work(self._ready()))
        except Late:
            raise Unavailable("E-KEYRING-HANG", seconds=round(self._seconds)) from None
        except Trouble:
            raise
        except Exception as error:  # noqa: BLE001  # backends raise classes of their own, also outside KeyringError
            raise trouble_of(error, self._platform) from None

    def _ready(self) -> Backend:
        if self._backend is None:
            self._backend = self._make()
        return self._backend


def trouble_of(error: Exception, platform: str = sys.platform) -> Unavailable:
    """Return the trouble of whatever a backend raised; by names, since the classes are the platforms' own."""
    chain = _chain(error)
    names = {kind.__name__ for each in chain for kind in type(each).__mro__}
    if names & _DISMISSED:
        return Unavailable("E-KEYRING-DISMISSED")
    if names & _LOCKED or any(_NO_WINDOW in each.args for each in chain):
        return Unavailable("E-KEYRING-LOCKED")
    if names & _REFUSES:
        return Unavailable("E-KEYRING-REFUSED")
    why = _NO_SERVICE if names & _ABSENT else _ODD
    return Unavailable("E-KEYRING-NONE", why=why, names=_NAMES.get(platform, _NO_SYSTEM))


def _chain(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in found:
        found.append(current)
        current = current.__cause__ or current.__context__
    return found


def platform_backend(platform: str = sys.platform) -> Backend:
    """Build the backend of this system; raises Unavailable("E-KEYRING-NONE") where none is known.

    A backend obeys `KEYRING_PROPERTY_*` even when built directly: they are removed from our environment first.
    """
    for name in [name for name in os.environ if name.startswith("KEYRING_PROPERTY_")]:
        del os.environ[name]
    if platform == "linux":
        from keyring.backends import SecretService

        return SecretService.Keyring()  # type: ignore[no-untyped-call]  # the package has no types here
    if platform == "darwin":
        from keyring.backends import macOS

        return macOS.Keyring()  # type: ignore[no-untyped-call]  # the package has no types here
    if platform == "win32":
        from keyring.backends import Windows

        return Windows.WinVaultKeyring()  # type: ignore[no-untyped-call]  # the package has no types here
    raise Unavailable("E-KEYRING-NONE", why=platform, names=_NO_SYSTEM)
