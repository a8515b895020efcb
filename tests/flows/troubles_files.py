"""Certificates and archives that something is wrong with, made of a good one."""

from __future__ import annotations

import stat
import struct
import subprocess
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

Parts = dict[str, bytes]
Make = Callable[[Path, Parts], tuple[Path, ...]]
PEM = serialization.Encoding.PEM
PASSWORD = b"right"


def parts_of(folder: Path) -> Parts:
    """The three parts of a certificate's folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def folder_of(path: Path, parts: Mapping[str, bytes]) -> tuple[Path, ...]:
    """A folder with these files."""
    path.mkdir()
    for name, data in parts.items():
        (path / name).write_bytes(data)
    return (path,)


def zip_of(path: Path, parts: Mapping[str, bytes]) -> tuple[Path, ...]:
    """A zip with these members."""
    path = path.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return (path,)


def pair(bits: int = 2048, *, protected: bool = True, is_rsa: bool = True) -> Parts:
    """A pair made now, as the cabinet issues it, or not."""
    key = rsa.generate_private_key(65537, bits) if is_rsa else ec.generate_private_key(ec.SECP256R1())
    guard = serialization.BestAvailableEncryption(PASSWORD) if protected else serialization.NoEncryption()
    private = key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, guard)
    public = key.public_key().public_bytes(PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return {"private.pem": private, "public.pem": public, "password.txt": PASSWORD + b"\r\n"}


def short_pair(bits: int) -> Parts:
    """A pair shorter than `pair` can make."""
    command = ("openssl", "genrsa", "-aes128", "-passout", f"pass:{PASSWORD.decode()}", str(bits))
    private = subprocess.run(command, check=True, capture_output=True).stdout
    public = serialization.load_pem_private_key(private, PASSWORD).public_key()
    pem = public.public_bytes(PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return {"private.pem": private, "public.pem": pem, "password.txt": PASSWORD}


def many(path: Path, parts: Parts) -> tuple[Path, ...]:
    """A zip of 21 members."""
    return zip_of(path, {**parts, **{f"note-{number}": b"" for number in range(18)}})


def bomb(path: Path, parts: Parts) -> tuple[Path, ...]:
    """A zip whose key inflates to 50 MB, and which says in both its headers that it has 1,700 bytes."""
    (made,) = zip_of(path, {**parts, "private.pem": bytes(50_000_000)})
    data = made.read_bytes()
    assert len(data) < 64 * 1024
    made.write_bytes(data.replace(struct.pack("<L", 50_000_000), struct.pack("<L", 1_700)))
    return (made,)


def lying(path: Path, parts: Parts) -> tuple[Path, ...]:
    """A zip whose key has one byte more than may be, and which says that it has few."""
    (made,) = zip_of(path, {**parts, "private.pem": bytes(64 * 1024 + 1)})
    made.write_bytes(made.read_bytes().replace(struct.pack("<L", 64 * 1024 + 1), struct.pack("<L", 1_700)))
    return (made,)


def link(path: Path, parts: Parts) -> tuple[Path, ...]:
    """A zip whose key is a link."""
    path = path.with_suffix(".zip")
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("private.pem")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
        for name in ("public.pem", "password.txt"):
            archive.writestr(name, parts[name])
    return (path,)


def encrypted(path: Path, parts: Parts) -> tuple[Path, ...]:
    """A zip that says its members are encrypted."""
    (made,) = zip_of(path, parts)
    data, start = bytearray(made.read_bytes()), 0
    while (start := data.find(b"PK\x01\x02", start)) >= 0:
        data[start + 8] |= 1
        start += 4
    made.write_bytes(data)
    return (made,)


def climbing(path: Path, parts: Parts) -> tuple[Path, ...]:
    """A zip whose names climb out of wherever it is unpacked."""
    return zip_of(path, {f"../../../{name}": data for name, data in parts.items()})


def truncated(path: Path, parts: Parts) -> tuple[Path, ...]:
    """A zip that lacks its end."""
    (made,) = zip_of(path, parts)
    made.write_bytes(made.read_bytes()[:-30])
    return (made,)


def spoiled(path: Path, parts: Parts) -> tuple[Path, ...]:
    """A zip in which a byte of the key was changed, so that its checksum does not fit."""
    path = path.with_suffix(".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    data = path.read_bytes()
    assert zlib.crc32(parts["private.pem"])
    path.write_bytes(data.replace(parts["private.pem"], b"X" + parts["private.pem"][1:]))
    return (path,)


def not_a_zip(path: Path, _: Parts) -> tuple[Path, ...]:
    """A text that is called a zip."""
    path = path.with_suffix(".zip")
    path.write_bytes(b"<html>Sign in</html>")
    return (path,)
