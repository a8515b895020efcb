"""The composition root: builds everything, starts it, stops it; the only place that knows all parts.

Importing it imports nothing else: `main` reads the command line first, and the window is painted before anything heavy.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from console.app.console import Console
    from console.vault.vault import Vault

_UNREADY = "The package {name} is missing. Run “python3 packaging/setup.py run”, then start with .venv/bin/python."


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit status (see `python main.py --help`); without its packages say so, and 1.

    Variables that would redirect the keyring, TLS or traffic are removed before anything imports `ssl`.
    """
    from console.app.scrub import scrub

    ignored = scrub()
    from console.app.command_line import run

    try:
        return run(arguments, ignored)
    except ModuleNotFoundError as missing:
        if (missing.name or "console").partition(".")[0] == "console":
            raise
        print(_UNREADY.format(name=missing.name), file=sys.stderr)
        return 1


def open_console(
    home: Path | str,
    *,
    sandbox: bool = False,
    vault: Vault | None = None,
    gateway_url: str | None = None,
    language: str | None = None,
    theme: str | None = None,
) -> Console:
    """Make the console of a home, after a QApplication exists; the caller shows `.window`.

    What the first paint does not need is built after it, or as soon as `.services` is asked for. `gateway_url` points the
    sandbox account at another gateway on loopback; no command line, setting or variable reaches it.
    """
    from console.app.scrub import scrub

    ignored = scrub()
    from console.app.console import Console

    return Console(
        Path(home),
        sandbox=sandbox,
        vault=vault,
        gateway_url=gateway_url,
        language=language,
        theme=theme,
        ignored=ignored,
    )
