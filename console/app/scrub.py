"""Variables of the environment that would redirect the keyring, TLS or traffic: removed before `ssl` is imported.

They are reported once and never a reason to stop (failure model M8, H10).
"""

from __future__ import annotations

import os
from collections.abc import MutableMapping

_NAMES = frozenset(
    {
        "SSLKEYLOGFILE",
        "SSL_CERT_FILE",
        "SSL_CERT_DIR",
        "OPENSSL_CONF",
        "OPENSSL_MODULES",
        "PYTHON_KEYRING_BACKEND",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "NO_PROXY",
    }
)


def scrub(environment: MutableMapping[str, str] = os.environ) -> tuple[str, ...]:
    """Remove them; return the names that were there, in order."""
    found = sorted(
        name for name in environment if name.upper() in _NAMES or name.upper().startswith("KEYRING_PROPERTY_")
    )
    for name in found:
        del environment[name]
    return tuple(found)
