"""The card of an operation: its figure, its state, what has to be told about it, the facts, and what happened.

It shows a `services.operations.Card` and says by signals what a person wants done; it does none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.endpoint import Kind
from console.domain.text import Text, mark
from console.domain.wording import kind_word
from console.services.operations import Deed
from console.ui import formats, i18n
from console.ui.controls import card as box
from console.ui.controls.badge import Badge
from console.ui.controls.button import Button, IconButton
from console.ui.controls.card import Scroll
from console.ui.controls.label import Label, Line
from console.ui.controls.timeline import Step, Timeline
from console.ui.i18n import Words
from console.ui.pages.card_buttons import ButtonRows
from console.ui.pages.card_facts import CardFacts
from console.ui.pages.card_notice import CardNotice
from console.ui.pages.operations_columns import in_sentence

if TYPE_CHECKING:
    from console.services.operations import Card, Revealed
    from console.services.timeline import Step as Told

_KIND = Text("", "{kind}, {method}")
_HAPPENED = mark("operations", "What happened")
_NEXT = mark("operations", "Next check")
_IN = mark("operations", "in {time}")
_NOW = mark("operations", "now")
_CLOSE_CARD = mark("operations", "Close the card")
_RECORDS = mark("operations", "Records in the journal")
_RECEIPT = mark("operations", "Copy the receipt")
_REPORT = mark("operations", "Report for support")
_DUPLICATE = {
    Kind.PAYOUT: mark("operations", "New payout from this"),
    Kind.PAYMENT: mark("operations", "New payment from this"),
}
_ASKING = mark("operations", "Asking…")

_DEEDS: dict[Deed, tuple[Text, str]] = {
    Deed.CHECK: (mark("operations", "Check now"), "refresh-cw"),
    Deed.RESEND: (mark("operations", "Send again"), "send"),
    Deed.CORRECT: (mark("operations", "Correct"), "pencil"),
    Deed.RESOLVE: (mark("operations", "Support's answer"), "badge-check"),
    Deed.CLOSE: (mark("operations", "Close"), "archive"),
    Deed.LIFT: (mark("operations", "Lift the mark"), "check"),
    Deed.SHOW: (mark("operations", "For the payer"), "qr-code"),
}
"""In the order of the buttons."""


class OperationCard(box.Card):
    """The card. `deed_asked(Deed)` comes from the buttons, the other signals from what else stands on it."""

    deed_asked = Signal(object)
    reveal_asked = Signal()
    hide_asked = Signal()
    receipt_asked = Signal()
    report_asked = Signal()
    duplicate_asked = Signal()
    records_asked = Signal()
    closed = Signal()
    copied = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.setObjectName("operations/card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, on=False)
        self._inner = QWidget()
        self._body: QVBoxLayout = QVBoxLayout(self._inner)
        self._body.setSpacing(10)
        self._scroll = Scroll(self._inner)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._on_range)
        self._on_range(0, 0)
        self.column.setContentsMargins(1, 1, 1, 1)
        self.column.addWidget(self._scroll)
        self.card: Card | None = None
        self.buttons: dict[Deed, Button] = {}
        self._facts: CardFacts | None = None
        self._notice: CardNotice | None = None
        self._timeline: Timeline | None = None

    def show_card(self, card: Card, seconds: float | None) -> None:
        """Show everything about an operation; `seconds` until the next check, None where none is planned."""
        other = self.card is None or self.card.row.order_id != card.row.order_id
        spot = 0 if other else self._scroll.verticalScrollBar().value()
        self._clear()
        self.card = card
        self._body.addLayout(self._head(card))
        figure = Label(formats.money(card.row.money), "figure", select=True)
        figure.setObjectName("operations/card/amount")
        self._body.addWidget(figure)
        self._body.addWidget(self._badges(card))
        self._add_notice(card, seconds)
        self._body.addSpacing(2)
        self._body.addWidget(Line())
        self._facts = CardFacts(card)
        self._facts.reveal_asked.connect(self.reveal_asked)
        self._facts.hide_asked.connect(self.hide_asked)
        self._facts.copied.connect(self.copied)
        self._body.addWidget(self._facts)
        self._body.addWidget(Line())
        self._add_timeline(card, seconds)
        self._body.addSpacing(2)
        self._body.addWidget(Line())
        self._body.addWidget(self._foot(card))
        self._body.addStretch(1)
        self._scroll.verticalScrollBar().setValue(spot)

    def count_down(self, seconds: float | None) -> None:
        """Say when the gateway is asked next."""
        if self._notice is not None:
            self._notice.count_down(seconds)
        if self._timeline is not None and self._counts:
            self._timeline.say_time(_when(seconds))

    def set_busy(self, deed: Deed, *, busy: bool) -> None:
        """Show that a deed is under way."""
        button = self.buttons.get(deed)
        if button is not None:
            button.set_busy(_ASKING if busy else None)

    def reveal(self, revealed: Revealed) -> None:
        """Show the whole number until `cover`."""
        if self._facts is not None and self.card is not None and self.card.row.order_id == revealed.order_id:
            self._facts.reveal(revealed)

    def cover(self) -> None:
        """Mask the number again."""
        if self._facts is not None:
            self._facts.cover()

    def go_in(self) -> None:
        """Put the focus on the first button."""
        first = next(iter(self.buttons.values()), None) or self.findChild(IconButton, "operations/card/close")
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    _counts = False

    def _on_range(self, _: int, last: int) -> None:
        """Give the scroll bar the room of the margin, so that nothing is laid out anew when it comes."""
        self._body.setContentsMargins(17, 14, 5 if last else 17, 16)

    def _clear(self) -> None:
        self.buttons = {}
        self._notice = None
        _empty(self._body)

    def _head(self, card: Card) -> QHBoxLayout:
        kind = kind_word(card.row.kind)
        method = "" if card.method is None else in_sentence(i18n.tr(card.method.short))
        words: Words = _KIND.with_(kind=kind, method=method) if method else kind
        row = QHBoxLayout()
        row.setSpacing(2)
        row.addWidget(Label(words, "second", "ink2"), 1)
        for icon, title, name, signal in (
            ("scroll-text", _RECORDS, "operations/card/records", self.records_asked),
            ("x", _CLOSE_CARD, "operations/card/close", self.closed),
        ):
            button = IconButton(icon, title, name=name)
            button.clicked.connect(signal)
            row.addWidget(button)
        return row

    def _badges(self, card: Card) -> QWidget:
        badges = [Badge(card.row.state.value, card.row.kind.value, name="operations/card/state")]
        if card.row.is_disputed:
            badges.insert(0, Badge("disputed", name="operations/card/disputed"))
        return ButtonRows(badges)

    def _add_notice(self, card: Card, seconds: float | None) -> None:
        buttons = [self._deed(deed) for deed in _DEEDS if deed in card.deeds]
        if _needs_report(card):
            buttons.insert(0, self._report("primary" if card.is_long else "secondary", "small"))
        if card.notice is not None:
            self._notice = CardNotice(card.notice, buttons, seconds)
            self._body.addWidget(self._notice)
        elif buttons:
            self._body.addWidget(ButtonRows(buttons))

    def _deed(self, deed: Deed) -> Button:
        words, icon = _DEEDS[deed]
        name = _NAMES.get(deed, f"operations/{deed.value}")
        second = deed in _SECOND
        button = Button(words, "quiet" if second else "secondary", size="small", icon="" if second else icon, name=name)
        button.clicked.connect(lambda: self.deed_asked.emit(deed))
        self.buttons[deed] = button
        return button

    def _add_timeline(self, card: Card, seconds: float | None) -> None:
        self._body.addWidget(Label(_HAPPENED, "second_strong", "ink2"))
        steps = [_step(each) for each in card.steps]
        self._counts = seconds is not None
        if self._counts:
            steps.append(Step("refresh-cw", "grey", _NEXT, _when(seconds)))
        self._timeline = Timeline(steps)
        self._body.addWidget(self._timeline)

    def _foot(self, card: Card) -> QWidget:
        receipt = Button(_RECEIPT, "quiet", size="row", icon="copy", name="operations/receipt")
        duplicate = Button(_DUPLICATE[card.row.kind], "quiet", size="row", icon="plus", name="operations/duplicate")
        receipt.clicked.connect(self.receipt_asked)
        duplicate.clicked.connect(self.duplicate_asked)
        buttons = [receipt, duplicate] if _needs_report(card) else [receipt, self._report("quiet", "row"), duplicate]
        return ButtonRows(buttons)

    def _report(self, role: str, size: str) -> Button:
        button = Button(_REPORT, role, size=size, icon="copy", name="operations/report")
        button.clicked.connect(self.report_asked)
        return button


_SECOND = frozenset({Deed.RESOLVE, Deed.CLOSE, Deed.LIFT})
"""Deeds that stand behind another one."""
_NAMES = {Deed.SHOW: "operations/payer"}


def _needs_report(card: Card) -> bool:
    """Whether the gateway's support is to be asked now."""
    return card.is_long or card.row.is_disputed


def _step(told: Told) -> Step:
    return Step(told.icon, told.tone, told.title, formats.time(told.at), told.detail or "")


def _when(seconds: float | None) -> Words:
    if seconds is None:
        return ""
    return _NOW if seconds < 1 else _IN.with_(time=formats.duration(seconds))


def _empty(layout: QVBoxLayout | QHBoxLayout) -> None:
    """Take everything out of a layout, with what stands in the layouts inside it."""
    while (item := layout.takeAt(0)) is not None:
        inner = item.layout()
        if isinstance(inner, QVBoxLayout | QHBoxLayout):
            _empty(inner)
        elif (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
