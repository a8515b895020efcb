"""The dialog that chooses files and folders: the desktop's own, or Qt's where the desktop has none.

It begins where the last one ended, else among the person's downloads; never where the program was started, which is its
own folder as a rule.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QToolButton, QWidget

from console.domain.text import mark
from console.ui import i18n, icons
from console.ui.i18n import Words

Mode = QFileDialog.FileMode
_LABELS = {
    QFileDialog.DialogLabel.LookIn: mark("controls", "&Look in:"),
    QFileDialog.DialogLabel.FileType: mark("controls", "Files of &type:"),
}
"""What Qt's own dialog says in English whatever its language: its translation lacks them."""
_ARROWS = {"backButton": "arrow-left", "forwardButton": "arrow-right", "toParentButton": "arrow-up"}
"""The buttons of Qt's own dialog whose black arrows nobody sees in the dark theme."""
_LAST = "console/file_dialog/last"
"""The property of the application that keeps the folder for this run."""


def file_dialog(parent: QWidget, title: Words, mode: Mode = Mode.AnyFile, *, saves: str = "") -> QFileDialog:
    """Return a dialog that deletes itself; show it by `open()`. `saves` is the name that is proposed for a new file."""
    dialog = QFileDialog(parent, i18n.tr(title))
    dialog.setFileMode(mode)
    dialog.setDirectory(str(_start()))
    if saves:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(saves)
    for label, words in _LABELS.items():
        dialog.setLabelText(label, i18n.tr(words))
    for name, arrow in _ARROWS.items():
        if (button := dialog.findChild(QToolButton, name)) is not None:  # none in the desktop's own dialog
            button.setIcon(icons.icon(arrow))
    dialog.filesSelected.connect(_remember)
    dialog.finished.connect(dialog.deleteLater)
    return dialog


def _start() -> Path:
    downloads = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
    places = (_application().property(_LAST) or "", downloads)
    return next((Path(place) for place in places if place and Path(place).is_dir()), Path.home())


def _remember(names: list[str]) -> None:
    _application().setProperty(_LAST, str(Path(names[0]).parent))


def _application() -> QCoreApplication:
    application = QCoreApplication.instance()
    assert application is not None
    return application
