"""What can go wrong around a window, made to order, and what is asked of the window meanwhile.

`Ring` is a backend of a keyring that fails as backends were seen to. `Beat` notices a window that stands still. `Watched` is
a person who reads what is said in both languages.
"""

from __future__ import annotations

import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from console.domain.endpoint import Kind
from console.domain.sentences import told
from console.domain.text import Text
from console.domain.trouble import Unavailable
from console.journal.read import Reader
from console.sandbox.sandbox import Sandbox
from console.services.certificates import read_certificate
from console.services.clock import system_clock
from console.settings.home import Home
from console.settings.settings import ACCOUNTS, RECOVERY_KEPT, Settings
from console.ui import i18n
from console.vault import keyring
from console.vault.keyring import KeyringVault
from console.vault.vault import Vault
from tests.gui.console_bench import Person

HOLD = 0.3
"""Seconds that a store takes for each call while the window is watched."""
SHORT = 0.4
"""Seconds after which a store that hangs is given up here."""
NAMES = keyring._NAMES["linux"]
LIVELY = 0.1
"""Seconds that the window may stand still (failure model G21)."""
STEP = 0.01
PATIENCE = 20.0


class Beat:
    """Notices how long the main thread was away from its events: waiting for something, or at work.

    A loaded machine is told apart from a window that waits. Work is counted in time of the processor. Of the time that
    passed what the kernel let the thread stand in line for a processor is taken off, and four times the work of that
    moment, since others may have held the interpreter or the processor three quarters of it; twice the longest gap of a
    thread that does nothing but look at the clock is allowed on top. A thread that waits for a store works nothing, does
    not stand in line, and does not hold up the other one: its whole wait is left.
    """

    def __init__(self) -> None:
        self._ended = threading.Event()
        self._main = threading.get_ident()
        self.waited = self.worked = self.control = 0.0
        self.where = ""
        self._timer = QTimer()
        self._timer.setInterval(round(STEP * 1000))
        self._timer.timeout.connect(self._on_tick)
        self._thread = threading.Thread(target=self._run, name="beat")

    def start(self) -> None:
        self._last, self._work, self._stood = time.monotonic(), time.thread_time(), _in_line()
        self._timer.start()
        self._thread.start()

    def stop(self) -> None:
        self._on_tick()
        self._timer.stop()
        self._ended.set()
        self._thread.join()

    def _on_tick(self) -> None:
        now, work, stood = time.monotonic(), time.thread_time(), _in_line()
        worked = work - self._work
        self.worked = max(self.worked, worked)
        self.waited = max(self.waited, now - self._last - 4 * worked - (stood - self._stood))
        self._last, self._work, self._stood = now, work, stood

    def _run(self) -> None:
        last = time.monotonic()
        while not self._ended.wait(STEP):
            now = time.monotonic()
            self.control, last = max(self.control, now - last), now
            if now - self._last > LIVELY + self.waited:
                self.where = "".join(traceback.format_stack(sys._current_frames()[self._main])[-4:])


def _in_line() -> float:
    """Return the seconds that this thread was ready to run and had no processor, by Linux's account of it."""
    try:
        return int(Path("/proc/thread-self/schedstat").read_text("ascii").split()[1]) / 1e9
    except OSError:  # a kernel that keeps no account
        return 0.0


@contextmanager
def watched() -> Iterator[Beat]:
    """Measure how long the window is away from its events meanwhile."""
    beat = Beat()
    beat.start()
    try:
        yield beat
    finally:
        beat.stop()


@contextmanager
def lively(beside: Beat | None = None) -> Iterator[Beat]:
    """Fail where the window waits meanwhile, or works for longer than LIVELY, and than `beside` where nothing was wrong.

    What is built there, as a page, is built here too.
    """
    with watched() as beat:
        yield beat
    allowed = LIVELY + 2 * beat.control
    assert beat.waited <= allowed, f"the window waited for {beat.waited:.3f} of {allowed:.3f} s:\n{beat.where}"
    allowed = LIVELY + (0.0 if beside is None else beside.worked)
    assert beat.worked <= allowed, f"the window worked for {beat.worked:.3f} of {allowed:.3f} s:\n{beat.where}"


def _nothing(deed: str, name: str) -> None:
    """Let a call through."""


def _same(name: str, text: str | None) -> str | None:
    return text


@dataclass(frozen=True)
class Fault:
    """What a backend does wrong: before a call (`get`, `set`, `delete`), to what it gives, to what it keeps."""

    before: Callable[[str, str], None] = _nothing
    given: Callable[[str, str | None], str | None] = _same
    kept: Callable[[str, str | None], str | None] = _same


@dataclass
class Ring:
    """A keyring's backend in memory; entries are named as in the vault, without the home."""

    fault: Fault = field(default_factory=Fault)
    entries: dict[str, str] = field(default_factory=dict)
    released: threading.Event = field(default_factory=threading.Event)
    hold: float = 0.0
    """Seconds that each call takes, whatever comes of it."""
    calls: int = 0

    def get_password(self, service: str, username: str) -> str | None:
        name = self._come("get", service)
        return self.fault.given(name, self.entries.get(name))

    def set_password(self, service: str, username: str, password: str) -> None:
        name = self._come("set", service)
        self.entries[name] = self.fault.kept(name, password) or ""

    def delete_password(self, service: str, username: str) -> None:
        name = self._come("delete", service)
        del self.entries[name]

    def vault(self, seconds: float = 30.0, limit: int | None = None) -> Vault:
        """The vault over it; it waits for `seconds`."""
        return KeyringVault("home", lambda: self, seconds=seconds, limit=limit, platform="linux")

    def mend(self) -> None:
        """Do everything right from now on, also what hangs."""
        self.fault, self.hold = Fault(), 0.0
        self.released.set()

    def secrets(self) -> dict[str, str]:
        """The entries that belong to accounts."""
        return {name: text for name, text in self.entries.items() if not name.startswith("journal/")}

    def _come(self, deed: str, service: str) -> str:
        name = service.removeprefix("alikassa-console/home/")
        self.calls += 1
        self.released.wait(self.hold)
        self.fault.before(deed, name)
        return name


def raising(error: str | type[Exception], *deeds: str, name: str = "") -> Fault:
    """Raise at these calls (at all of them) for entries whose name ends so; a text names a class that a backend has."""
    kind = type(error, (Exception,), {}) if isinstance(error, str) else error

    def before(deed: str, entry: str) -> None:
        if entry.endswith(name) and (not deeds or deed in deeds):
            raise kind("as the store says it")

    return Fault(before)


def losing(name: str) -> Fault:
    """Have no entry whose name ends so."""
    return Fault(given=lambda entry, text: None if entry.endswith(name) else text)


def giving(other: str, name: str) -> Fault:
    """Give another text for entries whose name ends so."""
    return Fault(given=lambda entry, text: other if text is not None and entry.endswith(name) else text)


def truncating(most: int) -> Fault:
    """Keep the beginning only."""
    return Fault(kept=lambda _, text: text and text[:most])


def hanging(ring: Ring, name: str = "") -> Fault:
    """Wait for a window that nobody sees, until the ring is mended."""

    def before(_: str, entry: str) -> None:
        if entry.endswith(name):
            ring.released.wait(PATIENCE)

    return Fault(before)


Make = Callable[[Ring], Fault]
TOLD: dict[str, tuple[Make, str, dict[str, object]]] = {
    "none": (lambda _: raising("NoKeyringError"), "E-KEYRING-NONE", {"why": keyring._NO_SERVICE, "names": NAMES}),
    "locked": (lambda _: raising("KeyringLocked"), "E-KEYRING-LOCKED", {}),
    "dismissed": (lambda _: raising("PromptDismissedException"), "E-KEYRING-DISMISSED", {}),
    "hanging": (hanging, "E-KEYRING-HANG", {"seconds": 0}),
    "odd": (lambda _: raising(OSError), "E-KEYRING-NONE", {"why": keyring._ODD, "names": NAMES}),
    "no error of keyring's": (
        lambda _: raising("DBusErrorResponse"), "E-KEYRING-NONE", {"why": keyring._ODD, "names": NAMES},
    ),
}  # fmt: skip
"""Faults of every call, with the code and the values of their sentences."""


def patience(code: str) -> float:
    """How long a store is waited for, that no test waits for one that hangs."""
    return SHORT if code == "E-KEYRING-HANG" else 30.0


class Watched(Person):
    """A person who reads every sentence in Russian and in English."""

    _is_closed = False

    def hears(self, code: str, *parts: str, **values: object) -> None:
        """Wait for a sentence of trouble; its `parts` (title, what, do) are on the screen whole, in both languages."""
        said = told(Unavailable(code, **values))
        self.reads(*(getattr(said, part) for part in parts or ("title", "what", "do")))

    def _hears(self, words: str) -> None:
        self.until(lambda: words in self.said(), f"{words!r} is not said")

    def reads(self, *texts: Text) -> None:
        """Wait for texts; they are on the screen in both languages, and differ."""
        for language in ("ru", "en"):
            i18n.current().choose(language)
            for text in texts:
                self._hears(i18n.tr(text))
        for text in texts:
            i18n.current().choose("ru")
            russian = i18n.tr(text)
            i18n.current().choose("en")
            assert russian != i18n.tr(text), text

    def sentence(self, code: str, **values: object) -> tuple[str, str, str]:
        """A sentence in the language in use: title, what, do."""
        said = told(Unavailable(code, **values))
        return i18n.tr(said.title), i18n.tr(said.what), i18n.tr(said.do)

    def tries_again(self) -> None:
        """Press *Again* on the page of a start that failed, and wait for it to fail again."""
        old = self.get("keyring/again", QWidget)
        self.click("keyring/again")
        self.until(lambda: (new := self.find("keyring/again", QWidget)) is not None and new is not old)

    def close(self) -> None:
        """Close the console, once."""
        if not self._is_closed:
            self._is_closed = True
            super().close()


@dataclass(frozen=True)
class Kept:
    """What an account is made of, in all its places; equal before and after a change that did not come about."""

    secrets: Mapping[str, str]
    files: Mapping[str, bytes]
    accounts: tuple[dict[str, object], ...]
    records: tuple[str, ...]


def kept(home: Path, ring: Ring) -> Kept:
    """Everything that a home and its keyring hold of accounts."""
    place = Home(home)
    files = {path.name: path.read_bytes() for path in sorted(place.keys.glob("*"))}
    records: tuple[str, ...] = ()
    if place.journal.exists():
        reader = Reader(place.journal)
        events = reader.event_page(None, 1000)
        records = tuple(str(event.facts.get("what")) for event in reversed(events) if event.kind == "changed")
        reader.close()
    return Kept(ring.secrets(), files, Settings.open(place.settings).get(ACCOUNTS), records)


def settle(home: Path, gateway: Sandbox, ring: Ring, *, prove: bool = True) -> str:
    """Connect an account with both keys, proved and its code kept, without a window; return its id."""
    from console.app.engine import Engine

    place = Home(home)
    engine = Engine.start(place, Settings.open(place.settings), system_clock(), sandbox=False, vault=ring.vault())
    try:
        services = engine.services
        certificates = {
            Kind.PAYOUT: read_certificate([gateway.payout_certificate]),
            Kind.PAYMENT: read_certificate([gateway.payment_certificate]),
        }
        account = services.connect.add("Vector", "api-merchant.alikassa.com", gateway.account, certificates)
        services.settings.set(RECOVERY_KEPT, True)
        if prove:
            assert services.connect.check(account.id).ok
        return account.id
    finally:
        engine.close()
