"""A change of an account in its several places (vault, key files, settings), whole or not at all.

Each step notes how it is taken back before it is taken; what is raised takes everything back, the last step first. What
a failed vault or disk does not take back is left where nothing points to it: the settings name an account last.

A key has two places, its file and its password. So that a process may end at any moment, the new file first waits beside
the old one, and stays there until the change is done: `console.services.connect_repair` tells from it what was cut.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from console.domain.trouble import Trouble, Unavailable
from console.services.connect_record import place_of, put_record, record_of, remove_record

if TYPE_CHECKING:
    from console.domain.secret import Secret
    from console.services.connect_record import Record
    from console.settings.settings import Setting, Settings
    from console.vault.vault import Vault

T = TypeVar("T")
WAITING, HALF = ".next", ".new"
"""Ends of the names of a key's file that waits for its password, and of a file that is being written."""
FLUSHES_FOLDERS = os.name == "posix"
"""Windows has no flush of a folder's entries."""


class Deed:
    """A change under way, as a context: what its block raises takes it back and is raised, a disk's fault as E-KEY-FILE."""

    def __init__(self, vault: Vault, settings: Settings) -> None:
        self._vault = vault
        self._settings = settings
        self._backward: list[Callable[[], None]] = []
        self._keys: list[tuple[Path, bytes]] = []

    def secret(self, name: str, secret: Secret | None) -> None:
        """Keep a secret in the vault, or remove it."""
        before = self._vault.read(name)
        self._backward.append(lambda: self._put_secret(name, before))
        self._put_secret(name, secret)

    def file(self, path: Path, content: bytes | None) -> None:
        """Write a file for its owner alone, or remove it."""
        before = path.read_bytes() if path.exists() else None
        self._backward.append(lambda: put_file(path, before))
        put_file(path, content)

    def key(self, path: Path, pem: bytes, name: str, password: Secret) -> None:
        """Begin to store a key: its file waits, and the vault keeps its password. `settle_keys` ends it."""
        before = self._vault.read(name)
        if before == password and path.exists() and path.read_bytes() == pem:
            return

        def back() -> None:
            self._put_secret(
                name, before
            )  # a vault that does not take it leaves the new file waiting: the next start uses it
            put_file(_waiting(path), None)

        self._backward.append(back)
        self._keys.append((path, pem))
        put_file(_waiting(path), pem)
        self._put_secret(name, password)

    def settle_keys(self) -> None:
        """Put the keys in their places, after what names them was stored."""
        for path, pem in self._keys:
            self.file(path, pem)

    def record(self, account_id: str, record: Record | None) -> None:
        """Store an account's record in the settings, or remove it."""
        before, place = record_of(self._settings, account_id) or None, place_of(self._settings, account_id)
        self._backward.append(lambda: self._put_record(account_id, before, place))
        self._put_record(account_id, record, place)

    def setting(self, setting: Setting[T], value: T) -> None:
        """Store a setting; raises ValueError where it does not pass its check."""
        before = self._settings.get(setting)
        self._backward.append(lambda: self._settings.set(setting, before))
        self._settings.set(setting, value)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            for path, _ in self._keys:
                with contextlib.suppress(OSError):  # the next start removes it
                    put_file(_waiting(path), None)
            return
        for step in reversed(self._backward):
            try:
                step()
            except (Trouble, OSError):
                continue  # the others are taken back all the same; the first fault is what is told
        if isinstance(error, OSError):
            raise Unavailable("E-KEY-FILE", why=error.strerror or type(error).__name__) from error

    def _put_secret(self, name: str, secret: Secret | None) -> None:
        if secret is None:
            self._vault.remove(name)
        else:
            self._vault.write(name, secret)

    def _put_record(self, account_id: str, record: Record | None, place: int) -> None:
        if record is None:
            remove_record(self._settings, account_id)
        else:
            put_record(self._settings, record, place)


def put_file(path: Path, content: bytes | None) -> None:
    """Write a file so that only its owner reads it, or remove it; the old one stays whole until the new one is."""
    if content is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(path.name + HALF)
    temporary.unlink(missing_ok=True)
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _flush_folder(path.parent)


def _waiting(path: Path) -> Path:
    return path.with_name(path.name + WAITING)


def _flush_folder(folder: Path) -> None:
    """Let a name reach the disk before the next step leans on it."""
    if FLUSHES_FOLDERS:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
