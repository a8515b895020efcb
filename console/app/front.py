"""One window a home: a second start asks the first one to come to the front, and goes.

The channel is local, its user's alone and named after the home and the screen; one message passes it and nothing secret.
It listens while this process holds the home's lock, so an answer proves that the home is open there, and in a home without
an account, which nobody holds, while a person chooses how to begin. Whoever cannot be reached so (on another screen, hung)
is left alone: the second window then only looks.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QLockFile, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

    from console.app.console import Console
    from console.domain.trouble import Unavailable

MESSAGE, ANSWER = b"raise\n", b"raised\n"
ANSWERS_IN = 2000
"""Milliseconds that the first one has to answer: its main thread is idle nearly always."""
PAUSE = 0.1
"""Seconds between two tries to reach one that is only starting."""
PATIENCE = 3.0
"""Seconds that it is tried: who takes the lock listens as soon as its engine is made."""


def channel(home: Path) -> str:
    """Return the name of a home's channel: a socket in a folder of this user's, or a pipe where there are no such files.

    The screen is part of the name: a window on another one cannot be brought to the front here.
    """
    return _name(home) if sys.platform == "win32" else str(_folder() / _name(home))


def _name(home: Path) -> str:
    screen = "\n".join(os.environ.get(name, "") for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    text = f"{os.path.realpath(home)}\n{screen}"
    return f"alikassa-console-{hashlib.sha256(text.encode('utf-8', 'surrogateescape')).hexdigest()[:16]}"


def _folder() -> Path:
    """Return the folder of this user's sockets; one that is not there, or another user's, as after `su`, is not used."""
    folder = Path(os.environ.get("XDG_RUNTIME_DIR") or os.devnull)
    return folder if folder.is_dir() and os.access(folder, os.W_OK | os.X_OK) else Path(tempfile.gettempdir())


def may_be_open(home: Path) -> bool:
    """Whether it is worth asking before there is a window: a look at a file, which may be of one that was killed."""
    return Path(channel(home)).exists()


def bring_forward(home: Path, patience: float = 0.0) -> bool:
    """Ask the one that holds `home` to come to the front; True where it said that it did.

    Tried for `patience` seconds. It blocks: off the main thread, or before there is a window.
    """
    until = time.monotonic() + patience
    while not _ask(channel(home)):
        if time.monotonic() >= until:
            return False
        time.sleep(PAUSE)
    return True


def _ask(name: str) -> bool:
    from PySide6.QtNetwork import QLocalSocket

    if not _is_ours(name):
        return False
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(ANSWERS_IN):
        return False
    socket.write(MESSAGE)
    socket.waitForBytesWritten(ANSWERS_IN)
    while socket.bytesAvailable() < len(ANSWER) and socket.waitForReadyRead(ANSWERS_IN):
        pass
    said = bytes(socket.read(len(ANSWER)).data())
    socket.abort()
    return said == ANSWER


def _is_ours(name: str) -> bool:
    """Whether the socket was made by this user: in a folder that all may write to another one could have put it there."""
    if sys.platform == "win32":
        return True
    try:
        found = Path(name).lstat()
    except OSError:
        return False
    return stat.S_ISSOCK(found.st_mode) and found.st_uid == os.getuid()


class Front(QObject):
    """Listens while the console holds a home; asks the one that does where another holds it. `reached`: it answered."""

    reached = Signal()

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._console = console
        self._server: QLocalServer | None = None
        self._greeter: QLockFile | None = None
        console.ready.connect(self._listen)

    def yield_to(self, trouble: Unavailable) -> None:
        """Bring the one that holds the home to the front (E-SECOND), or open this window for looking."""
        home = self._console.home.path

        def done(was_reached: bool) -> None:
            if was_reached:
                self.reached.emit()
            else:
                self._console.look(trouble)

        self._console.jobs.run(self, lambda: bring_forward(home, PATIENCE), done, _raise, lane="read")

    def greet(self) -> None:
        """Listen while a person is welcomed, or ask the one who welcomes already to come to the front.

        Nobody holds a home that was not begun: of two that start at once the one with the greeter's lock stays.
        """
        self.close()
        home = self._console.home.path
        lock = QLockFile(str(_folder() / f"{_name(home)}.lock"))
        lock.setStaleLockTime(0)  # it is stale when its process is gone, and not by its age
        is_first = lock.tryLock(0)
        self._greeter = lock if is_first else None
        if is_first and not may_be_open(home):
            self._take_over(self)
            return

        def done(was_reached: bool) -> None:
            if was_reached:
                self.reached.emit()
            elif is_first and self._greeter is lock:
                self._take_over(self)

        patience = 0.0 if is_first else PATIENCE
        self._console.jobs.run(self, lambda: bring_forward(home, patience), done, _raise, lane="read")

    def close(self) -> None:
        """Listen no more."""
        if self._greeter is not None:
            self._greeter.unlock()
            self._greeter = None
        if self._server is not None and shiboken6.isValid(self._server):
            self._server.close()

    def _listen(self) -> None:
        """Open the channel of the home that was begun; it goes with the home's desk. Without one a second window looks."""
        self.close()  # before the name is used again: a server that is closed later would take it away
        if not self._console.is_looking:
            self._take_over(self._console.desk())

    def _take_over(self, owner: QObject) -> None:
        """Listen as long as `owner` lives, also in the place of one that was killed: whoever holds the lock, or had no
        answer, is the only one.
        """
        from PySide6.QtNetwork import QLocalServer

        name = channel(self._console.home.path)
        server = self._server = QLocalServer(owner)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(name)
        server.newConnection.connect(lambda: self._on_asked(server.nextPendingConnection()))
        server.listen(name)

    def _on_asked(self, socket: QLocalSocket) -> None:
        socket.disconnected.connect(socket.deleteLater)
        socket.readyRead.connect(lambda: self._hear(socket))
        self._hear(socket)

    def _hear(self, socket: QLocalSocket) -> None:
        """Take the one message; whoever says anything else is hung up on."""
        said = bytes(socket.peek(len(MESSAGE) + 1).data())
        if said == MESSAGE:
            socket.readAll()
            to_front(self._console.window)
            socket.write(ANSWER)
            socket.disconnectFromServer()
        elif not MESSAGE.startswith(said):
            socket.abort()


def to_front(window: QWidget) -> None:
    """Show a window over others, also one that was minimised, and give it the keyboard where the system lets us."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
    QApplication.alert(window)


def _raise(error: BaseException) -> None:
    raise error
