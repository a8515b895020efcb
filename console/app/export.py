"""The command `export`: writes the operations of a home to a file, read-only."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from console.domain.text import mark
from console.journal.filters import Filter
from console.journal.read import Reader
from console.services.export import export as write
from console.settings.translations import Translator

if TYPE_CHECKING:
    from console.settings.home import Home

_ABSENT = mark("export", "There is no journal here.")
_WRITTEN = mark("export", "Operations written: {n}")


def export(home: Home, path: Path, form: str, *, language: str) -> int:
    """Write the file and say how many operations it holds; return 0, or 1 without a journal or where it cannot be written.

    A folder that was mistyped has no journal, and an empty table would read as a day without operations.
    """
    say = Translator(language)
    if not home.journal.exists():
        print(say(_ABSENT), file=sys.stderr)
        return 1
    reader = Reader(home.journal)
    try:
        count = write(reader, Filter(), path.absolute(), form, say)
    except OSError as error:
        print(f"{path} cannot be written: {error.strerror}", file=sys.stderr)
        return 1
    finally:
        reader.close()
    print(say(_WRITTEN.with_(n=count)))
    return 0
