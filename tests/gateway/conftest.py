"""Keys and a PHP, made once for all tests of the gateway."""

from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from console.gateway.signing import SigningKey
from tests.gateway.php import Php


@pytest.fixture(scope="session")
def php() -> Iterator[Php]:
    """A PHP that lives as long as the tests."""
    with Php() as process:
        yield process


@pytest.fixture(scope="session")
def rsa_key() -> rsa.RSAPrivateKey:
    """A key of the usual size."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="session")
def plain_pem(rsa_key: rsa.RSAPrivateKey) -> bytes:
    """That key without protection."""
    return rsa_key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


@pytest.fixture(scope="session")
def key(rsa_key: rsa.RSAPrivateKey) -> SigningKey:
    """That key, ready to sign."""
    return SigningKey(rsa_key)
