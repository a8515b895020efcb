"""The page of one kind of order: the form, its review and its result, one at a time.

It ties the three together and tells the window what happened; what each of them does is told in its own module.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from console.domain.endpoint import Kind
from console.domain.states import State
from console.domain.text import mark
from console.services.drafts import Draft
from console.services.reviews import Problems
from console.ui.pages.form import FormPage
from console.ui.pages.form_desk import FormDesk
from console.ui.pages.order_banners import (
    Errors,
    is_told,
    leaving_dialog,
    new_id_words,
    refusal_banner,
    refusal_words,
    sentence_of,
    trouble_banner,
)
from console.ui.pages.order_result import Results
from console.ui.pages.order_send import Sending
from console.ui.pages.result import ResultPage
from console.ui.pages.review import ReviewPage
from console.ui.shell.room import Room

if TYPE_CHECKING:
    from console.domain.fields.field import Value
    from console.domain.method import Method
    from console.services.reviews import Review
    from console.services.services import Services
    from console.services.submit import Sent
    from console.ui.jobs import Jobs

_PREPARING = mark("order", "Preparing…")


class OrderPage(QStackedWidget):
    """New payout or new payment.

    `opened(str)` wants an order shown in Operations, `sent(str)` comes after each send, `changed(tuple)` names orders that
    were asked about, `proved` says that a key was accepted, `noticed(Words)` is a word for the toast. The desk calls
    `tick` once a second, and tells by `operations_changed` and `account_changed` what went on elsewhere.
    """

    opened = Signal(str)
    sent = Signal(str)
    changed = Signal(object)
    proved = Signal()
    noticed = Signal(object)

    def __init__(self, kind: Kind, services: Services, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._jobs = services, jobs
        self.form, self.review, self.result = FormPage(kind), ReviewPage(kind), ResultPage()
        for page in (self.form, self.review, self.result):
            self.addWidget(page)
        self._desk = FormDesk(self.form, services, jobs, self)
        self._sending = Sending(self.review, services, jobs, self)
        self._results = Results(self.result, services, jobs, self)
        self._is_leaving = False
        self._connect()
        self._desk.start()

    def entered(self) -> None:
        """The page came up: look again at what may have changed meanwhile."""
        self.refresh()
        if self.currentWidget() is self.form:
            self.form.go_to_start()

    def refresh(self) -> None:
        """Look again."""
        self._desk.look()
        self._results.reload()

    def set_room(self, room: Room) -> None:
        """Arrange the pages for the width of the window."""
        narrow = room is Room.NARROW
        self.form.set_narrow(narrow)
        self.review.set_narrow(narrow)
        self.result.set_narrow(narrow)

    def begin(self, draft: Draft | None = None) -> None:
        """Show the form: as it stands, or filled with a draft under a new order id. While an order is sent it waits."""
        if self._sending.is_sending:
            return
        self.review.forget()
        if draft is not None:
            self._desk.begin(draft)
        self._show_form()

    def review_again(self, order_id: str) -> None:
        """Show the review of an order that may be sent again."""
        if not self._sending.is_sending:
            self._results.review_again(order_id)

    @property
    def order_id(self) -> str:
        """The order whose result is shown, or none."""
        return self._results.order_id if self.currentWidget() is self.result else ""

    @property
    def is_sending(self) -> bool:
        """Whether an order is on its way: its home is not left meanwhile."""
        return self._sending.is_sending

    def tick(self) -> None:
        """A second has passed."""
        self.review.tick(self._services.clock())
        self._results.tick()

    def operations_changed(self, order_ids: tuple[str, ...]) -> None:
        """Operations changed: the result shown may be one of them."""
        if self._results.order_id in order_ids:
            self._results.reload()

    def account_changed(self) -> None:
        """Another account is the current one: a review for the old one is void."""
        if self.currentWidget() is self.review and not self._sending.is_sending:
            self.review.void()
        self._desk.account_changed()

    def locked(self) -> None:
        """The console is being locked: a review that is open is void."""
        if self.currentWidget() is self.review and not self._sending.is_sending:
            self.review.void()

    def flush(self) -> None:
        """Save at once what was typed in the last second."""
        self._desk.flush()

    def leaving(self, event: QCloseEvent) -> None:
        """The window closes: while an order is being sent it asks first, and no longer than that is true."""
        self._desk.flush()
        if not self._sending.is_sending or self._is_leaving:
            return
        event.ignore()
        dialog = leaving_dialog(self.window())
        dialog.finished.connect(lambda: self._on_leaving(dialog.answer))
        self._sending.ended.connect(dialog.reject)
        dialog.open()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._desk.flush()

    def _on_leaving(self, answer: str) -> None:
        if answer == "leave":
            self._is_leaving = True
            self.window().close()

    def _connect(self) -> None:
        sending, results = self._sending, self._results
        self.form.review_asked.connect(self._on_review_asked)
        sending.left.connect(self._on_left)
        sending.spoiled.connect(self._on_spoiled)
        sending.proved.connect(self.proved)
        sending.done.connect(self._on_done)
        sending.broken.connect(self._on_broken)
        results.shown.connect(lambda: self.setCurrentWidget(self.result))
        results.again.connect(self._show_review)
        results.new_asked.connect(self._show_form)
        results.opened.connect(self.opened)
        results.changed.connect(self.changed)
        results.noticed.connect(self.noticed)

    def _show_form(self) -> None:
        self.setCurrentWidget(self.form)
        self.form.go_to_start()

    def _show_review(self, review: Review) -> None:
        self.review.show_review(review)
        self.setCurrentWidget(self.review)
        self.review.go_back_first()

    def _on_left(self) -> None:
        """Back from the review: to the result it came from, or to the form."""
        review = self.review.review
        again = review is not None and review.resend and review.order_id == self._results.order_id
        self.review.forget()
        self.setCurrentWidget(self.result if again else self.form)
        if not again:
            self.form.review.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_spoiled(self) -> None:
        """The review has to be made anew: of the same bytes, or of the form as it stands."""
        review = self.review.review
        if review is not None and review.resend:
            self._results.review_again(review.order_id)
        else:
            self._prepare()

    def _on_done(self, review: Review, sent: Sent) -> None:
        self.sent.emit(review.order_id)
        if sent.row.state is State.REJECTED:
            self._refuse(review, dict(sent.verdict.errors))
            return
        self._results.show_sent(review)
        if not review.resend:
            self._desk.done()

    def _on_broken(self, review: Review) -> None:
        self._results.show_sent(review)

    def _on_review_asked(self) -> None:
        self.form.show_above(None)
        if self.form.check():
            self._prepare()

    def _prepare(self) -> None:
        """Make the review of the form as it stands."""
        method = self.form.method
        if method is None:
            return
        self.form.set_busy(_PREPARING)
        asked = self._desk.edits, self._desk.accounts
        texts, recipient, basis = self.form.texts(), self.form.recipient, self.form.basis
        self._jobs.run(
            self,
            lambda: self._services.reviews.prepare(method, texts, recipient, basis),
            lambda review: self._on_prepared(review, asked),
            self._on_not_prepared,
            "vault",
        )

    def _on_prepared(self, review: Review, asked: tuple[int, int]) -> None:
        self.form.set_busy(None)
        if asked == (self._desk.edits, self._desk.accounts):  # any later edit voids it, and another account too
            self._show_review(review)

    def _on_not_prepared(self, error: BaseException) -> None:
        self.form.set_busy(None)
        if not is_told(error):
            raise error
        self.review.forget()
        self.setCurrentWidget(self.form)
        problems = {name: each.text for name, each in error.problems.items()} if isinstance(error, Problems) else {}
        self.form.refuse(problems)
        if not problems:
            self.form.show_above(trouble_banner(sentence_of(error)))

    def _refuse(self, review: Review, errors: Errors) -> None:
        """Show the form with everything typed, under a new order id, and the gateway's words at its fields."""
        texts = {**self.form.texts(), **_texts(review.method, review.values)}
        draft = Draft(review.method.kind, review.method.code, texts, review.recipient, review.basis)
        self._desk.begin(draft, after=lambda: self._say_refusal(review, errors))
        self.setCurrentWidget(self.form)

    def _say_refusal(self, review: Review, errors: Errors) -> None:
        self.form.explain_order_id(new_id_words(review.order_id))
        shown = review.method.body(review.values)
        self.form.show_above(refusal_banner(review, errors, shown, lambda: self.opened.emit(review.order_id)))
        self.form.refuse(refusal_words(errors))


def _texts(method: Method, values: Mapping[str, Value]) -> dict[str, str]:
    """Return the texts that a person would have typed for these values."""
    return {field.name: str(field.wire(values[field.name])) for field in method.fields if field.name in values}
