"""Watches what the pulse hears: tells of operations that became final or contradictory, and of a gateway out of reach.

A notice stands in the window while another page is shown. While the window is not in use, a note in the tray, where there
is one, says how many became final or contradictory, and nothing else: others see it too, and systems keep such notes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QSystemTrayIcon

from console.app.front import to_front
from console.domain.endpoint import Kind
from console.domain.sentences import told
from console.domain.text import Text, mark
from console.domain.trouble import Unavailable
from console.domain.wording import duration, state_word
from console.ui import formats, i18n, icons
from console.ui.controls.states import look
from console.ui.controls.warning import OfflineBar
from console.ui.shell.notices import Notices

if TYPE_CHECKING:
    from console.app.console import Console
    from console.app.pulse import Pulse
    from console.journal.rows import OperationRow

_FINAL = {
    Kind.PAYOUT: mark("window", "Payout {order}: {state}"),
    Kind.PAYMENT: mark("window", "Payment {order}: {state}"),
}
_DISPUTED = mark("window", "The gateway contradicts itself about {order}")
_DETAIL = mark("window", "{amount}, {recipient}")
_TRAY = mark("window", "AliKassa Console")
_FINALS = mark("window", "{n} operation has a final state", "{n} operations have a final state")
_CONTRADICTIONS = mark(
    "window",
    "The gateway contradicts itself about {n} operation",
    "The gateway contradicts itself about {n} operations",
)
DISPUTED = "disputed"


class Watch(QObject):
    """Tells once of each outcome of the operations that were asked about."""

    def __init__(self, console: Console, pulse: Pulse, parent: QObject) -> None:
        super().__init__(parent)
        self._console = console
        self._window = console.window
        self._told: set[tuple[str, str]] = set()
        self._said: Text | None = None
        self.notices = Notices(console.window.sheet)
        self._tray: QSystemTrayIcon | None = None
        self._is_off = False
        self._unseen: dict[str, str] = {}
        self.destroyed.connect(self.notices.deleteLater)
        pulse.heard.connect(self.hear)
        pulse.ticked.connect(self.look)
        self._pulse = pulse

    def hear(self, row: OperationRow) -> None:
        """Take the row of an operation after a question; tell where it is news and not in sight."""
        if row.is_disputed:
            self._tell(row, DISPUTED)
        elif row.state.is_final and row.resolved_at is None:
            self._tell(row, row.state.value)

    def look(self) -> None:
        """Show whether the gateway of the account in use is out of reach."""
        services = self._console.services
        account = services.accounts.current
        self._look_at_clock()
        said = services.follow.paused(account.id) if account is not None else None
        if said == self._said:
            return
        self._said = said
        if said is None or account is None:
            self._window.sheet.set_offline(None)
            return
        bar = OfflineBar(said)
        bar.setObjectName("window/offline")
        bar.checked.connect(self._on_checked)
        self._window.sheet.set_offline(bar)

    def _look_at_clock(self) -> None:
        """Say once that this computer's clock is off; it is on the overview as long as it is so."""
        services = self._console.services
        account = services.accounts.current
        held = None if account is None else services.balances.latest(account.id)
        skew = 0.0 if held is None or held.skew is None else held.skew
        if skew and not self._is_off:
            self._window.notice(told(Unavailable("E-CLOCK", d=duration(abs(skew)))).what, "info")
        self._is_off = bool(skew)

    def _on_checked(self) -> None:
        account = self._console.services.accounts.current
        if account is not None:
            self._console.services.follow.resume(account.id)
            self._pulse.ask_balance()
            self._pulse.beat()

    def _tell(self, row: OperationRow, what: str) -> None:
        if (row.order_id, what) in self._told:
            return
        self._told.add((row.order_id, what))
        shown = look(what, row.kind.value)
        title = _DISPUTED if what == DISPUTED else _FINAL[row.kind].with_(state=state_word(row.state, row.kind))
        title = title.with_(order=row.order_id)
        detail = _DETAIL.with_(amount=formats.money(row.money), recipient=row.recipient or row.number_masked or "—")
        if not self._is_in_sight(row.order_id):
            stays = what == DISPUTED or row.state.value != "paid"
            self.notices.tell(row.order_id, shown, title, detail, stays=stays)
        if self._window.isActiveWindow():
            self._unseen.clear()
        else:
            self._unseen[row.order_id] = what
            self._note()

    def _is_in_sight(self, order_id: str) -> bool:
        """Tell whether the page that is shown says it itself: the table, the overview, or the order's own result."""
        name = self._window.current()
        if name in {"operations", "overview"}:
            return True
        page = self._window.page(name) if name else None
        return getattr(page, "order_id", "") == order_id

    def _note(self) -> None:
        """Say in the tray, where there is one, how many outcomes nobody has seen yet."""
        if not QSystemTrayIcon.isSystemTrayAvailable():
            return
        if self._tray is None:
            self._tray = QSystemTrayIcon(icons.icon("wallet", "link"), self)
            self._tray.messageClicked.connect(self._on_note)
        self._tray.show()
        disputed = sum(what == DISPUTED for what in self._unseen.values())
        counted = ((_CONTRADICTIONS, disputed), (_FINALS, len(self._unseen) - disputed))
        words = "\n".join(i18n.tr(text.of(count)) for text, count in counted if count)
        icon = QSystemTrayIcon.MessageIcon.Warning if disputed else QSystemTrayIcon.MessageIcon.Information
        self._tray.showMessage(i18n.tr(_TRAY), words, icon)

    def _on_note(self) -> None:
        """Bring the window back; what is in it then is seen, behind its PIN where it is locked."""
        self._unseen.clear()
        to_front(self._window)
