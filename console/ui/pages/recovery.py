"""The recovery code of a new journal: shown to be printed, copied or saved, then one group of it asked back.

It shows what `console.services.recovery` gives and takes; the code leaves this page only where the person sends it.
"""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.phrases.disk import disk_words
from console.domain.sentences import told
from console.domain.text import mark
from console.domain.trouble import Invalid, Trouble
from console.ui import clipboard, i18n
from console.ui.controls.bars import ActionBar, PageHead
from console.ui.controls.button import Button
from console.ui.controls.card import Card, Scroll
from console.ui.controls.field import FieldFrame
from console.ui.controls.file_dialog import file_dialog
from console.ui.controls.inputs import TextInput
from console.ui.controls.label import Label
from console.ui.controls.warning import WarningPanel
from console.ui.i18n import Words
from console.ui.jobs import Jobs
from console.ui.pages.recovery_paper import lines_of, paper, print_paper, write_paper

if TYPE_CHECKING:
    from console.services.recovery import Recovery

_TITLE = mark("recovery_page", "Recovery code of the journal")
_SENTENCE = mark("recovery_page", "Print or save it now. It is asked for when the password store is lost.")
_CODE = mark("recovery_page", "Recovery code")
_COPY = mark("recovery_page", "Copy")
_SAVE = mark("recovery_page", "Save to a file…")
_PRINT = mark("recovery_page", "Print…")
_COPIED = mark("recovery_page", "The recovery code is copied for 10 s")
_SAVED = mark("recovery_page", "The recovery code is saved")
_NAME = mark("recovery_page", "recovery code.txt")
_WHY = mark("recovery_page", "Without this code a lost password store takes the journal's sealed part with it")
_WHY_IS = mark(
    "recovery_page",
    "Requests, answers and signatures could never be opened again, and nothing of them proved. Nobody else has the code, "
    "AliKassa neither. Do not keep it on this computer only.",
)
_NOT_WRITTEN = mark("recovery_page", "The file was not written: {why}")
_NO_PRINTER = mark("recovery_page", "This system cannot print from here. Save the code to a file instead.")
_HAVE = mark("recovery_page", "I have kept it")
_LATER = mark("recovery_page", "Later")
_LATER_NOTE = mark("recovery_page", "Later means: before the first order with real money")
_GROUP = mark("recovery_page", "Group {n} of the code, from your copy")
_SHOW = mark("recovery_page", "Show the code again")
_ASK = mark("recovery_page", "Type one group back from your copy, so that it is sure to be readable.")
_GO_ON = mark("recovery_page", "Go on")
_HIDDEN = "\n".join(["-".join(["••••"] * 7)] * 2)
_WIDTH = 860


class RecoveryPage(QWidget):
    """`done` comes when a group was typed back, or is put off; `noticed` is a word for the toast."""

    done = Signal()
    noticed = Signal(object)

    def __init__(self, recovery: Recovery, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recovery, self._jobs = recovery, jobs
        self._code = ""
        self._number = 1
        self._buttons: list[Button] = []
        self.shown = Label(_HIDDEN, "id_review", select=True)
        self.shown.setObjectName("recovery/code")
        self.field = FieldFrame("recovery/group", "", TextInput(mono=True))
        self.field.input.edited.connect(self._on_edited)
        self.field.input.edit.returnPressed.connect(self._on_group)
        self.problem = Label(role="second", ink="red", wrap=True)
        self.problem.setObjectName("recovery/problem")
        self._kept = Button(_HAVE, "primary", name="recovery/kept")
        self._kept.clicked.connect(self._on_kept)
        self._go_on = Button(_GO_ON, "primary", name="recovery/done")
        self._go_on.clicked.connect(self._on_group)
        self._later = Button(_LATER, "quiet", name="recovery/later")
        self._later.clicked.connect(self.done)
        self._build()

    def start(self) -> None:
        """Ask the vault for the code, and for which group is asked back."""
        self._number = self._recovery.ask(random.random())  # which group is no secret
        self.field.set_label(_GROUP.with_(n=self._number))
        self._jobs.run(self, self._recovery.code, self._on_code, self._on_failed, lane="vault")

    def _build(self) -> None:
        self._back = self._asking()
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(28, 22, 28, 22)
        column.setSpacing(16)
        column.addWidget(PageHead(_TITLE, _SENTENCE))
        for widget in (self._showing(), self._back, self.problem, WarningPanel("strong", _WHY, _WHY_IS)):
            widget.setMaximumWidth(_WIDTH)
            column.addWidget(widget)
        column.addStretch(1)
        bar = ActionBar((self._kept, self._go_on, self._later))
        bar.set_note(_LATER_NOTE)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        outer.addWidget(Scroll(content), 1)
        outer.addWidget(bar)
        self._show_step(asks=False)
        self.problem.hide()

    def _showing(self) -> Card:
        """Return the card with the code and the ways to keep it."""
        card = Card(_CODE, padding=22, spacing=14)
        card.column.addWidget(self.shown)
        row = QHBoxLayout()
        row.setSpacing(8)
        for words, icon, name, act in (
            (_PRINT, "file-check", "recovery/print", self._on_print),
            (_SAVE, "download", "recovery/save", self._on_save),
            (_COPY, "copy", "recovery/copy", self._on_copy),
        ):
            button = Button(words, icon=icon, name=name)
            button.clicked.connect(act)
            self._buttons.append(button)
            row.addWidget(button)
        row.addStretch(1)
        card.column.addLayout(row)
        return card

    def _asking(self) -> Card:
        """Return the card that asks one group back."""
        card = Card(padding=22, spacing=12)
        card.column.addWidget(Label(_ASK, "body", "ink", wrap=True))
        self.field.setMaximumWidth(360)
        card.column.addWidget(self.field)
        show = Button(_SHOW, "quiet", size="small", icon="eye", name="recovery/show")
        show.clicked.connect(self._show_code)
        card.column.addWidget(show, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _show_step(self, *, asks: bool) -> None:
        self.shown.say(_HIDDEN if asks or not self._code else lines_of(self._code))
        self._back.setVisible(asks)
        self._go_on.setVisible(asks)
        self._kept.setVisible(not asks)
        for button in (*self._buttons, self._kept):
            button.setEnabled(bool(self._code) and not asks)

    def _show_code(self) -> None:
        self._show_step(asks=False)

    def _on_code(self, code: str) -> None:
        self._code = code
        self._show_step(asks=False)
        self._kept.setFocus()

    def _on_kept(self) -> None:
        self._show_step(asks=True)
        self.field.input.edit.setFocus()

    def _on_edited(self) -> None:
        self.field.set_problem(None)

    def _on_group(self) -> None:
        number, typed = self._number, self.field.input.text()
        self._jobs.run(
            self, lambda: self._recovery.answer(number, typed), self._on_right, self._on_failed, lane="vault"
        )  # fmt: skip

    def _on_right(self, _: None) -> None:
        self._code = ""
        self.done.emit()

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, Invalid):
            self.field.set_problem(error.text)
            self.field.input.edit.setFocus()
        elif isinstance(error, Trouble):
            self._say(told(error).what)
        else:
            raise error

    def _say(self, words: Words) -> None:
        self.problem.say(words)
        self.problem.show()

    def _on_copy(self) -> None:
        clipboard.copy(self._code)
        self.noticed.emit(_COPIED)

    def _on_print(self) -> None:
        try:
            print_paper(self, paper(self._code))
        except ImportError:
            self._say(_NO_PRINTER)

    def _on_save(self) -> None:
        dialog = file_dialog(self, _SAVE, saves=i18n.tr(_NAME))
        dialog.fileSelected.connect(self._on_file)
        dialog.open()

    def _on_file(self, name: str) -> None:
        text = paper(self._code)
        self._jobs.run(self, lambda: write_paper(Path(name), text), self._on_written, self._on_unwritten)

    def _on_written(self, _: None) -> None:
        self.problem.hide()
        self.noticed.emit(_SAVED)

    def _on_unwritten(self, error: BaseException) -> None:
        if not isinstance(error, OSError):
            raise error
        self._say(_NOT_WRITTEN.with_(why=disk_words(error.strerror or type(error).__name__)))
