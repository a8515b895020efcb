"""The head of the chain in the vault: what notices a cut tail, a lost `-wal` or a restored old copy."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from console.journal.entry import Head
from console.vault.entry import read_head, write_head

if TYPE_CHECKING:
    from console.journal.append import Journal
    from console.vault.vault import Vault


class Anchor:
    """Keeps the vault's copy of the head up with the journal. Slow (a keyring): off the main thread.

    A head that the journal lacks stays, whatever was written since and however often the console is started: it is what
    tells of the gap, until a person signs that off (failure model R9).
    """

    def __init__(self, vault: Vault, journal: Journal) -> None:
        self._vault = vault
        self._journal = journal
        self._kept: Head | None = None
        self._is_ahead: bool | None = None
        self._lock = threading.Lock()

    def kept(self) -> Head | None:
        """Return the head that the vault holds; None where there is none or it cannot be read as one."""
        return head_in(self._vault)

    def drop(self, *, signed_off: bool = False) -> bool:
        """Write the present head where it has moved; return whether there was something to write.

        One that is ahead of the journal, or of another branch of it, is replaced only once it was `signed_off`.
        """
        with self._lock:
            head = self._journal.head()
            if head is None or head == self._kept:
                return False
            if self._is_ahead is None or signed_off:
                self._is_ahead = not signed_off and self._leads()
            if self._is_ahead:
                return False
            write_head(self._vault, head.to_json())
            self._kept = head
            return True

    def _leads(self) -> bool:
        kept = self.kept()
        return kept is not None and not self._journal.has(kept)


def head_in(vault: Vault) -> Head | None:
    """Return the head that a vault holds; None where there is none or it cannot be read as one."""
    text = read_head(vault)
    if text is None:
        return None
    try:
        return Head.from_json(text)
    except ValueError:
        return None
