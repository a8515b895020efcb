from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QPointF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.domain.text import mark
from console.ui import i18n
from console.ui.controls import paint
from console.ui.controls.badge import badge_width
from console.ui.controls.empty import EmptyState
from console.ui.controls.footer import TableFooter, Total
from console.ui.controls.states import look
from console.ui.controls.table import Column, Fact, TableCard, TableHeader, TableView
from console.ui.controls.table_fit import LEAST
from console.ui.theme.tokens import LIGHT
from tests.mouse import double_click

COLUMNS = (
    Column("state", mark("controls", "Draft"), 180, "badge"),
    Column("recipient", "Recipient", 140, "strong", yields=True),
    Column("amount", "Amount", 120, "money"),
    Column("id", "Order id", 90, "id", sortable=False),
)
NOWHERE = QModelIndex()


class Rows(QAbstractTableModel):
    """Three rows: changed, visited, toned."""

    amount = "RUB 1.00"

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = NOWHERE) -> int:
        return 3

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = NOWHERE) -> int:
        return len(COLUMNS)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return ("", "Alekseev", self.amount, "PO-20261124-0000-0015")[index.column()]
        return {
            Fact.LOOK: look("unknown"),
            Fact.CHANGED: index.row() == 0,
            Fact.VISITED: index.row() == 1,
            Fact.TONE: "red" if index.row() == 2 else None,
        }.get(Fact(role) if role in set(Fact) else None)  # type: ignore[arg-type]  # None is no key, and that is meant


def table(qtbot: QtBot) -> TableView:
    result = TableView(COLUMNS, mark("window", "Operations"), name="operations/table")
    result.setModel(Rows(result))
    result.resize(600, 240)
    qtbot.addWidget(result)
    with qtbot.waitActive(result):
        result.show()
    return result


def test_enter_opens_and_letters_of_both_layouts_are_told(qtbot: QtBot) -> None:
    shown = table(qtbot)
    opened: list[int] = []
    letters: list[str] = []
    shown.opened.connect(opened.append)
    shown.letter_pressed.connect(letters.append)
    QTest.keyClick(shown, Qt.Key.Key_Return)
    assert opened == []
    shown.selectRow(1)
    QTest.keyClick(shown, Qt.Key.Key_Return)
    QTest.keyClick(shown, Qt.Key.Key_S)
    QApplication.sendEvent(shown, QKeyEvent(QEvent.Type.KeyPress, ord("Ы"), Qt.KeyboardModifier.NoModifier, "ы"))
    assert opened == [1] and letters == ["S", "S"]


def test_another_row_is_told(qtbot: QtBot) -> None:
    shown = table(qtbot)
    rows: list[int] = []
    shown.row_changed.connect(rows.append)
    shown.setFocus()
    shown.selectRow(0)
    QTest.keyClick(shown, Qt.Key.Key_Down)
    assert rows == [0, 1] and shown.current_row() == 1


def test_a_double_click_opens(qtbot: QtBot) -> None:
    shown = table(qtbot)
    opened: list[int] = []
    shown.opened.connect(opened.append)
    spot = shown.visualRect(shown.model().index(2, 1)).center()
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    double_click(shown.viewport(), spot)
    assert opened == [2]


def test_a_click_on_a_header_sorts_and_turns(qtbot: QtBot) -> None:
    shown = table(qtbot)
    sorted_: list[tuple[str, bool]] = []
    shown.sorted_by.connect(lambda key, down: sorted_.append((key, down)))
    header = shown.horizontalHeader()
    assert isinstance(header, TableHeader)
    for section in (1, 1, 2, 3):
        spot = header.sectionViewportPosition(section) + 20
        QTest.mouseClick(
            header.viewport(), Qt.MouseButton.LeftButton, pos=header.rect().topLeft() + type(shown.pos())(spot, 10)
        )
    assert sorted_ == [("recipient", True), ("recipient", False), ("amount", True)]
    assert (header.sorted_key, header.descending) == ("amount", True)


def colours(shown: TableView) -> set[str]:
    image = shown.viewport().grab().toImage()
    return {QColor(image.pixel(left, top)).name().upper() for left in range(260) for top in range(image.height())}


def test_marks_are_painted(qtbot: QtBot) -> None:
    shown = table(qtbot)
    before = colours(shown)
    assert LIGHT.accent in before, "the dot of the changed row"
    assert {LIGHT.amber_t, LIGHT.amber_e} <= before, "the badge"
    assert LIGHT.row not in before
    shown.selectRow(2)
    assert LIGHT.row in colours(shown)


def test_the_row_under_the_mouse_is_marked(qtbot: QtBot) -> None:
    shown = table(qtbot)
    assert LIGHT.hover2 not in colours(shown)
    spot = QPointF(shown.visualRect(shown.model().index(1, 1)).center())
    none = Qt.MouseButton.NoButton
    move = QMouseEvent(QEvent.Type.MouseMove, spot, spot, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(shown.viewport(), move)
    assert shown.hovered_row == 1 and LIGHT.hover2 in colours(shown)
    QApplication.sendEvent(shown, QEvent(QEvent.Type.Leave))
    assert shown.hovered_row == -1


def test_rows_can_be_compact(qtbot: QtBot) -> None:
    shown = table(qtbot)
    assert shown.rowHeight(0) == 36
    shown.set_compact(True)
    assert shown.rowHeight(0) == 30


def carded(qtbot: QtBot, width: int) -> tuple[TableCard, TableView]:
    """A table in its card."""
    shown = TableView(COLUMNS, mark("window", "Operations"))
    shown.setModel(Rows(shown))
    card = TableCard(shown, TableFooter())
    qtbot.addWidget(card)
    card.resize(width, 400)
    card.show()
    return card, shown


def test_an_empty_state_stands_below_the_header(qtbot: QtBot) -> None:
    card, shown = carded(qtbot, 600)
    empty = EmptyState("list-filter", "Nothing fits", "No such operation.")
    card.show_empty(empty)
    assert empty.isVisible() and empty.y() == 34 and empty.width() == shown.width()
    card.show_empty(None)
    qtbot.waitUntil(lambda: not shown.findChildren(EmptyState))


def test_an_empty_table_scrolls_nowhere(qtbot: QtBot) -> None:
    card, shown = carded(qtbot, 300)
    qtbot.waitUntil(shown.horizontalScrollBar().isVisible)
    card.show_empty(EmptyState("list-filter", "Nothing fits", "No such operation."))
    qtbot.waitUntil(lambda: not shown.horizontalScrollBar().isVisible())
    card.show_empty(None)
    qtbot.waitUntil(shown.horizontalScrollBar().isVisible)


def test_the_footer_shows_what_fits_and_counts_the_rest(qtbot: QtBot) -> None:
    footer = TableFooter()
    qtbot.addWidget(footer)
    footer.set_count("16 operations")
    totals = [Total(look("unknown"), "Unknown", "RUB 18,500.00", loud=True)]
    totals += [Total(look("paid"), f"Paid {number}", "RUB 1.00") for number in range(5)]
    footer.resize(1400, 48)
    footer.show()
    footer.set_totals(totals)
    assert not footer._more.isVisible()
    footer.resize(500, 48)
    qtbot.waitUntil(footer._more.isVisible)
    qtbot.waitUntil(lambda: footer._more.text() == f"{footer._totals.hidden()} more")
    assert 0 < footer._totals.hidden() < 6
    footer.set_totals(totals, elsewhere=2)
    qtbot.waitUntil(lambda: footer._more.text() == f"{footer._totals.hidden() + 2} more")


def test_the_footer_offers_to_drop_the_filter(qtbot: QtBot) -> None:
    footer = TableFooter()
    qtbot.addWidget(footer)
    footer.show()
    footer.set_count("12 of 340", filtered=True)
    with qtbot.waitSignal(footer.reset):
        QTest.mouseClick(footer._reset, Qt.MouseButton.LeftButton)
    footer.set_count("340")
    assert not footer._reset.isVisible()


def test_a_header_speaks_the_language(qtbot: QtBot) -> None:
    shown = table(qtbot)
    i18n.current().choose("ru")
    shown.horizontalHeader().grab()
    assert i18n.tr(COLUMNS[0].title) == "Черновик"


def test_an_amount_or_a_state_is_never_cut(qtbot: QtBot) -> None:
    shown = table(qtbot)
    header, rows = shown.horizontalHeader(), shown.model()
    assert isinstance(rows, Rows)
    assert header.sectionSize(2) == 120
    before = header.sectionSize(1)
    rows.amount = "RUB 999,999,999.99"
    rows.dataChanged.emit(rows.index(0, 0), rows.index(2, 3))
    wide = paint.width(rows.amount, "second_money") + 20
    assert header.sectionSize(2) == wide > 120
    assert header.sectionSize(1) == before - (wide - 120), "a name gives way, so that the amount stays in sight"
    rows.amount = "RUB 1.00"
    rows.dataChanged.emit(rows.index(0, 0), rows.index(2, 3))
    assert header.sectionSize(2) == wide, "a column that moves to and fro cannot be read"
    header.resizeSection(0, 60)
    rows.beginResetModel()
    rows.endResetModel()
    assert header.sectionSize(0) >= badge_width(look("unknown")) + 30
    assert header.sectionSize(1) == LEAST
