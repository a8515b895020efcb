"""The console's own PIN: never kept, only a scrypt verifier of it in the vault entry `journal/pin`.

Must not know: how often one may try, and what a lock does.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING

from console.domain.secret import Secret
from console.domain.trouble import Unavailable

if TYPE_CHECKING:
    from console.vault.vault import Vault

ENTRY = "journal/pin"
LEAST = 6
"""Characters that a PIN has at least."""
COST, BLOCK, LANES = 2**15, 8, 1
"""The work of one try (RFC 7914): 32 MiB, near 0.1 s."""
_SALT, _MEMORY = 16, 64 * 1024 * 1024
_FORM = "scrypt"


def is_long_enough(pin: Secret) -> bool:
    """Whether a PIN has the characters that it needs."""
    return len(pin.reveal()) >= LEAST


def is_set(vault: Vault) -> bool:
    """Whether there is a PIN."""
    return vault.read(ENTRY) is not None


def keep(vault: Vault, pin: Secret) -> None:
    """Keep the verifier of a PIN in place of another one."""
    salt = secrets.token_bytes(_SALT)
    vault.write(ENTRY, Secret(f"{_FORM}${salt.hex()}${_derive(pin, salt).hex()}"))


def forget(vault: Vault) -> None:
    """Have no PIN any more."""
    vault.remove(ENTRY)


def fits(vault: Vault, pin: Secret) -> bool:
    """Whether a PIN is the one that is kept; without one nothing fits. A verifier that is damaged is E-KEYRING-READBACK."""
    kept = vault.read(ENTRY)
    if kept is None:
        return False
    try:
        form, salt, derived = kept.reveal().split("$")
        raw, wanted = bytes.fromhex(salt), bytes.fromhex(derived)
    except ValueError:
        raise Unavailable("E-KEYRING-READBACK") from None
    if form != _FORM:
        raise Unavailable("E-KEYRING-READBACK")
    return hmac.compare_digest(_derive(pin, raw), wanted)


def _derive(pin: Secret, salt: bytes) -> bytes:
    typed = pin.reveal().encode("utf-8")
    return hashlib.scrypt(typed, salt=salt, n=COST, r=BLOCK, p=LANES, maxmem=_MEMORY, dklen=32)
