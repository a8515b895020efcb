"""What the payer must be shown: link with its code, card, phone, account, holder, the exact sum, and one ready text.

Everything is shown as the gateway wrote it, also where its form is not the documented one; then a note says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from console.domain.method import Form
from console.domain.money import Money
from console.domain.text import mark
from console.ui import clipboard, formats, i18n
from console.ui.controls.button import Button
from console.ui.controls.card import Card, row
from console.ui.controls.dialog import Dialog
from console.ui.controls.field import FieldFrame
from console.ui.controls.inputs import TextInput
from console.ui.controls.label import Label, Line
from console.ui.controls.paint import Align
from console.ui.controls.payer import QrBlock, ValueToShow
from console.ui.controls.warning import WarningPanel

if TYPE_CHECKING:
    from console.services.receipt import ShownValue

_SHOW = mark("result", "Show the payer")
_SEND_LINK = mark("result", "Send the payer the link")
_COPY_LINK = mark("result", "Copy the link")
_OPEN = mark("result", "Open in the browser")
_CAMERA = mark("result", "Point the phone's camera here")
_TO_PAY = mark("result", "To pay")
_EXACTLY = mark("result", "Exactly this amount")
_TEXT = mark("result", "Text for the payer")
_COPY_TEXT = mark("result", "Copy for the payer")
_COPIED = mark("result", "Copied; the clipboard is cleared in 2 minutes")
_ASK_TITLE = mark("result", "Open this page in the browser?")
_ASK = mark("result", "The page is on {host}. Whoever opens it can pay.")
_YES = mark("result", "Open")
_NO = mark("result", "Cancel")
_UNSAFE = mark("result", "This link is not opened here")
_UNSAFE_WHY = mark("result", "It does not begin with https://. It is shown as the gateway wrote it; ask its support.")
_ODD = mark("result", "The value has another form than documented")
_ODD_WHY = mark("result", "It is shown as the gateway wrote it. If the payer cannot use it, ask the gateway's support.")

_LARGE = {Form.CARD, Form.PHONE, Form.ACCOUNT}
_NAMES = {**dict.fromkeys(_LARGE, "result/number"), Form.HOLDER: "result/holder"}


class PayerPanel(QWidget):
    """The values, the sum and the ready text; `copied(Words)` tells what was copied."""

    copied = Signal(object)

    def __init__(
        self,
        shown: tuple[ShownValue, ...],
        amount: Money,
        text: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._amount = amount
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        links = [each for each in shown if each.shown.form is Form.LINK]
        values = [each for each in shown if each.shown.form is not Form.LINK]
        for link in links:
            column.addWidget(self._link(link, with_sum=not values))
        if values:
            column.addWidget(self._values(values))
        for odd in (each for each in values if not each.shown.is_expected(each.value)):
            column.addWidget(WarningPanel("warning", odd.shown.label, _ODD_WHY))
        if text:
            column.addWidget(self._text(text))

    def set_narrow(self, narrow: bool) -> None:
        """Put the code above the link in a narrow window."""
        for box in self.findChildren(_LinkBox):
            box.set_narrow(narrow)

    def _link(self, link: ShownValue, *, with_sum: bool) -> Card:
        card = Card(padding=24, radius=12)
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addWidget(Label(_SEND_LINK, "second_strong", "ink2"))
        address = TextInput(mono=True)
        address.set_text(link.value)
        address.set_read_only(True)
        address.edit.setCursorPosition(0)
        right.addWidget(FieldFrame("result/url", link.shown.label, address))
        safe = link.shown.is_expected(link.value)
        to_copy = Button(_COPY_LINK, "primary", icon="copy", name="result/copy_link")
        to_copy.clicked.connect(lambda: self._on_copy(link.value))
        to_open = Button(_OPEN, icon="external-link", name="result/open")
        to_open.clicked.connect(lambda: self._on_open(link.value))
        to_open.setEnabled(safe)
        right.addWidget(row(to_copy, to_open, 1))
        if not safe:
            right.addWidget(WarningPanel("warning", _UNSAFE, _UNSAFE_WHY))
        if with_sum:
            right.addSpacing(6)
            right.addWidget(Line())
            right.addSpacing(2)
            right.addWidget(Label(_TO_PAY, "second", "ink2"))
            right.addWidget(Label(formats.money(self._amount), "value", select=True))
        right.addStretch(1)
        card.column.addWidget(_LinkBox(QrBlock(link.value), right))
        return card

    def _values(self, values: list[ShownValue]) -> Card:
        card = Card(_SHOW, padding=24, spacing=12, radius=12)
        for number, each in enumerate(values):
            if number:
                card.column.addWidget(Line())
            large = each.shown.form in _LARGE and each.shown.is_expected(each.value)
            name = _NAMES[each.shown.form]
            self._add(card, ValueToShow(each.shown.label, each.grouped, each.value, large=large, name=name))
        card.column.addWidget(Line())
        plain = self._amount.wire().replace(".", "," if i18n.current().code == "ru" else ".")
        amount = ValueToShow(_EXACTLY, formats.money(self._amount), plain, name="result/amount")
        self._add(card, amount)
        return card

    def _add(self, card: Card, value: ValueToShow) -> None:
        value.copied.connect(lambda: self.copied.emit(_COPIED))
        card.column.addWidget(value)

    def _text(self, text: str) -> Card:
        card = Card(fill="sunken", padding=24, radius=12)
        button = Button(_COPY_TEXT, "quiet", size="small", icon="copy", name="result/copy")
        button.clicked.connect(lambda: self._on_copy(text))
        card.column.addWidget(row(Label(_TEXT, "second_strong", "ink2"), 1, button))
        words = Label(text.strip(), "body", wrap=True, select=True)
        words.setObjectName("result/text")
        card.column.addWidget(words)
        return card

    def _on_copy(self, text: str) -> None:
        clipboard.copy(text, clipboard.LONG)
        self.copied.emit(_COPIED)

    def _on_open(self, address: str) -> None:
        url = QUrl(address)
        if url.scheme() != "https":
            return
        text = _ASK.with_(host=url.host(QUrl.ComponentFormattingOption.FullyEncoded))
        dialog = Dialog(_ASK_TITLE, text, (("open", _YES), ("no", _NO)), self.window())
        dialog.finished.connect(lambda: QDesktopServices.openUrl(url) if dialog.answer == "open" else None)
        dialog.open()


class _LinkBox(QWidget):
    """The code beside the link, or above it where there is no room."""

    def __init__(self, code: QrBlock, right: QVBoxLayout) -> None:
        super().__init__()
        left = QWidget()
        left.setFixedWidth(code.width())
        below = QVBoxLayout(left)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(8)
        below.addWidget(code)
        below.addWidget(Label(_CAMERA, "second", "ink2"), 0, Align.AlignHCenter)
        below.addStretch(1)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(28)
        self._box.addWidget(left)
        self._box.addLayout(right, 1)

    def set_narrow(self, narrow: bool) -> None:
        self._box.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
