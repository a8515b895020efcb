"""Notices at the lower right of the sheet: what became final or contradictory while a person looked at something else.

Knows no operation; it shows what it is told and says which one a person wants to see.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.text import mark
from console.ui import ring
from console.ui.controls import paint
from console.ui.controls.button import Button, IconButton
from console.ui.controls.label import Label
from console.ui.controls.picture import Picture
from console.ui.controls.states import Look
from console.ui.i18n import Words
from console.ui.theme import tokens

_OPEN = mark("window", "Open")
_CLOSE = mark("window", "Close")
MOST, WIDE = 3, 380
STAYS = 20_000
"""Milliseconds for which good news stay; the rest stays until it is closed."""


class Notices(QWidget):
    """The stack, at most three high; `opened(str)` gives the order id a person wants to see."""

    opened = Signal(str)

    def __init__(self, sheet: QWidget) -> None:
        super().__init__(sheet)
        self._sheet = sheet
        self.setObjectName("notices")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.setFixedWidth(WIDE)
        sheet.installEventFilter(self)
        self.hide()

    def tell(self, order_id: str, shown: Look, title: Words, detail: Words, *, stays: bool) -> None:
        """Show one more, in place of an older one about the same operation."""
        for old in self._notes():
            if old.order_id == order_id:
                self._drop(old)
        while len(self._notes()) >= MOST:
            self._drop(self._notes()[0])
        note = _Note(order_id, shown, title, detail)
        note.opened.connect(self._on_opened)
        note.closed.connect(self._drop)
        if not stays:
            QTimer.singleShot(STAYS, note, lambda: self._drop(note))
        self._column.addWidget(note)
        self.show()
        self._place()

    def clear(self) -> None:
        """Take all away."""
        for note in self._notes():
            self._drop(note)

    def words(self) -> list[str]:
        """Return what is shown, the oldest first."""
        return [note.accessibleName() for note in self._notes()]

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:  # wrapped words know their height once they have a width
            self._place()
        return done

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        return False

    def _notes(self) -> list[_Note]:
        items = (self._column.itemAt(place) for place in range(self._column.count()))
        return [item.widget() for item in items if item is not None and isinstance(item.widget(), _Note)]  # type: ignore[misc]  # isinstance says so

    def _drop(self, note: _Note) -> None:
        self._column.removeWidget(note)
        note.hide()
        note.deleteLater()
        self.setVisible(bool(self._notes()))
        self._place()

    def _on_opened(self, note: _Note) -> None:
        self._drop(note)
        self.opened.emit(note.order_id)

    def _place(self) -> None:
        self.resize(WIDE, self._column.totalHeightForWidth(WIDE))
        below = tokens.ACTION_BAR + 12  # the buttons that a page stands on are never covered, *Send* above all
        self.move(self._sheet.width() - WIDE - 20, self._sheet.height() - self.height() - below)
        self.raise_()


class _Note(QFrame):
    opened = Signal(object)
    closed = Signal(object)

    def __init__(self, order_id: str, shown: Look, title: Words, detail: Words) -> None:
        super().__init__()
        from console.ui import i18n

        self.order_id = order_id
        self.setObjectName(f"notice/{order_id}")
        ring.keep_clear(self)
        self.setAccessibleName(f"{i18n.tr(title)}. {i18n.tr(detail)}")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(title, "body_strong", wrap=True))
        words.addWidget(Label(detail, "second", "ink2", wrap=True))
        see = Button(_OPEN, "quiet", size="row", name="notice/open")
        see.clicked.connect(lambda: self.opened.emit(self))
        close = IconButton("x", _CLOSE, side=24, name="notice/close")
        close.clicked.connect(lambda: self.closed.emit(self))
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 12, 10, 12)
        row.setSpacing(10)
        row.addWidget(Picture(shown.icon, shown.colour, 20), 0, paint.Align.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(see, 0, paint.Align.AlignTop)
        row.addWidget(close, 0, paint.Align.AlignTop)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint.box(painter, QRectF(self.rect()), "surface", "edge", tokens.RADIUS_CARD)
