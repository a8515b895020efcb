"""The review: what will be signed, everything doubtful about it, and the one button that sends.

Drawn from the bytes of a `Review` and from nothing of the form. Plain Enter never sends, a held key never sends twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from console.domain.endpoint import Kind
from console.domain.text import mark
from console.ui import i18n, keys
from console.ui.controls.bars import ActionBar, PageHead
from console.ui.controls.button import Button
from console.ui.controls.card import Scroll, clear
from console.ui.i18n import Words
from console.ui.pages.review_summary import Summary
from console.ui.pages.review_warnings import Warnings

if TYPE_CHECKING:
    from console.domain.moment import Moment
    from console.services.reviews import Review
    from console.services.submit import Acknowledgement

_TITLE = {Kind.PAYOUT: mark("review", "Review the payout"), Kind.PAYMENT: mark("review", "Review the payment")}
_AGAIN_TITLE = {
    Kind.PAYOUT: mark("review", "Review the payout and send it again"),
    Kind.PAYMENT: mark("review", "Review the payment and send it again"),
}
_EXACTLY = mark("review", "Exactly what is shown will be signed and sent.")
_SAME = mark("review", "The same order id and the same bytes as before: it cannot become two.")
_BACK = mark("review", "Back")
_SEND = {Kind.PAYOUT: mark("review", "Send {amount}"), Kind.PAYMENT: mark("review", "Create payment {amount}")}
_SENDING = mark("review", "Sending…")
_STOP = mark("review", "Stop waiting")
_PROVE = mark("review", "Check connection")
_PROVING = mark("review", "Checking…")
_AGAIN = mark("review", "Review again")
_ENTER = mark("review", "Enter sends nothing here")
_MISSING = mark("review", "Acknowledge the warnings and give the reasons")
_VOID = mark("review", "The review is out of date")
_SIDE = 380


class SendButton(Button):
    """The button that sends: by click or Ctrl+Enter, never by plain Enter, which some desktops take for a click."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} or event.isAutoRepeat():
            event.ignore()
            return
        super().keyPressEvent(event)


class ReviewPage(QWidget):
    """The page of one review at a time.

    `back`, `sent` (with the acknowledgements), `stopped` (waiting), `proved` (check the connection) and `renewed` (make
    the review again) tell what a person wants.
    """

    back = Signal()
    sent = Signal(object)
    stopped = Signal()
    proved = Signal()
    renewed = Signal()

    ring_radius = 0
    """The page has the keyboard while it sends, and shows that by its button: a ring would hide the sheet's frame."""

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self.review: Review | None = None
        self._warnings: Warnings | None = None
        self._summary: Summary | None = None
        self._is_sending = self._is_void = False
        self.head = PageHead(_TITLE[kind], _EXACTLY)
        self._back = Button(_BACK, icon="arrow-left", name="review/back")
        self._send = SendButton(_SENDING, "primary", size="send", key="Ctrl+Enter", name="review/send")
        self._prove = Button(_PROVE, "primary", size="send", name="review/prove")
        self._again = Button(_AGAIN, "primary", size="send", name="review/again")
        self._stop = Button(_STOP, "quiet", name="review/stop")
        self._bar = ActionBar(left=(self._back,), right=(self._stop, self._prove, self._again, self._send))
        self._lay_out()
        self._back.clicked.connect(self.back)
        self._send.clicked.connect(self._on_send)
        self._prove.clicked.connect(self.proved)
        self._again.clicked.connect(self.renewed)
        self._stop.clicked.connect(self.stopped)
        for name in ("Ctrl+Return", "Ctrl+Enter"):
            keys.shortcut(self, name, self._on_send)
        i18n.current().changed.connect(self._on_language)

    def show_review(self, review: Review) -> None:
        """Show a review."""
        self.forget()
        self.review = review
        self.head.title.say((_AGAIN_TITLE if review.resend else _TITLE)[self._kind])
        self.head.sentence.say(_SAME if review.resend else _EXACTLY)
        self._warnings = Warnings(review)
        self._warnings.changed.connect(self._refresh)
        self._warnings.setMinimumWidth(0)
        self._summary = Summary(review)
        self._place(self._summary, self._warnings)
        self._send.say(_SEND[self._kind].with_(amount=review.amount))
        self._area.verticalScrollBar().setValue(0)
        self._refresh()

    def go_back_first(self) -> None:
        """Give the keyboard to *Back*: whoever presses a key without looking does nothing."""
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Show nothing: the review is void and its bytes are let go."""
        self.review = None
        self._is_sending = self._is_void = False
        self._send.set_busy(None)
        self._prove.set_busy(None)
        self._back.setEnabled(True)
        self.show_above(None)
        for part in (self._summary, self._warnings):
            if part is not None:
                part.hide()
                part.deleteLater()
        self._summary = self._warnings = None

    def set_sending(self, sending: bool) -> None:
        """Show that the order is being sent, and take nothing meanwhile.

        The page keeps the keyboard: from a button that is disabled Qt would pass it on, out of the page to the accounts.
        """
        if sending and self.isVisible():
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._is_sending = sending
        self._send.set_busy(_SENDING if sending else None)
        self._back.setEnabled(not sending)
        if self._warnings is not None:
            self._warnings.setEnabled(not sending)
        self._refresh()
        if not sending and self.hasFocus():
            self.go_back_first()

    def offer_stop(self) -> None:
        """Offer to stop waiting for the answer; what was sent stays sent."""
        self._stop.setVisible(self._is_sending)

    def set_proving(self, proving: bool) -> None:
        """Show that the connection is being checked."""
        self._prove.set_busy(_PROVING if proving else None)

    def tick(self, now: Moment) -> None:
        """Void a review that is too old; one that is being sent is judged by the service."""
        if self.review is not None and not self._is_sending and not self._is_void and self.review.is_void(now):
            self.void()

    def void(self) -> None:
        """Take the sending button away until the review is made again."""
        self._is_void = True
        self._refresh()
        self.go_back_first()

    def show_above(self, banner: QWidget | None) -> None:
        """Show a banner above the review, or none."""
        clear(self._above)
        if banner is not None:
            self._above.addWidget(banner)
            self._area.verticalScrollBar().setValue(0)

    def set_narrow(self, narrow: bool) -> None:
        """Stand in one column in a narrow window, the warnings first."""
        self._columns.setDirection(QBoxLayout.Direction.BottomToTop if narrow else QBoxLayout.Direction.LeftToRight)
        self._right.setMinimumWidth(0 if narrow else _SIDE)
        self._right.setMaximumWidth(16777215 if narrow else _SIDE)

    def _lay_out(self) -> None:
        self._above = QVBoxLayout()
        left = QWidget()
        self._left = QVBoxLayout(left)
        self._left.setContentsMargins(0, 0, 0, 0)
        self._right = QWidget()
        self._warned = QVBoxLayout(self._right)
        self._warned.setContentsMargins(0, 0, 0, 0)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(20)
        self._columns.addWidget(left, 1, Qt.AlignmentFlag.AlignTop)
        self._columns.addWidget(self._right, 0, Qt.AlignmentFlag.AlignTop)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(28, 22, 28, 22)
        column.setSpacing(16)
        column.addWidget(self.head)
        column.addLayout(self._above)
        column.addLayout(self._columns)
        column.addStretch(1)
        self._area = Scroll(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._area, 1)
        outer.addWidget(self._bar)
        self.set_narrow(False)

    def _place(self, summary: Summary, warnings: Warnings) -> None:
        self._left.addWidget(summary)
        self._warned.addWidget(warnings)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Lead the keyboard from *Back* through the warnings and the summary to the sending button."""
        parts = [part for part in (self._warnings, self._summary) if part is not None]
        stops = [self._back, *(each for part in parts for each in part.findChildren(QWidget))]
        focusable = [each for each in stops if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
        for before, after in zip(focusable, [*focusable[1:], self._send], strict=True):
            QWidget.setTabOrder(before, after)

    def _refresh(self) -> None:
        """Show the one button that fits: send, check the connection, or review again; and say why another does not."""
        if self.review is None or self._warnings is None:
            return
        may_send = self.review.may_send and not self._is_void
        complete = self._warnings.is_complete()
        self._send.setVisible(may_send)
        self._send.setEnabled(may_send and complete and not self._is_sending)
        self._prove.setVisible(not self._is_void and not may_send and self.review.blocked is None)
        self._again.setVisible(self._is_void)
        self._stop.hide()
        self._bar.set_note(self._note(may_send=may_send, complete=complete))

    def _note(self, *, may_send: bool, complete: bool) -> Words:
        if self._is_void:
            return _VOID
        if not may_send or self._is_sending:
            return ""
        return _ENTER if complete else _MISSING

    def _on_send(self) -> None:
        if self._send.isVisible() and self._send.isEnabled() and self._warnings is not None:
            self._send.setEnabled(False)
            acknowledged: tuple[Acknowledgement, ...] = self._warnings.acknowledged()
            self.sent.emit(acknowledged)

    def _on_language(self) -> None:
        if self.review is not None and self._summary is not None:
            old, self._summary = self._summary, Summary(self.review)
            self._left.replaceWidget(old, self._summary)
            old.hide()
            old.deleteLater()
            self._order_tabs()
