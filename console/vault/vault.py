"""What a store of secrets can do, whichever it is.

Must not know: what a secret opens.
"""

from __future__ import annotations

from typing import Protocol

from console.domain.secret import Secret


class Vault(Protocol):
    """A store of short secrets by name: `<account id>/account|payment|payout`, `journal/key`, `journal/head`,
    `journal/pin`, `journal/tries`.

    Every method raises Unavailable (E-KEYRING-…) where the store cannot be used.
    """

    def read(self, name: str) -> Secret | None:
        """Return the secret, or None where there is none."""
        ...

    def write(self, name: str, secret: Secret) -> None:
        """Keep the secret under the name, in place of another one."""
        ...

    def remove(self, name: str) -> None:
        """Forget the secret, if there is one."""
        ...
