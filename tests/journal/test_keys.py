"""Fingerprints of public keys, beside those that `cryptography` gives."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from console.journal.keys import fingerprint_of

PUBLIC = rsa.generate_private_key(65537, 1024).public_key()
FORMAT = serialization.PublicFormat.SubjectPublicKeyInfo
PEM = PUBLIC.public_bytes(serialization.Encoding.PEM, FORMAT)


@pytest.mark.parametrize("text", [PEM, PEM.replace(b"\n", b"\r\n"), b"\n" + PEM + b"\n"])
def test_a_fingerprint_is_that_of_the_subject_public_key_info(text: bytes) -> None:
    der = PUBLIC.public_bytes(serialization.Encoding.DER, FORMAT)
    assert fingerprint_of(text) == hashlib.sha256(der).hexdigest()


@pytest.mark.parametrize("text", [b"", PEM[30:], PEM[:-20], PEM.replace(b"M", b"*")])
def test_what_is_no_public_key_has_none(text: bytes) -> None:
    with pytest.raises(ValueError):
        fingerprint_of(text)
