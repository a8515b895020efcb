"""The rows of the operations table: pages that come when they are looked at, and what stays when rows come and go."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt

from console.domain.endpoint import Kind
from console.domain.states import State
from console.journal.rows import OperationRow
from console.ui import i18n
from console.ui.controls.table import Fact
from console.ui.pages.operations_columns import COLUMNS
from console.ui.pages.operations_model import KEPT, PAGE, OperationsModel
from tests.gui.reading_bench import watch
from tests.services.test_receipt import ROW

SINCE = "2026-11-24T00:00:00"


def row(number: int, **changed: object) -> OperationRow:
    at = f"2026-11-23T{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}.000000Z"
    return replace(ROW, order_id=f"PO-{number:06}", created_at=at, changed_at=at, **changed)  # type: ignore[arg-type]  # columns


def page(first: int, count: int = PAGE) -> list[OperationRow]:
    """Rows from `first` down: the newest has the greatest number."""
    return [row(number) for number in range(first, first - count, -1)]


def begun(total: int) -> OperationsModel:
    model = OperationsModel(SINCE)
    model.begin(total, page(total, min(total, PAGE)))
    return model


def test_the_model_keeps_the_rules_of_models() -> None:
    model = begun(600)
    watch(model)
    model.renew(605, {0: page(605)})
    model.renew(3, {0: page(3, 3)})


def test_a_page_is_asked_for_once_when_it_is_looked_at() -> None:
    model = begun(1000)
    asked = list[int]()
    model.page_wanted.connect(asked.append)
    assert model.row_at(PAGE - 1) is not None
    assert model.row_at(PAGE) is None
    assert model.row_at(PAGE + 5) is None
    assert asked == [1]
    model.take(1, page(1000 - PAGE))
    assert model.row_at(PAGE) == row(1000 - PAGE)
    assert model.row_at(900) is None
    assert asked == [1, 3]
    model.give_up(3)
    assert model.row_at(901) is None
    assert asked == [1, 3, 3]


def test_a_million_rows_keep_few_pages_in_memory() -> None:
    model = begun(1_000_000)
    for number in range(1, KEPT + 40):
        model.take(number, page(1_000_000 - number * PAGE))
    assert len(model._pages) == KEPT
    assert model.row_at(0) is None
    assert model.row_at((KEPT + 39) * PAGE) is not None
    assert model.rowCount() == 1_000_000


def test_rows_beyond_the_ends_are_none() -> None:
    model = begun(3)
    assert model.row_at(-1) is None
    assert model.row_at(3) is None
    short = OperationsModel(SINCE)
    short.begin(5, page(5, 2))
    assert short.row_at(4) is None
    assert short.index(4, 0).data() is None


def test_rows_on_top_move_the_others_down() -> None:
    model = begun(300)
    inserted = list[tuple[int, int]]()
    model.rowsInserted.connect(lambda _, first, last: inserted.append((first, last)))
    model.renew(303, {0: page(303)})
    assert inserted == [(0, 2)]
    assert model.row_at(3) == row(300)
    assert model.rowCount() == 303


def test_rows_that_come_and_go_elsewhere_change_the_end() -> None:
    model = begun(300)
    inserted = list[tuple[int, int]]()
    removed = list[tuple[int, int]]()
    model.rowsInserted.connect(lambda _, first, last: inserted.append((first, last)))
    model.rowsRemoved.connect(lambda _, first, last: removed.append((first, last)))
    model.renew(302, {0: page(300)})
    model.renew(290, {0: page(300)})
    assert (inserted, removed) == ([(300, 301)], [(290, 301)])
    model.renew(290, {0: page(300)})
    assert len(inserted) == len(removed) == 1


def test_a_number_that_is_not_known_yet_is_guessed_by_what_came_on_top() -> None:
    model = begun(300)
    model.renew(None, {0: page(303)})
    assert model.rowCount() == 303
    model.set_total(310)
    assert model.rowCount() == 310
    assert model.row_at(3) == row(300)
    model.set_total(302)
    model.set_total(302)
    assert model.rowCount() == 302
    assert model.row_at(3) == row(300)


def test_a_first_row_that_is_gone_adds_none() -> None:
    model = begun(2)
    model.renew(None, {0: page(900, 2)})
    assert model.rowCount() == 2
    empty = OperationsModel(SINCE)
    empty.begin(0, [])
    empty.renew(1, {0: page(1, 1)})
    assert empty.rowCount() == 1


def test_a_place_is_found_by_the_order_id() -> None:
    model = begun(600)
    model.take(2, page(600 - 2 * PAGE, 600 - 2 * PAGE))
    assert model.place_of("PO-000600") == 0
    assert model.place_of(row(600 - 2 * PAGE - 5).order_id) == 2 * PAGE + 5
    assert model.place_of("PO-none") == -1


def test_a_change_is_marked_until_it_is_seen() -> None:
    model = begun(2)
    assert not model.index(0, 0).data(Fact.CHANGED)
    later = replace(row(2), changed_at="2026-11-24T10:00:00.000000Z", state=State.PAID)
    model.renew(2, {0: [later, row(1)]})
    assert model.index(0, 0).data(Fact.CHANGED)
    model.see(later.order_id)
    model.see(later.order_id)
    model.see("PO-none")
    assert not model.index(0, 0).data(Fact.CHANGED)
    again = replace(later, changed_at="2026-11-24T11:00:00.000000Z")
    model.renew(2, {0: [again, row(1)]})
    assert model.index(0, 0).data(Fact.CHANGED)


@pytest.mark.parametrize(
    ("changed", "dimmed"),
    [({"state": State.PAID}, True), ({"state": State.UNKNOWN}, False), ({"disputed_at": "x"}, False)],
)
def test_only_what_is_calm_is_dimmed_after_it_was_seen(changed: dict[str, object], dimmed: bool) -> None:
    model = OperationsModel(SINCE)
    model.begin(1, [row(1, **changed)])
    assert not model.index(0, 0).data(Fact.VISITED)
    model.see(row(1).order_id)
    assert bool(model.index(0, 0).data(Fact.VISITED)) is dimmed


def test_cells_say_what_their_column_is_for() -> None:
    model = OperationsModel(SINCE)
    model.begin(1, [row(1, kind=Kind.PAYMENT)])
    assert model.index(0, 0).data(Fact.LOOK).icon == "circle-check"
    assert model.index(0, 5).data() == "RUB\u00a012,345.67"
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) is None
    assert model.index(0, 0).data(Fact.TONE) is None
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) is None
    assert model.rowCount(model.index(0, 0)) == model.columnCount(model.index(0, 0)) == 0
    assert model.columnCount(QModelIndex()) == len(COLUMNS)


def test_the_language_changes_every_cell() -> None:
    model = OperationsModel(SINCE)
    told = list[object]()
    model.dataChanged.connect(lambda *_: told.append(1))
    i18n.current().choose("ru")
    assert told == []
    model.begin(2, page(2, 2))
    i18n.current().choose("en")
    assert told == [1]
