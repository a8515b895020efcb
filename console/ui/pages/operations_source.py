"""Brings the rows of the operations table from the services, on workers; what comes too late is dropped.

Rows come first, since they are found by an index however long the table is; counts and sums read it all and follow. A new
filter makes every answer to an older one void.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from console.domain.endpoint import Kind
from console.domain.states import State
from console.domain.text import Text
from console.domain.trouble import Trouble
from console.journal.filters import Filter
from console.services.search import narrowed
from console.ui.pages.operations_model import PAGE, OperationsModel
from console.ui.timers import once

if TYPE_CHECKING:
    from console.journal.rows import OperationRow
    from console.services.services import Services
    from console.ui.jobs import Jobs

T = TypeVar("T")

SUMMED_AFTER = 400
"""Milliseconds after a change before counts and sums are made anew: changes come in bunches."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """Rows of a filter: the pages asked for, what the search understood, and how many there are where that is known."""

    wanted: Filter
    understood: Text | None
    pages: Mapping[int, Sequence[OperationRow]]
    count: int | None


@dataclass(frozen=True, slots=True)
class Summed:
    """What a filter lets through: how many, and of how many without it; counts and sums by kind and state.

    Those of contradictions stand in `disputed` and not in `sums`, as the badges show them.
    """

    wanted: Filter
    understood: Text | None
    count: int
    everything: int
    sums: Mapping[tuple[Kind, State], tuple[int, int]]
    disputed: tuple[int, int]


class OperationsSource(QObject):
    """`arrived(Arrived)` comes with rows, `summed(Summed)` with counts, `failed(Trouble)` where the journal is not read."""

    arrived = Signal(object)
    summed = Signal(object)
    failed = Signal(object)
    busy = Signal(bool)

    def __init__(self, model: OperationsModel, services: Services, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._services = services
        self._jobs = jobs
        self._chosen, self._text = Filter(), ""
        self._shown: Arrived | None = None
        self._round = 0
        self._is_looking = self._is_summing = False
        self._again: tuple[int, ...] | None = None
        self._summing = once(self, SUMMED_AFTER, self._sum)
        model.page_wanted.connect(self._on_page_wanted)

    @property
    def wanted(self) -> Filter:
        """What the table shows now: chips and search together."""
        return Filter() if self._shown is None else self._shown.wanted

    def show(self, chosen: Filter, text: str) -> None:
        """Show what the chips let through and the search finds, from its beginning."""
        self._chosen, self._text = chosen, text
        self._round += 1
        self._is_summing = False
        self._again = None
        self._look((0,), self._on_shown)

    def renew(self, chosen: Filter, visible: Iterable[int]) -> None:
        """Look again at the rows in sight, without moving them; a look that is under way is followed by one more."""
        self._chosen = chosen
        pages = tuple(sorted({0, *visible}))
        if self._is_looking:
            self._again = pages
        else:
            self._look(pages, self._on_renewed)

    def _look(self, pages: tuple[int, ...], done: Callable[[Arrived], None]) -> None:
        self._is_looking = True
        self._tell_busy()
        chosen, text = self._chosen, self._text
        self._run(lambda: _rows(self._services, chosen, text, pages), done, self._on_failed)

    def _on_shown(self, found: Arrived) -> None:
        first = found.pages[0]
        self._model.begin(len(first) if found.count is None else found.count, first)
        self._end_look(found)
        self._sum()

    def _on_renewed(self, found: Arrived) -> None:
        self._model.renew(found.count, found.pages)
        self._end_look(found)
        self._sum_later()

    def _end_look(self, found: Arrived) -> None:
        self._shown = found
        self._is_looking = False
        self._tell_busy()
        self.arrived.emit(found)
        again, self._again = self._again, None
        if again is not None:
            self.renew(self._chosen, again)

    def _sum(self) -> None:
        """Count and sum what is shown, unless that is under way; then once more after it."""
        shown = self._shown
        if shown is None:
            return
        if self._is_summing:
            self._sum_later()
            return
        self._is_summing = True
        self._tell_busy()
        self._run(lambda: _sums(self._services, shown), self._on_summed, self._on_failed)

    def _sum_later(self) -> None:
        if not self._summing.isActive():  # changes that go on must not put it off for ever
            self._summing.start()

    def _on_summed(self, found: Summed) -> None:
        self._is_summing = False
        self._tell_busy()
        self._model.set_total(found.count)
        self.summed.emit(found)

    def _on_failed(self, error: BaseException) -> None:
        self._is_looking = self._is_summing = False
        self._again = None
        self._tell_busy()
        if not isinstance(error, Trouble):
            raise error
        self.failed.emit(error)

    def _on_page_wanted(self, number: int) -> None:
        shown = self._shown
        if shown is None:
            return
        self._run(
            lambda: self._services.operations.jump(shown.wanted, number * PAGE, PAGE),
            lambda rows: self._model.take(number, rows),
            lambda error: self._on_page_failed(number, error),
        )

    def _on_page_failed(self, number: int, error: BaseException) -> None:
        self._model.give_up(number)
        self._on_failed(error)

    def _run(self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[BaseException], None]) -> None:
        """Run work that is void as soon as something else is to be shown."""
        now = self._round

        def if_current(value: T) -> None:
            if now == self._round:
                done(value)

        def if_wanted(error: BaseException) -> None:
            if now == self._round:
                failed(error)

        self._jobs.run(self, work, if_current, if_wanted, lane="read")

    def _tell_busy(self) -> None:
        self.busy.emit(self._is_looking or self._is_summing)


def _rows(services: Services, chosen: Filter, text: str, pages: tuple[int, ...]) -> Arrived:
    operations = services.operations
    understood = operations.search(text)
    wanted = narrowed(chosen, understood.filter)
    rows = {number: operations.jump(wanted, number * PAGE, PAGE) for number in pages}
    last = max(pages)
    count = operations.count() if wanted.is_empty else None
    if count is None and len(rows[last]) < PAGE:
        count = last * PAGE + len(rows[last])
    return Arrived(wanted, understood.words, rows, count)


def _sums(services: Services, shown: Arrived) -> Summed:
    sums: dict[tuple[Kind, State], tuple[int, int]] = {}
    disputed, count = (0, 0), 0
    for each in services.operations.sums(shown.wanted):
        count += each.count
        if each.is_disputed:
            disputed = (disputed[0] + each.count, disputed[1] + each.kopecks)
        else:
            sums[each.kind, each.state] = (each.count, each.kopecks)
    everything = count if shown.wanted.is_empty else services.operations.count()
    return Summed(shown.wanted, shown.understood, count, everything, sums, disputed)
