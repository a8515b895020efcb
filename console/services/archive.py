"""A certificate as the cabinet gives it: a zip, a folder or three files, read into memory and never unpacked.

Knows names and sizes, not keys. Names inside an archive are never paths (failure model H27).
"""

from __future__ import annotations

import io
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from console.domain.text import Text, mark
from console.domain.trouble import Unavailable

MOST_MEMBERS = 20
MOST_BYTES = 64 * 1024
MOST_ARCHIVE = MOST_MEMBERS * MOST_BYTES * 2
PRIVATE, PASSWORD, PUBLIC = "private.pem", "password.txt", "public.pem"
NAMES = (PRIVATE, PASSWORD, PUBLIC)

_MAC = "__MACOSX"
"""What macOS adds to a zip of its own accord."""

_NOT_ZIP = mark("certificates", "it is not a zip archive")
_BROKEN = mark("certificates", "it is damaged")
_TOO_MANY = mark("certificates", "it holds more than {limit} files")
_TOO_BIG = mark("certificates", "{name} is too big")
_TWICE = mark("certificates", "it holds {name} twice")
_MISSING = mark("certificates", "{name} is missing")
_LINK = mark("certificates", "{name} is a link")
_LOCKED = mark("certificates", "it is protected by a password of its own")
_UNREADABLE = mark("certificates", "{name} cannot be read")
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, OSError,
    RuntimeError, EOFError, ValueError, OverflowError, KeyError,
)  # fmt: skip
"""What reading a damaged archive raises; NotImplementedError for odd compression is a RuntimeError."""
_OTHER_ARCHIVES = frozenset({".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz"})


@dataclass(frozen=True, slots=True)
class Bundle:
    """The three parts of a certificate, as bytes; `password` is None where a plain file choice had none.

    `files` are the files on disk that hold them still.
    """

    private: bytes
    public: bytes
    password: bytes | None
    files: tuple[Path, ...]


def gather(paths: Sequence[Path]) -> Bundle:
    """Read a certificate from one zip, one folder, or its files. Raises Unavailable("E-CERT-ARCHIVE", why=Text)."""
    if len(paths) == 1 and paths[0].is_dir():
        return _from_folder(paths[0])
    if len(paths) == 1 and paths[0].suffix.lower() != ".pem":
        return _from_zip(paths[0])
    return _from_files(paths)


def _refused(why: Text) -> Unavailable:
    return Unavailable("E-CERT-ARCHIVE", why=why)


def _from_folder(folder: Path) -> Bundle:
    """Read a folder, or the one below it that holds a key: unpacking a zip often makes a folder in a folder."""
    folder = _with_key(folder)
    found = {name: folder / name for name in NAMES if (folder / name).is_file() and not (folder / name).is_symlink()}
    content = {name: _read(path) for name, path in found.items()}
    return _bundle(content, found.values(), need_password=False)


def _with_key(folder: Path) -> Path:
    if (folder / PRIVATE).exists():
        return folder
    try:
        inner = [path for path in folder.iterdir() if path.name != _MAC and not path.is_symlink()]
    except OSError as error:
        raise _refused(_UNREADABLE.with_(name=folder.name)) from error
    holding = [path for path in inner if (path / PRIVATE).is_file()]
    if len(holding) > 1:
        raise _refused(_TWICE.with_(name=PRIVATE))
    return holding[0] if holding else folder


def _from_files(paths: Sequence[Path]) -> Bundle:
    """Tell the files apart by what is in them: people rename downloads."""
    content: dict[str, bytes] = {}
    for path in paths:
        data = _read(path)
        name = PRIVATE if b"PRIVATE KEY-----" in data else PUBLIC if b"-----BEGIN" in data else PASSWORD
        if name in content:
            raise _refused(_TWICE.with_(name=name))
        content[name] = data
    return _bundle(content, paths, need_password=False)


def _from_zip(path: Path) -> Bundle:
    if path.suffix.lower() in _OTHER_ARCHIVES:
        raise _refused(_NOT_ZIP)
    try:
        with zipfile.ZipFile(io.BytesIO(_read(path, MOST_ARCHIVE))) as archive:
            content = _members(archive)
    except _DAMAGE as error:
        raise _refused(_BROKEN if _looks_like_zip(path) else _NOT_ZIP) from error
    return _bundle(content, (path,), need_password=True)


def _looks_like_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"PK"


def _members(archive: zipfile.ZipFile) -> dict[str, bytes]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if len(infos) > MOST_MEMBERS:
        raise _refused(_TOO_MANY.with_(limit=MOST_MEMBERS))
    content: dict[str, bytes] = {}
    for info in infos:
        path = PurePosixPath(info.filename.replace("\\", "/"))
        if path.name not in NAMES or _MAC in path.parts:
            continue
        if path.name in content:
            raise _refused(_TWICE.with_(name=path.name))
        content[path.name] = _member(archive, info, path.name)
    return content


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    """Read one member by counted bytes: what an archive says of its sizes proves nothing."""
    if stat.S_ISLNK(info.external_attr >> 16):
        raise _refused(_LINK.with_(name=name))
    if info.flag_bits & 1:
        raise _refused(_LOCKED)
    with archive.open(info) as member:
        data = member.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise _refused(_TOO_BIG.with_(name=name))
    return data


def _read(path: Path, most: int = MOST_BYTES) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise _refused(_UNREADABLE.with_(name=path.name)) from error
    if len(data) > most:
        raise _refused(_TOO_BIG.with_(name=path.name))
    return data


def _bundle(content: Mapping[str, bytes], files: Iterable[Path], *, need_password: bool) -> Bundle:
    needed = NAMES if need_password else (PRIVATE, PUBLIC)
    for name in needed:
        if name not in content:
            raise _refused(_MISSING.with_(name=name))
    return Bundle(content[PRIVATE], content[PUBLIC], content.get(PASSWORD), tuple(files))
