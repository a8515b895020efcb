"""The menu of a chip or a drop-down: the choices, the one in use ticked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from console.ui import i18n, icons
from console.ui.controls.corners import round_off
from console.ui.i18n import Words
from console.ui.theme import tokens


def offer(owner: QWidget, choices: Sequence[tuple[object, Words]], chosen: int) -> QMenu:
    """Open a menu under `owner` and return it; the data of the action that it emits by `triggered` is the choice's number.

    Connect `triggered` to a method of the owner, not to a closure: that would keep the owner alive until its own menu dies.
    """
    menu = QMenu(owner)
    # Without these the corners outside the round border are filled.
    round_off(menu, tokens.RADIUS_CONTROL)
    menu.setWindowFlags(menu.windowFlags() | Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint)
    menu.setMinimumWidth(owner.width())
    for number, (_, words) in enumerate(choices):
        action = menu.addAction(i18n.tr(words).replace("&", "&&"))
        action.setData(number)
        if number == chosen:
            action.setIcon(icons.icon("check", "link"))
    # Not WA_DeleteOnClose: that frees the menu inside the very event that closes it.
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(owner.mapToGlobal(QPoint(0, owner.height() + 4)))
    return menu
