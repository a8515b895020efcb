"""Looks for secrets in files, however they are written there."""

from __future__ import annotations

import base64
from pathlib import Path


def leaks(folder: Path, secrets: list[str]) -> list[str]:
    """Files below a folder that hold a secret: plain, in base64, in hex or in UTF-16."""
    return [
        f"{path.name}: {secret[:8]}"
        for path in folder.rglob("*")
        if path.is_file()
        for secret in secrets
        if any(form in path.read_bytes() for form in forms(secret))
    ]


def forms(secret: str) -> list[bytes]:
    """How a secret may stand in a file."""
    raw = secret.encode() if secret.isprintable() else secret.encode("latin-1")
    shifted = [base64.b64encode(bytes(before) + raw)[4 if before else 0 : -4] for before in range(3)]
    return [raw, raw.hex().encode(), raw.hex().upper().encode(), secret.encode("utf-16-le"), *shifted]
