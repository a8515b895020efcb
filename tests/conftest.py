"""What holds for every test: no screen, no network beyond loopback, no keyring of the user's, nothing left behind.

A test fails on an unexpected warning in the log or from Qt, on a thread or a visible window that outlives it, and on a
socket to anything but this machine.
"""

import gc
import ipaddress
import logging
import os
import shutil
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

pytest_plugins = ("pytester",)

JOIN_SECONDS = 5.0
UNSET = (
    *("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS", "PYTHONWARNINGS"),
    # what the console removes and tells of: a test that wants it sets it
    *("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE", "OPENSSL_CONF", "PYTHON_KEYRING_BACKEND"),
    *(name for proxy in ("http", "https", "all", "no") for name in (f"{proxy}_proxy", f"{proxy}_proxy".upper())),
)
PRIVATE = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")

_private_folder = tempfile.mkdtemp(prefix="console-tests-")


def _isolate() -> None:
    """Before Qt is imported: offscreen, and no way to the user's own session bus, settings or home."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    for name in UNSET:
        os.environ.pop(name, None)
    for name in PRIVATE:
        folder = Path(_private_folder, name.lower())
        folder.mkdir(mode=0o700)
        os.environ[name] = str(folder)


_isolate()
hypothesis.settings.register_profile("console", deadline=None, database=None, print_blob=True)
hypothesis.settings.load_profile("console")


def pytest_unconfigure() -> None:
    shutil.rmtree(_private_folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def _mouse() -> Iterator[None]:
    """Fails a test that leaves a button of the mouse down: the pointer of the next one would drag."""
    yield
    if (gui := sys.modules.get("PySide6.QtGui")) is not None:
        down = gui.QGuiApplication.mouseButtons()
        assert not down, f"{down} is still down"


@pytest.fixture(autouse=True)
def _collector() -> Iterator[None]:
    """Fails a test that leaves Python's collector switched off, as `console.ui.jobs` does until it is shut down."""
    yield
    was_on = gc.isenabled()
    gc.enable()
    assert was_on, "something that works off the main thread was not shut down"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home for a console, its owner's alone."""
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    return folder


class _Heard(logging.Handler):
    """Collects warnings and worse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def _log(request: pytest.FixtureRequest) -> Iterator[list[logging.LogRecord]]:
    """Fails a test that warns in the log without having asked for `expected_log`."""
    heard = _Heard()
    logging.getLogger().addHandler(heard)
    yield heard.records
    logging.getLogger().removeHandler(heard)
    if heard.records and "expected_log" not in request.fixturenames:
        lines = "\n".join(f"{record.name}: {record.getMessage()}" for record in heard.records)
        pytest.fail(f"unexpected warnings in the log:\n{lines}")


@pytest.fixture
def expected_log(_log: list[logging.LogRecord]) -> list[logging.LogRecord]:
    """The warnings logged so far, for a test that means to cause some and looks at them."""
    return _log


def _is_loopback(host: object) -> bool:
    if host in ("localhost", b"localhost", "", None):
        return True
    text = host.decode() if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(text.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _is_inside(family: int, address: Any) -> bool:
    """Loopback, or a Unix socket that is not one of the running system's."""
    if family in (socket.AF_INET, socket.AF_INET6):
        return address[0] != "" and _is_loopback(address[0])
    if family == socket.AF_UNIX:
        text = os.fsdecode(address).lstrip("\0")
        return not text.startswith(("/run/", "/var/run/"))
    return True


class _Border:
    """Refuses what leaves this machine, and remembers it in case the refusal is caught."""

    def __init__(self) -> None:
        self.refused: list[str] = []

    def refuse(self, deed: str, target: object) -> None:
        self.refused.append(f"{deed} {target!r}")
        raise AssertionError(f"a test may not {deed} {target!r}")

    def method(self, name: str) -> Callable[..., Any]:
        original = getattr(socket.socket, name)

        def guarded(one: socket.socket, address: Any, *rest: Any) -> Any:
            if not _is_inside(one.family, address):
                self.refuse(name, address)
            return original(one, address, *rest)

        return guarded

    def look_up(self) -> Callable[..., Any]:
        original = socket.getaddrinfo

        def guarded(host: Any, *rest: Any, **named: Any) -> Any:
            if not _is_loopback(host):
                self.refuse("look up", host)
            return original(host, *rest, **named)

        return guarded


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fails a test that opens a socket or looks up a name beyond this machine."""
    border = _Border()
    for name in ("connect", "connect_ex", "bind"):
        monkeypatch.setattr(socket.socket, name, border.method(name))
    monkeypatch.setattr(socket, "getaddrinfo", border.look_up())
    yield
    if border.refused:
        pytest.fail(f"a test went beyond this machine: {'; '.join(border.refused)}")


def _is_left(thread: threading.Thread) -> bool:
    """Whether a thread still runs after a moment; Qt's own threads are only seen by Python, not started by it."""
    if thread.name.startswith("Dummy-"):
        return False
    thread.join(JOIN_SECONDS)
    return thread.is_alive()


@pytest.fixture(autouse=True)
def _nothing_left() -> Iterator[None]:
    """Fails a test after which a thread runs on or a window stays on the screen."""
    before = set(threading.enumerate())
    yield
    left = [f"thread {thread.name}" for thread in threading.enumerate() if thread not in before and _is_left(thread)]
    left += [f"window {name}" for name in _close_windows()]
    if left:
        pytest.fail(f"left behind: {', '.join(left)}")


def _close_windows() -> list[str]:
    """Hide the windows that a test left on the screen, so that the next test is not blamed; return what they are."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    application = widgets.QApplication.instance() if widgets else None
    if application is None:
        return []
    visible = [widget for widget in application.topLevelWidgets() if widget.isVisible()]
    for widget in visible:
        widget.hide()
    return [f"{type(widget).__name__} {widget.objectName()!r}" for widget in visible]
