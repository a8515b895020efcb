"""Settings: each declared once with its default and its check, all in one JSON file that is written atomically.

Nothing secret and no host is ever here. An entry that this version does not know is kept as it is.
"""

from __future__ import annotations

import json
import os
import tempfile
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from console.domain.trouble import Unavailable

FORMAT = 1
T = TypeVar("T")


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
LIMITS: Setting[tuple[dict[str, object], ...]] = Setting("limits", (), records)


class Settings:
    """The settings of a home; safe to use from several threads."""

    def __init__(self, path: Path, values: dict[str, object]) -> None:
        self._path = path
        self._values = values
        self._lock = threading.Lock()

    @classmethod
    def open(cls, path: Path) -> Settings:
        """Read the file, or begin a new one; a file that cannot be read is never overwritten: E-SETTINGS."""
        try:
            values = json.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            values = {"format": FORMAT}
        except (OSError, ValueError, RecursionError) as error:
            raise Unavailable("E-SETTINGS", path=str(path), why=type(error).__name__) from error
        if not isinstance(values, dict) or not isinstance(values.get("format"), int) or values["format"] > FORMAT:
            raise Unavailable("E-SETTINGS", path=str(path), why="format")
        return cls(path, values)

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
        with self._lock:
            changed = {**self._values, setting.name: setting.check(value)}
            if changed != self._values:
                _write(self._path, changed)
                self._values = changed

    def home_id(self) -> str:
        """Return the random id of this home, made once."""
        known = self.get(HOME_ID)
        if not known:
            known = uuid.uuid4().hex
            self.set(HOME_ID, known)
        return known


def _write(path: Path, values: dict[str, object]) -> None:
    """Replace `path` by `values`; after a power loss it is the old file or the new one, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".settings-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(values, stream, ensure_ascii=False, indent=1, sort_keys=True)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
