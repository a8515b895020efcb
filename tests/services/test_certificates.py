"""Certificates on their way in: zips, folders, files, and everything that may be wrong with them."""

from __future__ import annotations

import contextlib
import io
import stat
import zipfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from console.domain.trouble import Unavailable
from console.gateway.signing import load_key
from console.services import certificates
from console.services.archive import MOST_BYTES, NAMES
from console.services.certificates import read_certificate, readable_by_others, remove_files
from tests.services.bench import issue

PEM = serialization.Encoding.PEM


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A certificate as the cabinet issues it."""
    issue(tmp_path / "pair", "a")
    return tmp_path / "pair"


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def parts(folder: Path, inside: str = "") -> dict[str, bytes]:
    return {inside + name: (folder / name).read_bytes() for name in NAMES}


def refused(*paths: Path) -> str:
    with pytest.raises(Unavailable) as caught:
        read_certificate(paths)
    why = caught.value.values.get("why")
    return f"{caught.value.code} {getattr(why, 'source', '')}".strip()


@pytest.mark.parametrize("inside", ["", "payout/", "a\\b\\"])
def test_a_zip_a_folder_and_files_are_the_same_certificate(folder: Path, tmp_path: Path, inside: str) -> None:
    archive = zipped(tmp_path / "certs.zip", {**parts(folder, inside), "__MACOSX/private.pem": b"x", "readme": b"y"})
    from_zip, from_folder = read_certificate([archive]), read_certificate([folder])
    from_files = read_certificate([folder / name for name in NAMES])
    assert from_zip.fingerprint == from_folder.fingerprint == from_files.fingerprint
    assert from_zip.files == (archive,)
    assert set(from_folder.files) == set(from_files.files) == {folder / name for name in NAMES}
    assert (from_zip.was_plain, from_zip.is_short, from_zip.bits) == (False, True, 1024)
    assert load_key(from_zip.pem, from_zip.password).fingerprint == from_zip.fingerprint


def test_a_folder_in_a_folder_is_found(folder: Path, tmp_path: Path) -> None:
    outer = tmp_path / "Downloads"
    (outer / "__MACOSX").mkdir(parents=True)
    (outer / "__MACOSX" / "private.pem").write_bytes(b"x")
    (outer / "other").mkdir()
    (outer / "note.txt").write_text("x")
    folder.rename(outer / "payout")
    assert set(read_certificate([outer]).files) == {outer / "payout" / name for name in NAMES}
    issue(outer / "payment", "b")
    assert "twice" in refused(outer)


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(_: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "iterdir", closed)
    assert refused(tmp_path).startswith("E-CERT-ARCHIVE {name} cannot be read")


def test_files_that_others_can_read_are_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [folder / name for name in NAMES]
    for path, mode in zip(files, (0o600, 0o640, 0o604), strict=True):
        path.chmod(mode)
    assert readable_by_others([*files, folder / "none"]) == tuple(files[1:])
    monkeypatch.setattr(certificates, "HAS_MODES", False)
    assert readable_by_others(files) == ()


def test_files_are_told_apart_by_what_is_in_them(folder: Path) -> None:
    renamed = []
    for number, name in enumerate(NAMES):
        renamed.append(folder / f"download ({number}).pem")
        (folder / name).rename(renamed[-1])
    assert read_certificate(renamed).fingerprint


def test_an_unprotected_key_is_encrypted_with_a_new_password(tmp_path: Path) -> None:
    key = rsa.generate_private_key(65537, 1024)
    plain = key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (tmp_path / "private.pem").write_bytes(plain)
    (tmp_path / "public.pem").write_bytes(key.public_key().public_bytes(PEM, serialization.PublicFormat.PKCS1))
    certificate = read_certificate([tmp_path])
    assert certificate.was_plain
    assert b"ENCRYPTED" in certificate.pem
    assert load_key(certificate.pem, certificate.password).fingerprint == certificate.fingerprint
    assert read_certificate([tmp_path]).password != certificate.password


class TestWhatIsRefused:
    def test_a_public_key_given_as_private(self, folder: Path) -> None:
        (folder / "private.pem").write_bytes((folder / "public.pem").read_bytes())
        assert refused(folder) == "E-CERT-PUBLIC"

    @pytest.mark.parametrize("password", [b"wrong", b"\xff\xfe", b""])
    def test_a_wrong_password(self, folder: Path, password: bytes) -> None:
        (folder / "password.txt").write_bytes(password)
        assert refused(folder) in {"E-CERT-PASSWORD", "E-CERT-NOPASS"}

    def test_no_password(self, folder: Path) -> None:
        assert refused(folder / "private.pem", folder / "public.pem") == "E-CERT-NOPASS"

    def test_a_damaged_key(self, folder: Path) -> None:
        pem = (folder / "private.pem").read_bytes()
        (folder / "private.pem").write_bytes(pem[:300] + b"AAAA" + pem[304:])
        assert refused(folder) == "E-CERT-PASSWORD"

    @pytest.mark.parametrize("public", [b"nonsense", None])
    def test_halves_that_do_not_belong_together(self, folder: Path, tmp_path: Path, public: bytes | None) -> None:
        issue(tmp_path / "other", "b")
        other = public or (tmp_path / "other" / "public.pem").read_bytes()
        (folder / "public.pem").write_bytes(other)
        assert refused(folder) == "E-CERT-WEAK public.pem is not the public half of private.pem"

    def test_a_key_that_is_not_rsa(self, folder: Path) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        pem = key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(b"right"))
        (folder / "private.pem").write_bytes(pem)
        assert refused(folder).startswith("E-CERT-WEAK")

    def test_a_file_that_is_not_there(self, folder: Path) -> None:
        assert refused(folder / "none.pem").startswith("E-CERT-ARCHIVE {name} cannot be read")

    def test_two_private_keys(self, folder: Path, tmp_path: Path) -> None:
        issue(tmp_path / "other", "b")
        assert "twice" in refused(folder / "private.pem", tmp_path / "other" / "private.pem")

    def test_a_folder_without_a_public_half(self, folder: Path) -> None:
        (folder / "public.pem").unlink()
        assert "missing" in refused(folder)

    def test_a_linked_file_in_a_folder(self, folder: Path, tmp_path: Path) -> None:
        (folder / "private.pem").rename(tmp_path / "elsewhere.pem")
        (folder / "private.pem").symlink_to(tmp_path / "elsewhere.pem")
        assert "missing" in refused(folder)

    def test_a_big_file(self, folder: Path) -> None:
        (folder / "private.pem").write_bytes(b"x" * (MOST_BYTES + 1))
        assert "too big" in refused(folder)


class TestHostileArchives:
    def test_too_many_members(self, folder: Path, tmp_path: Path) -> None:
        members = parts(folder) | {f"f{number}": b"" for number in range(18)}
        assert "more than" in refused(zipped(tmp_path / "a.zip", members))

    def test_twenty_members_are_enough(self, folder: Path, tmp_path: Path) -> None:
        members = parts(folder) | {f"f{number}": b"" for number in range(17)}
        assert read_certificate([zipped(tmp_path / "a.zip", members)]).fingerprint

    def test_a_bomb_is_counted_and_not_believed(self, folder: Path, tmp_path: Path) -> None:
        archive = zipped(tmp_path / "a.zip", parts(folder) | {"private.pem": bytes(50_000_000)})
        assert archive.stat().st_size < 60_000
        assert "too big" in refused(archive)

    def test_a_member_twice(self, folder: Path, tmp_path: Path) -> None:
        assert "twice" in refused(zipped(tmp_path / "a.zip", parts(folder) | {"x/private.pem": b"x"}))

    def test_a_member_missing(self, folder: Path, tmp_path: Path) -> None:
        members = parts(folder)
        del members["password.txt"]
        assert "missing" in refused(zipped(tmp_path / "a.zip", members))

    def test_a_link(self, folder: Path, tmp_path: Path) -> None:
        path = tmp_path / "a.zip"
        with zipfile.ZipFile(path, "w") as archive:
            info = zipfile.ZipInfo("private.pem")
            info.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(info, "/etc/passwd")
            for name in ("public.pem", "password.txt"):
                archive.writestr(name, (folder / name).read_bytes())
        assert "link" in refused(path)

    def test_a_path_that_climbs_is_only_a_name(self, folder: Path, tmp_path: Path) -> None:
        archive = zipped(tmp_path / "a.zip", parts(folder, "../../../../tmp/"))
        assert read_certificate([archive]).fingerprint
        assert not (tmp_path / "private.pem").exists()

    def test_one_with_a_password_of_its_own(self, folder: Path, tmp_path: Path) -> None:
        data = bytearray(zipped(tmp_path / "a.zip", parts(folder)).read_bytes())
        start = 0
        while (start := data.find(b"PK\x01\x02", start)) >= 0:
            data[start + 8] |= 1
            start += 4
        (tmp_path / "a.zip").write_bytes(data)
        assert "password of its own" in refused(tmp_path / "a.zip")

    @pytest.mark.parametrize("name", ["a.rar", "a.7z", "a.tar", "a.tar.gz"])
    def test_another_kind_of_archive(self, tmp_path: Path, name: str) -> None:
        (tmp_path / name).write_bytes(b"Rar!")
        assert "not a zip" in refused(tmp_path / name)

    def test_what_is_no_archive_at_all(self, tmp_path: Path) -> None:
        (tmp_path / "a.zip").write_bytes(b"hello")
        assert "not a zip" in refused(tmp_path / "a.zip")

    def test_a_damaged_one(self, folder: Path, tmp_path: Path) -> None:
        path = zipped(tmp_path / "a.zip", parts(folder))
        path.write_bytes(path.read_bytes()[:-30])
        assert "damaged" in refused(path)

    @pytest.mark.parametrize("place", range(0, 200, 7))
    def test_flipped_bytes_never_escape(self, folder: Path, tmp_path: Path, place: int) -> None:
        stream = io.BytesIO(zipped(tmp_path / "a.zip", parts(folder)).read_bytes())
        data = bytearray(stream.getvalue())
        data[place * len(data) // 200] ^= 0xFF
        (tmp_path / "a.zip").write_bytes(data)
        with contextlib.suppress(Unavailable):
            assert read_certificate([tmp_path / "a.zip"]).fingerprint


def test_files_are_removed_when_asked(folder: Path) -> None:
    files = read_certificate([folder]).files
    assert remove_files((*files, folder / "gone")) == ()
    assert not any(path.exists() for path in files)
    assert remove_files((folder,)) == (folder,)
