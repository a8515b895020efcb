"""One request on its way, and the exchange it becomes: what was sent, what was heard, how it ended.

Knows: how to carry one request over a carrier and how to say what happened. Must not know: when to give up, what an
exchange proves.
"""

from __future__ import annotations

from types import TracebackType

from console.domain.exchange import Exchange, Reason
from console.gateway import reasons, strict, tls
from console.gateway.carrier import Carrier, Heard
from console.gateway.gate import Attempt, GateClosed
from console.gateway.limits import Limits
from console.gateway.request import Post

_PLAIN = frozenset({"", "identity"})
_INFLATED = frozenset({"gzip", "x-gzip"})
_UNTOLD = frozenset({Reason.DROPPED, Reason.SILENT, Reason.DEADLINE})
_TLS = frozenset({Reason.TLS, Reason.TLS_ISSUER, Reason.TLS_HOST, Reason.TLS_DATE})


class _Ending:
    """Holds what a block raised, whatever it was: an end is a fact here, and never passes by."""

    def __init__(self) -> None:
        self.error: BaseException | None = None

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self.error = error
        return True


class Sending:
    """A request for one attempt; `carry` runs in the worker, `exchange` may be asked from any thread."""

    def __init__(self, post: Post, limits: Limits, attempt: Attempt, carrier: Carrier) -> None:
        self.attempt = attempt
        self.carrier = carrier
        self._post = post
        self._limits = limits
        self._heard = Heard()
        self._ending = _Ending()

    @property
    def interrupt(self) -> BaseException | None:
        """What ended the worker and must go on to its caller: KeyboardInterrupt and the like, never an Exception."""
        error = self._ending.error
        return None if isinstance(error, Exception) else error

    def carry(self) -> Exchange:
        """Send and read; whatever is raised becomes an exchange."""
        with self._ending:
            request = self._post.request({"timeout": self._limits.timeouts()})
            self.carrier.send(request, self.attempt, self._heard)
        return self.exchange()

    def fail(self, error: Exception) -> Exchange:
        """Return the exchange of a request that nothing could carry."""
        self._ending.error = error
        return self.exchange()

    def exchange(self) -> Exchange:
        """Return what is known now; before the worker has ended it is as if the deadline had ended it."""
        reason, noted = self._reason()
        certificate = self.carrier.certificate
        return Exchange(
            reason=reason,
            gate_passed=self.attempt.passed,
            request_head=self._post.head,
            request_body=self._post.signed.body,
            signature=self._post.signed.signature,
            status=self._heard.status,
            answer_head=self._heard.head,
            answer_body=bytes(self._heard.body),
            headers=self._heard.headers,
            duration=self.attempt.age,
            peer=None if certificate is None else tls.fingerprint_of(certificate),
            issuer=tls.issuer_of(certificate),
            detail=self._detail(noted),
            facts=self._facts(reason),
        )

    def _reason(self) -> tuple[Reason, str]:
        """Return the reason and a note for the details."""
        if not self.attempt.passed:
            return self._unsent(), ""
        if self._heard.is_whole and self.attempt.end is None:
            return (Reason.ANSWERED if self._encoding() in _PLAIN | _INFLATED else Reason.ENCODING), ""
        reason = self._unanswered()
        if reason in _UNTOLD and self._has_object():
            return Reason.ANSWERED, f"whole, then {reason.value}"
        return reason, ""

    def _unsent(self) -> Reason:
        error = self._ending.error
        if self.attempt.refusal is not None:
            return Reason.GATE
        if self.attempt.end is not None or error is None:
            return Reason.DEADLINE
        if isinstance(error, GateClosed):
            return Reason.GATE
        carrier = self.carrier
        return reasons.before_gate(error, carrier.stage, carrier.context.shown, proxied=not carrier.has_tunnel)

    def _unanswered(self) -> Reason:
        error = self._ending.error
        if self.attempt.end is not None or error is None:
            return Reason.DEADLINE
        return reasons.after_gate(error)

    def _has_object(self) -> bool:
        """Whether a whole JSON object was read before the connection broke: then it counts (failure model 2.7)."""
        if self._heard.status is None or self._encoding() not in _PLAIN:
            return False
        try:
            return isinstance(strict.parse(bytes(self._heard.body)), dict)
        except strict.NotJson:
            return False

    def _encoding(self) -> str:
        found = [value.strip().lower() for name, value in self._heard.headers if name == "content-encoding"]
        return ", ".join(found)

    def _detail(self, noted: str) -> str:
        """Return the classes that ended it, without their texts: those can quote an answer."""
        error = self._ending.error
        names = [] if error is None else [type(cause).__name__ for cause in reasons.causes(error)]
        return "; ".join(part for part in (" < ".join(names), noted) if part)

    def _facts(self, reason: Reason) -> dict[str, str]:
        facts = {"host": self._post.target.host, "seconds": f"{self.attempt.age:.0f}"}
        if self.carrier.proxy is not None:
            facts["proxy"] = self.carrier.proxy
        if self.attempt.end is not None:
            facts["end"] = self.attempt.end.value
        if reason in _TLS:
            facts |= tls.facts_of(self.carrier.context.shown)
        return facts
