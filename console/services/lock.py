"""The lock: private keys leave memory, nothing personal stays on screen, and the console's own PIN brings both back.

Questions about open orders are signed ahead, so following goes on without a key (failure model H12). Without a PIN the lock
is only a curtain. Must not know: what is on screen.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from console.domain.secret import Secret
from console.domain.text import mark
from console.domain.trouble import Invalid, Trouble
from console.journal.entry import Entry, EventKind
from console.vault import pin as pins
from console.vault.pin import Tries

if TYPE_CHECKING:
    from console.journal.append import Journal
    from console.journal.read import Reader
    from console.services.accounts import Accounts
    from console.services.clock import Clock
    from console.vault.vault import Vault

FREE = 5
"""Wrong PINs in a row that cost nothing."""
FIRST, LONGEST = 30.0, 3600.0
"""Seconds to wait after the last free one, doubled by each that follows, and the most."""

_SHORT = mark("lock", "A PIN has at least {n} characters.")
_WRONG = mark("lock", "This is not the PIN.")
_WAIT = mark("lock", "After {n} wrong ones the next PIN is taken in {seconds} s.")
_OTHER = mark("lock", "The two are not the same.")


class Lock:
    """The lock of one home. Slow (a vault, keys): off the main thread only, but for `is_locked`."""

    def __init__(self, vault: Vault, accounts: Accounts, journal: Journal, reader: Reader, clock: Clock) -> None:
        self._vault = vault
        self._accounts = accounts
        self._journal = journal
        self._reader = reader
        self._clock = clock
        self._is_locked = False
        self._counted: Tries | None = None

    @property
    def is_locked(self) -> bool:
        """Whether it is locked."""
        return self._is_locked

    def begin(self) -> None:
        """Begin locked where there is a PIN: ending the program must not be a way round it."""
        if self.has_pin():
            self.lock()

    def has_pin(self) -> bool:
        """Whether there is a PIN; without one the lock keeps nobody out."""
        return pins.is_set(self._vault)

    def wait(self) -> float:
        """Return the seconds until a PIN is taken again, 0 where it is taken now."""
        counted = self._tries()
        return 0.0 if counted is None else max(0.0, _pause(counted.wrong) - self._clock().since(counted.at))

    def lock(self) -> None:
        """Sign the questions about open orders ahead and let go of the keys. It locks whatever fails meanwhile."""
        self._is_locked = True
        for row in self._reader.pending():
            by_id = row.gateway_id is not None and row.resolved_at is not None
            try:
                gateway = self._accounts.open(row.account).gateway
                gateway.question(row.kind, order_id=row.order_id, gateway_id=row.gateway_id if by_id else None)
            except Trouble:
                continue  # its account cannot be opened now either; it is asked about once that is mended
        self._accounts.lock()

    def unlock(self, typed: Secret | None) -> None:
        """Bring the keys back: by the PIN, or by nothing where there is none. Raises Invalid."""
        if self.has_pin():
            self._require(typed or Secret(""))
        self._accounts.unlock()
        self._is_locked = False

    def set_pin(self, typed: Secret, again: Secret, known: Secret | None = None) -> None:
        """Take a new PIN, typed twice; where there is one, by `known`. Raises Invalid with its field."""
        if self.has_pin():
            self._require(known or Secret(""), "known")
        if not pins.is_long_enough(typed):
            raise Invalid(_SHORT.with_(n=pins.LEAST), "typed")
        if typed != again:
            raise Invalid(_OTHER, "again")
        pins.keep(self._vault, typed)
        self._tell("pin-set")

    def remove_pin(self, known: Secret) -> None:
        """Have no PIN any more, by the one there is. Raises Invalid."""
        if self.has_pin():
            self._require(known, "known")
            pins.forget(self._vault)
            self._tell("pin-removed")

    def _require(self, typed: Secret, field: str = "pin") -> None:
        """Let the right PIN pass; the wrong ones cost more and more time, in every window and after a restart."""
        counted = self._tries()
        wrong = 0 if counted is None else counted.wrong
        left = self.wait()
        if left > 0:
            raise Invalid(_WAIT.with_(n=wrong, seconds=round(left + 0.5)), field)
        if pins.fits(self._vault, typed):
            self._counted = None
            if counted is not None:
                with contextlib.suppress(Trouble):  # what is not forgotten now makes the next wrong one cost more
                    pins.forget_tries(self._vault)
            return
        self._count(wrong + 1)
        raise Invalid(_WRONG, field)

    def _tries(self) -> Tries | None:
        """Return the wrong ones in a row: of the vault, or of this window where the vault did not take them."""
        kept = pins.tries(self._vault)
        known = [each for each in (kept, self._counted) if each is not None]
        return max(known, key=lambda each: each.wrong, default=None)

    def _count(self, wrong: int) -> None:
        counted = Tries(wrong, self._clock())
        try:
            pins.keep_tries(self._vault, counted)
        except Trouble:  # a vault that takes nothing, a full disk: counted here at least
            self._counted = counted
        if wrong >= FREE:
            with contextlib.suppress(Trouble):  # a journal that takes nothing makes no PIN right
                self._tell("pin-wrong", tries=wrong)

    def _tell(self, what: str, **facts: object) -> None:
        self._journal.append(Entry(EventKind.CHANGED, self._clock(), masked={"what": what, **facts}))


def _pause(wrong: int) -> float:
    """Return the seconds that the next PIN is waited for after so many wrong ones."""
    return 0.0 if wrong < FREE else min(LONGEST, FIRST * 2.0 ** min(wrong - FREE, 10))
