"""The home: the one folder that holds all data of a console, and where each thing lies in it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

HAS_MODES = os.name == "posix"
"""Whether a folder's mode keeps others out; on Windows the profile's own rights do."""


@dataclass(frozen=True, slots=True)
class Home:
    """A home by its folder. Only its owner may look into it."""

    path: Path

    @property
    def settings(self) -> Path:
        """Local ids, names and choices; never a host or a secret."""
        return self.path / "settings.json"

    @property
    def journal(self) -> Path:
        """The journal's SQLite file."""
        return self.path / "journal.db"

    @property
    def keys(self) -> Path:
        """The encrypted private keys of the accounts."""
        return self.path / "keys"

    @property
    def logs(self) -> Path:
        """Logs of ids, codes and times."""
        return self.path / "logs"

    @property
    def sandbox(self) -> Home:
        """The sandbox's home, a whole home of its own inside this one."""
        return Home(self.path / "sandbox")

    def create(self) -> Home:
        """Make the folders that are missing, readable for their owner alone; return this home."""
        for folder in (self.path, self.keys, self.logs):
            folder.mkdir(parents=True, exist_ok=True)
            if HAS_MODES:
                folder.chmod(0o700)
        return self


def default_home() -> Home:
    """Return the home of the user who is logged in, where the system keeps programs' data."""
    from platformdirs import user_data_path

    return Home(user_data_path("alikassa-console", appauthor=False))
