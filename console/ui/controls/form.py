"""A form page: the form and the side panel beside it, which a narrow window folds into a strip above the action bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.text import mark
from console.ui.controls import paint
from console.ui.controls.bars import ActionBar
from console.ui.controls.button import Button
from console.ui.controls.card import Scroll, clear
from console.ui.controls.label import Label
from console.ui.controls.picture import Picture
from console.ui.i18n import Words
from console.ui.theme import theme, tokens

_MORE = mark("controls", "Details")


_DRAWER_PADDING = 14


class SideStrip(QFrame):
    """The side panel folded into 44 px above the action bar: what is left and the first warning; `opened` asks for more."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(44)
        self._caption = Label(role="second", ink="ink2")
        self._figure = Label(role="lead_money")
        self._icon = Picture("info", "blue", 18)
        self._warning = Label(role="second_medium", elide="right")
        self.more = Button(_MORE, "quiet", size="row", icon="chevron-up", name="side/more")
        self.more.clicked.connect(self.opened)
        row = QHBoxLayout(self)
        row.setContentsMargins(28, 1, 14, 0)
        row.setSpacing(8)
        row.addWidget(self._caption)
        row.addWidget(self._figure)
        self._gap = QWidget()
        self._gap.setFixedWidth(8)
        row.addWidget(self._gap)
        row.addWidget(self._icon)
        row.addWidget(self._warning, 1)
        row.addWidget(self.more)
        self.set_figure("", "")
        self.set_warning("", "hint")

    def turn(self, *, is_open: bool) -> None:
        """Point down while the panel is open, up while it is folded."""
        self.more.show_icon("chevron-down" if is_open else "chevron-up")

    def set_figure(self, caption: Words, figure: Words) -> None:
        """Say what is left."""
        self._caption.say(caption)
        self._figure.say(figure)
        for shown, words in ((self._caption, caption), (self._figure, figure), (self._gap, caption)):
            shown.setVisible(bool(words))

    def set_warning(self, words: Words, weight: str) -> None:
        """Say the first warning; an empty text shows none."""
        self._icon.setVisible(bool(words))
        self._icon.show_icon(*(("info", "blue") if weight == "hint" else ("triangle-alert", "amber")))
        self._warning.say(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.colour("surface"))
            painter.fillRect(0, 0, self.width(), 1, theme.colour("line"))


class SidePanel(QWidget):
    """The column of cards beside a form, 360 px wide; `cards` is its layout."""

    def __init__(self, *cards: QWidget, width: int = tokens.SIDE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(width)
        self.cards = QVBoxLayout(self)
        self.cards.setContentsMargins(0, 0, 0, 0)
        self.cards.setSpacing(12)
        for card in cards:
            self.cards.addWidget(card)
        self.cards.addStretch(1)

    def show_cards(self, *cards: QWidget) -> None:
        """Show these cards and no others."""
        clear(self.cards, *cards)
        for card in cards:
            self.cards.addWidget(card)
            card.show()
        self.cards.addStretch(1)


class FormLayout(QWidget):
    """A form page: head, form and side panel that scroll together, strip and action bar that stay.

    `set_narrow(True)` (a window below 1120) folds the side panel into the strip; *Details* opens it over the form, and
    Esc or a second click closes it.
    """

    def __init__(
        self,
        form: QWidget,
        side: SidePanel,
        bar: ActionBar,
        head: QWidget,
        *,
        strip: SideStrip | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.side, self.strip = side, strip or SideStrip()
        form.setMaximumWidth(tokens.FORM)
        self._row = QHBoxLayout()
        self._row.setSpacing(tokens.FORM_GAP)
        self._row.addWidget(form, tokens.FORM)
        self._row.addWidget(side, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addStretch(1)
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(28, 22, 28, 22)
        inner.setSpacing(16)
        inner.addWidget(head)
        inner.addLayout(self._row)
        inner.addStretch(1)
        self.area = Scroll(content)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.area, 1)
        column.addWidget(self.strip)
        column.addWidget(bar)
        self.strip.hide()
        self._drawer = _Drawer(self)
        self._drawer.closed.connect(self._on_toggled)
        self.strip.opened.connect(self._on_toggled)

    def set_narrow(self, narrow: bool) -> None:
        """Fold or unfold the side panel."""
        if narrow == self.strip.isVisibleTo(self):
            return
        self.strip.setVisible(narrow)
        self.strip.turn(is_open=False)
        self._drawer.hide()
        if narrow:
            self._row.removeWidget(self.side)
            self._drawer.hold(self.side)
        else:
            self._drawer.release()
            self._row.insertWidget(1, self.side, 0, Qt.AlignmentFlag.AlignTop)
            self.side.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _on_toggled(self) -> None:
        is_open = not self._drawer.isVisible()
        self.strip.turn(is_open=is_open)
        self._drawer.setVisible(is_open)
        self._place()
        if is_open:
            self._drawer.raise_()
            self._drawer.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.strip.more.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place(self) -> None:
        if self._drawer.isVisible():
            height = min(self._drawer.wanted_height(), self.strip.y() - 16)
            width = tokens.SIDE + 2 * _DRAWER_PADDING + 12
            self._drawer.setGeometry(self.width() - width - 14, self.strip.y() - height - 8, width, height)


class _Drawer(QFrame):
    """Holds the side panel over the form; `closed` comes by Esc."""

    closed = Signal()
    ring_radius = 0

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("side/drawer")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._panel: SidePanel | None = None
        self._area = Scroll(QWidget())
        column = QVBoxLayout(self)
        column.setContentsMargins(_DRAWER_PADDING, _DRAWER_PADDING, 2, _DRAWER_PADDING)
        column.addWidget(self._area)
        self.hide()

    def hold(self, panel: SidePanel) -> None:
        """Take the side panel in."""
        self._panel = panel
        self._area.setWidget(panel)
        panel.setAutoFillBackground(False)
        panel.show()

    def release(self) -> None:
        """Let the side panel go back into the form."""
        if self._panel is not None:
            self._area.takeWidget()
            self._panel = None

    def wanted_height(self) -> int:
        """Return the height at which nothing has to scroll."""
        inner = self._panel.sizeHint().height() if self._panel is not None else 0
        return inner + 2 * _DRAWER_PADDING

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint.box(painter, QRectF(self.rect()), "canvas", "edge", tokens.RADIUS_SHEET)
