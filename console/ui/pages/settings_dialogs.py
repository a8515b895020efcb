"""Questions of an account's settings: its name, certificate, root, codes and removal. Each stays open while it is done.

What is wrong is said at the field or above the buttons, and the dialog stays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QWidget

from console.domain.endpoint import Kind
from console.domain.text import mark
from console.ui.controls.dialog import Dialog
from console.ui.controls.field import FieldFrame
from console.ui.controls.inputs import TextInput
from console.ui.controls.label import Label
from console.ui.i18n import Words
from console.ui.jobs import Jobs
from console.ui.pages.connect_cards import CertificateCard, RootCard
from console.ui.pages.settings_parts import trouble_words

if TYPE_CHECKING:
    from datetime import datetime

    from console.domain.method import Method
    from console.gateway.tls_root import Root
    from console.services.certificates import Certificate

T = TypeVar("T")

_BACK = mark("settings", "Back")
_NAME = mark("settings", "Name")
_RENAME_TITLE = mark("settings", "Rename the account")
_RENAME_TEXT = mark("settings", "The name is yours; the gateway does not know it.")
_RENAME = mark("settings", "Rename")
_REPLACE_TITLE = {
    Kind.PAYOUT: mark("settings", "Another payout certificate"),
    Kind.PAYMENT: mark("settings", "Another payment certificate"),
}
_REPLACE_TEXT = mark(
    "settings",
    "Save the pair in the cabinet first. The old public half stays in the journal; the new key has to be checked before "
    "orders leave with it.",
)
_REPLACE = mark("settings", "Use it")
_CHOOSE = mark("settings", "Choose a certificate first.")
_REMOVE_TITLE = mark("settings", "Remove {name} ••{tail}?")
_REMOVE_LOST = mark("settings", "Remove {name}?")
_ROOT_TITLE = mark("settings", "An extra root certificate")
_ROOT_TEXT = mark(
    "settings", "Compare its fingerprint with what your administrator gave you. It is trusted for {host} alone."
)
_ROOT = mark("settings", "Trust it")
_NO_ROOT = mark("settings", "Choose a certificate file first.")
_CODE_TITLE = mark("settings", "Service code: {method}")
_CODE_TEXT = mark(
    "settings", "The usual code is {code}. Enter another one only if the gateway's support named it for this account."
)
_CODE = mark("settings", "Code")
_CODE_NOTE = mark("settings", "Empty: the usual code")
_SAVE = mark("settings", "Save")
_REMOVE_TEXT = mark(
    "settings", "Its private keys and its UUID are removed from this computer. Its orders stay in the journal."
)
_UNFINISHED = mark(
    "settings",
    "{n} order is not final. Nobody will ask about it any more.",
    "{n} orders are not final. Nobody will ask about them any more.",
)
_REMOVE = mark("settings", "Remove")
_TYPED = mark("settings", "Type {tail} to confirm")
_OTHER = mark("settings", "These are not the characters {tail}.")


class DeedDialog(Dialog):
    """A dialog whose deed is done on a worker while it is open: `begin` opens it."""

    def __init__(
        self,
        title: Words,
        text: Words,
        answers: Sequence[tuple[str, Words]],
        deed: str,
        parent: QWidget,
        danger: str = "",
    ) -> None:
        super().__init__(title, text, answers, parent, danger=danger)
        self._deed = deed
        self.problem = Label(role="second", ink="red", wrap=True)
        self.problem.setObjectName("dialog/problem")
        self.problem.hide()

    def begin(self, jobs: Jobs, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Open; on the deed run `work`, close where it went well and call `done`."""
        self.column.addWidget(self.problem)
        button = self.buttons[self._deed]

        def end(value: T) -> None:
            self.accept()
            done(value)

        def fail(error: BaseException) -> None:
            button.setEnabled(True)
            self.say(trouble_words(error))

        def start() -> None:
            if self.is_filled():
                button.setEnabled(False)
                jobs.run(self, work, end, fail, "vault")

        button.clicked.connect(start)
        self.open()

    def is_filled(self) -> bool:
        """Tell whether everything that is needed stands there, and say what does not."""
        return True

    def allows(self, code: str) -> bool:
        return code != self._deed

    def say(self, words: Words) -> None:
        """Say what is wrong, above the buttons."""
        self.problem.say(words)
        self.problem.setVisible(bool(words))
        self.adjustSize()


class RenameDialog(DeedDialog):
    """Asks for another name."""

    def __init__(self, name: str, parent: QWidget) -> None:
        answers = (("back", _BACK), ("rename", _RENAME))
        super().__init__(_RENAME_TITLE, _RENAME_TEXT, answers, "rename", parent)
        self._field = FieldFrame("dialog/name", _NAME, TextInput())
        self._field.input.set_text(name)
        self.column.addWidget(self._field)

    def name(self) -> str:
        """Return what was typed."""
        return self._field.input.text()

    def say(self, words: Words) -> None:
        """Say it at the field."""
        self._field.set_problem(words)
        self.adjustSize()


class ReplaceDialog(DeedDialog):
    """Asks for a certificate of one direction."""

    def __init__(self, kind: Kind, jobs: Jobs, parent: QWidget) -> None:
        answers = (("back", _BACK), ("replace", _REPLACE))
        super().__init__(_REPLACE_TITLE[kind], _REPLACE_TEXT, answers, "replace", parent)
        self.setFixedWidth(560)
        self.card = CertificateCard(kind, jobs)
        self.card.changed.connect(lambda: self.say(""))
        self.column.addWidget(self.card)
        self._safe = self.card.choose

    def certificate(self) -> Certificate:
        """Return the pair that was chosen."""
        assert self.card.value is not None
        return self.card.value

    def is_filled(self) -> bool:
        if self.card.value is None:
            self.say(_CHOOSE)
        return self.card.value is not None


class RemoveDialog(DeedDialog):
    """Asks to confirm a removal by the end of the UUID, or where that is lost by the name; says how many orders it ends."""

    def __init__(self, name: str, tail: str, unfinished: int, parent: QWidget) -> None:
        title = _REMOVE_TITLE.with_(name=name, tail=tail) if tail else _REMOVE_LOST.with_(name=name)
        answers = (("remove", _REMOVE), ("back", _BACK))
        super().__init__(title, _REMOVE_TEXT, answers, "remove", parent, danger="remove")
        self._tail = tail = tail or name
        if unfinished:
            self.column.addWidget(Label(_UNFINISHED.of(unfinished), "body_strong", "amber", wrap=True))
        self._field = FieldFrame("dialog/typed", _TYPED.with_(tail=tail), TextInput(mono=True))
        self.column.addWidget(self._field)

    def is_filled(self) -> bool:
        wrong = self._field.input.text().strip().casefold() != self._tail.casefold()
        self._field.set_problem(_OTHER.with_(tail=self._tail) if wrong else None)
        self.adjustSize()
        return not wrong


class RootDialog(DeedDialog):
    """Asks for the certificate of an authority that is trusted for one host."""

    def __init__(self, host: str, jobs: Jobs, now: Callable[[], datetime], parent: QWidget) -> None:
        answers = (("back", _BACK), ("trust", _ROOT))
        super().__init__(_ROOT_TITLE, _ROOT_TEXT.with_(host=host), answers, "trust", parent)
        self.setFixedWidth(560)
        self.card = RootCard(jobs, now)
        self.card.changed.connect(lambda: self.say(""))
        self.column.addWidget(self.card)
        self._safe = self.card.choose

    def root(self) -> Root:
        """Return the root that was chosen."""
        assert self.card.value is not None
        return self.card.value

    def is_filled(self) -> bool:
        if self.card.value is None:
            self.say(_NO_ROOT)
        return self.card.value is not None


class CodeDialog(DeedDialog):
    """Asks for the code of a method where the account has another than the usual one."""

    def __init__(self, method: Method, code: str, parent: QWidget) -> None:
        answers = (("back", _BACK), ("save", _SAVE))
        title, text = _CODE_TITLE.with_(method=method.title), _CODE_TEXT.with_(code=method.code)
        super().__init__(title, text, answers, "save", parent)
        self._field = FieldFrame("dialog/code", _CODE, TextInput(mono=True), note=_CODE_NOTE)
        self._field.input.set_text(code)
        self.column.addWidget(self._field)

    def code(self) -> str:
        """Return what was typed."""
        return self._field.input.text()

    def say(self, words: Words) -> None:
        """Say it at the field."""
        self._field.set_problem(words)
        self.adjustSize()
