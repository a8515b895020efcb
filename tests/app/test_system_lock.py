"""The desktop's word that its screen is locked or that it goes to sleep: real buses, and a sender in logind's place."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.app import system_lock
from console.app.system_lock import Buses, SystemLock, buses
from console.ui.jobs import Jobs

OWN = "/org/freedesktop/login1/session/_31"
SENDER = """
import sys
from jeepney import DBusAddress, HeaderFields, MessageType, new_error, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

address, owned = sys.argv[1:]
bus = open_dbus_connection(address)
bus.send_and_get_reply(message_bus.RequestName(owned))
print("there", flush=True)
if owned == "org.freedesktop.login1":  # asked for the session first
    while True:
        asked = bus.receive()
        if asked.header.message_type is MessageType.method_call:
            known = asked.body == ("1",)
            path = "/org/freedesktop/login1/session/_31"
            bus.send(new_method_return(asked, "o", (path,)) if known else new_error(asked, "org.x.Unknown"))
            break
for line in sys.stdin:
    path, interface, name, *flag = line.split()
    body = ("b", (flag == ["true"],)) if flag else (None, ())
    bus.send(new_signal(DBusAddress(path, None, interface), name, *body))
"""


class Bus:
    """A bus of its own, and what is said on it in the name of a service."""

    def __init__(self, owned: str) -> None:
        words = ["dbus-daemon", "--session", "--nofork", "--print-address"]
        self.daemon = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self.daemon.stdout is not None
        self.address = self.daemon.stdout.readline().strip()
        self.sender = subprocess.Popen(
            [sys.executable, "-c", SENDER, self.address, owned],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.sender.stdout is not None
        assert self.sender.stdout.readline() == "there\n"

    def say(self, *words: str) -> None:
        assert self.sender.stdin is not None
        self.sender.stdin.write(" ".join(words) + "\n")
        self.sender.stdin.flush()

    def close(self) -> None:
        for process in (self.sender, self.daemon):
            process.kill()
            process.communicate()


class Desk:
    """Listens to buses and counts what it hears."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.jobs = Jobs()
        self.owner = QObject()
        self.heard = 0

    def listen(self, session: str = "", system: str = "") -> SystemLock:
        made = SystemLock(self.jobs, Buses(session, system), self.owner)
        made.locked.connect(self._on_locked)
        self.qtbot.waitUntil(self.jobs.is_idle)
        return made

    def _on_locked(self) -> None:
        self.heard += 1

    def close(self) -> None:
        self.jobs.shutdown()
        self.owner.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.close()


@pytest.mark.parametrize("saver", ["org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"])
def test_a_screen_saver_that_begins_locks(desk: Desk, saver: str) -> None:
    bus = Bus(saver)
    assert saver in desk.listen(session=bus.address).heard_by
    path = "/" + saver.replace(".", "/")
    bus.say(path, saver, "ActiveChanged", "false")
    bus.say(path, saver, "SomethingElse", "true")
    assert desk.heard == 0
    bus.say(path, saver, "ActiveChanged", "true")
    desk.qtbot.waitUntil(lambda: desk.heard == 1)
    bus.close()


def test_another_program_cannot_speak_for_the_screen_saver(desk: Desk) -> None:
    bus = Bus("org.freedesktop.ScreenSaver")
    desk.listen(session=bus.address)
    words = ["dbus-send", f"--bus={bus.address}", "--type=signal", "/org/freedesktop/ScreenSaver"]
    subprocess.run([*words, "org.freedesktop.ScreenSaver.ActiveChanged", "boolean:true"], check=True)
    bus.say("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", "true")
    desk.qtbot.waitUntil(lambda: desk.heard > 0)
    assert desk.heard == 1
    bus.close()


@pytest.mark.parametrize(("session", "hears_others"), [("1", False), ("77", True)])
def test_logind_tells_of_the_session_and_of_sleep(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, session: str, *, hears_others: bool
) -> None:
    """A session that logind does not know leaves every session's word to be heard: rather locked than not."""
    monkeypatch.setenv("XDG_SESSION_ID", session)
    bus = Bus("org.freedesktop.login1")
    assert desk.listen(system=bus.address).heard_by == {"sleep", "session"}
    manager = "org.freedesktop.login1.Manager"
    bus.say("/org/freedesktop/login1", manager, "PrepareForSleep", "false")
    bus.say("/org/freedesktop/login1/session/_32", "org.freedesktop.login1.Session", "Lock")
    bus.say("/org/freedesktop/login1", manager, "PrepareForSleep", "true")
    desk.qtbot.waitUntil(lambda: desk.heard == 1 + hears_others)
    bus.say(OWN, "org.freedesktop.login1.Session", "Unlock")
    bus.say(OWN, "org.freedesktop.login1.Session", "Lock")
    desk.qtbot.waitUntil(lambda: desk.heard == 2 + hears_others)
    bus.close()


def test_a_bus_that_is_gone_is_no_trouble(desk: Desk, tmp_path: Path) -> None:
    nowhere = f"unix:path={tmp_path / 'nothing'}"
    assert desk.listen(session=nowhere, system=nowhere).heard_by == frozenset()
    assert desk.listen().heard_by == frozenset()
    bus = Bus("org.gnome.ScreenSaver")
    desk.listen(session=bus.address)
    bus.close()
    assert desk.heard == 0


def test_buses_are_found_and_none_is_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(system_lock, "SYSTEM_BUS", tmp_path / "system")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert buses() == Buses("", "")
    (tmp_path / "bus").touch()
    (tmp_path / "system").touch()
    assert buses() == Buses(f"unix:path={tmp_path}/bus", f"unix:path={tmp_path}/system")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:abstract=a")
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:abstract=b")
    assert buses() == Buses("unix:abstract=a", "unix:abstract=b")
    monkeypatch.setattr(sys, "platform", "darwin")
    assert buses() == Buses("", "")
