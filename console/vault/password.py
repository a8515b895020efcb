"""New passwords for keys that came without one."""

from __future__ import annotations

import secrets

from console.domain.secret import Secret

BYTES = 32


def new_password() -> Secret:
    """Return a random password of 256 bits in 43 characters, short enough for every keyring."""
    return Secret(secrets.token_urlsafe(BYTES))
