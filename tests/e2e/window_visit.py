"""A visit of a person to the console, in a process that is started as anyone starts it; what was seen is left in a file.

The process is `python main.py --home …` but for three things: names of the tests are found, the disk of the home is copied
while the console is open, and somebody sits at the screen.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from console.app import main
from tests.e2e.names import knowing
from tests.e2e.person import Person
from tests.e2e.php_gateway import HOST, PhpGateway


@dataclass
class Visit:
    """One start of the console: who sits there, what lies at hand, and what was seen."""

    person: Person
    home: Path
    gateway: PhpGateway
    paper: Path
    """The folder where the person keeps things, away from the home."""
    seen: dict[str, Any] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The recovery code, from where the person wrote it down."""
        return (self.paper / "code").read_text()


def visit(deed: Callable[[Visit], None], home: Path, gateway: PhpGateway, paper: Path) -> int:
    """Start the console, let a person do a deed at its window and close it; the exit status of the program.

    `paper/known.json` is what the person knows before; `paper/seen.json` and `paper/open` are what is left.
    """
    setattr(socket, "getaddrinfo", knowing(HOST))  # noqa: B010  # assigning to a module is no mistake here
    known = paper / "known.json"
    made = Visit(Person(), home, gateway, paper, json.loads(known.read_text()) if known.exists() else {})
    run = QApplication.exec

    def attended() -> int:
        QTimer.singleShot(0, lambda: _attend(made, deed))
        return run()

    setattr(QApplication, "exec", lambda _: attended())  # noqa: B010  # assigning to a class is no mistake here
    return main(["--home", str(home), "--language", "en", "--theme", "light"])


def _attend(made: Visit, deed: Callable[[Visit], None]) -> None:
    """Do the deed; leave what was seen, also where it failed, and close the window."""
    try:
        made.person.begin()
        deed(made)
    except BaseException:
        made.seen["fault"] = traceback.format_exc()
    shutil.copytree(made.home, made.paper / "open", dirs_exist_ok=True)
    made.person.leave()
    made.seen["titles"] = sorted(made.person.titles)
    made.seen["process"] = {name: Path(f"/proc/self/{name}").read_text() for name in ("cmdline", "environ")}
    made.seen["variables"] = dict(os.environ)
    (made.paper / "seen.json").write_text(json.dumps(made.seen))


if __name__ == "__main__":
    from tests.e2e.window_acts import DEEDS

    name, home_, folder, port, paper_ = sys.argv[1:]
    sys.exit(visit(DEEDS[name], Path(home_), PhpGateway(Path(folder), int(port)), Path(paper_)))
