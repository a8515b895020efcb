"""The recovery code on its way to paper or to a file that the person chooses. Nothing else of the console writes it."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QDialog, QWidget

from console.domain.text import mark
from console.ui import i18n

_PAPER = mark(
    "recovery_page",
    "AliKassa Console: recovery code of a journal\n\n{code}\n\nWhoever has this code and the journal's file reads "
    "everything in it. It opens the journal when the password store of the computer is lost; without it nobody can. Keep "
    "it where you keep your contracts, not on this computer.\n",
)


def lines_of(code: str) -> str:
    """Return the code in two lines of seven groups."""
    groups = code.split("-")
    half = (len(groups) + 1) // 2
    return "\n".join("-".join(part) for part in (groups[:half], groups[half:]))


def paper(code: str) -> str:
    """Return the page as text, in the language in use."""
    return i18n.tr(_PAPER.with_(code=lines_of(code)))


def write_paper(path: Path, text: str) -> None:
    """Write the page to a file for its owner alone; raises OSError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(text)


def print_paper(owner: QWidget, text: str) -> None:
    """Ask for a printer and print the page; raises ImportError where this system cannot print."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter()
    dialog = QPrintDialog(printer, owner)

    def put(_: object = None) -> None:
        page = QTextDocument()
        page.setPlainText(text)
        page.print_(printer)

    dialog.accepted.connect(put)
    dialog.finished.connect(dialog.deleteLater)
    QDialog.open(dialog)  # its own `open` wants a slot by its text
