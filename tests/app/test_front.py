"""The channel by which a second start brings the first window to the front: one message, this user's alone."""

from __future__ import annotations

import os
import socket
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from threading import Event, Thread

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from console.app import front
from console.app.front import ANSWER, MESSAGE, Front, bring_forward, channel, may_be_open
from console.domain.trouble import Unavailable
from console.journal.lock import HomeLock
from console.services.clock import system_clock
from console.settings.home import Home
from tests.gui.console_bench import Person

SECONDS = 20.0


@pytest.fixture
def person(qtbot: QtBot, home: Path) -> Iterator[Person]:
    """A console that listens, in the sandbox."""
    made = Person(qtbot, home, sandbox=True)
    made.console.front = Front(made.console)
    made.until(lambda: made.window.current() == "overview")
    yield made
    made.close()


def inner(home: Path) -> Path:
    return Home(home).sandbox.path


def ask(person: Person, words: bytes) -> bytes:
    """Say something on the channel as another program would; return everything that is answered."""
    with closing(socket.socket(socket.AF_UNIX)) as line:
        line.settimeout(SECONDS)
        line.connect(channel(person.console.home.path))
        line.sendall(words)
        heard: list[bytes] = []
        thread = Thread(target=lambda: heard.extend(iter(partial(_read, line), b"")))
        thread.start()
        person.until(lambda: not thread.is_alive())
        return b"".join(heard)


def _read(line: socket.socket) -> bytes:
    try:
        return line.recv(100)
    except OSError:
        return b""


def test_the_one_message_brings_the_window_back(person: Person) -> None:
    person.window.showMinimized()
    assert person.window.windowState() & Qt.WindowState.WindowMinimized
    assert ask(person, MESSAGE) == ANSWER
    assert not person.window.windowState() & Qt.WindowState.WindowMinimized
    assert person.window.isVisible()


@pytest.mark.parametrize("words", [b"quit\n", b"raise\nraise\n", b"raise\0", b"x" * 100_000, "поднять\n".encode()])
def test_anything_else_is_hung_up_on(person: Person, words: bytes) -> None:
    person.window.showMinimized()
    try:
        assert ask(person, words) == b""
    except OSError:  # hung up before everything was said
        pass
    assert person.window.windowState() & Qt.WindowState.WindowMinimized


def test_only_its_user_may_speak(person: Person, home: Path) -> None:
    mode = Path(channel(inner(home))).stat().st_mode
    assert stat.S_ISSOCK(mode) and stat.S_IMODE(mode) & 0o077 == 0


def test_the_channel_ends_with_the_home(person: Person, home: Path) -> None:
    assert may_be_open(inner(home))
    person.console.enter(sandbox=False)
    person.until(lambda: person.sees("welcome/connect"))
    assert not may_be_open(inner(home))
    assert person.console.front is not None
    person.console.front.close()


@pytest.fixture
def welcomed(qtbot: QtBot, home: Path) -> Iterator[Person]:
    """A console that listens, in a home without an account."""
    made = greeted(qtbot, home)
    made.until(lambda: may_be_open(home))
    yield made
    made.close()


def greeted(qtbot: QtBot, home: Path, on_reached: Callable[[], object] = lambda: None) -> Person:
    made = Person(qtbot, home)
    made.console.front = Front(made.console)
    made.console.front.reached.connect(on_reached)
    made.until(lambda: made.sees("welcome/connect"))
    return made


def test_one_that_welcomes_is_brought_back_and_the_second_goes(
    welcomed: Person, qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two processes do the same in tests/e2e/test_second_window.py."""
    welcomed.window.showMinimized()
    assert ask(welcomed, MESSAGE) == ANSWER
    monkeypatch.setattr(front, "_ask", lambda name: name == channel(home))
    gone: list[bool] = []
    second = greeted(qtbot, home, lambda: gone.append(True))
    second.until(lambda: gone)
    assert not welcomed.window.windowState() & Qt.WindowState.WindowMinimized
    assert second.console.front is not None
    second.console.front.close()
    second.close()
    assert ask(welcomed, MESSAGE) == ANSWER, "the second one took the channel with it"


def test_of_two_that_welcome_at_once_the_second_waits_for_the_first_to_listen(
    welcomed: Person, qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path(channel(home)).unlink()  # the first one does not listen yet
    tries: list[str] = []

    def answers(name: str) -> bool:
        tries.append(name)
        return len(tries) == 3

    monkeypatch.setattr(front, "PAUSE", 0.0)
    monkeypatch.setattr(front, "_ask", answers)
    gone: list[bool] = []
    second = greeted(qtbot, home, lambda: gone.append(True))
    second.until(lambda: gone)
    assert not may_be_open(home), "the second one listens in the place of the first"
    second.close()


def test_one_that_welcomes_and_hangs_is_left_alone(
    welcomed: Person, qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(front, "PATIENCE", 0.0)
    with monkeypatch.context() as hung:
        hung.setattr(front, "_ask", lambda _: False)
        second = greeted(qtbot, home)
        second.rest()
    second.close()
    assert ask(welcomed, MESSAGE) == ANSWER, "the second one took the channel"


def test_the_channel_goes_with_a_person_who_begins_and_comes_back(welcomed: Person, home: Path) -> None:
    welcomed.console.enter(sandbox=True)
    welcomed.until(lambda: may_be_open(inner(home)))
    assert not may_be_open(home)
    assert ask(welcomed, MESSAGE) == ANSWER
    welcomed.console.enter(sandbox=False)
    welcomed.until(lambda: may_be_open(home))
    assert not may_be_open(inner(home))
    assert ask(welcomed, MESSAGE) == ANSWER


def test_a_socket_of_one_that_was_killed_while_it_welcomed_is_taken_over(qtbot: QtBot, home: Path) -> None:
    with closing(socket.socket(socket.AF_UNIX)) as dead:
        dead.bind(channel(home))
    person = greeted(qtbot, home)
    person.rest()
    assert ask(person, MESSAGE) == ANSWER
    person.close()


def test_who_began_meanwhile_takes_nothing_over(qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Event()
    with closing(socket.socket(socket.AF_UNIX)) as dead:
        dead.bind(channel(home))
    monkeypatch.setattr(front, "_ask", lambda _: not asked.wait(SECONDS))
    person = greeted(qtbot, home)
    person.console.enter(sandbox=True)
    person.until(lambda: may_be_open(inner(home)))
    asked.set()
    person.rest()
    assert ask(person, MESSAGE) == ANSWER, "it listens for a home that was left"
    person.close()
    Path(channel(home)).unlink()


def test_every_home_and_screen_has_a_name_of_its_own(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = {channel(home), channel(inner(home))}
    monkeypatch.setenv("DISPLAY", ":77")
    names.add(channel(home))
    (home.parent / "link").symlink_to(home)
    assert channel(home.parent / "link") in names
    assert len(names) == 3


def test_a_folder_that_is_not_there_is_not_spoken_in(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(home.parent))
    assert Path(channel(home)).parent == home.parent
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(home / "gone"))
    assert Path(channel(home)).parent == Path(tempfile.gettempdir())
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    assert Path(channel(home)).parent == Path(tempfile.gettempdir())


def test_a_socket_of_one_that_was_killed_stops_nobody(qtbot: QtBot, home: Path) -> None:
    Path(channel(inner(home))).unlink(missing_ok=True)
    with closing(socket.socket(socket.AF_UNIX)) as dead:
        dead.bind(channel(inner(home)))
    assert may_be_open(inner(home))
    assert not bring_forward(inner(home))
    person = Person(qtbot, home, sandbox=True)
    person.console.front = Front(person.console)
    person.until(lambda: person.window.current() == "overview")
    assert ask(person, MESSAGE) == ANSWER
    person.close()


def test_a_file_or_a_foreign_socket_is_not_asked(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = Path(channel(home))
    name.write_text("")
    assert not bring_forward(home)
    name.unlink()
    with closing(socket.socket(socket.AF_UNIX)) as foreign:
        foreign.bind(str(name))
        foreign.listen()
        monkeypatch.setattr(os, "getuid", lambda: name.stat().st_uid + 1)
        assert not bring_forward(home)
    name.unlink()


def test_one_that_does_not_answer_is_left_alone(qtbot: QtBot, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "ANSWERS_IN", 50)
    monkeypatch.setattr(front, "PATIENCE", 0.0)
    held = HomeLock.take(inner(home), system_clock()())
    with closing(socket.socket(socket.AF_UNIX)) as hung:
        hung.bind(channel(inner(home)))
        hung.listen()
        person = Person(qtbot, home, sandbox=True)
        person.console.front = Front(person.console)
        person.until(lambda: person.sees("keyring/again") or person.console.is_looking)
        person.rest()
        assert person.console.is_looking
        person.close()
    held.release()
    Path(channel(inner(home))).unlink()


def test_one_that_only_starts_is_waited_for(person: Person, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[str] = []

    def answers(name: str) -> bool:
        tries.append(name)
        return len(tries) == 3

    monkeypatch.setattr(front, "PAUSE", 0.0)
    monkeypatch.setattr(front, "_ask", answers)
    reached: list[bool] = []
    listening = person.console.front
    assert listening is not None
    listening.reached.connect(lambda: reached.append(True))
    listening.yield_to(Unavailable("E-SECOND"))
    person.until(lambda: reached)
    assert len(tries) == 3
    assert not person.console.is_looking
