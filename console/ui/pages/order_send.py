"""From a review to the gateway: the one place where a create is started, and only by a person's click or Ctrl+Enter.

Everything slow runs through Jobs, the sending in the lane of money, which has one worker. Trouble that is met before
anything was sent stands above the review; an unexpected fault takes the sending button away for good.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from console.domain.trouble import Invalid, Unavailable
from console.services.check_answer import trouble_of
from console.services.reviews import Problems
from console.ui.pages.order_banners import is_told, sentence_of, trouble_banner
from console.ui.pages.review import ReviewPage

if TYPE_CHECKING:
    from console.services.proof import Proof
    from console.services.reviews import Review
    from console.services.services import Services
    from console.services.submit import Acknowledgement, Sent
    from console.ui.jobs import Jobs

_SPOILED = frozenset({"E-REVIEW-VOID", "E-CERT-UNPROVED", "E-CERT-CHANGED", "E-UNACKNOWLEDGED", "E-MOVED"})
"""Trouble after which the review itself has to be made anew."""
_TRIED = "SHA-1, SHA-256"
STOP_AFTER = 3000
"""Milliseconds of sending after which *Stop waiting* is offered."""


class Sending(QObject):
    """Serves the review page. `left` wants the form back, `spoiled` the review made anew, `proved` tells of a key.

    `done(Review, Sent)` comes when an order was sent, `broken(Review)` when nobody knows for sure and the journal has to
    be asked. `ended` comes before either, and where nothing was sent: no order is on its way any longer.
    """

    left = Signal()
    spoiled = Signal()
    proved = Signal()
    ended = Signal()
    done = Signal(object, object)
    broken = Signal(object)

    def __init__(self, page: ReviewPage, services: Services, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._page, self._services, self._jobs = page, services, jobs
        self.is_sending = False
        self._stop = QTimer(self)
        self._stop.setSingleShot(True)
        self._stop.setInterval(STOP_AFTER)
        self._stop.timeout.connect(page.offer_stop)
        page.back.connect(self.left)
        page.sent.connect(self._on_send)
        page.stopped.connect(self._on_stop)
        page.proved.connect(self._on_prove)
        page.renewed.connect(self.spoiled)

    def _on_send(self, acknowledged: tuple[Acknowledgement, ...]) -> None:
        review = self._page.review
        if review is None or self.is_sending:
            return
        self.is_sending = True
        self._page.show_above(None)
        self._page.set_sending(True)
        self._stop.start()
        services = self._services

        def send() -> Sent:
            try:
                sent = services.submit.send(review, acknowledged)
            except BaseException:  # what a bug broke off is asked about too
                with suppress(Unavailable):  # the trouble that is raised is the one to tell
                    if (row := services.operations.get(review.order_id)) is not None:
                        services.follow.watch(row, services.clock())
                raise
            services.follow.watch(sent.row, services.clock())
            if not review.resend:
                services.drafts.sent(review.method, review.values)
            return sent

        self._jobs.run(self, send, lambda sent: self._on_sent(review, sent), self._on_failed(review), "money")

    def _on_sent(self, review: Review, sent: Sent) -> None:
        self._end()
        self._page.forget()
        self.done.emit(review, sent)

    def _on_failed(self, review: Review) -> Callable[[BaseException], None]:
        def failed(error: BaseException) -> None:
            self._end()
            if not is_told(error):
                self._page.forget()
                self.broken.emit(review)
                raise error
            self._page.show_above(trouble_banner(sentence_of(error)))
            if isinstance(error, Problems | Invalid) or (isinstance(error, Unavailable) and error.code in _SPOILED):
                self._page.void()

        return failed

    def _end(self) -> None:
        self.is_sending = False
        self._stop.stop()
        self._page.set_sending(False)
        self.ended.emit()

    def _on_stop(self) -> None:
        self._jobs.run(self, self._services.submit.stop_waiting, lambda _: None, _raise)

    def _on_prove(self) -> None:
        review = self._page.review
        if review is None:
            return
        self._page.set_proving(True)
        account, kind, prover = review.account.id, review.method.kind, self._services.prover
        self._jobs.run(
            self,
            lambda: prover.prove(account, kind),
            lambda proof: self._on_proof(review, proof),
            self._on_prove_failed,
            "follow",
        )

    def _on_proof(self, review: Review, proof: Proof) -> None:
        self._page.set_proving(False)
        if self._page.review is not review:
            return
        if proof.accepted is not None:
            self.proved.emit()
            self.spoiled.emit()
            return
        account, now = review.account, self._services.clock().utc
        trouble = trouble_of(proof.exchange, tail=account.tail, digest=_TRIED, now=now)
        if trouble is not None:
            self._page.show_above(trouble_banner(sentence_of(trouble)))

    def _on_prove_failed(self, error: BaseException) -> None:
        self._page.set_proving(False)
        if not is_told(error):
            raise error
        self._page.show_above(trouble_banner(sentence_of(error)))


def _raise(error: BaseException) -> None:
    raise error
