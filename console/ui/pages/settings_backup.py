"""Settings of backup: the folder, a copy made now, the copies there are, how one comes back, and the gap's sign-off."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.sentences import told
from console.domain.text import mark
from console.domain.trouble import Stopped
from console.journal.filters import Filter
from console.ui import formats
from console.ui.controls.button import Button
from console.ui.controls.card import row
from console.ui.controls.facts import FactList
from console.ui.controls.field import FieldFrame
from console.ui.controls.file_dialog import Mode, file_dialog
from console.ui.controls.inputs import TextInput
from console.ui.controls.label import Label
from console.ui.controls.progress import Progress
from console.ui.jobs import Jobs
from console.ui.pages.settings_parts import Section, SettingsCard, trouble_words

if TYPE_CHECKING:
    from console.journal.backup import Copy
    from console.journal.rows import OperationRow
    from console.services.services import Services

_TITLE = mark("settings", "Backup of the journal")
_SENTENCE = mark(
    "settings",
    "A checked copy goes into a folder of your choice, best on another disk: 7 daily and 4 weekly ones are kept. One is "
    "made by itself once a day while the console runs.",
)
_FOLDER = mark("settings", "Folder")
_NO_FOLDER = mark("settings", "None chosen: a lost disk is a lost journal.")
_CHOOSE = mark("settings", "Choose…")
_NOW = mark("settings", "Back up now")
_RUNNING = mark("settings", "Copying the journal")
_PAGES = mark("settings", "{done} of {all}")
_DONE = mark("settings", "Backup made and checked")
_STOPPED = mark("settings", "Backup stopped; nothing half is left")
_LATEST = mark("settings", "Latest copies")
_NONE_YET = mark("settings", "none yet")
_OPENS = mark("settings", "Opened by")
_OPENS_IS = mark("settings", "the recovery code of this journal, no other; the folder says nothing of it")
_BACK = mark("settings", "Bring one back")
_BACK_IS = mark(
    "settings",
    "The copy is checked first; the present journal is kept beside it. New orders wait until the gap since the copy is "
    "compared with the cabinet and signed off.",
)
_RESTORE = mark("settings", "Restore from a copy…")
_GAP = mark("settings", "Records may be missing behind the journal")
_GAP_SINCE = mark(
    "settings",
    "The last order in the journal is {order} of {time}. Compare every later one of the cabinet, then sign off.",
)
_GAP_ALL = mark("settings", "The journal knows no order. Compare every order of the cabinet with it, then sign off.")
_GAP_NOTE = mark("settings", "What you compared, and what you found")
_GAP_NAME = mark("settings", "Your name")
_GAP_SIGN = mark("settings", "Sign off")
_SIGNED = mark("settings", "Signed off: orders can be sent again")
_SHOWN = 5


class BackupSection(Section):
    """The folder and its copies; above them the gap, where there is one."""

    progressed = Signal(object, object)
    restore_asked = Signal()

    def __init__(self, services: Services, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(services, jobs, parent)
        self._stop = False
        self.gap = GapCard(self)
        self._card = SettingsCard(_TITLE, _SENTENCE, "settings/backup")
        self.choose = Button(_CHOOSE, name="settings/backup/choose")
        self.make = Button(_NOW, name="settings/backup/make")
        self._folder = self._card.add(_FOLDER, _NO_FOLDER, self.choose, self.make)
        self._folder.setObjectName("settings/backup/folder")
        self.progress = Progress(_RUNNING)
        self.progress.hide()
        self.facts = FactList(label_width=160)
        self._card.add_part(self.progress)
        self._card.add_part(self.facts)
        self.restore = Button(_RESTORE, name="settings/backup/restore")
        self.restore.clicked.connect(self.restore_asked)
        self._card.column.addSpacing(10)
        self._card.add(_BACK, _BACK_IS, self.restore)
        self.column.addWidget(self.gap)
        self.column.addWidget(self._card)
        self.column.addStretch(1)
        self.choose.clicked.connect(self._on_choose)
        self.make.clicked.connect(self._on_make)
        self.progress.stopped.connect(self._on_stop)
        self.progressed.connect(self._on_progress)

    def entered(self) -> None:
        """Look into the folder."""
        self.gap.look()
        folder = self.services.backups.folder
        self._folder.say(_NO_FOLDER if folder is None else str(folder))
        self.make.setEnabled(folder is not None)
        self.run(self.services.backups.all, self._show, self._card.say, "read")

    def take(self, folder: Path) -> None:
        """Send copies to a folder from now on."""
        self.run(
            lambda: self.services.backups.choose(folder), lambda _: self.entered(), self._card.say, "read"
        )  # fmt: skip

    def _show(self, copies: list[Copy]) -> None:
        self.facts.clear()
        made = "\n".join(formats.date_time_zone(copy.made) for copy in copies[:_SHOWN])
        self.facts.add(_LATEST, made or _NONE_YET, role="second_tabular", name="settings/backup/latest")
        self.facts.add(_OPENS, _OPENS_IS)

    def _on_choose(self) -> None:
        dialog = file_dialog(self, _FOLDER, Mode.Directory)
        dialog.fileSelected.connect(lambda name: self.take(Path(name)))
        dialog.open()

    def _on_make(self) -> None:
        self._stop = False
        self.make.setEnabled(False)
        self.progress.show_progress(0, 0, "")
        self.progress.show()
        self._card.say("")
        self.jobs.run(self, lambda: self.services.backups.make(self._tell), self._on_made, self._on_failed, "read")

    def _tell(self, done: int, total: int) -> None:
        """Called on the worker: the signal carries the numbers to the main thread."""
        if self._stop:
            raise Stopped
        self.progressed.emit(done, total)

    def _on_progress(self, done: int, total: int) -> None:
        numbers = _PAGES.with_(done=formats.number(done), all=formats.number(total))
        self.progress.show_progress(done, total, numbers)

    def _on_stop(self) -> None:
        self._stop = True

    def _on_made(self, _: Copy) -> None:
        self.progress.hide()
        self.noticed.emit(_DONE)
        self.entered()

    def _on_failed(self, error: BaseException) -> None:
        self.progress.hide()
        self.make.setEnabled(True)
        if isinstance(error, Stopped):
            self.noticed.emit(_STOPPED)
        else:
            self._card.say(trouble_words(error))


class GapCard(SettingsCard):
    """The sign-off of a gap (failure model R9); hidden where there is none that a person may sign off."""

    def __init__(self, section: BackupSection) -> None:
        super().__init__(_GAP, name="settings/gap")
        self._section = section
        self._what = Label("", "body", "amber", wrap=True)
        self._since = Label("", "body", "ink", wrap=True, select=True)
        self.note = FieldFrame("settings/gap/note", _GAP_NOTE, TextInput())
        self.name = FieldFrame("settings/gap/name", _GAP_NAME, TextInput())
        self.sign = Button(_GAP_SIGN, "primary", name="settings/gap/sign")
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for widget in (self._what, self._since, self.note, self.name, row(self.sign, 1)):
            column.addWidget(widget)
        self.add_part(part)
        self.set_look("amber_t", "amber_e")
        self.sign.clicked.connect(self._on_sign)
        self.hide()

    def look(self) -> None:
        """Show itself where there is a gap."""
        gap = self._section.services.gap
        fault = gap.fault
        if fault is not None:
            self._what.say(told(fault).what)
        self.setVisible(gap.can_be_signed_off)
        if gap.can_be_signed_off:
            operations = self._section.services.operations
            self._section.run(lambda: operations.page(Filter(), None, 1), self._show_since, self.say, "read")

    def _show_since(self, newest: Sequence[OperationRow]) -> None:
        """Say after which order the journal knows nothing."""
        since = [_GAP_SINCE.with_(order=row.order_id, time=row.created) for row in newest]
        self._since.say(since[0] if since else _GAP_ALL)

    def _on_sign(self) -> None:
        note, name = self.note.input.text(), self.name.input.text()
        gap = self._section.services.gap
        self._section.run(lambda: gap.sign_off(note, name), self._on_signed, self.say, "vault")

    def _on_signed(self, _: None) -> None:
        self.look()
        self._section.noticed.emit(_SIGNED)
