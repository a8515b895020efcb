"""The command `verify`: checks a whole journal, read-only, and says in sentences what it proved."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from console.app.vaults import at_hand
from console.services.verify import verify as check
from console.settings.translations import Translator

if TYPE_CHECKING:
    from console.settings.home import Home


def verify(home: Home, public_keys: Sequence[Path], *, sandbox: bool, language: str) -> int:
    """Print what the check proved and the first thing that is wrong; return 0 or 1."""
    key, anchor = at_hand(home, sandbox=sandbox)
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
