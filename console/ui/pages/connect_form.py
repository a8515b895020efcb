"""The form that connects an account: what is typed, the certificates, and what is wrong with either at its place.

It shows and tells; `console.services.connect` knows the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.endpoint import Kind
from console.domain.sentences import told
from console.domain.text import mark
from console.domain.trouble import Invalid, Trouble
from console.ui.controls.banner import ErrorBanner
from console.ui.controls.bars import ActionBar, PageHead
from console.ui.controls.button import Button
from console.ui.controls.card import Fold
from console.ui.controls.field import FieldFrame
from console.ui.controls.form import FormLayout, SidePanel
from console.ui.controls.inputs import TextInput
from console.ui.controls.label import Label
from console.ui.controls.warning import WarningPanel
from console.ui.jobs import Jobs
from console.ui.pages.connect_cards import CertificateCard, RootCard
from console.ui.pages.connect_host import HostPart
from console.ui.pages.result_words import TONES
from console.ui.shell.room import Room

if TYPE_CHECKING:
    from console.services.certificates import Certificate
    from console.services.connect import Lost

_TITLE = mark("connect_page", "Connect an account")
_SENTENCE = mark("connect_page", "Nothing is created and nothing is paid here.")
_NAME = mark("connect_page", "Name")
_NAME_NOTE = mark("connect_page", "As you want to see it on every page, for example your company's name")
_UUID = mark("connect_page", "Account UUID")
_UUID_NOTE = mark("connect_page", "It stands in the cabinet, in the accounts of the project")
_CERTIFICATES = mark("connect_page", "Certificates")
_ONE = mark("connect_page", "One is enough: the other direction is not offered then.")
_MORE = mark("connect_page", "More")
_SAVE = mark("connect_page", "Connect")
_SAVING = mark("connect_page", "Connecting…")
_CANCEL = mark("connect_page", "Cancel")
_WHERE = mark("connect_page", "Where it goes")
_WHERE_IS = mark(
    "connect_page",
    "UUID, host and passwords go to the system's password store and to no file. The keys lie encrypted in the console's "
    "folder, for you alone.",
)
_PAIRS = mark("connect_page", "Two different pairs")
_PAIRS_ARE = mark(
    "connect_page",
    "The cabinet makes one pair for payments and one for payouts, and shows each password once. After making a pair, "
    "press Save there.",
)


class ConnectForm(QWidget):
    """`saved` comes with *Connect*, `cancelled` with *Cancel*; `needs_typed_host` tells of a host that is not documented."""

    saved = Signal()
    cancelled = Signal()

    def __init__(
        self,
        jobs: Jobs,
        needs_typed_host: Callable[[str], bool],
        now: Callable[[], datetime],
        again: Lost | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.name = FieldFrame("connect/name", _NAME, TextInput(), note=_NAME_NOTE)
        self.uuid = FieldFrame("connect/uuid", _UUID, TextInput(mono=True), note=_UUID_NOTE)
        self.where = HostPart(needs_typed_host)
        self.where.chosen.connect(self._on_edited)
        self.cards = {kind: CertificateCard(kind, jobs) for kind in (Kind.PAYOUT, Kind.PAYMENT)}
        self.root = RootCard(jobs, now)
        if again is not None:
            self.name.input.set_text(again.name)
        self._save = Button(_SAVE, "primary", name="connect/save")
        self._save.clicked.connect(self.saved)
        self._cancel = Button(_CANCEL, "quiet", name="connect/cancel")
        self._cancel.clicked.connect(self.cancelled)
        self._fields = (self.name, self.uuid, self.where.host, self.where.typed)
        for field in self._fields:
            field.input.edited.connect(self._on_edited)
        self._layout = self._build()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self._layout)
        self._on_edited()

    def texts(self) -> dict[str, str]:
        """Return what was typed: name, host, uuid, typed_host."""
        return {
            "name": self.name.input.text(),
            "host": self.where.text(),
            "uuid": self.uuid.input.text(),
            "typed_host": self.where.typed.input.text(),
        }

    def certificates(self) -> dict[Kind, Certificate]:
        """Return the certificates that opened."""
        return {kind: card.value for kind, card in self.cards.items() if card.value is not None}

    def show_problems(self, problems: Mapping[str, Invalid]) -> None:
        """Say each problem at its field, and go to the first."""
        places: dict[str, FieldFrame] = {field.name: field for field in self._fields}
        first: QWidget | None = None
        for name, problem in problems.items():
            field = places.get(name)
            if field is self.where.host and self.where.is_risk() and self.where.misses_typed():
                field = self.where.typed
            if field is not None:
                field.set_problem(problem.text)
                first = first or field.input.edit
            else:
                kind = Kind.PAYMENT if name == "connect/payment" else Kind.PAYOUT
                self.cards[kind].set_problem(problem.text)
                first = first or self.cards[kind]
        if first is not None:
            first.setFocus()
            self._layout.area.ensureWidgetVisible(first)

    def show_trouble(self, trouble: Trouble | None) -> None:
        """Say over the form why the account could not be stored; None takes that back."""
        while (item := self._above.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if trouble is not None:
            said = told(trouble)
            self._above.addWidget(ErrorBanner(TONES[said.tone], said.title, said.what, "", said.do))
            self._layout.area.verticalScrollBar().setValue(0)

    def set_busy(self, busy: bool) -> None:
        """Show that the account is being stored."""
        self._save.set_busy(_SAVING if busy else None)

    def set_room(self, room: Room) -> None:
        """Arrange for a width of the window."""
        self._layout.set_narrow(room is Room.NARROW)

    def go_to_start(self) -> None:
        """Put the focus where typing begins."""
        self.name.input.edit.setFocus()

    def _build(self) -> FormLayout:
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(18)
        self._above = QVBoxLayout()
        column.addLayout(self._above)
        for part in (self.name, self.uuid, self.where):
            column.addWidget(part)
        heading = QVBoxLayout()
        heading.setSpacing(1)
        heading.addWidget(Label(_CERTIFICATES, "section"))
        heading.addWidget(Label(_ONE, "second", "ink2", wrap=True))
        column.addLayout(heading)
        cards = QHBoxLayout()
        cards.setSpacing(16)
        for card in self.cards.values():
            card.changed.connect(self._on_card)
            cards.addWidget(card, 1)
        column.addLayout(cards)
        column.addWidget(Fold(_MORE, self.root, name="connect/more", flush=True))
        side = SidePanel(WarningPanel("hint", _WHERE, _WHERE_IS, icon="lock"), WarningPanel("hint", _PAIRS, _PAIRS_ARE))
        layout = FormLayout(form, side, ActionBar((self._save, self._cancel)), PageHead(_TITLE, _SENTENCE))
        layout.strip.set_warning(_WHERE, "hint")
        return layout

    def _on_edited(self) -> None:
        for field in self._fields:
            field.set_problem(None)
        self.where.show_risk()

    def _on_card(self) -> None:
        for card in self.cards.values():
            if card.value is not None or not card.paths:
                card.set_problem("")
