"""The way of one order: review, send once, and what became of it.

A create is started here and only by a person's click or Ctrl+Enter; everything slow runs through Jobs, the sending in the
lane of money, which has one worker.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from console.domain.sentence import MoneyLine
from console.domain.sentences import sentence
from console.domain.states import State
from console.domain.text import mark
from console.domain.trouble import Invalid, Unavailable
from console.services.reviews import Problems
from console.ui import i18n
from console.ui.controls.payer import copy
from console.ui.pages.order_banners import is_told, lost_outcome_banner, sentence_about, sentence_of, trouble_banner
from console.ui.pages.result import ResultPage
from console.ui.pages.result_block import Outcome
from console.ui.pages.review import ReviewPage

if TYPE_CHECKING:
    from console.domain.fields.field import Value
    from console.domain.method import Method
    from console.services.proof import Proof
    from console.services.reviews import Review
    from console.services.services import Services
    from console.services.submit import Acknowledgement, Sent
    from console.ui.jobs import Jobs

T = TypeVar("T")

_COPIED = {
    "receipt": mark("result", "The receipt is copied"),
    "report": mark("result", "The report is copied"),
}
_SPOILED = frozenset({"E-REVIEW-VOID", "E-CERT-UNPROVED", "E-CERT-CHANGED", "E-UNACKNOWLEDGED"})
"""Trouble after which the review itself has to be made anew."""
_STOP_AFTER = 3000
"""Milliseconds of sending after which *Stop waiting* is offered."""


class OrderFlow(QObject):
    """Leads from a review to a result. `reviewed` and `resulted` ask for their page; `left` wants the form back.

    `sent(str)` comes with the order id after each send, `accepted` where the form has done its part,
    `refused(Review, errors)` after a documented refusal, `spoiled` wants the review made anew, `new_asked` another order,
    `noticed(Words)` is a word about something done, `opened(str)` an order for Operations.
    """

    reviewed = Signal()
    resulted = Signal()
    left = Signal()
    sent = Signal(str)
    accepted = Signal()
    refused = Signal(object, object)
    spoiled = Signal()
    noticed = Signal(object)
    opened = Signal(str)
    new_asked = Signal()

    def __init__(self, review: ReviewPage, result: ResultPage, services: Services, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._review, self._result, self._services, self._jobs = review, result, services, jobs
        self._is_sending = False
        self._shown: tuple[str, Method, Mapping[str, Value]] | None = None
        self._overdue = 0
        self._stop = QTimer(self)
        self._stop.setSingleShot(True)
        self._stop.setInterval(_STOP_AFTER)
        self._stop.timeout.connect(review.offer_stop)
        review.back.connect(self._on_back)
        review.sent.connect(self._on_send)
        review.stopped.connect(self._on_stop)
        review.proved.connect(self._on_prove)
        review.renewed.connect(self._on_renew)
        result.deed.connect(self._on_deed)
        result.copied.connect(self.noticed)
        i18n.current().changed.connect(self.reload)

    @property
    def is_sending(self) -> bool:
        """Whether a create is under way."""
        return self._is_sending

    @property
    def order_id(self) -> str:
        """The order whose result is shown, or an empty text."""
        return "" if self._shown is None else self._shown[0]

    def show_review(self, review: Review) -> None:
        """Show a review."""
        self._review.show_review(review)
        self.reviewed.emit()

    def tick(self) -> None:
        """A second has passed."""
        self._review.tick(self._services.clock())
        self._result.tick()
        self._overdue = self._overdue + 1 if self._result.is_due() else 0
        if self._overdue >= 2:
            self._overdue = 0
            self.reload()

    def reload(self) -> None:
        """Read the shown operation again."""
        if self._shown is not None:
            self._load(*self._shown)

    def _on_back(self) -> None:
        resend = self._review.review is not None and self._review.review.resend
        self._review.forget()
        (self.resulted if resend else self.left).emit()

    def _on_renew(self) -> None:
        review = self._review.review
        if review is not None and review.resend:
            self._resend(review.order_id)
        else:
            self.spoiled.emit()

    def _on_send(self, acknowledged: tuple[Acknowledgement, ...]) -> None:
        review = self._review.review
        if review is None or self._is_sending:
            return
        self._is_sending = True
        self._review.show_above(None)
        self._review.set_sending(True)
        self._stop.start()
        services = self._services

        def send() -> Sent:
            done = services.submit.send(review, acknowledged)
            services.follow.watch(done.row, services.clock())
            services.drafts.sent(review.method, review.values)
            return done

        self._jobs.run(self, send, lambda done: self._on_sent(review, done), self._on_not_sent(review), "money")

    def _on_sent(self, review: Review, done: Sent) -> None:
        self._end_sending()
        self._review.forget()
        self.sent.emit(review.order_id)
        if done.row.state is State.REJECTED:
            self.refused.emit(review, dict(done.verdict.errors))
            return
        self.accepted.emit()
        self._shown = (review.order_id, review.method, review.values)
        self._result.forget()
        self._result.show_above(None if done.stored else lost_outcome_banner(done))
        self._load(*self._shown, after=self.resulted.emit)

    def _on_not_sent(self, review: Review) -> Callable[[BaseException], None]:
        def failed(error: BaseException) -> None:
            self._end_sending()
            if not is_told(error):
                self._on_bug(review)
                raise error
            self._review.show_above(trouble_banner(sentence_of(error)))
            if isinstance(error, Problems | Invalid) or (isinstance(error, Unavailable) and error.code in _SPOILED):
                self._review.void()

        return failed

    def _on_bug(self, review: Review) -> None:
        """After an unexpected fault nobody may send again from here: the journal knows what became of the order."""
        self._review.forget()
        self._shown = (review.order_id, review.method, review.values)
        self._result.forget()
        self._load(*self._shown, after=self.resulted.emit)
        self.left.emit()

    def _end_sending(self) -> None:
        self._is_sending = False
        self._stop.stop()
        self._review.set_sending(False)

    def _on_stop(self) -> None:
        self._run(self._services.submit.stop_waiting, lambda _: None)

    def _on_prove(self) -> None:
        review = self._review.review
        if review is None:
            return
        self._review.set_proving(True)
        account, kind = review.account.id, review.method.kind
        self._jobs.run(
            self, lambda: self._services.prover.prove(account, kind), self._on_proved, self._on_prove_failed, "follow"
        )

    def _on_proved(self, proof: Proof) -> None:
        self._review.set_proving(False)
        review = self._review.review
        if review is None:
            return
        if proof.accepted is not None:
            self._on_renew()
            return
        code = "E-CERT-REFUSED" if proof.is_refused else "E-GATEWAY-OFFLINE"
        facts = {"tail": review.account.tail, "digest": review.digest.value, "host": review.account.host}
        self._review.show_above(trouble_banner(sentence(code).with_(facts).about(MoneyLine.NOT_SENT)))

    def _on_prove_failed(self, error: BaseException) -> None:
        self._review.set_proving(False)
        if not is_told(error):
            raise error
        self._review.show_above(trouble_banner(sentence_of(error)))

    def _on_deed(self, deed: str) -> None:
        order_id = self.order_id
        if deed == "new":
            self.new_asked.emit()
        elif deed == "open":
            self.opened.emit(order_id)
        elif deed == "resend":
            self._resend(order_id)
        elif deed == "check":
            self._check(order_id)
        else:
            self._copy(deed, order_id)

    def _resend(self, order_id: str) -> None:
        self._jobs.run(
            self,
            lambda: self._services.submit.resend_review(order_id),
            self.show_review,
            self._on_result_trouble,
            "vault",
        )

    def _check(self, order_id: str) -> None:
        self._result.set_asking(True)
        self._jobs.run(
            self,
            lambda: self._services.follow.ask(order_id),
            lambda _: self._on_checked(),
            self._on_result_trouble,
            "follow",
        )

    def _on_checked(self) -> None:
        self._result.set_asking(False)
        self.reload()

    def _on_result_trouble(self, error: BaseException) -> None:
        self._result.set_asking(False)
        if not is_told(error):
            raise error
        self._result.show_above(trouble_banner(sentence_about(error)))

    def _copy(self, what: str, order_id: str) -> None:
        operations, language = self._services.operations, i18n.current().code
        make = operations.receipt if what == "receipt" else operations.report

        def done(text: str) -> None:
            copy(text)
            self.noticed.emit(_COPIED[what])

        self._run(lambda: make(order_id, language), done)

    def _load(
        self, order_id: str, method: Method, values: Mapping[str, Value], after: Callable[[], None] | None = None
    ) -> None:
        services, language = self._services, i18n.current().code

        def read() -> Outcome:
            card = services.operations.card(order_id)
            text = services.operations.payer_text(order_id, language) if card.shown else ""
            paused = services.follow.paused(card.row.account) or ""
            return Outcome(card, method, values, text, services.follow.next_check(order_id), paused)

        def show(outcome: Outcome) -> None:
            if self.order_id == order_id:
                self._result.show_outcome(outcome)
                if after is not None:
                    after()

        self._run(read, show)

    def _run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        self._jobs.run(self, work, done, self._on_result_trouble)
