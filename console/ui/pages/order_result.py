"""What became of an order, and what can be done about it: reads the operation, asks the gateway, copies its texts.

Nothing here sends: *send again* only asks for the review of the same bytes (R3).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from console.domain.text import mark
from console.ui import clipboard, i18n
from console.ui.pages.order_banners import is_told, sentence_about, trouble_banner
from console.ui.pages.result import ResultPage
from console.ui.pages.result_block import Outcome

if TYPE_CHECKING:
    from console.domain.fields.field import Value
    from console.domain.method import Method
    from console.services.reviews import Review
    from console.services.services import Services
    from console.ui.jobs import Jobs

T = TypeVar("T")

_COPIED = {
    "receipt": mark("result", "The receipt is copied; the clipboard is cleared in 2 minutes"),
    "report": mark("result", "The report is copied; the clipboard is cleared in 2 minutes"),
}
_LATE = 2
"""Seconds after which a question that is due is looked for once more."""


class Results(QObject):
    """Serves the result page. `shown` comes when an order stands on it, `again(Review)` with the review of a resend.

    `new_asked` wants another order, `changed` names orders that were asked about, `opened(str)` an order for Operations,
    `noticed(Words)` is a word about something done.
    """

    shown = Signal()
    again = Signal(object)
    new_asked = Signal()
    changed = Signal(object)
    opened = Signal(str)
    noticed = Signal(object)

    def __init__(self, page: ResultPage, services: Services, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._page, self._services, self._jobs = page, services, jobs
        self.order_id = ""
        self._method: Method | None = None
        self._values: Mapping[str, Value] = {}
        self._overdue = 0
        page.deed.connect(self._on_deed)
        page.copied.connect(self.noticed)
        i18n.current().changed.connect(self.reload)

    def show_sent(self, review: Review) -> None:
        """Show what the journal holds of a reviewed order."""
        self.order_id, self._method, self._values = review.order_id, review.method, review.values
        self._page.forget()
        self._page.show_above(None)
        self._load(self.shown.emit)

    def reload(self) -> None:
        """Read the operation again."""
        self._load(lambda: None)

    def tick(self) -> None:
        """A second has passed; a question that is due and never told is looked for."""
        self._page.tick()
        self._overdue = self._overdue + 1 if self._page.is_due() else 0
        if self._overdue >= _LATE:
            self._overdue = 0
            self.reload()

    def review_again(self, order_id: str) -> None:
        """Make the review of an order that may be sent again: the same bytes."""
        self._run(lambda: self._services.submit.resend_review(order_id), self.again.emit, "vault")

    def _on_deed(self, deed: str) -> None:
        order_id = self.order_id
        if deed == "new":
            self.new_asked.emit()
        elif deed == "open":
            self.opened.emit(order_id)
        elif deed == "resend":
            self.review_again(order_id)
        elif deed == "check":
            self._page.set_asking(True)
            self._run(lambda: self._services.follow.ask(order_id), lambda _: self._on_checked(order_id), "person")
        else:
            self._copy(deed, order_id)

    def _on_checked(self, order_id: str) -> None:
        self._page.set_asking(False)
        self.reload()
        self.changed.emit((order_id,))

    def _copy(self, what: str, order_id: str) -> None:
        operations, language = self._services.operations, i18n.current().code
        make = operations.receipt if what == "receipt" else operations.report
        self._run(lambda: make(order_id, language), lambda text: self._on_text(what, text))

    def _on_text(self, what: str, text: str) -> None:
        clipboard.copy(text, clipboard.LONG)
        self.noticed.emit(_COPIED[what])

    def _load(self, after: Callable[[], object]) -> None:
        if self._method is None:
            return
        order_id, method, values = self.order_id, self._method, self._values
        services, language = self._services, i18n.current().code

        def read() -> Outcome:
            card = services.operations.card(order_id)
            text = services.operations.payer_text(order_id, language) if card.shown else ""
            paused = services.follow.paused(card.row.account) or ""
            return Outcome(card, method, values, text, services.follow.next_check(order_id), paused)

        def show(outcome: Outcome) -> None:
            if self.order_id == order_id:
                self._page.show_outcome(outcome)
                after()

        self._run(read, show, failed=after)

    def _run(
        self,
        work: Callable[[], T],
        done: Callable[[T], object],
        lane: str = "read",
        failed: Callable[[], object] = lambda: None,
    ) -> None:
        if not self._jobs.is_stopped():
            on_failed = partial(self._on_failed, failed)
            self._jobs.run(self, work, lambda found: _call(done, found), on_failed, lane)

    def _on_failed(self, then: Callable[[], object], error: BaseException) -> None:
        self._page.set_asking(False)
        if not is_told(error):
            raise error
        self._page.show_above(trouble_banner(sentence_about(error)))
        then()


def _call(done: Callable[[T], object], found: T) -> None:
    done(found)
