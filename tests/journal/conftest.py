"""A desk with an open journal for each test that asks for one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from console.journal.keys import fingerprint_of
from tests.journal.making import Desk


@pytest.fixture
def desk(home: Path) -> Iterator[Desk]:
    """A home with its lock and its journal open."""
    opened = Desk(home)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def signing_key() -> rsa.RSAPrivateKey:
    """A merchant's key, short so that it is made fast."""
    return rsa.generate_private_key(65537, 1024)


@pytest.fixture(scope="session")
def public_key(signing_key: rsa.RSAPrivateKey) -> tuple[str, bytes]:
    """Its fingerprint and the PEM of its public half."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    pem = signing_key.public_key().public_bytes(serialization.Encoding.PEM, form)
    return fingerprint_of(pem), pem
