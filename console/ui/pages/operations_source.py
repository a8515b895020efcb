"""Brings the rows of the operations table from the services, on workers; what comes too late is dropped.

One question at a time decides what is shown: a new filter makes every answer to an older one void.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from console.domain.endpoint import Kind
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
    """What a filter lets through: how many, and of how many without it; counts and sums by kind and state.

    Those of contradictions stand in `disputed` and not in `sums`, as the badges show them.
    """

    wanted: Filter
    count: int
    everything: int
    sums: Mapping[tuple[Kind, State], tuple[int, int]]
    disputed: tuple[int, int]
    understood: Text | None
    pages: Mapping[int, Sequence[OperationRow]]


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

    def renew(self, chosen: Filter, visible: Iterable[int]) -> None:
        """Look again at the rows in sight, without moving them; a look that is under way is followed by one more."""
        self._chosen = chosen
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
            self.renew(self._chosen, again)

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
    operations = services.operations
    understood = operations.search(text)
    wanted = narrowed(chosen, understood.filter)
    sums, disputed = _sums(services, wanted)
    count = sum(number for number, _ in sums.values()) + disputed[0]
    everything = count if wanted.is_empty else sum(number for number, _ in operations.totals(Filter()).values())
    rows = {number: operations.jump(wanted, number * PAGE, PAGE) for number in pages}
    return Loaded(wanted, count, everything, sums, disputed, understood.words, rows)


def _sums(services: Services, wanted: Filter) -> tuple[dict[tuple[Kind, State], tuple[int, int]], tuple[int, int]]:
    """Return counts and sums by kind and state without contradictions, and those of contradictions."""
    sums: dict[tuple[Kind, State], tuple[int, int]] = {}
    disputed = (0, 0)
    for kind in Kind if wanted.kind is None else (wanted.kind,):
        of_kind = replace(wanted, kind=kind)
        marked = services.operations.totals(replace(of_kind, disputed_only=True))
        for state, (count, kopecks) in services.operations.totals(of_kind).items():
            less = marked.get(state, (0, 0))
            sums[kind, state] = (count - less[0], kopecks - less[1])
            disputed = (disputed[0] + less[0], disputed[1] + less[1])
    return sums, disputed
