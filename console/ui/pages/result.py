"""The result of an order: what became of it, what about the money, what can be done; it lives on as the gateway answers.

Shows what the services found and counts down to the next question.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.domain.states import State
from console.ui import i18n, keys
from console.ui.controls.card import Scroll
from console.ui.controls.paint import Align
from console.ui.pages.result_block import Outcome, ResultBlock


class ResultPage(QWidget):
    """The page. `deed(str)` tells what a person wants: new, open, resend, check, receipt or report.

    `copied(Words)` tells what was copied.
    """

    deed = Signal(str)
    copied = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.outcome: Outcome | None = None
        self._seconds: float | None = None
        self._narrow = False
        self._block: ResultBlock | None = None
        inner = QWidget()
        whole = QVBoxLayout(inner)
        whole.setContentsMargins(28, 32, 28, 28)
        whole.setSpacing(20)
        self._above = QVBoxLayout()
        self._centre = QHBoxLayout()
        whole.addLayout(self._above)
        whole.addLayout(self._centre)
        whole.addStretch(1)
        self._area = Scroll(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area)
        i18n.current().changed.connect(self._draw)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show an outcome; where it is the same as before only the time of the next question is renewed."""
        before, self.outcome, self._seconds = self.outcome, outcome, outcome.next_check
        is_new = before is None or before.card.row.order_id != outcome.card.row.order_id
        if is_new or before is None or _content(before) != _content(outcome):
            self._draw()
        if is_new:
            self._area.verticalScrollBar().setValue(0)
            self._start()
        self._count_down()

    def forget(self) -> None:
        """Show nothing."""
        self.outcome = None
        self._draw()

    def is_due(self) -> bool:
        """Whether the next question should have been asked by now."""
        return self._seconds == 0.0

    def show_above(self, banner: QWidget | None) -> None:
        """Show a banner above the result, or none."""
        while (item := self._above.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if banner is not None:
            self._above.addWidget(banner)
            self._area.verticalScrollBar().setValue(0)

    def tick(self) -> None:
        """A second has passed."""
        if self._seconds is not None:
            self._seconds = max(0.0, self._seconds - 1.0)
        self._count_down()

    def set_asking(self, asking: bool) -> None:
        """Show that the gateway is being asked."""
        if self._block is not None:
            self._block.set_asking(asking)

    def set_narrow(self, narrow: bool) -> None:
        """Stand in one column in a narrow window."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        waits = self.outcome is not None and self.outcome.card.row.state is State.UNKNOWN
        if waits and keys.letter(event) == "S" and not event.isAutoRepeat():
            self.deed.emit("check")
            return
        super().keyPressEvent(event)

    def _start(self) -> None:
        """Give the keyboard to the first button that does not send anything."""
        if self._block is None:
            return
        for name in ("result/new", "result/operations"):
            button = self._block.findChild(QWidget, name)
            if button is not None and (name != "result/new" or self._can_go_on()):
                button.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _can_go_on(self) -> bool:
        return self.outcome is not None and not self.outcome.is_told

    def _count_down(self) -> None:
        if self._block is not None:
            self._block.count_down(self._seconds)

    def _draw(self) -> None:
        focused = self.focusWidget()
        name = "" if focused is None else focused.objectName()
        if self._block is not None:
            self._block.hide()
            self._centre.removeWidget(self._block)
            self._block.deleteLater()
            self._block = None
        if self.outcome is None:
            return
        self._block = ResultBlock(self.outcome, narrow=self._narrow)
        self._block.deed.connect(self.deed)
        self._block.copied.connect(self.copied)
        self._centre.addWidget(self._block, 0, Align.AlignTop)
        self._block.show()  # at once: what is not shown yet takes no keyboard
        self._count_down()
        again = self._block.findChild(QWidget, name) if name else None
        if again is not None:
            again.setFocus(Qt.FocusReason.OtherFocusReason)


def _content(outcome: Outcome) -> tuple[object, ...]:
    """Return what is drawn, without the time that is counted."""
    return outcome.card, outcome.payer_text, outcome.paused, outcome.next_check is None
