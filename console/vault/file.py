"""The sandbox's vault: a file beside its journal, for toys only.

Knows: the sandbox's accounts (loopback http). Must not know: a live account; it refuses to keep one, and to hand one
out that somebody put into the file (contract: the only place where secrets may lie in a file).
"""

from __future__ import annotations

import ipaddress
import json
import os
import threading
from pathlib import Path
from urllib.parse import urlsplit

from console.domain.secret import Secret
from console.domain.text import mark
from console.domain.trouble import Unavailable

_CAN_FLUSH_FOLDERS = os.name == "posix"
_NOT_A_TOY = mark("vault", "only the sandbox keeps its secrets in a file")
_DAMAGED = mark("vault", "the file of the sandbox's secrets is damaged")


class FileVault:
    """Secrets in one JSON file that its owner alone may read.

    An account's entry is written before its keys' passwords, and it is the sandbox's: `kind` is `sandbox` and `host`
    is http on this machine. Anything else raises Unavailable (E-KEYRING-NONE with `why`).
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()

    def read(self, name: str) -> Secret | None:
        """Return the secret, or None where there is none."""
        with self._lock:
            entries = self._load()
        if name not in entries:
            return None
        _check(name, entries)
        return Secret(entries[name])

    def write(self, name: str, secret: Secret) -> None:
        """Keep the secret under the name; on return it is on the disk."""
        with self._lock:
            entries = {**self._load(), name: secret.reveal()}
            _check(name, entries)
            self._save(entries)

    def remove(self, name: str) -> None:
        """Forget the secret, if there is one."""
        with self._lock:
            entries = self._load()
            if entries.pop(name, None) is not None:
                self._save(entries)

    def _load(self) -> dict[str, str]:
        try:
            entries = json.loads(self._path.read_bytes())
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise Unavailable("E-KEYRING-NONE", why=_DAMAGED) from error
        if not isinstance(entries, dict) or not all(isinstance(value, str) for value in entries.values()):
            raise Unavailable("E-KEYRING-NONE", why=_DAMAGED)
        return entries

    def _save(self, entries: dict[str, str]) -> None:
        """Write a new file for its owner alone, flush it and put it in the old one's place. Raises Unavailable."""
        try:
            self._replace(entries)
        except OSError as error:
            raise Unavailable("E-KEYRING-NONE", why=error.strerror or type(error).__name__) from error

    def _replace(self, entries: dict[str, str]) -> None:
        fresh = self._path.with_name(self._path.name + ".new")
        fresh.unlink(missing_ok=True)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(entries, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)
        _flush_folder(self._path.parent)


def _flush_folder(folder: Path) -> None:
    if _CAN_FLUSH_FOLDERS:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _check(name: str, entries: dict[str, str]) -> None:
    """Raise Unavailable unless the entry belongs to the sandbox; the journal's entries belong to the home."""
    owner, _, part = name.rpartition("/")
    if owner == "journal" and part in {"key", "head", "pin", "tries"}:
        return
    if part not in {"account", "payment", "payout"} or not _is_sandbox(entries.get(f"{owner}/account", "")):
        raise Unavailable("E-KEYRING-NONE", why=_NOT_A_TOY)


def _is_sandbox(entry: str) -> bool:
    try:
        account = json.loads(entry)
        kind, host = account["kind"], urlsplit(account["host"])
        return kind == "sandbox" and host.scheme == "http" and ipaddress.ip_address(host.hostname or "").is_loopback
    except (ValueError, TypeError, KeyError, AttributeError):
        return False
