"""The input of a bank: a search by name or code with the exact code always in sight.

Which banks there are is told by a callable; nothing here knows a list of banks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from console.domain.text import mark
from console.ui.controls.badge import Pill
from console.ui.controls.bank_list import BankList, BankRow
from console.ui.controls.inputs import Input
from console.ui.controls.picture import Picture
from console.ui.i18n import Words

_PLACEHOLDER = mark("controls", "Name or 12-digit code")
_CODE = re.compile(r"\d{12}", re.ASCII)


class BankInput(Input):
    """An input for a bank; `search(text)` returns the rows to offer, recent ones marked.

    `value()` is the code of the chosen bank, a typed 12-digit code, or another text after *Use as typed*, else empty.
    `picked(BankRow | None)` comes when that changes.
    """

    picked = Signal(object)

    def __init__(
        self,
        search: Callable[[str], Sequence[BankRow]],
        placeholder: Words = _PLACEHOLDER,
        *,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(placeholder, name=name, parent=parent)
        self._search = search
        self._as_typed = False
        self._list: BankList | None = None
        self.chosen: BankRow | None = None
        self._pill = Pill()
        self._pill.hide()
        self._arrow = Picture("chevron-down", "ink2", 16)
        self.lead_with("search")
        self.trail_with(self._pill)
        self.trail_with(self._arrow)
        self.edit.installEventFilter(self)

    def value(self) -> str:
        """Return what goes to the gateway, or an empty string while nothing is chosen."""
        if self.chosen is not None:
            return self.chosen.code
        text = self.text().strip()
        return text if self._as_typed or _CODE.fullmatch(text) else ""

    def set_value(self, value: str) -> None:
        """Put in a code or a text, as from a draft."""
        found = self._exact(value)
        self._as_typed = bool(value) and found is None
        self._choose(found, value)

    def is_listed(self) -> bool:
        """Tell whether a bank of the list is chosen."""
        return self.chosen is not None

    def is_open(self) -> bool:
        """Tell whether the list is shown."""
        return self._list is not None and self._list.isVisible()

    def open_list(self) -> None:
        """Show the list for what stands in the input."""
        shown = self._list_here()
        typed = "" if self.chosen is not None else self.text().strip()
        shown.fill(self._search(typed), typed)
        shown.place_under(self)

    def close_list(self) -> None:
        """Hide the list."""
        if self._list is not None:
            self._list.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event.key())
        if event.type() == QEvent.Type.MouseButtonPress and not self.edit.isReadOnly():
            self.open_list()
        if event.type() == QEvent.Type.FocusOut:
            self._settle()
        if event.type() == QEvent.Type.Hide:
            self.close_list()  # it lies over the window, not over this page
        return super().eventFilter(watched, event)

    def _on_key(self, key: int) -> bool:
        if self.edit.isReadOnly():
            return False
        if not self.is_open():
            if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
                self.open_list()
                return True
            return False
        shown = self._list_here()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            shown.step(1 if key == Qt.Key.Key_Down else -1)
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            return shown.take()
        if key == Qt.Key.Key_Escape:
            self.close_list()
            return True
        return False

    def _list_here(self) -> BankList:
        """Return the list as a child of the present window, made at first use."""
        if self._list is None or self._list.parentWidget() is not self.window():
            self._list = BankList(self.window())
            self._list.picked.connect(self._on_picked)
            self._list.typed.connect(self._on_typed)
            self.destroyed.connect(self._list.deleteLater)
        return self._list

    def _on_edited(self, text: str) -> None:
        self._as_typed = False
        self._show(None)
        self.edited.emit(text)
        self.open_list()

    def _on_picked(self, row: BankRow) -> None:
        self.close_list()
        self._choose(row, row.name)

    def _on_typed(self) -> None:
        self.close_list()
        self._as_typed = True
        self.picked.emit(None)

    def _choose(self, row: BankRow | None, text: str) -> None:
        self.edit.setText(row.name if row else text)
        self._show(row)
        self.picked.emit(row)

    def _show(self, row: BankRow | None) -> None:
        self.chosen = row
        self._pill.setVisible(row is not None)
        self._arrow.setVisible(row is None)
        if row is not None:
            self._pill.say(row.code)

    def _settle(self) -> None:
        """On leaving, take the one bank that was written out in full by name or code."""
        self.close_list()
        if self.chosen is None and not self._as_typed:
            found = self._exact(self.text().strip())
            if found is not None:
                self._choose(found, found.name)

    def _exact(self, text: str) -> BankRow | None:
        if not text:
            return None
        rows = self._search(text)
        wanted = text.casefold()
        found = {row.code: row for row in rows if wanted in {row.code, row.name.casefold(), row.other.casefold()}}
        return next(iter(found.values())) if len(found) == 1 else None
