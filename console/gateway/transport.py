"""Sends a signed request once and tells what came of it; never raises for what the network does.

Knows: one gateway's address and one account. Must not know: what a body means, what an exchange proves, the journal.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator

from console.domain.endpoint import Endpoint
from console.domain.exchange import Exchange, Reason
from console.domain.secret import Secret
from console.gateway.carrier import Carrier
from console.gateway.gate import Attempt, End, Gate
from console.gateway.limits import ASK, CREATE, Limits
from console.gateway.outside import clean
from console.gateway.request import Post, Target, may_be_account
from console.gateway.sending import Sending
from console.gateway.signing import Signed
from console.gateway.watchdog import NoWorker, watch
from console.gateway.watchdog import clock as sleepless

MOST_KEPT = 4
"""Questions in flight at once, each over a kept connection of its own."""

Abandoned = Callable[[Exchange], None]


class Transport:
    """The way to one gateway for one account.

    `extra_root` is a PEM text with a root that is trusted for this gateway besides the system's; `proxy` is the
    setting, for https only: ValueError where one of them cannot be used. `clock` counts seconds, also asleep.
    """

    def __init__(
        self,
        base_url: str,
        account: Secret,
        *,
        extra_root: bytes | None = None,
        proxy: str | None = None,
        clock: Callable[[], float] = sleepless,
    ) -> None:
        self._base_url = base_url
        self._target = Target.read(base_url)
        self._account = account
        self._extra_root = extra_root
        self._proxy = proxy if self._target is not None and self._target.is_tls else None
        self._carrier().close()  # a root or a proxy that cannot be used is refused here
        self._clock = clock
        self._lock = threading.Lock()
        self._creating: set[Attempt] = set()
        self._idle: list[Carrier] = []
        self._free = threading.BoundedSemaphore(MOST_KEPT)
        self._is_closed = False

    def create(
        self,
        endpoint: Endpoint,
        signed: Signed,
        gate: Gate,
        limits: Limits = CREATE,
        on_abandoned: Abandoned | None = None,
    ) -> Exchange:
        """Post a create once, over a connection of its own, and return at the latest a second after its deadline.

        `gate` is called in the worker's thread after TLS and before the first byte; raising in it leaves 0 bytes. It
        may be called and still the exchange say `gate_passed=False`: then the deadline passed meanwhile, and no byte
        will leave. `on_abandoned` hears how a worker ended that was left behind in a look-up, a connection or a
        handshake, or by an interrupt, in that worker's thread. KeyboardInterrupt is raised again.
        """
        if not endpoint.creates:
            raise ValueError("only a create goes through a gate")
        if (post := self._post(endpoint, signed)) is None:
            return self._nowhere(signed)
        attempt = Attempt(gate, limits.total, self._clock)
        sending = Sending(post, limits, attempt, self._carrier())
        with self._stoppable(attempt):
            exchange = _watched(sending, on_abandoned)
        if exchange is None:
            return sending.exchange()
        sending.carrier.close()
        return exchange

    def ask(self, endpoint: Endpoint, signed: Signed, limits: Limits = ASK) -> Exchange:
        """Post a question over a kept connection; at most four are in flight, a fifth waits as for a connection."""
        if endpoint.creates:
            raise ValueError("a create needs a gate")
        if (post := self._post(endpoint, signed)) is None:
            return self._nowhere(signed)
        if not self._free.acquire(timeout=limits.connect):
            facts = {"host": post.target.host, "seconds": f"{limits.connect:.0f}"}
            return Exchange(Reason.DEADLINE, False, request_body=signed.body, detail="all lines are busy", facts=facts)
        try:
            attempt = Attempt(_open, limits.total, self._clock)
            sending = Sending(post, limits, attempt, self._take())
            exchange = _watched(sending, None)
            if exchange is None:
                return sending.exchange()
            self._give_back(sending.carrier, good=attempt.end is None and exchange.reason is Reason.ANSWERED)
            return exchange
        finally:
            self._free.release()

    def request_head(self, endpoint: Endpoint, signed: Signed) -> bytes:
        """Return the request line and headers exactly as they will be sent; empty where nothing may be sent."""
        post = self._post(endpoint, signed)
        return b"" if post is None else post.head

    def stop_waiting(self) -> None:
        """End the creates that are on their way, from any thread: before the gate not sent, after it unknown."""
        with self._lock:
            creating = list(self._creating)
        for attempt in creating:
            attempt.stop(End.STOPPED)

    def close(self) -> None:
        """Close the kept connections; a question that is on its way ends by itself."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
        for carrier in idle:
            carrier.close()

    def _post(self, endpoint: Endpoint, signed: Signed) -> Post | None:
        account = self._account.reveal()
        if self._target is None or not may_be_account(account):
            return None
        return Post.to(self._target, endpoint, account, signed)

    def _nowhere(self, signed: Signed) -> Exchange:
        """Return the exchange of a request that has no address or no account to go with."""
        detail = "account" if self._target is not None else "url"
        return Exchange(
            Reason.BAD_URL, False, request_body=signed.body, detail=detail, facts={"host": clean(self._base_url)}
        )

    def _carrier(self, *, keep: bool = False) -> Carrier:
        is_tls = self._target is not None and self._target.is_tls
        return Carrier(is_tls=is_tls, extra_root=self._extra_root, proxy=self._proxy, keep=keep)

    def _take(self) -> Carrier:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return self._carrier(keep=True)

    def _give_back(self, carrier: Carrier, *, good: bool) -> None:
        with self._lock:
            kept = good and not self._is_closed
            if kept:
                self._idle.append(carrier)
        if not kept:
            carrier.close()

    @contextlib.contextmanager
    def _stoppable(self, attempt: Attempt) -> Iterator[None]:
        with self._lock:
            self._creating.add(attempt)
        try:
            yield
        finally:
            with self._lock:
                self._creating.discard(attempt)


def _open(_peer: str | None) -> None:
    """Let a question through: it moves nothing."""


def _watched(sending: Sending, on_abandoned: Abandoned | None) -> Exchange | None:
    """Carry a request under the watchdog; None where its worker was left behind, which then cleans up by itself."""

    def late(exchange: Exchange) -> None:
        sending.carrier.close()
        if on_abandoned is not None:
            on_abandoned(exchange)

    try:
        exchange = watch(sending.attempt, sending.carrier.cable, sending.carry, late)
    except NoWorker as error:
        return sending.fail(error)
    if exchange is not None and sending.interrupt is not None:
        late(exchange)
        raise sending.interrupt
    return exchange
