"""TLS for the sandbox's gateway under a name, so that connecting a real account can be rehearsed before there is one.

The authority is made for one certificate and its key is thrown away at once: its root, given to a console as a file,
vouches for nothing else.
"""

from __future__ import annotations

import re
import ssl
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

FOLDER, ROOT, SERVER = "tls", "root.pem", "server.pem"
LASTS, SPARE = timedelta(days=365), timedelta(days=30)
_AUTHORITY = "Sandbox of the console, for rehearsals"
_LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_NAME = re.compile(rf"({_LABEL}\.)+[a-z]{_LABEL}")


def is_name(name: str) -> bool:
    """Tell whether this can be the gateway's name: letters, digits and hyphens with dots between; no address."""
    return len(name) <= 200 and _NAME.fullmatch(name) is not None


def secured(folder: Path, name: str, now: datetime) -> tuple[ssl.SSLContext, Path]:
    """Return a server's context for `name`, and the file of the root that vouches for it.

    Both are made anew where they are missing, for another name, or about to end. Raises OSError as the folder does.
    """
    place = folder / FOLDER
    place.mkdir(mode=0o700, exist_ok=True)
    if not _serves(place, name, now):
        _issue(place, name, now)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(place / SERVER)
    return context, place / ROOT


def _serves(place: Path, name: str, now: datetime) -> bool:
    """Tell whether the certificate that lies there is for `name` and lasts for a while."""
    try:
        found = x509.load_pem_x509_certificate((place / SERVER).read_bytes())
        names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        found.verify_directly_issued_by(x509.load_pem_x509_certificate((place / ROOT).read_bytes()))
    except (OSError, ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        return False
    return names.get_values_for_type(x509.DNSName) == [name] and found.not_valid_after_utc > now + SPARE


def _issue(place: Path, name: str, now: datetime) -> None:
    """Make an authority, let it issue one certificate, and forget its key."""
    authority, server = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _AUTHORITY)])
    root = _certificate(issuer, issuer, authority.public_key(), now, x509.BasicConstraints(ca=True, path_length=0))
    whole = root.sign(authority, hashes.SHA256())
    key_id = x509.SubjectKeyIdentifier.from_public_key(authority.public_key())
    leaf = (
        _certificate(
            x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])]), issuer, server.public_key(), now,
            x509.BasicConstraints(ca=False, path_length=None),
        )
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(key_id), critical=False)
        .sign(authority, hashes.SHA256())
    )  # fmt: skip
    secret = server.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    _write(place / ROOT, whole.public_bytes(Encoding.PEM))
    _write(place / SERVER, secret + leaf.public_bytes(Encoding.PEM))


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, basic: x509.BasicConstraints
) -> x509.CertificateBuilder:
    is_authority = basic.ca
    return (
        x509.CertificateBuilder(subject_name=subject, issuer_name=issuer, public_key=key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + LASTS)
        .add_extension(basic, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not is_authority, key_cert_sign=is_authority, crl_sign=is_authority,
                content_commitment=False, key_encipherment=False, data_encipherment=False, key_agreement=False,
                encipher_only=False, decipher_only=False,
            ),
            critical=True,
        )
    )  # fmt: skip


def _write(path: Path, data: bytes) -> None:
    """Write a file of the owner's, whole or not at all."""
    aside = path.with_suffix(".new")
    aside.unlink(missing_ok=True)
    aside.touch(mode=0o600)
    aside.write_bytes(data)
    aside.replace(path)
