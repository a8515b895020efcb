"""The command `verify`: checks a whole journal, read-only, and says in sentences what it proved."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from console.app.vaults import JOURNAL_KEY, vault_of
from console.domain.trouble import Trouble
from console.services.anchor import head_in
from console.services.verify import verify as check
from console.settings.settings import HOME_ID, Settings
from console.settings.translations import Translator

if TYPE_CHECKING:
    from console.domain.secret import Secret
    from console.journal.entry import Head
    from console.settings.home import Home


def verify(home: Home, public_keys: Sequence[Path], *, sandbox: bool, language: str) -> int:
    """Print what the check proved and the first thing that is wrong; return 0 or 1."""
    key, anchor = _at_hand(home, sandbox=sandbox)
    try:
        pems = [path.read_bytes() for path in public_keys]
        report = check(home.path, key=key, anchor=anchor, public_keys=pems)
    except (OSError, ValueError) as error:
        print(f"A public key cannot be read: {error}", file=sys.stderr)
        return 2
    say = Translator(language)
    for line in report.lines:
        if line != report.first_fault:
            print(say(line))
    if report.first_fault is not None:
        print(say(report.first_fault), file=sys.stderr)
    return 0 if report.ok else 1


def _at_hand(home: Home, *, sandbox: bool) -> tuple[Secret | None, Head | None]:
    """Return the journal's key and the head that the vault holds; a vault out of reach leaves the chain to check."""
    try:
        home_id = Settings.open(home.settings).get(HOME_ID)
        if not home_id:
            return None, None
        vault = vault_of(home, home_id, sandbox=sandbox)
        return vault.read(JOURNAL_KEY), head_in(vault)
    except Trouble:
        return None, None
