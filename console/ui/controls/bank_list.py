"""The list under a bank input: recent banks, all that match, and the text used as typed. Only shows and is picked from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from console.domain.text import mark
from console.ui import i18n, icons
from console.ui.controls import paint
from console.ui.i18n import Words
from console.ui.theme import theme, tokens

_RECENT = mark("controls", "Recent")
_ALL = mark("controls", "All banks")
_MATCHING = mark("controls", "All banks with “{typed}”")
_AS_TYPED = mark("controls", "Use as typed: {typed}")
_NONE = mark("controls", "No bank of this name in the list")

ROW = 36
CAPTION = 30
_LEAST = 200
"""With less room below the input the list lies above it."""
_ITEM = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class BankRow:
    """A bank in the list: name, its name in the other language, code; `doubt` where it stands in one list only."""

    name: str
    other: str
    code: str
    doubt: Words = ""
    recent: bool = False


@dataclass(frozen=True, slots=True)
class _Caption:
    words: str
    line: bool = False


@dataclass(frozen=True, slots=True)
class _AsTyped:
    words: str


class BankList(QFrame):
    """The list; `picked(BankRow)` and `typed()` (use as typed) tell what a person chose."""

    picked = Signal(object)
    typed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("bank/list")
        self._rows = QListWidget(self)
        self._rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._rows.setItemDelegate(_Delegate(self._rows))
        self._rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rows.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._rows.setMouseTracking(True)
        self._rows.setFrameShape(QFrame.Shape.NoFrame)
        self._rows.itemEntered.connect(self._on_entered)
        self._rows.itemClicked.connect(self._on_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(5, 6, 5, 6)
        column.addWidget(self._rows)
        self.hide()

    def fill(self, rows: Sequence[BankRow], typed: str) -> None:
        """Show these banks for what was typed, recent ones first, and the way to use the text as it is."""
        self._rows.clear()
        recent = [row for row in rows if row.recent]
        rest = [row for row in rows if not row.recent]
        if recent:
            self._caption(i18n.tr(_RECENT))
            self._add_all(recent)
        if rest:
            words = i18n.tr(_MATCHING.with_(typed=typed) if typed else _ALL)
            self._caption(words, line=bool(recent))
            self._add_all(rest)
        if typed:
            if not rows:
                self._caption(i18n.tr(_NONE))
            self._add(_AsTyped(i18n.tr(_AS_TYPED.with_(typed=typed))), ROW)
        self._select(0 if rows else self._rows.count() - 1, 1)

    def place_under(self, anchor: QWidget) -> None:
        """Lie under `anchor` at its width, or above it where there is more room."""
        window = self._window
        top_left = anchor.mapTo(window, QPoint(0, 0))
        wanted = self._content_height() + 14
        below = window.height() - top_left.y() - anchor.height() - 12
        above = top_left.y() - 12
        up = below < min(wanted, _LEAST) and above > below
        height = min(wanted, 8 * ROW + 2 * CAPTION + 14, above if up else below)
        top = top_left.y() - height - 4 if up else top_left.y() + anchor.height() + 4
        self.setGeometry(top_left.x(), top, anchor.width(), height)
        self.raise_()
        self.show()

    def step(self, by: int) -> None:
        """Move the mark down (1) or up (-1), over captions."""
        self._select(self._rows.currentRow() + by, by)

    def take(self) -> bool:
        """Pick the marked row; returns whether there was one."""
        item = self._rows.currentItem()
        return item is not None and self._take(item)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint.box(painter, QRectF(self.rect()), "surface", "edge", tokens.RADIUS_CARD)

    def _caption(self, words: str, *, line: bool = False) -> None:
        item = self._add(_Caption(words, line), CAPTION + (5 if line else 0))
        item.setFlags(Qt.ItemFlag.NoItemFlags)

    def _add_all(self, rows: Sequence[BankRow]) -> None:
        for row in rows:
            self._add(row, ROW)

    def _add(self, data: object, height: int) -> QListWidgetItem:
        item = QListWidgetItem(self._rows)
        item.setData(_ITEM, data)
        item.setSizeHint(QSize(0, height))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, _accessible(data))
        return item

    def _content_height(self) -> int:
        return sum(self._rows.item(row).sizeHint().height() for row in range(self._rows.count()))

    def _select(self, row: int, by: int) -> None:
        while 0 <= row < self._rows.count():
            if self._rows.item(row).flags() & Qt.ItemFlag.ItemIsSelectable:
                self._rows.setCurrentRow(row)
                return
            row += 1 if by >= 0 else -1

    def _on_entered(self, item: QListWidgetItem) -> None:
        if item.flags() & Qt.ItemFlag.ItemIsSelectable:
            self._rows.setCurrentItem(item)

    def _on_clicked(self, item: QListWidgetItem) -> None:
        self._take(item)

    def _take(self, item: QListWidgetItem) -> bool:
        data = item.data(_ITEM)
        if isinstance(data, BankRow):
            self.picked.emit(data)
        elif isinstance(data, _AsTyped):
            self.typed.emit()
        else:
            return False
        return True


def _accessible(data: object) -> str:
    if isinstance(data, BankRow):
        return f"{data.name}, {data.code}"
    return data.words if isinstance(data, (_Caption, _AsTyped)) else ""


class _Delegate(QStyledItemDelegate):
    """Draws the rows."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size: QSize = index.data(Qt.ItemDataRole.SizeHintRole)
        return size

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        data = index.data(_ITEM)
        rect = QRectF(option.rect)
        painter.save()
        if isinstance(data, _Caption):
            if data.line:
                painter.fillRect(QRectF(rect.left(), rect.top() + 2, rect.width(), 1), theme.colour("line"))
            words = rect.adjusted(10, 5 if data.line else 0, -10, 0)
            paint.text(painter, words, data.words, "caption", "ink3")
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                paint.box(painter, rect, "soft", "", tokens.RADIUS_BADGE)
            inner = rect.adjusted(10, 0, -10, 0)
            if isinstance(data, BankRow):
                _draw_bank(painter, inner, data)
            elif isinstance(data, _AsTyped):
                paint.text(painter, inner, data.words, "body", "link")
        painter.restore()


def _draw_bank(painter: QPainter, rect: QRectF, row: BankRow) -> None:
    code = paint.width(row.code, "id_small")
    paint.text(painter, rect, row.code, "id_small", "ink2", paint.RIGHT, elide=False)
    room = rect.adjusted(0, 0, -code - 16, 0)
    if row.doubt:
        icons.draw(painter, "triangle-alert", QRectF(room.right() - 14, room.center().y() - 7, 14, 14), "amber")
        room = room.adjusted(0, 0, -22, 0)
    paint.text(painter, room, row.name, "body_medium", "ink")
    wide = paint.width(row.name, "body_medium") + 9
    if row.other and wide < room.width() - 30:
        paint.text(painter, room.adjusted(wide, 0, 0, 0), row.other, "second", "ink3")
