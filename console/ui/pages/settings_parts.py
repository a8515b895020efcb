"""Parts of the settings: a section's card, its rows of words and a control, the inner list, and work with its trouble.

Knows nothing of what is set.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from console.domain.sentences import told
from console.domain.text import Text
from console.domain.trouble import Invalid, Trouble
from console.ui import i18n, icons
from console.ui.controls import paint
from console.ui.controls.card import Card
from console.ui.controls.label import Label, Line
from console.ui.i18n import Words
from console.ui.theme import tokens

if TYPE_CHECKING:
    from console.services.services import Services
    from console.ui.jobs import Jobs

T = TypeVar("T")
LIST, ITEM = 216, 36
_TWO = Text("", "{what} {do}")


class Section(QWidget):
    """A section: cards one under the other, `services` behind them. `noticed(Words)` is a word for the toast."""

    noticed = Signal(object)

    def __init__(self, services: Services, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services, self.jobs = services, jobs
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(16)

    def entered(self) -> None:
        """The section came up: look again at what may have changed."""

    def tick(self) -> None:
        """A second has passed."""

    def run(self, work: Callable[[], T], done: Callable[[T], None], say: Callable[[Words], None], lane: str) -> None:
        """Run `work` off the main thread; its trouble is said through `say`, in one line. A bug is raised."""
        say("")
        self.jobs.run(self, work, done, lambda error: say(trouble_words(error)), lane)


class SettingsCard(Card):
    """A card with a title and a sentence; `add` puts a row into it, `problem` says in red what went wrong."""

    def __init__(self, title: Words, sentence: Words = "", name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(padding=22, spacing=0, parent=parent)
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addWidget(Label(title, "section", wrap=True))
        if sentence:
            head.addWidget(Label(sentence, "second", "ink2", wrap=True))
        self.head = QHBoxLayout()
        self.head.setSpacing(12)
        self.head.addLayout(head, 1)
        self.column.addLayout(self.head)
        self.problem = Label(role="second", ink="red", wrap=True, select=True)
        self.problem.setObjectName(f"{name}/problem" if name else "")
        self.problem.hide()
        self.column.addWidget(self.problem)
        self.column.addSpacing(6)
        self._rows = 0

    def say(self, words: Words) -> None:
        """Say what went wrong, or take it back."""
        self.problem.say(words)
        self.problem.setVisible(bool(words))

    def add(self, title: Words, sentence: Words, *controls: QWidget) -> Label:
        """Add a row: what is set, what that means, and the controls at the right; return the sentence's label."""
        if self._rows:
            self.column.addWidget(Line())
        self._rows += 1
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Label(title, "body_medium", wrap=True))
        label = Label(sentence, "second", "ink3", wrap=True, select=True)
        if not sentence:
            label.hide()
        words.addWidget(label)
        line = QHBoxLayout()
        line.setContentsMargins(0, 12, 0, 12)
        line.setSpacing(12)
        line.addLayout(words, 1)
        for control in controls:
            line.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
        self.column.addLayout(line)
        return label

    def add_part(self, part: QWidget) -> None:
        """Add something that takes the whole width."""
        self.column.addWidget(part)
        self._rows += 1


class SectionList(QWidget):
    """The inner list of 216 px; `chosen(str)` gives the section. Arrows go through it."""

    chosen = Signal(str)

    def __init__(self, sections: Sequence[tuple[str, str, Words]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(LIST)
        self._items = [_Item(name, icon, words) for name, icon, words in sections]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for item in self._items:
            item.clicked.connect(lambda _=False, item=item: self.chosen.emit(item.name))
            item.stepped.connect(self._on_stepped)
            column.addWidget(item)
        column.addStretch(1)

    def choose(self, name: str) -> None:
        """Mark a section."""
        for item in self._items:
            item.setChecked(item.name == name)

    def go_in(self) -> None:
        """Give the focus to the section that is marked."""
        next(item for item in self._items if item.isChecked()).setFocus()

    def _on_stepped(self, by: int) -> None:
        place = next((number for number, item in enumerate(self._items) if item.hasFocus()), -1) + by
        if 0 <= place < len(self._items):
            self._items[place].setFocus(Qt.FocusReason.TabFocusReason)
            self._items[place].click()


class _Item(QAbstractButton):
    stepped = Signal(object)

    def __init__(self, name: str, icon: str, words: Words) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.name, self._icon, self._words = name, icon, words
        self.ring_radius = tokens.RADIUS_CONTROL
        self.setObjectName(f"settings/section/{name}")
        self.setCheckable(True)
        self.setFixedHeight(ITEM)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        i18n.current().changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words again, in the language in use."""
        said = i18n.tr(self._words)
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.update()

    def nextCheckState(self) -> None:
        """A click asks; the page decides which section is marked."""

    def sizeHint(self) -> QSize:
        return QSize(LIST, ITEM)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            rect, on = QRectF(self.rect()), self.isChecked()
            if on or self.underMouse():
                paint.box(painter, rect, "soft" if on else "hover2", "", tokens.RADIUS_CONTROL)
            icons.draw(painter, self._icon, QRectF(12, rect.center().y() - 8, 16, 16), "link" if on else "ink2")
            role, ink = ("body_strong", "ink") if on else ("body_medium", "ink2")
            paint.text(painter, rect.adjusted(38, 0, -8, 0), i18n.tr(self._words), role, ink)


def trouble_words(error: BaseException) -> Words:
    """Return what happened and what to do, in one line; a bug is raised."""
    if isinstance(error, Invalid):
        return error.text
    if not isinstance(error, Trouble):
        raise error
    said = told(error)
    return _TWO.with_(what=said.what, do=said.do)
