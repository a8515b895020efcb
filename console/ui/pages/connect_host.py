"""Which gateway an account is at: one of the documented hosts, or another, which is typed and typed once more.

It shows and asks; `console.services.connect` knows the rules.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.domain.environment import DOCUMENTED_HOSTS
from console.domain.text import mark
from console.ui.controls.card import column
from console.ui.controls.field import FieldFrame
from console.ui.controls.inputs import TextInput
from console.ui.controls.label import Label
from console.ui.controls.segments import Segments
from console.ui.controls.warning import WarningPanel

_HOST = mark("connect_page", "Gateway host")
_OTHER = mark("connect_page", "Another…")
_OTHER_HOST = mark("connect_page", "Another host")
_OTHER_NOTE = mark("connect_page", "The host alone, with its port if it has one of its own")
_RISK = mark("connect_page", "This address will be able to repeat your signed requests on the real gateway.")
_RISK_MORE = mark("connect_page", "It is not one of the documented hosts. Type it once more if you mean it.")
_AGAIN = mark("connect_page", "The host once more")
ANOTHER = "another"


class HostPart(QWidget):
    """`chosen` comes with another choice. `host` and `typed` are the fields of a host that is not documented."""

    chosen = Signal()

    def __init__(self, needs_typed_host: Callable[[str], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._needs_typed_host = needs_typed_host
        documented = sorted(DOCUMENTED_HOSTS)
        self.choice = Segments(
            _HOST,
            [*((host.rpartition(".")[2], host) for host in documented), (ANOTHER, _OTHER)],
            documented[0].rpartition(".")[2],
            name="connect/gateway",
        )
        self._hosts = {host.rpartition(".")[2]: host for host in documented}
        self.host = FieldFrame("connect/host", _OTHER_HOST, TextInput(), note=_OTHER_NOTE)
        self.typed = FieldFrame("connect/host/again", _AGAIN, TextInput())
        self._risk = WarningPanel("strong", _RISK, _RISK_MORE)
        self._risk.column.addWidget(self.typed)
        parts = QVBoxLayout(self)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(14)
        parts.addWidget(column(Label(_HOST, "second_medium"), self.choice, spacing=6))
        parts.addWidget(self.host)
        parts.addWidget(self._risk)
        self.choice.changed.connect(self._on_chosen)
        self.show_risk()
        self.host.hide()

    def text(self) -> str:
        """Return the host that was chosen, or typed."""
        value = self.choice.value()
        return self.host.input.text() if value == ANOTHER else self._hosts[value]

    def show_risk(self) -> None:
        """Show what a host that is not documented means, and where it is typed again."""
        self._risk.setVisible(self.is_risk())

    def is_risk(self) -> bool:
        """Tell whether the host has to be typed once more."""
        return self._needs_typed_host(self.text())

    def misses_typed(self) -> bool:
        """Tell whether what was typed again is something else."""
        return self.typed.input.text().strip().lower() != self.text().strip().lower()

    def _on_chosen(self, value: str) -> None:
        self.host.setVisible(value == ANOTHER)
        self.show_risk()
        if value == ANOTHER:
            self.host.input.edit.setFocus()
        self.chosen.emit()
