"""Banners over a form, a review or a result: trouble in its three parts, and a refusal with the gateway's words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from console.domain.sentence import MoneyLine, Sentence
from console.domain.sentences import sentence, told
from console.domain.states import State
from console.domain.text import Text, mark
from console.domain.trouble import Trouble
from console.domain.wording import duration, fields_words
from console.services.reviews import Problems
from console.ui import clipboard
from console.ui.controls.banner import ErrorBanner
from console.ui.controls.button import Button
from console.ui.controls.dialog import Dialog
from console.ui.pages.result_words import TONES

if TYPE_CHECKING:
    from console.services.reviews import Review
    from console.services.submit import Sent

Errors = Mapping[str, tuple[str, ...]]
"""The gateway's words by field; the key "" holds those that name no field."""

_COPY = mark("order", "Copy the answer")
_OPEN = mark("order", "Open in operations")
_WORDS = mark("order", "The gateway: “{words}”")
_OTHER = mark("order", "The gateway on “{name}”: “{words}”")
_THREE = Text("", "{what} {money} {do}")
_TWO = Text("", "{what} {do}")
_MORE = Text("", "{first}\n{then}")
_NEW_ID = mark("order", "A new number: the gateway has seen the old one, {order}.")
_LEAVE = mark("order", "Leave now")
_WAIT = mark("order", "Wait")
LONGEST = 61.0
"""Seconds that a create takes at most (failure model 2.4)."""
_NO_MONEY = mark("order", "Nothing was sent.")
_DISK = mark("order", "the disk did not take it")


def is_told(error: BaseException) -> bool:
    """Whether the error is trouble that a page tells; anything else is a bug."""
    return isinstance(error, Trouble | Problems)


def sentence_of(error: BaseException) -> Sentence:
    """Return the sentence of trouble that was met before anything was sent."""
    if isinstance(error, Problems):
        error = next(iter(error.problems.values()))
    assert isinstance(error, Trouble)
    return told(error).about(MoneyLine.NOT_SENT)


def sentence_about(error: BaseException) -> Sentence:
    """Return the sentence of trouble with a question or a look: it says nothing about the money, which the order does."""
    assert isinstance(error, Trouble)
    return told(error).about(None)


def trouble_banner(about: Sentence) -> ErrorBanner:
    """Return the banner of a sentence."""
    money = about.money.text if about.money is not None else ""
    return ErrorBanner(TONES[about.tone], about.title, about.what, money, about.do)


def lost_outcome(done: Sent) -> Sentence:
    """Return the sentence of an outcome that is known and could not be kept; only an id says that the gateway has it."""
    facts = {"order": done.row.order_id, "id": done.verdict.gateway_id or "—", "why": _DISK}
    if done.verdict.gateway_id is not None:
        return sentence("E-DISK-OUTCOME", done.row.kind).with_(facts)
    money = {State.NOT_SENT: MoneyLine.NOT_SENT}.get(done.verdict.state, MoneyLine.UNKNOWN)
    return sentence("E-DISK-ENDED", done.row.kind).with_(facts).about(money)


def refusal_banner(
    review: Review, errors: Errors, shown: Collection[str], to_open: Callable[[], object]
) -> ErrorBanner:
    """Return the banner of a refusal; words about fields that are not `shown` in the form stand in it.

    `to_open` shows the refused order, which stays in the table.
    """
    about = sentence("E-REJECTED", review.method.kind)
    named = [name for name in errors if name]
    fields: object = fields_words(named) if named else "—"
    about = about.with_({"order": review.order_id, "fields": fields})
    money = about.money.text if about.money is not None else _NO_MONEY
    words = _THREE.with_(what=about.what, money=money, do=about.do)
    for name in errors:
        if name not in shown:
            words = _MORE.with_(first=words, then=_said(name, errors[name]))
    button = Button(_COPY, "quiet", size="small", icon="copy", name="order/copy_answer")
    answer = "\n".join(f"{name}: {' '.join(said)}".removeprefix(": ") for name, said in errors.items())
    button.clicked.connect(lambda: clipboard.copy(answer, clipboard.LONG))
    link = Button(_OPEN, "quiet", size="small", icon="list", name="order/open_refused")
    link.clicked.connect(to_open)
    return ErrorBanner("refused", about.title, words, buttons=(link, button))


def leaving_dialog(window: QWidget) -> Dialog:
    """Return the question before the console closes while an order is being sent; `leave` is the answer that closes."""
    about = sentence("E-CLOSE").with_({"n": 1, "t": duration(LONGEST)})
    text = _TWO.with_(what=about.what, do=about.do)
    return Dialog(about.title, text, (("leave", _LEAVE), ("wait", _WAIT)), window)


def refusal_words(errors: Errors) -> dict[str, Text]:
    """Return the gateway's words by field, as they stand below the fields."""
    return {name: _said("", said) for name, said in errors.items() if name}


def new_id_words(order_id: str) -> Text:
    """Return why a refused order got another id."""
    return _NEW_ID.with_(order=order_id)


def _said(name: str, words: tuple[str, ...]) -> Text:
    said = " ".join(words)
    return _OTHER.with_(name=name, words=said) if name else _WORDS.with_(words=said)
