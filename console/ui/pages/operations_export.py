"""The export of the table (Ctrl+E): its format, its file, and the writing on a worker that a person can stop."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from console.domain.text import mark
from console.domain.trouble import Stopped, Unavailable
from console.ui import formats, i18n
from console.ui.controls.choice import Choice
from console.ui.controls.dialog import Dialog
from console.ui.controls.file_dialog import file_dialog
from console.ui.controls.label import Label
from console.ui.jobs import Jobs
from console.ui.pages.settings_parts import trouble_words

if TYPE_CHECKING:
    from console.journal.filters import Filter
    from console.services.operations import Operations

_TITLE = mark("export", "Export operations")
_TEXT = mark("export", "What the table shows now is written, numbers of cards, phones and accounts masked.")
_FORMAT = mark("export", "Format")
_CSV = mark("export", "CSV for Excel")
_JSONL = mark("export", "JSONL for programs")
_BACK = mark("export", "Back")
_CHOOSE = mark("export", "Choose a file…")
_WRITING = mark("export", "Written: {n}")
_DONE = mark("export", "{n} operation exported", "{n} operations exported")
_NAME = "operations"


class ExportDialog(Dialog):
    """Asks for the format and the file, and stays while it is written. `exported(Words)` says how many there were."""

    exported = Signal(object)
    progressed = Signal(object)

    def __init__(self, operations: Operations, wanted: Filter, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(_TITLE, _TEXT, (("back", _BACK), ("choose", _CHOOSE)), parent)
        self._operations, self._wanted, self._jobs = operations, wanted, jobs
        self._stop = False
        self.format = Choice(_FORMAT, (("csv", _CSV), ("jsonl", _JSONL)), "csv", name="export/format")
        self._said = Label("", "second", "ink2", wrap=True)
        self._said.setObjectName("export/said")
        self._said.hide()
        self.column.addWidget(self.format)
        self.column.addWidget(self._said)
        self.progressed.connect(self._on_progress)
        self.finished.connect(self._on_finished)

    def allows(self, code: str) -> bool:
        if code == "choose":
            self._ask()
        return code != "choose"

    def write(self, path: Path) -> None:
        """Write the file."""
        form = str(self.format.value())
        path = path if path.suffix else path.with_suffix(f".{form}")
        self.buttons["choose"].setEnabled(False)
        say = i18n.current().say

        def work() -> int:
            try:
                return self._operations.export(self._wanted, path, form, say, self._tell)
            except OSError as error:
                raise Unavailable("E-FILE", path=str(path), why=error.strerror or type(error).__name__) from error

        self._jobs.run(self, work, self._on_written, self._on_failed, lane="read")

    def _ask(self) -> None:
        form = str(self.format.value())
        dialog = file_dialog(self, _TITLE, saves=f"{_NAME}.{form}")
        dialog.setDefaultSuffix(form)
        dialog.fileSelected.connect(self._on_file)
        dialog.open()

    def _on_file(self, name: str) -> None:
        self.write(Path(name))

    def _tell(self, count: int) -> None:
        """Called on the worker: the signal carries the count to the main thread."""
        if self._stop:
            raise Stopped
        self.progressed.emit(count)

    def _on_progress(self, count: int) -> None:
        self._said.say(_WRITING.with_(n=formats.number(count)))
        self._said.show()

    def _on_written(self, count: int) -> None:
        self.exported.emit(_DONE.of(count))
        self.accept()

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, Stopped):
            return
        self.buttons["choose"].setEnabled(True)
        self._said.set_ink("red")
        self._said.say(trouble_words(error))
        self._said.show()
        self.adjustSize()

    def _on_finished(self) -> None:
        self._stop = True
