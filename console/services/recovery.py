"""The recovery code in use: shown, asked back, and brought in where the vault lost the journal's key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.domain.text import mark
from console.domain.trouble import Invalid, Unavailable
from console.journal.opening import key_mark
from console.journal.recovery import GROUPS, Mistyped, code_of, group_of, key_of, same_group
from console.journal.seal import Finder
from console.settings.settings import RECOVERY_KEPT, RESTORED

if TYPE_CHECKING:
    from console.domain.secret import Secret
    from console.journal.read import Reader
    from console.settings.settings import Settings
    from console.vault.vault import Vault

JOURNAL_KEY = "journal/key"
_MISTYPED = mark("recovery", "This is not a recovery code: check every group of four signs.")
_OTHER = mark("recovery", "This code belongs to another journal.")
_GROUP = mark("recovery", "Group {n} is another one. Look at your copy.")


class Recovery:
    """The recovery code of one journal. Slow (a vault): off the main thread only."""

    def __init__(self, vault: Vault, reader: Reader, settings: Settings) -> None:
        self._vault = vault
        self._reader = reader
        self._settings = settings

    def code(self) -> str:
        """Return the code, for a person to print or save; E-KEYRING-JOURNAL where the vault lacks the key."""
        return code_of(self._key())

    def ask(self, random: float) -> int:
        """Return the number of the group to ask back, chosen by a number from 0 to 1."""
        return min(GROUPS, 1 + int(random * GROUPS))

    def answer(self, number: int, typed: str) -> None:
        """Take a group back; right, the code counts as kept. Raises Invalid."""
        if not same_group(typed, group_of(self.code(), number)):
            raise Invalid(_GROUP.with_(n=number))
        self._settings.set(RECOVERY_KEPT, True)

    @property
    def is_kept(self) -> bool:
        """Whether a person proved to have the code."""
        return self._settings.get(RECOVERY_KEPT)

    def check(self, code: str) -> None:
        """Tell whether a code is that of this journal: raises Invalid where it is not."""
        self.key(code)

    def key(self, code: str) -> Secret:
        """Return the journal's key by its code; raises Invalid for what is no code, or another journal's."""
        key = _read(code)
        if not self._fits(key):
            raise Invalid(_OTHER)
        return key

    def restore(self, code: str) -> None:
        """Put the journal's key back into the vault. Raises Invalid where the code is another journal's.

        A vault without the key has lost the head too, or never had it: nobody can say whether the file is an old copy, so
        the next start blocks creates until a sign-off (failure model R9).
        """
        key = self.key(code)
        self._settings.set(RESTORED, True)
        self._vault.write(JOURNAL_KEY, key)
        self._settings.set(RECOVERY_KEPT, True)

    def _fits(self, key: Secret) -> bool:
        """Whether a key is this journal's own: the file keeps a keyed mark of its id."""
        meta = self._reader.meta()
        return meta.get("key_mark") == key_mark(Finder(key), meta.get("journal_id", ""))

    def _key(self) -> Secret:
        key = self._vault.read(JOURNAL_KEY)
        if key is None:
            raise Unavailable("E-KEYRING-JOURNAL")
        return key


def _read(code: str) -> Secret:
    try:
        return key_of(code)
    except Mistyped:
        raise Invalid(_MISTYPED) from None
