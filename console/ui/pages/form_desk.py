"""What goes on around a form: its draft, its order id, what is offered, and what the services find while it is filled in.

Everything slow runs through Jobs; only the answer to the latest question is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer

from console.domain.trouble import Trouble
from console.services.drafts import Draft
from console.ui import formats, i18n
from console.ui.pages.form import FormPage
from console.ui.pages.form_draft import DraftKeeper

if TYPE_CHECKING:
    from console.journal.papers import Payer
    from console.services.reviews import SideInfo
    from console.services.services import Services
    from console.ui.jobs import Jobs

T = TypeVar("T")

PAUSE = 250
"""Milliseconds after the last change before the services are asked about the form."""


class FormDesk(QObject):
    """Serves one form. `edits` counts its changes, `accounts` those of the account it is for, so that an answer to an older
    form can be known as such; another account is no edit, and the kept draft may still come."""

    def __init__(self, form: FormPage, services: Services, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._form, self._services, self._jobs = form, services, jobs
        self.edits = self.accounts = 0
        self._asked = 0
        self._made_id = ""
        self._info: SideInfo | None = None
        self._keeper = DraftKeeper(services.drafts, jobs, self.draft, self)
        self._keeper.saved.connect(self._on_saved)
        self._keeper.failed.connect(lambda: form.show_saved(None))
        self._saved: Draft | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.look)
        form.changed.connect(self._on_changed)
        form.settled.connect(self._on_settled)
        form.clear_asked.connect(self._on_clear)
        form.id_asked.connect(self._on_id_asked)
        i18n.current().changed.connect(self._on_language)

    def start(self) -> None:
        """Show an empty form at once, and what was typed last time as soon as it is read."""
        self.fresh()
        before = self.edits
        self._run(self._read_start, lambda found: self._on_started(before, *found))

    def draft(self) -> Draft:
        """Return what stands in the form."""
        form = self._form
        code = "" if form.method is None else form.method.code
        return Draft(form.kind, code, form.texts(), form.recipient, form.basis)

    def fresh(self) -> None:
        """Show an empty form of the chosen method with a new order id."""
        code = "" if self._form.method is None else self._form.method.code
        self._keeper.forget()
        self._made_id = self._services.drafts.order_id(self._form.kind)
        self._put(Draft(self._form.kind, code, {"order_id": self._made_id}))

    def done(self) -> None:
        """What stood in the form was sent: show an empty one and forget the draft."""
        self.fresh()
        self._keeper.save()
        self._renew_offers()

    def begin(self, draft: Draft, after: Callable[[], None] | None = None) -> None:
        """Show a draft under a new order id and keep it; `after` is called once it stands."""

        def show(order_id: str) -> None:
            self._made_id = order_id
            self._put(replace(draft, texts={**draft.texts, "order_id": order_id}))
            self._keeper.save()
            if after is not None:
                after()

        self._run(lambda: self._services.drafts.new_order_id(draft.kind, draft.basis), show)

    def look(self) -> None:
        """Ask the services about the form as it stands; a later question makes this one's answer void."""
        self._timer.stop()
        form = self._form
        method = form.method
        if method is None:
            return
        self._asked += 1
        number, texts, recipient, basis = self._asked, form.texts(), form.recipient, form.basis
        self._run(
            lambda: self._services.reviews.hints(method, texts, recipient, basis),
            lambda info: self._on_info(number, info),
        )

    def account_changed(self) -> None:
        """Another account is the current one: a review that is being made for the old one is not shown."""
        self.accounts += 1
        self.look()

    def flush(self) -> None:
        """Save at once what is not saved yet."""
        self._keeper.flush()

    def _put(self, draft: Draft) -> None:
        self.edits += 1
        self._saved = None
        self._info = None
        self._form.show_draft(draft)
        self._form.show_saved("")
        self._form.explain_order_id(None)
        self._form.show_beside(None, self._services.clock().utc)
        self.look()

    def _read_start(self) -> tuple[Draft | None, tuple[str, ...], tuple[Payer, ...]]:
        drafts = self._services.drafts
        return drafts.load(self._form.kind), drafts.banks(), drafts.payers()

    def _renew_offers(self) -> None:
        """Read again which banks and payers were used before."""
        drafts = self._services.drafts
        self._run(lambda: (drafts.banks(), drafts.payers()), lambda found: self._form.offer(*found))

    def _on_started(self, before: int, draft: Draft | None, banks: tuple[str, ...], payers: tuple[Payer, ...]) -> None:
        self._form.offer(banks, payers)
        if draft is None or self.edits != before:
            return
        order_id = draft.texts.get("order_id") or self._made_id
        self._made_id = order_id
        self._put(replace(draft, texts={**draft.texts, "order_id": order_id}))
        self._on_saved(draft)

    def _on_changed(self) -> None:
        self.edits += 1
        self._form.show_beside(self._info, self._services.clock().utc)
        self._keeper.touch()
        self._timer.start()

    def _on_settled(self) -> None:
        self._follow_basis()
        self.look()

    def _on_info(self, number: int, info: SideInfo) -> None:
        if number == self._asked:
            self._info = info
            self._form.show_beside(info, self._services.clock().utc)

    def _on_clear(self) -> None:
        self.fresh()
        self._keeper.save()
        self._form.go_to_start()

    def _on_id_asked(self) -> None:
        kind, basis = self._form.kind, self._form.basis
        self._run(lambda: self._services.drafts.new_order_id(kind, basis), self._on_id)

    def _follow_basis(self) -> None:
        """Renew an order id of the console's own where the settings make it from the basis."""
        own = self._form.texts().get("order_id") == self._made_id
        if own and self._form.basis and self._services.drafts.follows_basis():
            self._on_id_asked()

    def _on_id(self, order_id: str) -> None:
        if order_id != self._made_id:
            self._made_id = order_id
            self._form.show_order_id(order_id)
            self._on_changed()

    def _on_saved(self, draft: Draft) -> None:
        self._saved = draft
        self._say_saved()

    def _say_saved(self) -> None:
        at = None if self._saved is None else self._saved.saved_at
        self._form.show_saved("" if at is None else formats.clock(at))

    def _on_language(self) -> None:
        self._say_saved()

    def _run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        if not self._jobs.is_stopped():
            self._jobs.run(self, work, done, _ignore_trouble)


def _ignore_trouble(error: BaseException) -> None:
    """What stands beside a form is a convenience: without it the review still says everything."""
    if not isinstance(error, Trouble):
        raise error
