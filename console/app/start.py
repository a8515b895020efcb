"""Starts the window as a program: one QApplication, one console, until the window is closed."""

from __future__ import annotations

import os
import signal
import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from console.app.console import Console
from console.app.crash import Crash
from console.app.front import Front, bring_forward, may_be_open
from console.app.hygiene import harden
from console.app.logs import close_log, log_what_escapes, open_log
from console.domain.text import mark
from console.domain.trouble import Trouble
from console.settings.home import Home

_REACHED = mark("window", "The console is already open; its window was brought to the front.")
REACHED = 64
"""What the event loop ends with where another one is open: no exit status, which is 0 then."""


def show(home: Path, *, sandbox: bool, language: str | None, theme: str | None, ignored: tuple[str, ...] = ()) -> int:
    """Show the console of `home` until it is closed; return the exit status."""
    harden()
    application = QApplication(sys.argv[:1])
    application.setApplicationName("alikassa-console")
    application.setQuitOnLastWindowClosed(True)
    # Qt's file dialog keeps the folders it was in, in a file outside the home: it finds no place for it
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)
    own = Home(home).sandbox.path if sandbox else home
    if may_be_open(own) and bring_forward(own):
        return _say_reached(language)
    try:
        console = Console(home, sandbox=sandbox, language=language, theme=theme, ignored=ignored)
    except Trouble as trouble:
        from console.app.command_line import say

        print(say(trouble), file=sys.stderr)
        return 1
    log = open_log(console.home.logs)
    log_what_escapes(Crash(console).tell)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: application.quit())
    # Python's signal handlers run between bytecodes: a timer lets them, while Qt waits for events
    wake = QTimer()
    wake.start(500)
    wake.timeout.connect(lambda: None)
    front = console.front = Front(console)
    front.reached.connect(partial(application.exit, REACHED))
    console.deeds.locking.heed_system()
    console.window.show()
    status = application.exec()
    front.close()
    console.close()
    close_log(log)
    return _say_reached(language) if status == REACHED else status


def _say_reached(language: str | None) -> int:
    from console.app.command_line import translated

    print(translated(_REACHED, language))
    return 0
