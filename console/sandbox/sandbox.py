"""The sandbox of a home: its gateway running on this machine, started here or found running in another process."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from threading import Event

from console.domain.digest import Digest
from console.domain.endpoint import Kind
from console.sandbox.certificates import account, certificate
from console.sandbox.clock import Clock
from console.sandbox.connection import Limits
from console.sandbox.ledger import Ledger, Lock, choose, chosen
from console.sandbox.outcomes import Outcome
from console.sandbox.reception import Reception
from console.sandbox.server import GatewayServer, Secured
from console.sandbox.tls import secured

FOLDER = ("sandbox", "gateway")
_LEDGER = "ledger.db"
BOTH_DIGESTS = frozenset(Digest)
WAIT_SECONDS = 10.0
_LOOKS = 200


class Busy(OSError):
    """Another process serves this home, and that was not wanted, or it does not say where."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a client needs: the address, the account, two folders of certificates, and the ledger to judge by."""

    url: str
    account: str
    payment_certificate: str
    payout_certificate: str
    ledger: str
    root: str = ""
    """The file that vouches for its TLS, where it speaks TLS."""

    def as_json(self) -> str:
        """Return the one line that the command `gateway` prints."""
        facts = {name: getattr(self, name) for name in self.__slots__}
        return json.dumps({name: value for name, value in facts.items() if value or name != "root"})


class Sandbox:
    """A gateway in use, from `open` to `close`."""

    def __init__(
        self,
        facts: Facts,
        shut: Callable[[], None] | None = None,
        second: Callable[[Secured, int], GatewayServer] | None = None,
    ) -> None:
        self._facts = facts
        self._second = second
        self._shut = shut
        self._has_chosen = False
        self.is_own = shut is not None

    @classmethod
    def open(
        cls, home: Path, *, port: int = 0, clock: Clock | None = None, digests: frozenset[Digest] = BOTH_DIGESTS,
        limits: Limits | None = None, alone: bool = False, wait_seconds: float = WAIT_SECONDS,
    ) -> Sandbox:  # fmt: skip
        """Start the gateway of `home` (the folder given by --home), or use the one that runs.

        Its things are made where they are missing, the certificates within half a second. `port` 0 is any free one.
        Raises Busy (an OSError) when another process holds it and `alone` is wanted, or when that process does not say
        within `wait_seconds` where it listens; OSError when the port is taken or the folder cannot be used.
        """
        folder = home.absolute().joinpath(*FOLDER)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in ("lock", _LEDGER):
            _keep_private(folder / name)
        lock, pause = Lock(folder / "lock"), Event()
        for _ in range(_LOOKS):
            if lock.take():
                return _start(folder, lock, port, clock or Clock(), digests, limits or Limits())
            if alone:
                raise Busy("another process serves this home")
            facts = running(folder)
            if facts is not None:
                return cls(facts)
            pause.wait(wait_seconds / _LOOKS)
        raise Busy(f"another process holds {folder} and does not say where it listens")

    @property
    def url(self) -> str:
        """The gateway's address, `http://127.0.0.1:PORT`."""
        return self._facts.url

    @property
    def account(self) -> str:
        """The account's UUID: a toy, and no secret. It is made of the certificates and changes only with them."""
        return self._facts.account

    @property
    def payment_certificate(self) -> Path:
        """The folder of the certificate for payments."""
        return Path(self._facts.payment_certificate)

    @property
    def payout_certificate(self) -> Path:
        """The folder of the certificate for payouts."""
        return Path(self._facts.payout_certificate)

    @property
    def ledger(self) -> Path:
        """The gateway's own record, see `console.sandbox.ledger`."""
        return Path(self._facts.ledger)

    def facts(self) -> Facts:
        """Return all of it."""
        return self._facts

    def secure(self, name: str, port: int = 0) -> Facts:
        """Serve TLS under `name` as well, until `close`; return the facts with that address and its root.

        Raises OSError when the port is taken or the folder cannot be used, ValueError where another process serves.
        """
        if self._second is None:
            raise ValueError("another process serves this home")
        context, root = secured(self.ledger.parent, name, datetime.now(timezone.utc))
        server = self._second(Secured(name, context), port)
        return replace(self._facts, url=server.url, root=str(root))

    def choose(self, outcome: Outcome | None) -> None:
        """Choose what becomes of the next create that is in order, instead of its kopecks' choice; None: nothing."""
        choose(self.ledger, None if outcome is None else outcome.code)
        self._has_chosen = outcome is not None

    def chosen(self) -> str | None:
        """Return the code of the outcome that is chosen and not used up yet."""
        return chosen(self.ledger)

    def close(self) -> None:
        """Stop the gateway if it is this process's: every wait ends at once. Closing twice is no mistake."""
        if self._has_chosen:
            self.choose(None)
        shut, self._shut = self._shut, None
        if shut is not None:
            shut()


def _start(
    folder: Path, lock: Lock, port: int, clock: Clock, digests: frozenset[Digest], limits: Limits
) -> Sandbox:  # fmt: skip
    """Serve `folder`, whose lock is held; whatever fails gives it back."""
    with contextlib.ExitStack() as undo:
        undo.callback(lock.free)
        said = folder / "port.json"
        said.unlink(missing_ok=True)
        ledger = Ledger(folder / _LEDGER)
        undo.callback(ledger.close)
        choose(ledger.path, None)
        payment, payout = certificate(folder / "payment"), certificate(folder / "payout")
        uuid = account(payment, payout)
        reception = Reception(
            ledger, {Kind.PAYMENT: payment, Kind.PAYOUT: payout}, uuid, clock=clock, digests=digests
        )  # fmt: skip
        stack = undo.enter_context(contextlib.ExitStack())

        def serve(tls: Secured | None, port: int) -> GatewayServer:
            server = GatewayServer(reception, port, clock=clock, limits=limits, tls=tls)
            server.start()
            stack.callback(server.stop)
            return server

        facts = Facts(serve(None, port).url, uuid, str(payment.folder), str(payout.folder), str(ledger.path))
        undo.callback(said.unlink, missing_ok=True)
        _say(said, facts)
        return Sandbox(facts, undo.pop_all().close, serve)


def _keep_private(path: Path) -> None:
    """Make a file that SQLite opens its owner's alone, before it does; those it makes beside it take its permissions.

    One that is there is not opened: closing it would take away the locks that SQLite holds on it in this process.
    """
    path.touch(mode=0o600)
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)


def _say(path: Path, facts: Facts) -> None:
    """Write where the gateway listens, whole or not at all."""
    aside = path.with_suffix(".new")
    aside.touch(mode=0o600)
    aside.write_text(facts.as_json() + "\n", "utf-8")
    aside.replace(path)


def running(folder: Path) -> Facts | None:
    """Return what the gateway of a folder said of itself; None when it says nothing, or not yet."""
    try:
        said = {"root": "", **json.loads((folder / "port.json").read_text("utf-8"))}
        return Facts(**{name: str(said[name]) for name in Facts.__slots__})
    except (OSError, ValueError, KeyError, TypeError):
        return None
