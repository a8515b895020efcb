"""Brings the rows of the operations table from the services, on workers; what comes too late is dropped.

One question at a time decides what is shown: a new filter makes every answer to an older one void.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from console.domain.states import State
from console.domain.text import Text
from console.domain.trouble import Trouble
from console.journal.filters import Filter
from console.services.search import narrowed
from console.ui.pages.operations_model import PAGE, OperationsModel

if TYPE_CHECKING:
    from console.journal.rows import OperationRow
    from console.services.services import Services
    from console.ui.jobs import Jobs

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a filter lets through: counts and sums by state, how many there are without it, what the search understood."""

    wanted: Filter
    totals: Mapping[State, tuple[int, int]]
    everything: int
    understood: Text | None
    pages: Mapping[int, Sequence[OperationRow]]

    @property
    def count(self) -> int:
        """How many rows are shown."""
        return sum(count for count, _ in self.totals.values())


class OperationsSource(QObject):
    """`loaded(Loaded)` after every look, `failed(Trouble)` where the journal cannot be read, `busy(bool)` around both."""

    loaded = Signal(object)
    failed = Signal(object)
    busy = Signal(bool)

    def __init__(self, model: OperationsModel, services: Services, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._services = services
        self._jobs = jobs
        self._chosen, self._text = Filter(), ""
        self._wanted: Filter | None = None
        self._round = 0
        self._again: tuple[int, ...] | None = None
        self._is_busy = False
        model.page_wanted.connect(self._on_page_wanted)

    def show(self, chosen: Filter, text: str) -> None:
        """Show what the chips let through and the search finds, from its beginning."""
        self._chosen, self._text = chosen, text
        self._look((0,), self._on_shown)

    def renew(self, visible: Iterable[int]) -> None:
        """Look again at the rows in sight, without moving them; a look that is under way is followed by one more."""
        pages = tuple(sorted({0, *visible}))
        if self._is_busy:
            self._again = pages
        else:
            self._look(pages, self._on_renewed)

    def _look(self, pages: tuple[int, ...], done: Callable[[Loaded], None]) -> None:
        self._round += 1
        self._set_busy(True)
        chosen, text = self._chosen, self._text
        self._run(lambda: _load(self._services, chosen, text, pages), done, self._on_failed)

    def _on_shown(self, found: Loaded) -> None:
        self._wanted = found.wanted
        self._model.begin(found.count, found.pages[0])
        self._end(found)

    def _on_renewed(self, found: Loaded) -> None:
        self._wanted = found.wanted
        self._model.renew(found.count, found.pages)
        self._end(found)

    def _end(self, found: Loaded) -> None:
        self._set_busy(False)
        self.loaded.emit(found)
        again, self._again = self._again, None
        if again is not None:
            self.renew(again)

    def _on_failed(self, error: BaseException) -> None:
        self._set_busy(False)
        self._again = None
        if not isinstance(error, Trouble):
            raise error
        self.failed.emit(error)

    def _on_page_wanted(self, number: int) -> None:
        wanted = self._wanted
        if wanted is None:
            return
        self._run(
            lambda: self._services.operations.jump(wanted, number * PAGE, PAGE),
            lambda rows: self._model.take(number, rows),
            lambda error: self._on_page_failed(number, error),
        )

    def _on_page_failed(self, number: int, error: BaseException) -> None:
        self._model.give_up(number)
        self._on_failed(error)

    def _run(self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[BaseException], None]) -> None:
        """Run work that is void as soon as something else is to be shown."""
        now = self._round

        def if_current(act: Callable[[T], None]) -> Callable[[T], None]:
            return lambda value: act(value) if now == self._round else None

        def if_wanted(error: BaseException) -> None:
            if now == self._round:
                failed(error)

        self._jobs.run(self, work, if_current(done), if_wanted, lane="read")

    def _set_busy(self, busy: bool) -> None:
        self._is_busy = busy
        self.busy.emit(busy)


def _load(services: Services, chosen: Filter, text: str, pages: tuple[int, ...]) -> Loaded:
    understood = services.operations.search(text)
    wanted = narrowed(chosen, understood.filter)
    totals = services.operations.totals(wanted)
    everything = totals if wanted.is_empty else services.operations.totals(Filter())
    return Loaded(
        wanted,
        totals,
        sum(count for count, _ in everything.values()),
        understood.words,
        {number: services.operations.jump(wanted, number * PAGE, PAGE) for number in pages},
    )
