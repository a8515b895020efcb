"""A field of a form: label above, input, and one line below (problem, else doubt, else what was understood, else help)."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.text import mark
from console.ui import i18n
from console.ui.controls.inputs import Input
from console.ui.controls.label import Label
from console.ui.controls.picture import Picture
from console.ui.i18n import Words

_OPTIONAL = mark("controls", "optional")

_LINES = {
    "problem": ("circle-alert", "red", "red"),
    "doubt": ("triangle-alert", "amber", "amber"),
    "understood": ("check", "green", "ink2"),
    "help": ("", "", "ink3"),
}
"""Kind of line: icon, its colour, colour of the words; in the order of importance."""


class FieldFrame(QWidget):
    """Label, input and one line below, `note` when nothing else is said.

    `name` becomes the object name of the input, `<name>/problem` that of the problem.
    """

    def __init__(
        self,
        name: str,
        label: Words,
        input_: Input,
        *,
        note: Words = "",
        optional: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.name = name
        self.input = input_
        self._label: Words = label
        self._said: dict[str, Words] = dict.fromkeys(_LINES, "")
        self._said["help"] = note
        self.input.edit.setObjectName(name)
        self.problem = Label(role="second", ink="red", wrap=True)
        self.problem.setObjectName(f"{name}/problem")
        self._line = Label(role="second", ink="ink3", wrap=True)
        self._icon = Picture("info", "ink3", 14)
        self._build(optional)
        i18n.current().changed.connect(self.retranslate)
        self._show_line()
        self.retranslate()

    def set_problem(self, words: Words | None) -> None:
        """Say what is wrong; None takes it back."""
        self._set("problem", words)

    def set_doubt(self, words: Words | None) -> None:
        """Say what looks strange but is allowed; None takes it back."""
        self._set("doubt", words)

    def set_understood(self, words: Words | None) -> None:
        """Say how the text was read; None takes it back."""
        self._set("understood", words)

    def set_help(self, words: Words) -> None:
        """Say what belongs here."""
        self._set("help", words)

    def has_problem(self) -> bool:
        """Tell whether a problem is shown."""
        return bool(self._said["problem"])

    def set_label(self, label: Words) -> None:
        """Name the field otherwise."""
        self._label = label
        self._head.say(label)
        self.retranslate()

    def retranslate(self) -> None:
        """Name the input for a screen reader, in the language in use."""
        self.input.edit.setAccessibleName(i18n.tr(self._label))
        self._describe()

    def _build(self, optional: bool) -> None:
        self._head = Label(self._label, "second_medium")
        self._head.setBuddy(self.input.edit)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._head)
        if optional:
            head.addWidget(Label(_OPTIONAL, "caption", "ink3"))
        head.addStretch(1)
        self._below = QWidget()
        below = QHBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(6)
        icon_column = QVBoxLayout()
        icon_column.setContentsMargins(0, 1, 0, 0)
        icon_column.addWidget(self._icon)
        icon_column.addStretch(1)
        below.addLayout(icon_column)
        below.addWidget(self.problem, 1)
        below.addWidget(self._line, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.input)
        column.addWidget(self._below)

    def _set(self, kind: str, words: Words | None) -> None:
        self._said[kind] = words or ""
        self._show_line()
        self._describe()

    def _kind(self) -> str:
        return next((kind for kind in _LINES if self._said[kind]), "help")

    def _show_line(self) -> None:
        kind = self._kind()
        icon, token, ink = _LINES[kind]
        wrong = kind == "problem"
        self.problem.say(self._said["problem"])
        self.problem.setVisible(wrong)
        self._line.setVisible(not wrong)
        self._line.set_ink(ink)
        self._line.say("" if wrong else self._said[kind])
        self._icon.setVisible(bool(icon))
        if icon:
            self._icon.show_icon(icon, token)
        self._below.setVisible(bool(self._said[kind]))
        self.input.set_tone(kind if kind in {"problem", "doubt"} else "")

    def _describe(self) -> None:
        self.input.edit.setAccessibleDescription(i18n.tr(self._said[self._kind()]))
