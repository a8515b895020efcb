"""Looks for secrets in files and texts, however they are written there."""

from __future__ import annotations

import base64
import json
import urllib.parse
from collections.abc import Mapping, Sequence
from pathlib import Path

from console.journal.recovery import key_of

SHORTEST = 8
"""Bytes of the shortest form that is looked for: shorter ones stand anywhere by chance."""


def leaks(folder: Path, secrets: Sequence[str | bytes]) -> list[str]:
    """Files below a folder that hold a secret."""
    named = {str(secret)[:8]: secret for secret in secrets}
    return found(named, files(folder))


def found(secrets: Mapping[str, str | bytes], places: Mapping[str, bytes]) -> list[str]:
    """Which secret stands in which place, and in which form; the secret itself is not told, a copy is read once."""
    places = {place: content for content, place in {content: place for place, content in places.items()}.items()}
    return [
        f"{what} as {form} in {place}"
        for what, secret in secrets.items()
        for form, needle in forms(secret).items()
        for place, content in places.items()
        if needle in content
    ]


def forms(secret: str | bytes) -> dict[str, bytes]:
    """How a secret may be written: plain, hex, base64 of both alphabets at each offset, UTF-16 of both orders, escaped."""
    raw = secret.encode() if isinstance(secret, str) else secret
    result = {"raw": raw, "hex": raw.hex().encode(), "HEX": raw.hex().upper().encode()}
    for name, encode in (("base64", base64.b64encode), ("base64url", base64.urlsafe_b64encode)):
        for before in range(3):
            whole = encode(bytes(before) + raw)
            result[f"{name}+{before}"] = whole[4 if before else 0 : -4]
    if isinstance(secret, str):
        result |= {"utf-16-le": secret.encode("utf-16-le"), "utf-16-be": secret.encode("utf-16-be")}
        result |= {"json": json.dumps(secret)[1:-1].encode(), "url": urllib.parse.quote(secret).encode()}
    return {name: needle for name, needle in result.items() if len(needle) >= SHORTEST}


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path from there."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def spelled(code: str, uuid: str) -> dict[str, str | bytes]:
    """A recovery code and a UUID in each of their spellings, and the journal's key, which the code is."""
    key, plain = key_of(code).reveal(), uuid.replace("-", "")
    return {
        "code": code, "code in one": code.replace("-", ""), "half of the code": code[:34],
        "key": bytes.fromhex(key), "key in hex": key,
        "uuid": uuid, "UUID": uuid.upper(), "uuid in one": plain, "bytes of the uuid": bytes.fromhex(plain),
    }  # fmt: skip
