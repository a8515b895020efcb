"""How the rows of a table are drawn: badges, texts of two weights, money at the right, marks at the left edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from console.ui.controls import paint
from console.ui.controls.badge import draw_badge
from console.ui.theme import fonts, theme, tokens

if TYPE_CHECKING:
    from console.ui.controls.table import TableView

ROLES = {
    "text": "second",
    "strong": "second_medium",
    "money": "second_money",
    "number": "second_tabular",
    "time": "second_tabular",
    "id": "id_small",
}
FIRST_LEFT, LEFT, RIGHT = 20, 10, 10
"""Space beside the words of a cell."""
_KEPT = {"money", "badge"}
"""Kinds that stay `ink` in a visited row."""


class RowDelegate(QStyledItemDelegate):
    """Draws every cell of a `TableView`."""

    def __init__(self, table: TableView) -> None:
        super().__init__(table)
        self._table = table

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        from console.ui.controls.table import Fact

        rect = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = index.row() == self._table.hovered_row
        changed = bool(index.data(Fact.CHANGED))
        painter.save()
        ground = "row" if selected else "hover2" if hovered else "surface"
        painter.fillRect(rect, theme.colour(ground))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), theme.colour("line"))
        is_first = self._table.horizontalHeader().visualIndex(index.column()) == 0
        if is_first:
            _draw_marks(painter, rect, selected=selected, changed=changed)
        inner = rect.adjusted(FIRST_LEFT if is_first else LEFT, 0, -RIGHT, -1)
        self._draw_cell(painter, inner, index, changed=changed)
        painter.restore()

    def _draw_cell(
        self, painter: QPainter, rect: QRectF, index: QModelIndex | QPersistentModelIndex, *, changed: bool
    ) -> None:
        from console.ui.controls.table import Fact

        column = self._table.columns[index.column()]
        look = index.data(Fact.LOOK) if column.kind == "badge" else None
        if look is not None:
            spot = QPointF(rect.left(), round(rect.center().y() - tokens.BADGE / 2))
            draw_badge(painter, spot, look, room=rect.width())
            return
        words = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        role = ROLES.get(column.kind, "second")
        if changed and column.kind == "strong":
            role = "second_strong"
        seen = bool(index.data(Fact.VISITED)) and column.kind not in _KEPT
        ink = str(index.data(Fact.TONE) or ("ink2" if seen else "ink"))
        align = paint.RIGHT if column.is_right else paint.LEFT
        if column.kind == "id":
            _draw_id(painter, rect, words, ink)
        else:
            paint.text(painter, rect, words, role, ink, align)


def _draw_marks(painter: QPainter, rect: QRectF, *, selected: bool, changed: bool) -> None:
    if selected:
        painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height() - 1), theme.colour("accent"))
    if changed:
        paint.box(painter, QRectF(rect.left() + 7, rect.center().y() - 3.5, 6, 6), "accent", "", 3)


def _draw_id(painter: QPainter, rect: QRectF, words: str, ink: str) -> None:
    painter.setFont(fonts.font("id_small"))
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, int(rect.width()))
    paint.text(painter, rect, shown, "id_small", ink, elide=False)
