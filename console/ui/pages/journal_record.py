"""The panel of one record: what it says in clear, its request and its answer, masked until a person wants them whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.text import Text, mark
from console.ui import clipboard, formats, i18n
from console.ui.controls.button import Button, IconButton
from console.ui.controls.card import Card, Scroll, row
from console.ui.controls.facts import FactList
from console.ui.controls.label import Label, Line
from console.ui.controls.payer import BodyBlock
from console.ui.controls.picture import Picture
from console.ui.i18n import Words

if TYPE_CHECKING:
    from console.services.records import Record

_TITLE = mark("journal", "Record {n}")
_TIME = mark("journal", "{time} MSK")
_ADDRESS = mark("journal", "Address")
_ANSWER_LINE = mark("journal", "Answer")
_STATUS = mark("journal", "{status}, {ms}, {n} byte", "{status}, {ms}, {n} bytes")
_NO_ANSWER = mark("journal", "none")
_SIGNATURE = mark("journal", "Signature")
_VALID = mark("journal", "right, {key}")
_WRONG = mark("journal", "wrong, {key}")
_UNPROVED = mark("journal", "key {key}")
_OPERATION = mark("journal", "Operation")
_OPEN = mark("journal", "Open the operation")
_SAME = mark("journal", "Repeats")
_SAME_AS = mark("journal", "record {n}, nothing new")
_DIGEST = mark("journal", "Digest")
_REQUEST = mark("journal", "Request")
_ANSWER = mark("journal", "Answer")
_HIDDEN = mark("journal", "Not JSON: {n} byte, hidden", "Not JSON: {n} bytes, hidden")
_SHOW = mark("journal", "Show for 10 s")
_HIDE = mark("journal", "Hide")
_COPY = mark("journal", "Copy the record")
_CLOSE = mark("journal", "Close the record")
_COPIED = mark("journal", "Copied for 10 s")

LINES = 40


class RecordPanel(Card):
    """Shows a `services.records.Record`. `reveal_asked` wants it whole, `hide_asked` masked again."""

    reveal_asked = Signal()
    hide_asked = Signal()
    opened = Signal(str)
    closed = Signal()
    copied = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.setObjectName("journal/record")
        inner = QWidget()
        self._body = QVBoxLayout(inner)
        self._body.setSpacing(10)
        self._scroll = Scroll(inner)
        self._scroll.verticalScrollBar().rangeChanged.connect(self._on_range)
        self._on_range(0, 0)
        self.column.setContentsMargins(1, 1, 1, 1)
        self.column.addWidget(self._scroll)
        self._part: QWidget | None = None
        self.record: Record | None = None

    def show_record(self, record: Record) -> None:
        """Show a record in place of the one before."""
        other = self.record is None or self.record.row.seq != record.row.seq
        spot = 0 if other else self._scroll.verticalScrollBar().value()
        if self._part is not None:
            self._part.hide()
            self._part.deleteLater()
        self.record = record
        self._part = self._build(record)
        while self._body.takeAt(0) is not None:
            pass
        self._body.addWidget(self._part)
        self._body.addStretch(1)
        self._scroll.verticalScrollBar().setValue(spot)

    def _on_range(self, _: int, last: int) -> None:
        """Give the scroll bar the room of the margin."""
        self._body.setContentsMargins(17, 14, 5 if last else 17, 16)

    def _build(self, record: Record) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self._head(record))
        at = record.row.at
        time = _TIME.with_(time=f"{formats.date(at)} {formats.time(at, milliseconds=True)}")
        column.addWidget(Label(record.row.title, "body_medium", wrap=True, select=True))
        column.addWidget(Label(time, "second_tabular", "ink2"))
        column.addWidget(self._facts(record))
        if record.has_sealed:
            column.addWidget(Line())
            column.addWidget(self._request_head(record))
            self._add_body(column, _REQUEST, "journal/request", record.request, None)
        if record.answer_bytes is not None:
            column.addWidget(Label(_ANSWER, "second_strong", "ink2"))
            self._add_body(column, _ANSWER, "journal/answer", record.answer, record.answer_bytes)
        return part

    def _head(self, record: Record) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(2)
        line.addWidget(Label(_TITLE.with_(n=formats.number(record.row.seq)), "section"), 1)
        to_copy = IconButton("copy", _COPY, name="journal/record/copy")
        to_copy.clicked.connect(self._on_copy)
        close = IconButton("x", _CLOSE, name="journal/record/close")
        close.clicked.connect(self.closed)
        line.addWidget(to_copy)
        line.addWidget(close)
        return line

    def _facts(self, record: Record) -> FactList:
        facts = FactList(spacing=2, even=True)
        row_ = record.row
        if row_.endpoint:
            facts.add(_ADDRESS, f"POST {row_.endpoint}", role="id_small")
            if _has_ended(record):
                facts.add(_ANSWER_LINE, _answer_words(record), role="second_tabular")
        if record.fingerprint:
            facts.add(_SIGNATURE, _signature(record))
        if row_.order_id:
            facts.add(_OPERATION, self._operation(row_.order_id))
        if record.same_as is not None:
            facts.add(_SAME, _SAME_AS.with_(n=formats.number(record.same_as)))
        for name, value in record.facts:
            facts.add(name, value)
        facts.add(_DIGEST, Label(record.digest, "id_small", elide="middle"))
        return facts

    def _operation(self, order_id: str) -> QWidget:
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        shown = Label(order_id, "id_small", elide="middle")
        shown.setMaximumWidth(shown.fontMetrics().horizontalAdvance(order_id) + 2)
        open_ = IconButton("external-link", _OPEN, side=24, name="journal/record/operation")
        open_.clicked.connect(lambda: self.opened.emit(order_id))
        line.addWidget(shown, 1)
        line.addWidget(open_)
        line.addStretch(0)
        return box

    def _request_head(self, record: Record) -> QWidget:
        words, icon, signal = (_HIDE, "eye-off", self.hide_asked) if record.whole else (_SHOW, "eye", self.reveal_asked)
        button = Button(words, "quiet", size="row", icon=icon, name="journal/reveal")
        button.clicked.connect(signal)
        return row(Label(_REQUEST, "second_strong", "ink2"), 1, button)

    def _add_body(self, column: QVBoxLayout, said: Text, name: str, text: str, size: int | None) -> None:
        if text:
            column.addWidget(BodyBlock(text, said, lines=LINES, name=name))
        elif size:
            column.addWidget(Label(_HIDDEN.of(size), "second", "ink2", wrap=True))
        else:
            column.addWidget(Label(_NO_ANSWER if size == 0 else "—", "second", "ink2"))

    def _on_copy(self) -> None:
        if self.record is not None:
            clipboard.copy(as_text(self.record))
            self.copied.emit(_COPIED)


def as_text(record: Record) -> str:
    """Return a record as a text to be copied, masked as it stands on the screen."""
    row_ = record.row
    at = f"{formats.date(row_.at)} {formats.time(row_.at, milliseconds=True)}"
    lines = [f"{row_.seq}  {at}  {i18n.tr(row_.title)}"]
    if row_.endpoint:
        answer = f": {i18n.tr(_answer_words(record))}" if _has_ended(record) else ""
        lines.append(f"POST {row_.endpoint}{answer}")
    lines += [row_.order_id or "", record.request, record.answer, record.digest]
    return "\n".join(line for line in lines if line) + "\n"


def _has_ended(record: Record) -> bool:
    """Whether the record is about the end of an exchange, and not of a request that was still to be answered."""
    return record.row.status is not None or record.row.duration is not None


def _answer_words(record: Record) -> Words:
    row_ = record.row
    if row_.status is None:
        return _NO_ANSWER
    size = record.answer_bytes or 0
    return _STATUS.of(size).with_(status=row_.status, ms=formats.milliseconds(row_.duration or 0))


def _signature(record: Record) -> QWidget:
    key = short_fingerprint(record.fingerprint or "")
    looks: dict[bool | None, tuple[str, str, Text]] = {
        True: ("circle-check", "green", _VALID),
        False: ("circle-x", "red", _WRONG),
        None: ("key-round", "ink2", _UNPROVED),
    }
    icon, colour, words = looks[record.is_valid]
    return row(Picture(icon, colour, 16), Label(words.with_(key=key), "second"), 1, spacing=7)


def short_fingerprint(fingerprint: str) -> str:
    """Return the beginning and the end of a fingerprint as people compare them: `9C:41…B2:08`."""
    text = fingerprint.upper()
    if len(text) < 8:
        return text
    return f"{text[:2]}:{text[2:4]}…{text[-4:-2]}:{text[-2:]}"
