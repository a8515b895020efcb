"""Settings of the lock: after how long it comes by itself, and the PIN that lifts it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from console.domain.secret import Secret
from console.domain.text import mark
from console.domain.trouble import Invalid
from console.settings.settings import IDLE_MINUTES
from console.ui.controls.button import Button
from console.ui.controls.choice import Choice
from console.ui.controls.dialog import Dialog
from console.ui.controls.field import FieldFrame
from console.ui.controls.inputs import TextInput
from console.ui.jobs import Jobs
from console.ui.pages.settings_parts import Section, SettingsCard, trouble_words

if TYPE_CHECKING:
    from console.services.services import Services

_TITLE = mark("settings", "Lock")
_SENTENCE = mark(
    "settings",
    "Locked, nothing personal is on screen and the private keys leave memory; orders that are open are still asked about.",
)
_IDLE = mark("settings", "Lock by itself")
_IDLE_IS = mark("settings", "After so long without a key or a mouse. At once: Ctrl+L.")
_NEVER = mark("settings", "Never")
_MINUTES = mark("settings", "After {n} minute", "After {n} minutes")
_PIN = mark("settings", "PIN of the console")
_PIN_NONE = mark(
    "settings", "There is none: the lock is only a curtain that anyone lifts. A PIN has 6 characters or more."
)
_PIN_SET = mark("settings", "It is asked for when the console starts and when it was locked. Only a verifier is kept.")
_SET = mark("settings", "Set a PIN…")
_CHANGE = mark("settings", "Change…")
_REMOVE = mark("settings", "Remove…")
_SET_TITLE = mark("settings", "A PIN for this console")
_SET_TEXT = mark(
    "settings",
    "Letters, digits and signs, 6 or more. Nobody can tell it to you: forgotten, its entry has to be removed from the "
    "password store.",
)
_REMOVE_TITLE = mark("settings", "Remove the PIN?")
_REMOVE_TEXT = mark("settings", "The lock will be only a curtain.")
_KNOWN = mark("settings", "PIN there is")
_NEW = mark("settings", "New PIN")
_AGAIN = mark("settings", "New PIN once more")
_SAVE = mark("settings", "Keep it")
_TAKE = mark("settings", "Remove")
_BACK = mark("settings", "Back")
_KEPT = mark("settings", "The PIN is set")
_GONE = mark("settings", "The PIN is removed")
_IDLE_CHOICES = (1, 5, 10, 30, 60)


class PinDialog(Dialog):
    """Asks for PINs; `problem` says at the field what is wrong. The deed is done by whoever opened it."""

    def __init__(self, deed: str, *, has_pin: bool, parent: QWidget) -> None:
        sets = deed == "set"
        title, text, words = (_SET_TITLE, _SET_TEXT, _SAVE) if sets else (_REMOVE_TITLE, _REMOVE_TEXT, _TAKE)
        super().__init__(title, text, (("back", _BACK), (deed, words)), parent)
        self._deed = deed
        self.fields: dict[str, FieldFrame] = {}
        names = (("known", _KNOWN),) if has_pin else ()
        for name, label in (*names, *((("typed", _NEW), ("again", _AGAIN)) if sets else ())):
            field = FieldFrame(f"dialog/{name}", label, TextInput())
            field.input.edit.setEchoMode(QLineEdit.EchoMode.Password)
            field.input.edit.returnPressed.connect(partial(self._on_return, name))
            self.fields[name] = field
            self.column.addWidget(field)
        self.asked = self.buttons[deed].clicked

    def allows(self, code: str) -> bool:
        return code != self._deed

    def pin(self, name: str) -> Secret:
        """Return what was typed."""
        return Secret(self.fields[name].input.text() if name in self.fields else "")

    def _on_return(self, name: str) -> None:
        """Go to the next field, or from the last one to the deed."""
        after = list(self.fields)[list(self.fields).index(name) + 1 :]
        if after:
            self.fields[after[0]].input.edit.setFocus()
        else:
            self.buttons[self._deed].click()

    def refuse(self, error: BaseException) -> None:
        """Say what is wrong, at the field that it is about."""
        for field in self.fields.values():
            field.set_problem(None)
        named = error.field if isinstance(error, Invalid) and error.field in self.fields else next(iter(self.fields))
        self.fields[named].set_problem(trouble_words(error))
        self.fields[named].input.edit.setFocus()
        self.adjustSize()


class LockSection(Section):
    """The idle time and the PIN."""

    def __init__(self, services: Services, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(services, jobs, parent)
        self._has_pin = False
        self.dialog: PinDialog | None = None
        self._card = SettingsCard(_TITLE, _SENTENCE, "settings/lock")
        chosen = services.settings.get(IDLE_MINUTES)
        minutes = sorted({*_IDLE_CHOICES, *((chosen,) if chosen else ())})
        choices = [(0, _NEVER), *((n, _MINUTES.of(n)) for n in minutes)]
        self.idle = Choice(_IDLE, choices, chosen, name="settings/lock/idle")
        self.set = Button(_SET, name="settings/lock/set")
        self.remove = Button(_REMOVE, "quiet", name="settings/lock/remove")
        self.remove.hide()
        self._card.add(_IDLE, _IDLE_IS, self.idle)
        self._pin = self._card.add(_PIN, _PIN_NONE, self.remove, self.set)
        self.column.addWidget(self._card)
        self.column.addStretch(1)
        self.idle.changed.connect(self._on_idle)
        self.set.clicked.connect(lambda: self._open("set"))
        self.remove.clicked.connect(lambda: self._open("remove"))

    def entered(self) -> None:
        """Look whether there is a PIN."""
        self.run(self.services.lock.has_pin, self._show, self._card.say, "vault")

    def _show(self, has_pin: bool) -> None:
        self._has_pin = has_pin
        self._pin.say(_PIN_SET if has_pin else _PIN_NONE)
        self.set.say(_CHANGE if has_pin else _SET)
        self.remove.setVisible(has_pin)

    def _on_idle(self, value: object) -> None:
        minutes = value if isinstance(value, int) else 0
        self.run(
            lambda: self.services.settings.set(IDLE_MINUTES, minutes), lambda _: None, self._card.say, "read"
        )  # fmt: skip

    def _open(self, deed: str) -> None:
        dialog = PinDialog(deed, has_pin=self._has_pin, parent=self.window())
        dialog.asked.connect(lambda: self._do(deed, dialog))
        self.dialog = dialog
        dialog.open()
        next(iter(dialog.fields.values())).input.edit.setFocus()

    def _do(self, deed: str, dialog: PinDialog) -> None:
        lock = self.services.lock
        typed, again, known = (dialog.pin(name) for name in ("typed", "again", "known"))
        dialog.buttons[deed].setEnabled(False)

        def work() -> None:
            if deed == "set":
                lock.set_pin(typed, again, known)
            else:
                lock.remove_pin(known)

        def done(_: None) -> None:
            dialog.accept()
            self._show(deed == "set")
            self.noticed.emit(_KEPT if deed == "set" else _GONE)

        def failed(error: BaseException) -> None:
            dialog.buttons[deed].setEnabled(True)
            dialog.refuse(error)

        self.jobs.run(dialog, work, done, failed, "vault")
