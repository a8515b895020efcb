"""Settings: each declared once with its default and its check, all in one JSON file that is written atomically.

Nothing secret and no host is ever here. An entry that this version does not know is kept as it is.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from console.domain.trouble import Unavailable

FORMAT = 1
T = TypeVar("T")
_PROXY = re.compile(r"https?://(\[[0-9a-f:.]{2,45}\]|[a-z0-9.-]{1,253}):[0-9]{1,5}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """A setting: its name in the file, its default, and a check that returns the value or raises ValueError."""

    name: str
    default: T
    check: Callable[[object], T]


def one_of(*choices: str) -> Callable[[object], str]:
    """Return a check for one of `choices`."""

    def check(value: object) -> str:
        if not isinstance(value, str) or value not in choices:
            raise ValueError(value)
        return value

    return check


def flag(value: object) -> bool:
    """Check a yes or no."""
    if not isinstance(value, bool):
        raise ValueError(value)
    return value


def number(value: object) -> int:
    """Check a whole number that is not negative."""
    if type(value) is not int or value < 0:
        raise ValueError(value)
    return value


def text(value: object) -> str:
    """Check a text."""
    if not isinstance(value, str):
        raise ValueError(value)
    return value


def numbers(value: object) -> tuple[int, ...]:
    """Check a list of integers."""
    if not isinstance(value, list | tuple) or not all(type(each) is int for each in value):
        raise ValueError(value)
    return tuple(value)


def records(value: object) -> tuple[dict[str, object], ...]:
    """Check a list of objects."""
    if not isinstance(value, list | tuple) or not all(isinstance(each, dict) for each in value):
        raise ValueError(value)
    return tuple(value)


def proxy_url(value: object) -> str:
    """Check a proxy's address, `http://host:port`; empty is none. A name and a password would be a secret in a file."""
    if not isinstance(value, str) or (value and _PROXY.fullmatch(value) is None):
        raise ValueError(value)
    return value


HOME_ID = Setting("home_id", "", text)
LANGUAGE = Setting("language", "system", one_of("system", "ru", "en"))
THEME = Setting("theme", "system", one_of("system", "light", "dark"))
WINDOW: Setting[tuple[int, ...]] = Setting("window", (), numbers)
ACCOUNTS: Setting[tuple[dict[str, object], ...]] = Setting("accounts", (), records)
ACCOUNT = Setting("account", "", text)
BASIS_REQUIRED = Setting("basis_required", default=False, check=flag)
ORDER_ID_FROM_BASIS = Setting("order_id_from_basis", default=False, check=flag)
HIDE_AMOUNTS = Setting("hide_amounts", default=False, check=flag)
RECOVERY_KEPT = Setting("recovery_kept", default=False, check=flag)
PROXY = Setting("proxy", "", proxy_url)
LIMITS: Setting[tuple[dict[str, object], ...]] = Setting("limits", (), records)
BACKUP_FOLDER = Setting("backup_folder", "", text)
IDLE_MINUTES = Setting("idle_minutes", 10, number)
"""Minutes without a key or a mouse after which the console locks; 0 is never."""
"""When a PIN is taken again after wrong ones: ISO, UTC."""
RESTORED = Setting("restored", default=False, check=flag)


class Settings:
    """The settings of a home; safe to use from several threads."""

    def __init__(self, path: Path, values: dict[str, object]) -> None:
        self._path = path
        self._values = values
        self._is_frozen = False
        self._lock = threading.RLock()

    @classmethod
    def open(cls, path: Path) -> Settings:
        """Read the file, or begin a new one; a file that cannot be read is never overwritten: E-SETTINGS."""
        return cls(path, _read(path))

    def get(self, setting: Setting[T]) -> T:
        """Return the value, or the default where there is none or it does not pass its check."""
        with self._lock:
            if setting.name not in self._values:
                return setting.default
            try:
                return setting.check(self._values[setting.name])
            except ValueError:
                return setting.default

    def set(self, setting: Setting[T], value: T) -> None:
        """Store a value: checked, written to a temporary file, flushed, and put in place of the old one."""
        self.change(setting, lambda _: value)

    def change(self, setting: Setting[T], make: Callable[[T], T]) -> None:
        """Store what `make` makes of the value; nobody else changes it in between. Stored as by `set`."""
        with self._lock:
            changed = {**self._values, setting.name: setting.check(make(self.get(setting)))}
            if changed != self._values:
                if not self._is_frozen:
                    _write(self._path, changed)
                self._values = changed

    def freeze(self) -> None:
        """Keep what is set from now on in memory only: the file belongs to another process, which has its own view."""
        with self._lock:
            self._is_frozen = True

    def reload(self) -> None:
        """Read the file anew, and write to it again: this process holds the home now. Raises as `open`."""
        with self._lock:
            self._values = _read(self._path)
            self._is_frozen = False

    def home_id(self) -> str:
        """Return the random id of this home, made once."""
        self.change(HOME_ID, lambda known: known or os.urandom(16).hex())
        return self.get(HOME_ID)


def _read(path: Path) -> dict[str, object]:
    try:
        values = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        values = {"format": FORMAT}
    except (OSError, ValueError, RecursionError) as error:
        raise Unavailable("E-SETTINGS", path=str(path), why=type(error).__name__) from error
    if not isinstance(values, dict) or not isinstance(values.get("format"), int) or values["format"] > FORMAT:
        raise Unavailable("E-SETTINGS", path=str(path), why="format")
    return values


def _write(path: Path, values: dict[str, object]) -> None:
    """Replace `path` by `values`; after a power loss it is the old file or the new one, whole.

    Raises Unavailable("E-SETTINGS-KEPT") where the disk refuses.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".settings-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                json.dump(values, stream, ensure_ascii=False, indent=1, sort_keys=True)
                stream.flush()
                os.fsync(stream.fileno())
            Path(temporary).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise Unavailable("E-SETTINGS-KEPT", why=error.strerror or type(error).__name__) from error
