"""The kinds of trouble, chosen by what happened to the money and never by what raised.

Anything that is none of these is a bug and reaches the crash dialog.
"""

from __future__ import annotations

from console.domain.text import Text


class Trouble(Exception):
    """Trouble with a `code` (as in `console.domain.sentences`) and the values its sentences name."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class Invalid(Trouble):
    """A value that cannot be used; `text` is shown at its field. Nothing left this machine."""

    def __init__(self, text: Text, field: str = "") -> None:
        super().__init__("E-INPUT", text=text)
        self.text = text
        self.field = field


class Unavailable(Trouble):
    """Something is missing or out of reach; nothing left this machine, and it can be tried again."""


class Refused(Trouble):
    """The gateway said no: its code, our words."""


class OutcomeUnknown(Trouble):
    """A request left and nothing proves what became of it: never sent again, only asked about."""


class Stopped(Trouble):
    """Long work was ended from outside: whoever ended it knows, and nobody else is told."""

    def __init__(self) -> None:
        super().__init__("E-INTERRUPTED")
