"""Questions of an operation's card: closing it, recording the support's answer, lifting a mark, showing the payer's values.

They ask for what a deed needs and say at the field what is missing. The deed itself is done by whoever opened them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from console.domain.endpoint import Kind
from console.domain.sentence import MoneyLine, Sentence
from console.domain.sentences import sentence
from console.domain.text import Text, mark
from console.services.settle import Resolution, Word, confirmation_word
from console.ui.controls.card import Scroll
from console.ui.controls.choice import Choice
from console.ui.controls.dialog import Dialog
from console.ui.controls.field import FieldFrame
from console.ui.controls.inputs import TextInput
from console.ui.controls.label import Label
from console.ui.i18n import Words
from console.ui.pages.payer import PayerPanel

if TYPE_CHECKING:
    from console.journal.rows import OperationRow
    from console.services.operations import Card
    from console.services.settle import ResolveGate

_BACK = mark("operations", "Back")
_UNDERSTOOD = mark("operations", "Understood")
_DONE = mark("operations", "Done")
_CLOSE_TITLE = {
    Kind.PAYOUT: mark("operations", "Close payout {order} unsent?"),
    Kind.PAYMENT: mark("operations", "Close payment {order} unsent?"),
}
_CLOSE_TEXT = mark("operations", "It stays in the table and cannot be sent any more. Type {word} to confirm.")
_CLOSE = mark("operations", "Close unsent")
_LIFT_TITLE = mark("operations", "Lift the mark of contradiction?")
_LIFT_TEXT = mark("operations", "The state stays as it is: {state}. Your note stays with the operation for ever.")
_LIFT = mark("operations", "Lift the mark")
_RESOLVE_TITLE = mark("operations", "Support's answer about {order}")
_RESOLVE_TEXT = mark("operations", "What AliKassa's support answered in writing. It stays with the operation for ever.")
_RESOLVE = mark("operations", "Record the answer")
_ANSWER = mark("operations", "The answer")
_CHOOSE = mark("operations", "Choose the answer")
_HAS = mark("operations", "The gateway has it")
_NEVER = mark("operations", "The gateway never had it")
_TYPED = mark("operations", "Confirmation: type {word}")
_NAME = mark("operations", "Your name")
_NOTE = mark("operations", "Note")
_TICKET = mark("operations", "Ticket or letter")
_ID = mark("operations", "Id that the gateway named")
_MISSING = mark("operations", "Fill this in.")
_OTHER_WORD = mark("operations", "These are not the characters {word}.")
_PAYER_TITLE = mark("operations", "For the payer")
_PAYER_TEXT = mark("operations", "As the gateway wrote it. What is copied leaves the clipboard after two minutes.")
_THREE = Text("", "{what} {money} {do}")
_FROM = mark("operations", "It can be recorded from {time}.")
_TWO = Text("", "{what} {do}")

_WIDE = 640


class AskDialog(Dialog):
    """A question with fields; `value(name)` is what was typed. Every field has to be filled, `typed` with the word."""

    def __init__(
        self,
        title: Words,
        text: Words,
        deed: tuple[str, Words],
        fields: Sequence[tuple[str, Words]],
        word: str,
        parent: QWidget,
    ) -> None:
        super().__init__(title, text, (deed, ("back", _BACK)), parent)
        self._word = word
        self.fields: dict[str, FieldFrame] = {}
        self.column.addSpacing(6)
        for name, label in fields:
            self._add(name, label)

    def value(self, name: str) -> str:
        """Return what was typed."""
        return self.fields[name].input.text().strip()

    def needed(self) -> tuple[str, ...]:
        """Return the fields that have to be filled."""
        return tuple(self.fields)

    def allows(self, code: str) -> bool:
        if code == "back":
            return True
        problems = {name: self._problem(name) for name in self.needed()}
        for name, field in self.fields.items():
            field.set_problem(problems.get(name))
        self.grow()
        wrong = next((name for name, problem in problems.items() if problem is not None), None)
        if wrong is not None:
            self.fields[wrong].input.edit.setFocus()
        return wrong is None

    def grow(self) -> None:
        """Be as high as what stands in the dialog now, also where that became less."""
        for _ in range(2):  # lines that came into sight know their height once they have a width
            layout = self.layout()
            assert layout is not None
            layout.activate()
            self.adjustSize()

    def _problem(self, name: str) -> Words | None:
        typed = self.value(name)
        if not typed:
            return _MISSING
        if name == "typed" and typed.casefold() != self._word.casefold():
            return _OTHER_WORD.with_(word=self._word)
        return None

    def _add(self, name: str, label: Words) -> None:
        self.fields[name] = FieldFrame(f"dialog/{name}", label, TextInput(mono=name in {"typed", "gateway_id"}))
        self.column.addWidget(self.fields[name])


class CloseDialog(AskDialog):
    """Asks to confirm that an operation is closed without sending."""

    def __init__(self, row: OperationRow, parent: QWidget) -> None:
        word = confirmation_word(row)
        super().__init__(
            _CLOSE_TITLE[row.kind].with_(order=row.order_id),
            _CLOSE_TEXT.with_(word=word),
            ("close", _CLOSE),
            (("typed", _TYPED.with_(word=word)),),
            word,
            parent,
        )


class LiftDialog(AskDialog):
    """Asks for the note with which the mark *disputed* is lifted."""

    def __init__(self, state: Words, parent: QWidget) -> None:
        fields = (("note", _NOTE), ("name", _NAME))
        super().__init__(_LIFT_TITLE, _LIFT_TEXT.with_(state=state), ("lift", _LIFT), fields, "", parent)


class ResolveDialog(AskDialog):
    """Asks for the support's word (R10): what it was, where it stands, who records it, and the typed confirmation."""

    def __init__(self, row: OperationRow, parent: QWidget) -> None:
        word = confirmation_word(row)
        fields = (
            ("gateway_id", _ID),
            ("ticket", _TICKET),
            ("name", _NAME),
            ("typed", _TYPED.with_(word=word)),
        )
        title = _RESOLVE_TITLE.with_(order=row.order_id)
        super().__init__(title, _RESOLVE_TEXT, ("resolve", _RESOLVE), fields, word, parent)
        choices = ((None, _CHOOSE), (Word.HAS, _HAS), (Word.NEVER, _NEVER))
        self.answered = Choice(_ANSWER, choices, None, name="dialog/answer")
        self.answered.changed.connect(self._on_answered)
        self._missing = Label("", "second", "red", wrap=True)
        self._missing.setObjectName("dialog/answer/problem")
        self._missing.hide()
        self.column.insertWidget(1, Label(_ANSWER, "second_medium"))
        self.column.insertWidget(2, self.answered)
        self.column.insertWidget(3, self._missing)
        self.fields["gateway_id"].hide()

    def resolution(self) -> Resolution:
        """Return what was recorded."""
        word = self.answered.value()
        assert isinstance(word, Word)
        gateway_id = self.value("gateway_id") if word is Word.HAS else ""
        return Resolution(word, self.value("ticket"), self.value("name"), self.value("typed"), gateway_id)

    def needed(self) -> tuple[str, ...]:
        return tuple(name for name in self.fields if name != "gateway_id" or self.answered.value() is Word.HAS)

    def allows(self, code: str) -> bool:
        filled = super().allows(code)
        unanswered = code != "back" and self.answered.value() is None
        self._missing.say(_CHOOSE if unanswered else "")
        self._missing.setVisible(unanswered)
        self.grow()
        return filled and not unanswered

    def _on_answered(self, word: object) -> None:
        self.fields["gateway_id"].setVisible(word is Word.HAS)
        self._missing.hide()
        self.grow()


class PayerDialog(Dialog):
    """What the payer must be shown, large and to be copied, with one ready text."""

    def __init__(self, card: Card, text: str, parent: QWidget) -> None:
        super().__init__(_PAYER_TITLE, _PAYER_TEXT, (("done", _DONE),), parent)
        self.panel = PayerPanel(card.shown, card.row.money, text)
        self.panel.set_narrow(True)
        self.setFixedWidth(min(_WIDE, parent.width() - 48))
        scroll = Scroll(self.panel)
        scroll.setMinimumHeight(min(self.panel.sizeHint().height() + 4, parent.height() - 220))
        self.column.addSpacing(6)
        self.column.addWidget(scroll)


def early_dialog(row: OperationRow, gate: ResolveGate, parent: QWidget) -> Dialog:
    """Return the notice that the support's word cannot be recorded yet."""
    about = sentence("E-RESOLVE", row.kind).about(None)
    if not gate.asks_missing:
        about = replace(about, what=_FROM)
    return trouble_dialog(about.with_({"time": gate.allowed_from or "—", "n": gate.asks_missing}), parent)


def trouble_dialog(told: Sentence, parent: QWidget) -> Dialog:
    """Return a notice of trouble in its three parts."""
    return Dialog(told.title, in_one(told), (("ok", _UNDERSTOOD),), parent)


def in_one(told: Sentence) -> Text:
    """Return the three parts of a sentence in one text."""
    money: MoneyLine | None = told.money
    if money is None:
        return _TWO.with_(what=told.what, do=told.do)
    return _THREE.with_(what=told.what, money=money.text, do=told.do)
