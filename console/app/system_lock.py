"""Hears from the desktop that its screen is locked or that the computer goes to sleep, over D-Bus (Linux and the BSDs).

What it listens to: `Lock` of our logind session and `PrepareForSleep` (org.freedesktop.login1(5)), and `ActiveChanged` of
the two names by which desktops tell of their screen saver. It only listens: nothing on a bus can open the lock, and a bus
that is missing or hangs leaves the idle lock. Knows nothing of what is locked.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import SLOT, QObject, Signal, Slot

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection

    from console.ui.jobs import Jobs

LOGIN = "org.freedesktop.login1"
SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver")
SYSTEM_BUS = Path("/run/dbus/system_bus_socket")
LONGEST = 3000
"""Milliseconds that logind has to name our session."""


@dataclass(frozen=True, slots=True)
class Buses:
    """The addresses of the two buses, empty where there is none."""

    session: str
    system: str


def buses() -> Buses:
    """Return where the buses of this desktop are; none is started for it, as looking one up by default might do."""
    if sys.platform in {"win32", "darwin"}:
        return Buses("", "")
    session = Path(os.environ.get("XDG_RUNTIME_DIR", "/nonexistent"), "bus")
    system = f"unix:path={SYSTEM_BUS}" if SYSTEM_BUS.exists() else ""
    return Buses(
        os.environ.get("DBUS_SESSION_BUS_ADDRESS") or (f"unix:path={session}" if session.exists() else ""),
        os.environ.get("DBUS_SYSTEM_BUS_ADDRESS") or system,
    )


class SystemLock(QObject):
    """Emits `locked` when the screen is locked and before the computer sleeps. Connecting blocks: it is done by a worker."""

    locked = Signal()

    def __init__(self, jobs: Jobs, where: Buses, parent: QObject) -> None:
        super().__init__(parent)
        self._names: list[str] = []
        self.heard_by: frozenset[str] = frozenset()
        """What it listens to, once it does."""
        self.destroyed.connect(_leaver(self._names))
        jobs.run(self, lambda: self._connect(where), self._on_connected, _raise)

    def _on_connected(self, heard: frozenset[str]) -> None:
        self.heard_by = heard

    @Slot(bool)
    def _on_told(self, begins: bool) -> None:
        if begins:
            self.locked.emit()

    @Slot()
    def _on_lock(self) -> None:
        self.locked.emit()

    def _connect(self, where: Buses) -> frozenset[str]:
        """Connect what there is to connect; return the names of it. Runs on a worker."""
        heard: set[str] = set()
        session, system = self._bus(where.session), self._bus(where.system)
        if session is not None:
            heard |= {name for name in SAVERS if self._listen(session, name, "", name, "ActiveChanged", flagged=True)}
        if system is not None:
            own = _own_session(system)
            told = self._listen(system, LOGIN, "", f"{LOGIN}.Manager", "PrepareForSleep", flagged=True)
            asked = self._listen(system, LOGIN, own, f"{LOGIN}.Session", "Lock", flagged=False)
            heard |= {name for name, ok in (("sleep", told), ("session", asked)) if ok}
        return frozenset(heard)

    def _bus(self, address: str) -> QDBusConnection | None:
        from PySide6.QtDBus import QDBusConnection

        if not address:
            return None
        name = f"console-{id(self)}-{len(self._names)}"
        self._names.append(name)
        bus = QDBusConnection.connectToBus(address, name)
        return bus if bus.isConnected() else None

    def _listen(self, bus: QDBusConnection, *rule: str, flagged: bool) -> bool:
        """Listen to a signal by service, path, interface and name; `flagged` ones say whether it begins or ends."""
        slot = SLOT("_on_told(bool)") if flagged else SLOT("_on_lock()")
        return bool(bus.connect(*rule, self, slot))  # type: ignore[call-overload]  # SLOT is text, the stub says bytes


def _own_session(bus: QDBusConnection) -> str:
    """Return the path of our session at logind, or empty for any: then another user's screen lock locks us too."""
    from PySide6.QtDBus import QDBus, QDBusMessage

    name = os.environ.get("XDG_SESSION_ID", "")
    if not name:
        return ""
    call = QDBusMessage.createMethodCall(LOGIN, "/org/freedesktop/login1", f"{LOGIN}.Manager", "GetSession")
    call.setArguments([name])
    answer = bus.call(call, QDBus.CallMode.Block, LONGEST)
    if answer.type() is not QDBusMessage.MessageType.ReplyMessage:
        return ""
    return str(answer.arguments()[0].path())


def _leaver(names: list[str]) -> Callable[[], None]:
    def leave() -> None:
        if names:
            from PySide6.QtDBus import QDBusConnection

            for name in names:
                QDBusConnection.disconnectFromBus(name)

    return leave


def _raise(error: BaseException) -> None:
    raise error
