"""A journal that may only be looked at: by a second window, or where its key is not at hand.

It has what services use of a `Journal` and writes nothing, not even a mark in the vault: whatever would, raises the trouble
that it was given. With the journal's key it opens what is sealed; without it that stays sealed.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from console.domain.moment import Moment
from console.domain.secret import Secret
from console.domain.trouble import Unavailable
from console.journal import chain, layout, opening, record, seal
from console.journal.append import Change, Journal
from console.journal.change import Value
from console.journal.entry import Entry, Head, Parts
from console.journal.papers import Draft, Note, Papers, Payer
from console.journal.read import Reader
from console.journal.seal import Finder, Opening, Sealer


class Sealed(Unavailable, LookupError):
    """What is sealed stays so: its key is not at hand. For who can do without, it is as if nothing were there."""


class Blind(Finder):
    """Finds nothing: without the key no mark can be made, and none is empty."""

    def __init__(self) -> None:
        """Make one without a key."""

    def mark(self, kind: str, text: str | bytes) -> str:
        """Return a mark that no row has."""
        return ""


class Unwritten(Papers):
    """No drafts, payers or notes: those of a journal that is open elsewhere are not this window's."""

    def __init__(self, trouble: Unavailable) -> None:
        self._trouble = trouble

    def save_draft(self, name: str, text: str, moment: Moment) -> None:
        """Raise what keeps this window from writing."""
        raise self._trouble

    def drafts(self) -> list[Draft]:
        """Return none."""
        return []

    def drop_draft(self, name: str) -> None:
        """Do nothing: there is none."""

    def remember_payer(self, user_id: str, address: str, moment: Moment) -> None:
        """Raise what keeps this window from writing."""
        raise self._trouble

    def payers(self, limit: int = 50) -> list[Payer]:
        """Return none."""
        return []

    def add_note(self, order_id: str, text: str, moment: Moment) -> None:
        """Raise what keeps this window from writing."""
        raise self._trouble

    def notes(self, order_id: str) -> list[Note]:
        """Return none."""
        return []


class Looking(Journal):
    """The journal of `home`, for looking. `trouble` says why no more; `key` may be None or another journal's."""

    def __init__(self, home: Path, trouble: Unavailable, key: Secret | None = None) -> None:
        self.home = home
        self.fault = trouble
        self._trouble = trouble
        self._reader = Reader(home / layout.FILE)
        meta = self._reader.meta()
        self.journal_id = meta.get("journal_id", "")
        fits = key is not None and meta.get("key_mark") == opening.key_mark(Finder(key), self.journal_id)
        self._opener = Sealer(key) if key is not None and fits else None
        self.finder = Finder(key) if key is not None and fits else Blind()
        self.papers = Unwritten(trouble)

    def close(self) -> None:
        """Close the file."""
        self._reader.close()

    def block(self, fault: Unavailable | None) -> None:
        """Change nothing: it is blocked, and stays so."""

    def flush(self, now: Moment) -> None:
        """Do nothing: nothing waits."""

    def append(self, entry: Entry, *, change: Change | None = None, new: Mapping[str, Value] | None = None) -> NoReturn:
        """Raise what keeps this window from writing."""
        raise self._trouble

    def append_quiet(self, entry: Entry, change: Change | None = None) -> None:
        """Raise what keeps this window from writing."""
        raise self._trouble

    def ensure_key(self, fingerprint: str, public_pem: bytes, moment: Moment) -> None:
        """Raise what keeps this window from writing."""
        raise self._trouble

    def head(self) -> Head:
        """Raise: who may only look vouches for nothing, and moves no anchor."""
        raise self._trouble

    def open_parts(self, seq: int) -> Parts:
        """Return the sealed parts of an event; raises LookupError, `Sealed` without the key, Unsealable."""
        return seal.unpack(self._unsealed(seq))

    def open_part(self, seq: int, index: int) -> Opening:
        """Return one part so that an outsider can check it without the key; raises as `open_parts`."""
        return seal.open_part(self._unsealed(seq), index)

    def _unsealed(self, seq: int) -> bytes:
        if self._opener is None:
            raise Sealed("E-KEYRING-JOURNAL")
        event, sealed = self._reader.event(seq), self._reader.sealed(seq)
        if event is None or sealed is None:
            raise LookupError(f"record {seq} has no sealed bytes")
        return self._opener.open(sealed, chain.bound(record.values(event)))
