"""Puts a copy of the journal back: looks at it, asks, stops the engine, puts it back under the home's lock, begins anew.

What follows is the start's own: the vault's head is ahead, so creates wait until the gap is signed off (failure model R9).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from console.domain.sentences import told
from console.domain.text import Text, mark
from console.domain.trouble import Trouble
from console.settings.settings import BACKUP_FOLDER
from console.ui.controls.dialog import Dialog
from console.ui.controls.file_dialog import Mode, file_dialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from console.app.console import Console
    from console.services.backups import Found

_CHOOSE = mark("restore", "A copy of the journal")
_NO_COPY = mark("restore", "This file cannot be restored")
_NOT_PUT_BACK = mark("restore", "The copy was not put back; the journal is as it was")
_BACK = mark("restore", "Back")
_RESTORED = mark("restore", "The copy is in place; the old journal is kept beside it")


def choose_copy(console: Console, parent: QWidget) -> None:
    """Let a person choose a file, then ask about it."""
    dialog = file_dialog(parent, _CHOOSE, Mode.ExistingFile)
    dialog.setNameFilter("journal-*.db (*.db)")
    folder = console.settings.get(BACKUP_FOLDER)
    if folder and Path(folder).is_dir():
        dialog.setDirectory(folder)
    dialog.fileSelected.connect(lambda name: _look(console, Path(name)))
    dialog.open()


def _look(console: Console, path: Path) -> None:
    console.jobs.run(
        console, lambda: _found(console, path), lambda found: _ask(console, found), _tell(console, _NO_COPY), "vault"
    )  # fmt: skip


def _found(console: Console, path: Path) -> Found:
    from console.app.vaults import JOURNAL_KEY
    from console.journal.backup import head_in
    from console.services import anchor
    from console.services.backups import examine

    vault = console.vault()  # one that does not answer is no vault without a key: its trouble is told
    key, head = vault.read(JOURNAL_KEY), anchor.head_in(vault)
    journal_id = path.name.removeprefix("journal-").partition("-")[0] or (head.journal_id if head is not None else "")
    folders = {str(path.parent), console.settings.get(BACKUP_FOLDER) or str(path.parent)}
    heads = [head, *(head_in(Path(folder), journal_id) for folder in folders)]
    return examine(path, console.home, key=key, heads=heads)


def _ask(console: Console, found: Found) -> None:
    from console.ui.pages.restore import RestoreDialog

    dialog = RestoreDialog(found, console.window)

    def end() -> None:
        if dialog.answer == "restore":
            console.enter(sandbox=console.is_sandbox, then=lambda: _begin(console, found.path))

    dialog.finished.connect(end)
    dialog.open()


def _begin(console: Console, path: Path) -> None:
    """The engine is stopped: put the copy back, then begin as at any start."""

    def work() -> None:
        from console.journal.lock import HomeLock
        from console.services.backups import restore

        lock = HomeLock.take(console.home.path, console.clock())
        try:
            console.settings.reload()
            restore(path, console.home, console.settings)
        finally:
            lock.release()

    def failed(error: BaseException) -> None:
        console.open_pages()
        _tell(console, _NOT_PUT_BACK)(error)

    def done(_: None) -> None:
        console.window.notice(_RESTORED, "check")
        console.open_pages()

    console.jobs.run(console, work, done, failed, lane="vault")


def _tell(console: Console, title: Text) -> Callable[[BaseException], None]:
    """Return what says why it did not come about. A bug is raised."""

    def say(error: BaseException) -> None:
        if not isinstance(error, Trouble):
            raise error
        Dialog(title, told(error).what, (("back", _BACK),), console.window).open()

    return say
