"""Certificates as the cabinet makes them, checked by OpenSSL's own tool."""

import stat
import subprocess
from pathlib import Path
from uuid import UUID

import pytest

from console.domain.digest import Digest
from console.sandbox import certificates
from console.sandbox.certificates import BITS, Certificate, account, certificate
from tests.sandbox.openssl import sign

BOTH = frozenset(Digest)


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certificate(tmp_path_factory.mktemp("gateway") / "cabinet" / "payout")


def test_the_folder_is_as_the_cabinet_packs_it(issued: Certificate) -> None:
    assert {path.name for path in issued.folder.iterdir()} == {"private.pem", "password.txt", "public.pem"}
    lines = (issued.folder / "private.pem").read_text().splitlines()
    assert lines[:2] == ["-----BEGIN RSA PRIVATE KEY-----", "Proc-Type: 4,ENCRYPTED"]
    password = (issued.folder / "password.txt").read_text()
    assert len(password) == 16 and password == password.strip()
    assert (issued.folder / "public.pem").read_text().startswith("-----BEGIN PUBLIC KEY-----")


def test_it_is_its_owner_s_alone(issued: Certificate) -> None:
    modes = {stat.S_IMODE(path.stat().st_mode) for path in issued.folder.iterdir()}
    assert (modes, stat.S_IMODE(issued.folder.stat().st_mode)) == ({0o600}, 0o700)
    assert [path.name for path in issued.folder.parent.iterdir()] == ["payout"]


def test_it_is_made_once(issued: Certificate) -> None:
    again = certificate(issued.folder)
    assert again.fingerprint == issued.fingerprint
    assert again.key.key_size == BITS == 2048


def test_the_fingerprint_is_openssl_s(issued: Certificate) -> None:
    der = subprocess.run(
        ["openssl", "pkey", "-pubin", "-in", issued.folder / "public.pem", "-outform", "DER"],
        capture_output=True, check=True,
    ).stdout  # fmt: skip
    digest = subprocess.run(["openssl", "dgst", "-sha256", "-r"], input=der, capture_output=True, check=True).stdout
    assert digest.split()[0].decode() == issued.fingerprint


@pytest.mark.parametrize("digest", Digest)
def test_signatures_of_openssl_fit(issued: Certificate, digest: Digest) -> None:
    signature = sign(issued.folder, b"[]", digest)
    assert issued.digest_of(b"[]", signature, BOTH) is digest
    assert issued.digest_of(b"{}", signature, BOTH) is None
    assert issued.digest_of(b"[]", signature[:-1] + bytes([signature[-1] ^ 1]), BOTH) is None
    assert issued.digest_of(b"[]", signature, BOTH - {digest}) is None
    assert issued.digest_of(b"[]", b"", BOTH) is None


def test_an_account_belongs_to_its_two_certificates(issued: Certificate, tmp_path: Path) -> None:
    other = certificate(tmp_path / "payment")
    assert account(issued, other) == account(issued, other) != account(other, issued)
    assert UUID(account(issued, other)).version == 4


def test_a_folder_that_is_no_certificate(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"public\.pem"):
        certificate(tmp_path)


def test_another_kind_of_key_is_none_of_ours(tmp_path: Path) -> None:
    command = ["openssl", "genpkey", "-algorithm", "ED25519"]
    private = subprocess.run(command, capture_output=True, check=True).stdout
    public = subprocess.run(["openssl", "pkey", "-pubout"], input=private, capture_output=True, check=True).stdout
    (tmp_path / "public.pem").write_bytes(public)
    with pytest.raises(OSError, match="is not a certificate of the sandbox"):
        certificate(tmp_path)


def test_half_a_certificate_is_never_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certificates, "_files", lambda: {"private.pem": b"x", "no/such/folder": b""})
    with pytest.raises(OSError):
        certificate(tmp_path / "payout")
    assert list(tmp_path.iterdir()) == []
