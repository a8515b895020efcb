"""Keys and a PHP, made once for all tests of the gateway."""

import contextlib
import socket
import ssl
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from console.domain.secret import Secret
from console.gateway.signing import SigningKey
from console.gateway.transport import Transport
from tests.gateway.certificates import Authority
from tests.gateway.php import Php

ACCOUNT = "a0b1c2d3-0000-4000-8000-00000000000f"


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


@pytest.fixture(scope="session")
def authority() -> Authority:
    """Who issues the certificates of the tests' servers."""
    return Authority()


@pytest.fixture(scope="session")
def local(authority: Authority) -> ssl.SSLContext:
    """A server's context with a certificate for 127.0.0.1."""
    return authority.issue("127.0.0.1").context()


@pytest.fixture
def transports(authority: Authority) -> Iterator[Callable[..., Transport]]:
    """Makes transports that trust the tests' authority, and closes them."""
    with contextlib.ExitStack() as stack:

        def make(url: str, **options: Any) -> Transport:
            options.setdefault("extra_root", authority.root.pem)
            transport = Transport(url, Secret(ACCOUNT), **options)
            stack.callback(transport.close)
            return transport

        yield make


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port of this machine that answers nothing, as a firewall does: its queue of connections is full."""
    with contextlib.ExitStack() as stack:
        door = stack.enter_context(socket.socket())
        door.bind(("127.0.0.1", 0))
        door.listen(0)
        for _ in range(4):
            caller = stack.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(door.getsockname())
        yield door.getsockname()[1]
