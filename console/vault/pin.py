"""The console's own PIN: never kept, only a scrypt verifier of it in the vault entry `journal/pin`.

How many wrong ones were typed in a row, and when the last, stands beside it in `journal/tries`: every window of a home
counts in one place, and a restart forgets nothing. Must not know: how often one may try, and what a lock does.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.domain.moment import Moment, parse_utc
from console.domain.secret import Secret
from console.domain.trouble import Unavailable

if TYPE_CHECKING:
    from console.vault.vault import Vault

ENTRY, TRIES = "journal/pin", "journal/tries"
LEAST = 6
"""Characters that a PIN has at least."""
COST, BLOCK, LANES = 2**15, 8, 1
"""The work of one try (RFC 7914): 32 MiB, near 0.1 s."""
_SALT, _MEMORY = 16, 64 * 1024 * 1024
_FORM = "scrypt"


@dataclass(frozen=True, slots=True)
class Tries:
    """How many wrong PINs were typed in a row, and when the last one was."""

    wrong: int
    at: Moment


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
    forget_tries(vault)


def tries(vault: Vault) -> Tries | None:
    """Return the wrong PINs in a row, or None where the last one was right; a damaged entry counts nothing."""
    kept = vault.read(TRIES)
    if kept is None:
        return None
    try:
        found = json.loads(kept.reveal())
        at = Moment(parse_utc(found["at"]), float(found["monotonic"]), str(found["boot"]))
        return Tries(int(found["wrong"]), at)
    except (ValueError, KeyError, TypeError):
        return None


def keep_tries(vault: Vault, counted: Tries) -> None:
    """Keep the wrong PINs in a row."""
    at = counted.at
    text = json.dumps({"wrong": counted.wrong, "at": at.iso(), "monotonic": at.monotonic, "boot": at.boot})
    vault.write(TRIES, Secret(text))


def forget_tries(vault: Vault) -> None:
    """Count from the beginning again."""
    vault.remove(TRIES)


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
