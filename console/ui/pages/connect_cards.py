"""The cards of the connect form: the certificate of a direction, and an extra root for the gateway's host."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from console.domain.endpoint import Kind
from console.domain.sentences import told
from console.domain.text import Text, mark
from console.domain.trouble import Unavailable
from console.services.certificates import Certificate, read_certificate, readable_by_others
from console.ui import formats
from console.ui.i18n import Words
from console.ui.jobs import Jobs
from console.ui.pages.connect_files import FileCard

if TYPE_CHECKING:
    from console.gateway.tls_root import Root

_TITLES = {
    Kind.PAYOUT: mark("connect_page", "Payout certificate"),
    Kind.PAYMENT: mark("connect_page", "Payment certificate"),
}
_HELP = mark(
    "connect_page", "Drop the cabinet's zip here, its folder, or private.pem, password.txt and public.pem together."
)
_KEY = mark("connect_page", "{files}: private key of {bits} bits with its public half. SHA-256 {fingerprint}")
_OPEN_FILES = mark("connect_page", "Other users of this computer can read: {files}.")
_ROOT = mark("connect_page", "Extra root certificate")
_ROOT_HELP = mark(
    "connect_page",
    "Only if your network has an authority of its own: one PEM or DER file. It is trusted for this host alone, besides "
    "the system's.",
)
_ROOT_IS = mark("connect_page", "{subject}, valid {since}–{until}. SHA-256 {fingerprint}")
_TWO = Text("", "{first} {second}")
_TITLED = Text("", "{title}. {what}")
_UNREADABLE = mark("connect_page", "it cannot be read")


class CertificateCard(FileCard[Certificate]):
    """The certificate of one direction; `value` is the pair that opened."""

    def __init__(self, kind: Kind, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(f"connect/{kind.value}", _TITLES[kind], _HELP, jobs, read_certificate, parent=parent)

    def words_of(self, value: Certificate) -> Words:
        """Name the files, the key's length and its fingerprint."""
        files = ", ".join(path.name for path in value.files)
        return _KEY.with_(files=files, bits=value.bits, fingerprint=_pairs(value.fingerprint))

    def notes_of(self, value: Certificate) -> Words:
        """Warn of a key that is short, was not protected, or lies where others can read it."""
        said: list[Text] = []
        if value.is_short:
            short = told(Unavailable("E-CERT-SHORT", bits=value.bits))
            said += [_TITLED.with_(title=short.title, what=short.what), short.do]
        if value.was_plain:
            plain = told(Unavailable("E-CERT-PLAIN"))
            said += [_TITLED.with_(title=plain.title, what=plain.what), plain.do]
        seen = readable_by_others(value.files)
        if seen:
            said.append(_OPEN_FILES.with_(files=", ".join(path.name for path in seen)))
        return _joined(said)


class RootCard(FileCard["Root"]):
    """The extra root; `value` is what `console.gateway.tls_root` read."""

    def __init__(self, jobs: Jobs, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(
            "connect/root", _ROOT, _ROOT_HELP, jobs, lambda paths: _read(paths, now()), has_folder=False, parent=parent
        )

    def words_of(self, value: Root) -> Words:
        """Say whose it is, until when, and its fingerprint to be compared."""
        return root_words(value)


def root_words(root: Root) -> Text:
    """Say whose a root is, from when until when, and its fingerprint to be compared."""
    return _ROOT_IS.with_(
        subject=root.subject, since=_day(root.since), until=_day(root.until), fingerprint=_halves(root.printed)
    )


def _halves(printed: str) -> str:
    """Return a printed fingerprint with a place where a line may break, so that a narrow card shows all of it."""
    middle = len(printed) // 2 + 1
    return f"{printed[:middle]} {printed[middle:]}"


def _day(iso: str) -> str:
    return formats.date(datetime.fromisoformat(f"{iso}T12:00+00:00")) if iso else "—"


def _read(paths: Sequence[Path], now: datetime) -> Root:
    from console.gateway.tls_root import MAX_BYTES, read_root

    try:
        with paths[0].open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError:
        raise Unavailable("E-TLS-ROOT", why=_UNREADABLE) from None
    return read_root(data, now)


def _pairs(fingerprint: str) -> str:
    """Return the beginning and the end of a fingerprint, as the settings show it."""
    pairs = [fingerprint[place : place + 2].upper() for place in range(0, len(fingerprint), 2)]
    return f"{':'.join(pairs[:6])}…{':'.join(pairs[-4:])}"


def _joined(said: Sequence[Text]) -> Words:
    result: Words = said[0] if said else ""
    for each in said[1:]:
        result = _TWO.with_(first=result, second=each)
    return result
