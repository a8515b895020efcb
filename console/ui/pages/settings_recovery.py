"""Settings of recovery: whether the code is kept, and whether a paper that somebody has is the right one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.text import mark
from console.ui.controls.badge import Pill
from console.ui.controls.button import Button
from console.ui.controls.card import row
from console.ui.controls.field import FieldFrame
from console.ui.controls.inputs import TextInput
from console.ui.jobs import Jobs
from console.ui.pages.settings_parts import Section, SettingsCard

if TYPE_CHECKING:
    from console.services.services import Services

_TITLE = mark("settings", "Recovery code")
_SENTENCE = mark(
    "settings",
    "With it the journal opens on another computer, or here when the password store was lost: sealed bytes, phones and "
    "card numbers included. Without it they stay closed for ever.",
)
_STATE = mark("settings", "Your copy")
_KEPT = mark("settings", "Somebody typed a group of it back: there is a copy.")
_NOT_KEPT = mark("settings", "Nobody proved to have a copy. A real order is not sent before that.")
_YES = mark("settings", "Kept")
_NO = mark("settings", "Not kept")
_SHOW = mark("settings", "Show the code…")
_CHECK = mark("settings", "Check a code")
_CHECK_HELP = mark("settings", "Type the whole code from your copy. It is compared and not kept.")
_RUN = mark("settings", "Check")
_RIGHT = mark("settings", "This is the code of this journal.")


class RecoverySection(Section):
    """The state of the code, and the check of a copy. `code_asked` wants the page that shows it."""

    code_asked = Signal()

    def __init__(self, services: Services, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(services, jobs, parent)
        self._card = SettingsCard(_TITLE, _SENTENCE, "settings/recovery")
        self._kept = Pill(_NO)
        self.show_code = Button(_SHOW, name="settings/recovery/show")
        self.show_code.clicked.connect(self.code_asked)
        self._state = self._card.add(_STATE, _NOT_KEPT, self._kept, self.show_code)
        self.code = FieldFrame("settings/recovery/code", _CHECK, TextInput(mono=True), note=_CHECK_HELP)
        self.code.input.edited.connect(self._on_edited)
        self.code.input.edit.returnPressed.connect(self._on_check)
        self.check = Button(_RUN, name="settings/recovery/check")
        self.check.clicked.connect(self._on_check)
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.code)
        column.addWidget(row(self.check, 1))
        self._card.add_part(part)
        self.column.addWidget(self._card)
        self.column.addStretch(1)

    def entered(self) -> None:
        """Show whether the code is kept."""
        kept = self.services.recovery.is_kept
        self._kept.say(_YES if kept else _NO)
        self._state.say(_KEPT if kept else _NOT_KEPT)

    def leave(self) -> None:
        """Another section comes up: what was typed is nobody's business."""
        self.code.input.set_text("")
        self._on_edited()

    def _on_edited(self) -> None:
        self.code.set_problem(None)
        self.code.set_understood(None)

    def _on_check(self) -> None:
        text = self.code.input.text()
        self.run(
            lambda: self.services.recovery.check(text), self._on_right, self.code.set_problem, "vault"
        )  # fmt: skip

    def _on_right(self, _: None) -> None:
        self.code.input.set_text("")
        self.code.set_understood(_RIGHT)
