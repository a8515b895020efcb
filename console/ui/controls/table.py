"""The table: columns declared once, a header and rows painted by tokens, one selected row, changed and visited rows.

The table knows no operation: a model gives texts by `Qt.DisplayRole` and the facts below by their roles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QVBoxLayout, QWidget

from console.ui import i18n, icons, keys
from console.ui.controls import paint
from console.ui.controls.progress import BusyLine
from console.ui.controls.rows import RowDelegate
from console.ui.controls.table_fit import scroll_sideways, show_whole
from console.ui.i18n import Words
from console.ui.theme import theme, tokens

Index = QModelIndex | QPersistentModelIndex


class Fact(IntEnum):
    """Roles of a model beside the text."""

    LOOK = Qt.ItemDataRole.UserRole + 1
    """Of a badge cell: a `states.Look`."""
    CHANGED = Qt.ItemDataRole.UserRole + 2
    """Of any cell: whether its row changed since it was last seen."""
    VISITED = Qt.ItemDataRole.UserRole + 3
    """Of any cell: whether its row was opened before, and is calm; then its text is `ink2`."""
    TONE = Qt.ItemDataRole.UserRole + 4
    """Of a text cell: a colour token instead of ink, or nothing."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: key for sorting, title, width and kind (badge, text, strong, money, number, time, id).

    One that `yields` gives its room, down to `table_fit.LEAST`, to amounts and states that would be cut.
    """

    key: str
    title: Words
    width: int
    kind: str = "text"
    stretch: bool = False
    sortable: bool = True
    yields: bool = False

    @property
    def is_right(self) -> bool:
        """Whether header and cells stand at the right."""
        return self.kind in {"money", "number"}


class TableView(QTableView):
    """A table of declared columns.

    `opened(int)` comes by Enter or a double click with the row, `row_changed(int)` when another row is selected (-1: none),
    `sorted_by(str, bool)` by a click on a header (key, descending), `letter_pressed(str)` for a letter key of either layout.
    """

    opened = Signal(object)
    row_changed = Signal(object)
    sorted_by = Signal(str, bool)
    letter_pressed = Signal(str)

    def __init__(
        self, columns: Sequence[Column], said: Words, *, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.columns, self.said = tuple(columns), said
        self.hovered_row, self.ring_radius = -1, tokens.RADIUS_CARD
        self.setObjectName(name)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setItemDelegate(RowDelegate(self))
        self.setHorizontalHeader(TableHeader(self.columns, self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.set_compact(False)
        self.doubleClicked.connect(self._on_double_clicked)
        i18n.current().changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Name the table again, for who reads the screen, in the language in use."""
        self.setAccessibleName(i18n.tr(self.said))

    def set_compact(self, compact: bool) -> None:
        """Show rows of 30 px instead of 36."""
        self.verticalHeader().setMinimumSectionSize(tokens.TABLE_ROW_COMPACT)
        self.verticalHeader().setDefaultSectionSize(tokens.TABLE_ROW_COMPACT if compact else tokens.TABLE_ROW)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show a model whose columns are those declared."""
        super().setModel(model)
        if model is None:
            return
        header = self.horizontalHeader()
        for number, column in enumerate(self.columns):
            header.resizeSection(number, column.width)
            mode = QHeaderView.ResizeMode.Stretch if column.stretch else QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(number, mode)
        self.selectionModel().selectionChanged.connect(self._on_selected)
        for moved in (model.dataChanged, model.modelReset, model.rowsInserted):
            moved.connect(self.show_whole)
        self.show_whole()

    def show_whole(self) -> None:
        """Widen the columns of amounts and states until none in sight is cut; nothing else gets narrower but names."""
        show_whole(self)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Others came into sight."""
        super().scrollContentsBy(dx, dy)
        if dy:
            self.show_whole()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.show_whole()

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:
        """Keep what is read where it is when rows come on top of it."""
        super().rowsInserted(parent, start, end)
        bar = self.verticalScrollBar()
        spot = bar.value()
        if start == 0 and spot > 0:
            self.executeDelayedItemsLayout()
            bar.setValue(spot + (end - start + 1) * self.verticalHeader().defaultSectionSize())

    def set_sorting(self, key: str, descending: bool) -> None:
        """Show by which column the rows are sorted."""
        header = self.horizontalHeader()
        if isinstance(header, TableHeader):
            header.sorted_key, header.descending = key, descending
            header.viewport().update()

    def current_row(self) -> int:
        """Return the selected row, -1 for none."""
        model = self.selectionModel()
        chosen = model.selectedRows() if model is not None else []
        return chosen[0].row() if chosen else -1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.current_row() >= 0:
                self.opened.emit(self.current_row())
            return
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self.current_row() < 0:
            # Qt makes the first row current when the focus comes, but selects nothing.
            self.selectRow(0)
            return
        letter = keys.letter(event)
        if letter:
            self.letter_pressed.emit(letter)
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self.hovered_row:
            self.hovered_row = row
            self.viewport().update()

    def _on_selected(self) -> None:
        self.row_changed.emit(self.current_row())

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())


class TableHeader(QHeaderView):
    """The header of a table: captions, the sorted one with an arrow."""

    def __init__(self, columns: Sequence[Column], table: TableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._columns = columns
        self.sorted_key, self.descending = "", True
        self.setFixedHeight(tokens.TABLE_HEADER)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(40)
        self.setStretchLastSection(False)
        self.sectionClicked.connect(self._on_clicked)
        self._table = table
        i18n.current().changed.connect(self._on_language)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        column = self._columns[logicalIndex]
        painter.save()
        area = QRectF(rect)
        painter.fillRect(area, theme.colour("sunken"))
        painter.fillRect(QRectF(area.left(), area.bottom() - 1, area.width(), 1), theme.colour("line"))
        is_sorted = column.key == self.sorted_key
        role, ink = ("caption_strong", "ink") if is_sorted else ("caption_medium", "ink2")
        words = i18n.tr(column.title)
        inner = area.adjusted(20 if logicalIndex == 0 else 10, 0, -10, 0)
        wide = paint.width(words, role)
        if column.is_right:
            if is_sorted:
                inner = inner.adjusted(0, 0, -18, 0)
            paint.text(painter, inner, words, role, ink, paint.RIGHT)
            spot = inner.right() + 4
        else:
            paint.text(painter, inner, words, role, ink)
            spot = inner.left() + wide + 6
        if is_sorted:
            arrow = "arrow-down" if self.descending else "arrow-up"
            icons.draw(painter, arrow, QRectF(spot, area.center().y() - 7, 14, 14), "ink")
        painter.restore()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            painter.fillRect(self.viewport().rect(), theme.colour("sunken"))
            painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("line"))
        super().paintEvent(event)

    def _on_clicked(self, number: int) -> None:
        column = self._columns[number]
        if not column.sortable:
            return
        descending = not self.descending if column.key == self.sorted_key else True
        self._table.set_sorting(column.key, descending)
        self._table.sorted_by.emit(column.key, descending)

    def _on_language(self) -> None:
        self.viewport().update()


class TableCard(QFrame):
    """The box around a table: header, busy line, rows or an empty state, footer."""

    def __init__(
        self,
        table: TableView,
        footer: QWidget | None = None,
        head: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.table = table
        self.busy = BusyLine(self)
        self._empty: QWidget | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(1, 1, 1, 1)
        self.column.setSpacing(0)
        if head is not None:
            self.column.addWidget(head)
        self.column.addWidget(table, 1)
        if footer is not None:
            self.column.addWidget(footer)
        self.ring_radius = tokens.RADIUS_CARD

    def show_empty(self, empty: QWidget | None) -> None:
        """Show an empty state below the header instead of rows; None shows the rows again."""
        if self._empty is not None:
            self._empty.deleteLater()
        self._empty = empty
        scroll_sideways(self.table, has_rows=empty is None)
        if empty is not None:
            empty.setParent(self.table)
            self._place()
            empty.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint.box(painter, QRectF(self.rect()), "surface", "line", tokens.RADIUS_CARD)

    def _place(self) -> None:
        self.busy.setGeometry(1, self.table.y() + tokens.TABLE_HEADER, self.width() - 2, self.busy.height())
        self.busy.raise_()
        if self._empty is not None:
            top = tokens.TABLE_HEADER
            self._empty.setGeometry(0, top, self.table.width(), self.table.height() - top)
