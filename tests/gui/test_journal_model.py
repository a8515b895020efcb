"""The rows of the journal's table: pages by number, and what a search found."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt

from console.services.record_rows import RecordRow, row_of
from console.ui.pages.journal import JournalPage
from console.ui.pages.journal_model import KEPT, PAGE, JournalModel
from tests.gui.reading_bench import Sitting, watch
from tests.services.test_timeline import event

WAIT = {"id": 100001524, "payment_status": "wait"}
Page = Sitting[JournalPage]


def rows(first: int, count: int) -> list[RecordRow]:
    from dataclasses import replace

    return [replace(row_of(event("intended")), seq=seq) for seq in range(first, first - count, -1)]


def test_the_model_keeps_the_rules_of_models() -> None:
    model = JournalModel()
    watch(model)
    model.show_all(600)
    model.show_all(605)
    model.show_found(rows(5, 5))
    model.show_all(605)


def test_a_page_of_records_is_asked_for_by_number() -> None:
    model = JournalModel()
    asked = list[int]()
    model.page_wanted.connect(asked.append)
    model.show_all(300)
    assert model.row_at(0) is None
    assert model.row_at(100) is None
    assert asked == [512, 256]
    model.take(512, rows(300, 44))
    row = model.row_at(0)
    assert row is not None
    assert row.seq == 300
    model.show_all(301)
    assert model.row_at(0) is None
    assert asked == [512, 256, 512]
    model.take(512, [row for row in rows(301, 45) if row.seq != 299])
    assert model.row_at(2) is None
    assert asked == [512, 256, 512]
    assert model.place_of(301) == 0
    assert model.place_of(302) == -1
    assert model.row_at(-1) is None


def test_few_pages_of_records_are_kept() -> None:
    model = JournalModel()
    model.show_all(1_000_000)
    for number in range(1, KEPT + 10):
        model.take(number * PAGE, rows(number * PAGE, PAGE))
    assert len(model._pages) == KEPT
    model.show_all(5)
    assert len(model._pages) == 0


def test_a_search_grows_while_there_is_more() -> None:
    model = JournalModel()
    wanted = list[int]()
    model.more_wanted.connect(lambda: wanted.append(1))
    assert model.last_found() is None
    model.add_found(rows(9, 1))
    assert not model.canFetchMore(QModelIndex())
    model.show_found(rows(1000, PAGE))
    assert model.canFetchMore(QModelIndex())
    assert model.has_more()
    model.fetchMore(QModelIndex())
    model.add_found(rows(1000 - PAGE, 10))
    assert not model.has_more()
    assert wanted == [1]
    assert model.rowCount() == PAGE + 10
    assert model.last_found() == 1000 - PAGE - 9
    assert model.place_of(1000 - PAGE) == PAGE
    assert model.place_of(5) == -1
    model.add_found([])
    model.take(256, rows(256, 1))
    assert model.rowCount() == PAGE + 10


def test_other_roles_say_nothing() -> None:
    model = JournalModel()
    model.show_found(rows(3, 1))
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) is None
    assert model.index(0, 4).data() == model.index(0, 5).data() == ""
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.headerData(0, Qt.Orientation.Horizontal) == "No."
    assert model.rowCount(model.index(0, 0)) == model.columnCount(model.index(0, 0)) == 0
