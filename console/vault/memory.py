"""A vault that lasts as long as the process: for tests and for a session without a password store."""

from __future__ import annotations

import threading

from console.domain.secret import Secret


class MemoryVault:
    """Secrets in memory, and nowhere else."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._secrets: dict[str, Secret] = {}

    def read(self, name: str) -> Secret | None:
        """Return the secret, or None where there is none."""
        with self._lock:
            return self._secrets.get(name)

    def write(self, name: str, secret: Secret) -> None:
        """Keep the secret under the name."""
        with self._lock:
            self._secrets[name] = secret

    def remove(self, name: str) -> None:
        """Forget the secret, if there is one."""
        with self._lock:
            self._secrets.pop(name, None)
